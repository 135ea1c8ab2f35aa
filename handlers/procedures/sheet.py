"""The printed sheet of a procedure for the notice board, and the link that its QR carries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.office import hours
from handlers.procedures import render
from handlers.procedures.documents import HANDLING, condition_text, full_name, quantity, reminders
from handlers.turn.i18n import Translate
from knowledge.office.office import Office
from knowledge.procedures.catalogue import Condition, Document, Procedure, Via
from knowledge.procedures.checklist import relevant
from knowledge.text import plain

_PAYLOAD = re.compile(r"(?:p-)?(\d_\d{6})(?:-(\d{4})(\d\d)(\d\d))?")  # p-1_001193-20261122


@dataclass(frozen=True)
class Item:
    """A document as it stands on the board."""

    text: str
    count: str = ""  # "1 bản chính"
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Documents for the same case; those for everybody have no condition."""

    condition: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """The documents that are handled in one way."""

    handling: str  # "submit", "present", "not_needed"
    heading: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Fact:
    """Deadline, fee, place, hours, result."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """All texts of a sheet."""

    office: str
    code: str
    field: str
    title: str
    official: str  # the official name, where it says more than the title
    who: Fact
    sections: tuple[Section, ...]
    reminders: tuple[str, ...]
    facts: tuple[Fact, ...]
    warnings: Fact
    source: str
    scan: str  # beside the QR
    page: str  # "Trang {page}/{pages}"


def sheet(procedure: Procedure, field: str, today: date, office: Office, _: Translate) -> Sheet:
    """The sheet as of today; the documents are those of filing at the desk, where it takes the procedure."""
    via: Via = procedure.methods[0] if procedure.methods and "desk" not in procedure.methods else "desk"
    documents = relevant(procedure.documents, {}, via)
    return Sheet(
        office=office.name,
        code=procedure.code,
        field=field,
        title=procedure.short,
        official="" if _bare(procedure.name) in _bare(procedure.short) else procedure.name,
        who=Fact(_("Ai được nộp"), (procedure.who,)),
        sections=tuple(_sections(procedure, documents, _)),
        reminders=tuple(reminders(procedure, documents, via, _)),
        facts=tuple(_facts(procedure, via, today, office, _)),
        warnings=Fact(_("Lưu ý"), tuple(w.removeprefix("⚠ ") for w in render.warnings(procedure, today, _))),
        source=render.source_text(procedure, _),
        scan=_("Quét mã để hỏi và nhận danh sách giấy tờ của riêng bạn"),
        page=_("Trang {page}/{pages}"),
    )


def payload(procedure: Procedure) -> str:
    """What the QR opens the bot with: the procedure, and the day on which the sheet was true."""
    return f"p-{procedure.code.replace('.', '_')}-{procedure.checked:%Y%m%d}"


def opened(start: str) -> tuple[str, date | None]:
    """The code and the day of a sheet's payload; an empty code for anything else, None without a day."""
    found = _PAYLOAD.fullmatch(start)
    if found is None:
        return "", None
    code, *day = found.groups()
    try:
        return code.replace("_", "."), date(*map(int, day)) if day[0] else None
    except ValueError:  # the 31st of February
        return code.replace("_", "."), None


def outdated(procedure: Procedure, printed: date | None, _: Translate) -> str:
    """What to say to somebody who comes from a sheet that is older than the data; empty if it is not."""
    if printed is None or printed >= procedure.checked:
        return ""
    old = _("Tờ niêm yết này là bản ngày {printed}; thủ tục đã cập nhật ngày {checked}, xem ở đây mới đúng.")
    return old.format(printed=render.date_text(printed), checked=render.date_text(procedure.checked))


def _bare(name: str) -> str:
    return plain(name).removeprefix("thu tuc ")


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:]


def _sections(procedure: Procedure, documents: Sequence[Document], _: Translate) -> Iterator[Section]:
    for handling, heading in HANDLING.items():
        chosen = sorted((d for d in documents if d.handling == handling), key=lambda d: bool(d.only_if))
        if chosen:
            yield Section(handling, _(heading), tuple(_groups(procedure, chosen, _)))


def _groups(procedure: Procedure, documents: Iterable[Document], _: Translate) -> Iterator[Group]:
    """What everybody needs first, then each case with its documents."""
    cases: list[tuple[Condition, list[Item]]] = [({}, [])]
    for document in documents:
        items = next((items for when, items in cases if when == document.when), None)
        if items is None:
            cases.append((document.when, items := []))
        items.append(_item(document, _))
    for when, items in cases:
        if items:
            yield Group(condition_text(when, procedure, {}, _), tuple(items))


def _item(document: Document, _: Translate) -> Item:
    only_if = _("Chỉ cần: {condition}").format(condition=document.only_if) if document.only_if else ""
    options = [f"– {option}" for option in document.options]
    details = tuple(filter(None, [*options, only_if, document.note, document.reason]))
    return Item(full_name(document), quantity(document, _) if not document.reason else "", details)


def _facts(procedure: Procedure, via: Via, today: date, office: Office, _: Translate) -> Iterator[Fact]:
    facts = (
        (_("Thời hạn"), render.deadlines(procedure, {}, via, today, _)),
        (_("Chi phí"), render.fees(procedure, {}, via, today, _)),
        (_("Nơi nộp"), [render.place_text(procedure, office, _)]),
        (_("Cách nộp"), [render.methods_text(procedure, _)]),
        (_("Kết quả"), [procedure.result]),
    )
    yield from (Fact(heading, tuple(map(_sentence, lines))) for heading, lines in facts)
    if procedure.place == "one_stop" and office.hours and office.hours.confirmed:
        yield Fact(_("Giờ làm việc"), tuple(map(_sentence, hours.week(office.hours.week, _))))
