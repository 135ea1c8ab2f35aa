"""The printed sheet of a procedure for the notice board, and the link that its QR carries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.guidance import facts
from handlers.guidance.answer import answer
from handlers.guidance.folds import provenance
from handlers.guidance.lead import lead_notes
from handlers.guidance.matter import Matter, usual_way
from handlers.guidance.papers import counted, only_if, option_lines
from handlers.language.format import date_text, sentence
from handlers.language.i18n import Translate
from handlers.turn.blocks import Block, Fact, Facts, Heading, Item, Items, unfolded
from knowledge.office.office import Office
from knowledge.procedures.catalogue import Condition, Document, Note, Procedure
from knowledge.procedures.checklist import certain, needs, relevant
from knowledge.procedures.leaves import leaves, usual_case
from knowledge.text import plain

_PAYLOAD = re.compile(r"(?:p-)?(\d_\d{6})(?:-(\d{4})(\d\d)(\d\d))?")  # p-1_001193-20261122


@dataclass(frozen=True)
class Sheet:
    """All texts of a sheet."""

    office: str
    code: str
    field: str
    title: str
    official: str  # the official name, where it says more than the title
    front: tuple[Block, ...]  # the usual case, on one page
    back: tuple[Block, ...]  # what other cases and other ways of filing change
    source: str
    scan: str  # beside the QR
    page: str  # "Trang {page}/{pages}"


def sheet(procedure: Procedure, field: str, today: date, office: Office, tr: Translate) -> Sheet:
    """The sheet as of today: the usual case in front, everything that differs from it behind."""
    via = usual_way(procedure)
    usual = Matter(procedure, usual_case(procedure, via), via, today, office, tr)
    excluded = _excluded(usual)
    return Sheet(
        office=office.name,
        code=procedure.code,
        field=field,
        title=procedure.short,
        official="" if _bare(procedure.name) in _bare(procedure.short) else procedure.name,
        front=(*_front(usual, excluded),),
        back=tuple(_back(usual, excluded)),
        source=provenance(usual),
        scan=tr("Quét mã để hỏi và nhận danh sách giấy tờ của riêng bạn"),
        page=tr("Trang {page}/{pages}"),
    )


def _excluded(usual: Matter) -> list[Note]:
    """What is said to those who hand in nothing, and to nobody else: who needs no such paper, who may not."""
    p, via = usual.procedure, usual.via
    notes = [n for n in lead_notes(replace(usual, answers={})) if n.when]
    cases = [(case, bool(needs(p, case, via).sure or needs(p, case, via).perhaps)) for case in leaves(p, via)]
    heard = [(n, {files for case, files in cases if certain(n.when, case)}) for n in notes]
    return [n for n, files in heard if files == {False}]


def _front(usual: Matter, excluded: Sequence[Note]) -> Iterator[Block]:
    """The usual case; before its papers, who needs none of them."""
    blocks = [_renamed(block, usual) for block in unfolded(answer(usual))]
    papers = next((n for n, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    anybody = replace(usual, answers={})
    others = [Item(anybody.told(n.text, n)) for n in excluded if not certain(n.when, usual.answers)]
    yield from blocks[:papers]
    if others:
        yield Items(tuple(others))
    yield from blocks[papers:]


def _renamed(block: Block, usual: Matter) -> Block:
    """On a board nobody has answered: the case is the usual one, or the first that hands something in."""
    if not isinstance(block, Facts):
        return block
    is_first = usual.answers == next(leaves(usual.procedure, usual.via))
    label = usual.tr("Trường hợp thường gặp") if is_first else usual.tr("Trường hợp phải nộp giấy")
    asked = usual.tr("Trường hợp của bạn")
    return Facts(tuple(Fact(label, f.text) if f.label == asked else f for f in block.facts))


def _back(usual: Matter, excluded: Sequence[Note]) -> Iterator[Block]:
    """What the usual case does not need or hear, each with what has to be true for it."""
    anybody = replace(usual, answers={})
    known = relevant(usual.procedure.documents, usual.answers, usual.via)
    others = [d for d in relevant(usual.procedure.documents, {}, usual.via) if d not in known]
    differing = [n for n in lead_notes(anybody) if n.when and not certain(n.when, usual.answers)]
    notes = [n for n in differing if n not in excluded]
    if others or notes:
        yield Heading(usual.tr("TRƯỜNG HỢP KHÁC"))
    for when, papers in _by_case(others):
        told = [Item(note.text) for note in notes if note.when == when]
        yield Heading(anybody.condition(when))
        yield Items((*told, *(_item(d, usual) for d in papers)))
    cases = [when for when, _papers in _by_case(others)]
    alone = [Item(anybody.told(note.text, note)) for note in notes if note.when not in cases]
    if alone:
        yield Items(tuple(alone))
    yield from _other_facts(usual, anybody)


def _other_facts(usual: Matter, anybody: Matter) -> Iterator[Block]:
    """Time, money and place where another case or way has others than the usual one."""
    pairs = ((facts.deadline(usual), facts.deadline(anybody)), (facts.fee(usual), facts.fee(anybody)),
             (facts.place(usual), facts.place(anybody)))  # fmt: skip
    differing = [told for mine, told in pairs if mine != told]
    ways = [replace(usual, via=via) for via in usual.procedure.methods if via != usual.via]
    if differing or ways:
        yield Facts((*differing, *(Fact(sentence(m.way(m.via)), facts.place(m).text) for m in ways)))


def _by_case(documents: list[Document]) -> list[tuple[Condition, list[Document]]]:
    cases: list[tuple[Condition, list[Document]]] = []
    for document in documents:
        papers = next((papers for when, papers in cases if when == document.when), None)
        if papers is None:
            cases.append((document.when, papers := []))
        papers.append(document)
    return cases


def _item(document: Document, m: Matter) -> Item:
    notes = (sentence(document.reason or ""), only_if(document, m.tr), *option_lines(document))
    ticked = None if document.handling == "not_needed" else False
    return Item(counted(document, m.tr), "\n".join(filter(None, notes)), ticked)


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


def outdated(procedure: Procedure, printed: date | None, tr: Translate) -> str:
    """What to say to somebody who comes from a sheet that is older than the data; empty if it is not."""
    if printed is None or printed >= procedure.checked:
        return ""
    old = tr("Tờ niêm yết này là bản ngày {printed}; thủ tục đã cập nhật ngày {checked}, xem ở đây mới đúng.")
    return old.format(printed=date_text(printed), checked=date_text(procedure.checked))


def _bare(name: str) -> str:
    return plain(name).removeprefix("thu tuc ")
