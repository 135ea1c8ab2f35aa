"""Sentences that several notices share."""

from datetime import date

from handlers.language.i18n import Translate
from handlers.notices.occasion import Occasion
from handlers.office.hours import not_after, not_before, opening_text, phones_text, place_text
from handlers.ports.dossiers import Dossier

LONGEST = 600  # letters of a clerk's words in a notice; the whole stands in the details


def ended(words: str) -> str:
    """A clerk's words as a sentence, cut if they are long."""
    if len(words) > LONGEST:
        return words[: LONGEST - 1].rstrip() + "…"
    return words if not words or words[-1] in ".!?…" else f"{words}."


def reason(dossier: Dossier, tr: Translate) -> str:
    """Why a dossier ended without a result."""
    own = (step.note for step in reversed(dossier.steps) if step.status == dossier.status)
    why = dossier.note or next(filter(None, own), "")
    if why:
        return tr("Lý do: {reason}").format(reason=ended(why))
    return tr("Lý do ghi trong văn bản trả lời; chưa rõ thì bạn hỏi bộ phận một cửa.")


def visit(on: Occasion) -> list[str]:
    """Where to go, and when."""
    return [place_text(on.world.office, on.tr), *(opening(on) or [phones_text(on.world.office, on.tr)])]


def opening(on: Occasion) -> list[str]:
    """The hours still to come of the next day that has any, as far as they are known."""
    return _if_any(opening_text(on.world.office, on.world.holidays, on.at, on.tr))


def first_day(promised: date, on: Occasion) -> list[str]:
    """From when one can come, if the desk is closed on the day that was promised."""
    return _if_any(not_before(promised, on.world.office, on.world.holidays, on.tr))


def last_day(until: date, on: Occasion) -> list[str]:
    """Until when one can come, if the desk is closed on the last day."""
    return _if_any(not_after(until, on.world.office, on.world.holidays, on.tr))


def _if_any(text: str) -> list[str]:
    return [text] if text else []
