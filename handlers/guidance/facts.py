"""Time, money and place of a case."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.guidance.matter import Matter
from handlers.language.format import money, sentence
from handlers.language.i18n import N_, NP_
from handlers.office import hours
from handlers.turn.blocks import Fact
from knowledge.dossiers.deadlines import LAST_HOUR
from knowledge.procedures.catalogue import Deadline, Fee, Spot, Via
from knowledge.procedures.checklist import in_force, spots

FEES: Mapping[str, str] = {
    "free": N_("miễn phí"),
    "not_collected": N_("không thu (theo Cổng Dịch vụ công)"),
    "province": N_("tỉnh quy định mức, hỏi tại {desk}"),
    "unknown": N_("chưa rõ mức, hỏi tại {desk}"),
}
# Words of the data, in Vietnamese and in English: they must decide alike in both.
BESIDES = ("hoặc bộ phận", "hoặc nộp", "khác thì")  # of a second place, and not of the right one
ANOTHER = ("xã, phường", "commune or ward")  # of the right place, which may be another than this one
FILING = ("Nộp ở ", "Nộp tại ", "Nộp về ", "Gửi đến ", "Đăng ký ở ", "File at ")  # verbs before a place
EXEMPT = ("miễn", "exempt")
GOES_ON = (
    "Kể từ",
    "Tính từ",
    "Từ ngày",
    "Tối đa",
    "Khi ",
    "Để ",
    "Gồm ",
)  # a note that ends the sentence of a span
SPANS: Mapping[str, str] = {
    "working_days": NP_("{count} ngày làm việc"),
    "days": NP_("{count} ngày"),
    "months": NP_("{count} tháng"),
}


def fact(label: str, lines: Sequence[str]) -> Fact:
    """A fact of one line, or of several below its label."""
    return Fact(label, lines[0] if len(lines) == 1 else "".join(f"\n• {line}" for line in lines))


def deadline(m: Matter) -> Fact:
    """How long the office may take."""
    lines = deadlines(m)
    return fact(m.tr("Thời hạn"), lines or [m.tr("chưa rõ, hỏi tại {desk}").format(desk=m.desk)])


def deadlines(m: Matter) -> list[str]:
    """The deadlines of this case that are in force; none if the data have none for it."""
    entries = in_force(m.procedure.deadlines, m.answers, m.via, m.today)
    return [m.told(_deadline_text(entry, m), entry) for entry in entries]


def _deadline_text(entry: Deadline, m: Matter) -> str:
    if entry.kind == "other":
        return entry.note or ""
    text = _span(entry, m)
    if entry.usual:
        text = m.tr("thường là {deadline} (hỏi lại cho chắc)").format(deadline=text)
    return _with_note(text, entry.note) if entry.note else text


def _with_note(text: str, note: str) -> str:
    if note.startswith(GOES_ON):
        return f"{text}, {note[0].lower()}{note[1:]}"
    return f"{text}. {note}"


def _span(entry: Deadline, m: Matter) -> str:
    if entry.kind == "same_day":
        late = m.tr("trong ngày làm việc; nộp sau {hour} giờ thì ngày làm việc tiếp theo")
        return late.format(hour=LAST_HOUR.hour)
    if entry.kind == "unknown":
        return m.tr("chưa rõ, hỏi tại {desk}").format(desk=m.desk)
    count = entry.count or 0
    return m.tr.plural(SPANS[entry.kind], count).format(count=count)


def fee(m: Matter) -> Fact:
    """What it costs, by each way of filing."""
    text = FEES["unknown"]
    unknown = m.tr(text).format(desk=m.desk)
    return fact(m.tr("Chi phí"), fees(m) or [unknown])


def fees(m: Matter) -> list[str]:
    """What this case costs by each way; none if the data have none for it."""
    groups = _by_way(m)
    named = len({entries[0][1].name for entries in groups}) > 1
    return [m.told(_short_fee(entries, m, named), entries[0][1]) for entries in groups]


def fees_in_full(m: Matter) -> list[str]:
    """The same with the name of each fee, who is exempt and the legal basis."""
    return [m.told(_full_fee(entries, m), entries[0][1]) for entries in _by_way(m)]


def _by_way(m: Matter) -> list[list[tuple[Via, Fee]]]:
    """The fees that are one fee with a sum for each way of filing, together."""
    groups: dict[str, list[tuple[Via, Fee]]] = {}
    for via in m.procedure.methods or (m.via,):
        for entry in _entries(m, via):
            groups.setdefault(f"{entry.name} {sorted(entry.when.items())}", []).append((via, entry))
    return list(groups.values())


def _sums(entries: Sequence[tuple[Via, Fee]], m: Matter) -> str:
    """One sum, or "tại quầy 20.000 đồng, trực tuyến 10.000 đồng"."""
    ways: dict[str, list[Via]] = {}
    for via, entry in entries:
        ways.setdefault(_amount(entry, m), []).append(via)
    if len(ways) == 1 and {via for via, _entry in entries} >= set(m.procedure.methods):
        return next(iter(ways))
    return ", ".join(f"{', '.join(map(m.at, vias))} {amount}" for amount, vias in ways.items())


def _notes(entries: Sequence[tuple[Via, Fee]]) -> list[str]:
    return list(dict.fromkeys(entry.note for _via, entry in entries if entry.note))


def _entries(m: Matter, via: Via) -> list[Fee]:
    return in_force(m.procedure.fees, m.answers, via, m.today)


def _short_fee(entries: Sequence[tuple[Via, Fee]], m: Matter, named: bool) -> str:
    """A fee as it stands in a list: who is exempt is told with the explanations."""
    belonging = [(via, e) for via, e in entries if e.amount is not None and not exempts(e)]
    told = f"{entries[0][1].name}: {_sums(entries, m)}" if named else _sums(entries, m)
    return ". ".join((told, *_notes(belonging)))  # steps of the tariff


def _full_fee(entries: Sequence[tuple[Via, Fee]], m: Matter) -> str:
    told = ". ".join((f"{entries[0][1].name}: {_sums(entries, m)}", *_notes(entries)))
    bases = list(dict.fromkeys(entry.basis for _via, entry in entries if entry.basis))
    return f"{told} ({'; '.join(bases)})" if bases else told


def exempts(entry: Fee) -> bool:
    """Whether its note tells who is exempt."""
    return any(word in (entry.note or "").lower() for word in EXEMPT)


def _amount(entry: Fee, m: Matter) -> str:
    if entry.amount is not None:
        return f"{money(entry.amount, m.tr.language)} {entry.unit}"
    return m.tr(FEES[entry.level]).format(desk=m.desk)


def fee_notes(m: Matter) -> list[str]:
    """Who is exempt, what is paid besides: what the short line leaves out."""
    entries = [entry for via in m.procedure.methods or (m.via,) for entry in _entries(m, via)]
    notes = [entry.note for entry in entries if entry.note and (exempts(entry) or entry.amount is None)]
    basis = m.tr("Căn cứ thu: {basis}")
    bases = [basis.format(basis=entry.basis) for entry in entries if entry.basis]
    return list(dict.fromkeys([*notes, *bases]))


def place(m: Matter) -> Fact:
    """Where to file by this way; while the case is open, other places with what has to be true for them."""
    found = spots(m.procedure, m.answers, m.via)
    usual = [m.told(_spot_text(spot, m), spot) for spot in (*found[-1:], *found[:-1])]
    return fact(m.tr("Nơi nộp"), usual)


def _spot_text(spot: Spot, m: Matter) -> str:
    own = bool(spot.via)  # a spot of this very way tells all of it
    if m.via == "online" and not own:
        return _portal(spot, m)
    if m.via == "post" and not own:
        return m.tr("gửi bưu điện đến: {place}").format(place=at_desk(spot, m))
    return at_desk(spot, m)


def at_desk(spot: Spot, m: Matter) -> str:
    """The office that takes the file, and what else to know of it."""
    where = sentence(_without_verb(spot.where or ""))
    if spot.place == "other":
        return where
    known = m.office.places[spot.place]
    name = ", ".join(filter(None, (known.name, known.address)))
    if names_another(where):
        return m.tr("{where}; ở đây: {name}").format(where=where.rstrip("."), name=name)
    return f"{name}. {where}" if where else name


def _without_verb(where: str) -> str:
    """After "Nơi nộp" the place itself is said."""
    verb = next((verb for verb in FILING if where.startswith(verb)), "")
    return where.removeprefix(verb)


def names_another(where: str) -> bool:
    """Whether the right commune may be another than this one: "Xã, phường nơi bạn thường trú"."""
    told = where.casefold()
    return any(words in told for words in ANOTHER) and not any(words in told for words in BESIDES)


def _portal(spot: Spot, m: Matter) -> str:
    """The portal, and whom to address there where that is not simply the commune."""
    address = m.office.portal.url.partition("://")[2].rstrip("/")
    text = m.tr("{portal} ({address}), đăng nhập bằng VNeID").format(
        portal=m.office.portal.name, address=address
    )
    if spot.place != "other":
        return text
    return m.tr("{portal}; gửi đến: {place}").format(portal=text, place=(spot.where or "").rstrip("."))


def ways(m: Matter) -> Fact:
    """All ways of filing."""
    told = ", ".join(m.way(via) for via in m.procedure.methods)
    return Fact(m.tr("Cách nộp"), told or m.tr("hỏi tại {desk}").format(desk=m.desk))


def opening(m: Matter) -> Iterator[Fact]:
    """When the desk is open, if the file goes there and the office has confirmed its hours."""
    known = m.office.hours
    if m.via == "desk" and m.spot.place == "one_stop" and known and known.confirmed:
        yield fact(m.tr("Giờ làm việc"), [sentence(line) for line in hours.week(known.week, m.tr)])
