"""What cannot wait: the number to call, and the one thing to do first."""

from collections.abc import Iterable, Iterator, Mapping

from handlers.language.i18n import N_, Translate
from knowledge.office.office import Emergency, Office
from knowledge.search.small_talk import Talk

PREFIX = "emergency-"  # before the id of a number, in the kind of small talk that it answers
GENERAL = ("rescue", "crime", "fire", "medical")  # ids of the numbers that fit any need: 112, 113, 114, 115

TEXTS: Mapping[str, str] = {
    "fire": N_("Hãy gọi ngay {number} ({name}). Ra khỏi chỗ cháy trước, rồi gọi."),
    "crime": N_("Hãy gọi ngay {number} ({name}). Giữ an toàn cho mình trước đã."),
    "medical": N_("Hãy gọi ngay {number} ({name}). Nói rõ bạn đang ở đâu và có mấy người bị nạn."),
    "child": N_("Hãy gọi ngay {number} ({name}), gọi được ngày đêm."),
    "rescue": N_("Hãy gọi ngay {number} ({name}). Nói rõ bạn đang ở đâu."),
}


def is_emergency(kind: str) -> bool:
    """Whether that kind of small talk is one."""
    return kind.startswith(PREFIX)


def text(kind: str, office: Office, tr: Translate) -> str:
    """What to do now; one that is not known here is answered with the general numbers."""
    numbers, emergency = {e.id: e for e in office.emergencies}, kind.removeprefix(PREFIX)
    if emergency in numbers and emergency in TEXTS:
        number = numbers[emergency]
        return tr(TEXTS[emergency]).format(number=number.number, name=number.name)
    general = [numbers[name] for name in GENERAL if name in numbers] or office.emergencies
    return tr("Hãy gọi ngay {numbers}. Nói rõ bạn đang ở đâu.").format(numbers=_listed(general))


def missing(talk: Talk, office: Office) -> Iterator[str]:
    """Emergencies that people name and that have no number or no words of their own, and the reverse."""
    named = {kind.id.removeprefix(PREFIX) for kind in talk.kinds if is_emergency(kind.id)}
    numbers = {number.id for number in office.emergencies}
    yield from (
        f"small_talk.toml: {PREFIX}{name}: no number in office.toml" for name in sorted(named - numbers)
    )
    yield from (
        f"small_talk.toml: {PREFIX}{name}: no text in handlers" for name in sorted(named - set(TEXTS))
    )
    yield from (f"office.toml: emergency {name}: nobody asks for it" for name in sorted(numbers - named))


def _listed(numbers: Iterable[Emergency]) -> str:
    return ", ".join(f"{number.number} ({number.name})" for number in numbers)
