"""The papers of a case as blocks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.guidance.matter import Matter
from handlers.language.format import sentence
from handlers.language.i18n import N_, Translate
from handlers.turn.blocks import Block, Fold, Heading, Item, Items, Text
from knowledge.procedures.catalogue import Document
from knowledge.procedures.checklist import relevant

HANDLING: Mapping[str, str] = {
    "submit": N_("PHẢI NỘP"),
    "present": N_("XUẤT TRÌNH (đưa xem rồi cầm về)"),
    "not_needed": N_("KHÔNG CẦN NỮA"),
}
COPY = ("Bản sao", "Copy", "Certified copy")  # a name that begins so needs no count of one copy
IF = ("khi ", "nếu ", "if ")  # what begins a condition
LONG = 200  # letters of the options of a paper; more are told with the explanations
FEW = 3  # rare cases that stand open; more are folded
DOING: Mapping[str, str] = {"submit": N_("Nộp: {papers}"), "present": N_("Đưa xem: {papers}")}


def full_name(document: Document) -> str:
    """Its name with the code of its form."""
    with_form = document.form and document.form not in document.name
    return f"{document.name} ({document.form})" if with_form else document.name


def quantity(document: Document, tr: Translate) -> str:
    """How many of a document; empty if the data do not say it soundly."""
    if document.either:
        return tr("bản chính hoặc bản sao")
    originals, copies = document.originals or 0, document.copies or 0
    told = {
        tr.plural("{count} bản chính", originals): originals,
        tr.plural("{count} bản sao", copies): copies,
    }
    return " + ".join(text.format(count=count) for text, count in told.items() if count)


def counted(document: Document, tr: Translate) -> str:
    """Its name and how many; of what is only shown the one original goes without saying."""
    counts = (document.originals or 0, document.copies or 0)
    is_said = counts == (0, 1) and document.name.startswith(COPY)
    is_shown = document.handling == "present" and counts == (1, 0)
    count = "" if is_said or is_shown or document.handling == "not_needed" else quantity(document, tr)
    return f"{full_name(document)} – {count}" if count else full_name(document)


def paper_blocks(m: Matter, ticked: Sequence[str], ticks: Mapping[str, str]) -> Iterator[Block]:
    """What to hand in, what to show, what is needed no more, what only few need, what is fetched with.

    `ticks` are the wire forms of the actions that tick a paper, by its id.
    """
    documents = relevant(m.procedure.documents, m.answers, m.via)
    usual = [d for d in documents if not d.rare and not d.at_collection]
    for handling, heading in HANDLING.items():
        chosen = sorted((d for d in usual if d.handling == handling), key=lambda d: bool(d.only_if))
        if chosen:
            yield Heading(m.tr(heading))
            yield Items(tuple(_item(d, m, ticked, ticks) for d in chosen))
    if brings_card(m, documents):
        yield Text(m.tr("Nhớ mang thẻ căn cước (hoặc hộ chiếu)."))
    yield from _rare(m, [d for d in documents if d.rare and not d.at_collection])
    yield from _at_collection(m, [d for d in documents if d.at_collection])


def only_if(document: Document, tr: Translate) -> str:
    """The condition that no question asks, as a sentence; empty if there is none."""
    bare = bare_condition(document)
    return tr("Chỉ khi {condition}").format(condition=bare) if bare else ""


def bare_condition(document: Document) -> str:
    """The condition without the word that begins it: "cán bộ không tra được"."""
    condition = document.only_if or ""
    return condition.removeprefix(next(filter(condition.startswith, IF), ""))


def _item(document: Document, m: Matter, ticked: Sequence[str], ticks: Mapping[str, str]) -> Item:
    lines = [m.condition(document.when), only_if(document, m.tr)]
    note = "\n".join([*filter(None, lines), *shown_options(document)])
    if document.handling == "not_needed":
        return Item(full_name(document), note)
    value = ticks.get(document.id, "")
    return Item(counted(document, m.tr), note, ticked=document.id in ticked, value=value)


def shown_options(document: Document) -> list[str]:
    """What the paper can be, any one of them; nothing if that is too long for a list."""
    return [] if folds_options(document) else option_lines(document)


def folds_options(document: Document) -> bool:
    """Whether they are told with the explanations; the name says "một trong" all the same."""
    return document.rare or document.at_collection or sum(map(len, document.options)) > LONG


def option_lines(document: Document) -> list[str]:
    """Each option a line."""
    return [f"– {option}" for option in document.options]


def _rare(m: Matter, documents: Sequence[Document]) -> Iterator[Block]:
    """Papers that almost nobody needs, by what has to be true for them."""
    cases: dict[str, list[Document]] = {}
    for document in documents:
        cases.setdefault(_rarely(document, m), []).append(document)
    if not cases:
        return
    items = Items(tuple(Item(sentence(case), doing(papers, m)) for case, papers in cases.items()))
    if len(cases) > FEW:
        yield Fold(
            m.tr.plural("CHỈ KHI … ({count} trường hợp)", len(cases)).format(count=len(cases)), (items,)
        )
        return
    yield Heading(m.tr("CHỈ KHI …"))
    yield items


def _rarely(document: Document, m: Matter) -> str:
    """When a paper is needed, in one line; whom an exception is taken from stands before it."""
    condition, bare = m.condition(document.when), bare_condition(document)
    if condition and m.usual(document.when):
        return ", ".join(filter(None, (bare, inside(condition))))
    return "; ".join(filter(None, (condition, bare)))


def inside(condition: str) -> str:
    """A condition in the middle of a sentence."""
    return condition[:1].lower() + condition[1:]


def _at_collection(m: Matter, documents: Sequence[Document]) -> Iterator[Block]:
    if documents:
        yield Heading(m.tr("KHI NHẬN KẾT QUẢ"))
        yield Items(tuple(Item(doing([d], m), _notes_of(d, m)) for d in documents))


def _notes_of(document: Document, m: Matter) -> str:
    return "\n".join(filter(None, (m.condition(document.when), only_if(document, m.tr))))


def doing(documents: Iterable[Document], m: Matter) -> str:
    """What to do with some papers: a line for what is handed in, one for what is shown."""
    papers = list(documents)
    lines = [(handling, [d for d in papers if d.handling == handling]) for handling in DOING]
    return "\n".join(
        m.tr(DOING[handling]).format(papers="; ".join(counted(d, m.tr) for d in some))
        for handling, some in lines
        if some
    )


def brings_card(m: Matter, documents: Sequence[Document]) -> bool:
    """Whether to say that the ID card comes along: where a person files, has one, and no paper says so."""
    files = m.via == "desk" and m.spot.place != "other" and any(d.handling != "not_needed" for d in documents)
    return files and not _makes_card(m) and not any(is_card(d) for d in documents)


def _makes_card(m: Matter) -> bool:
    """Who has the card made has none, or hands it over."""
    return m.procedure.result.lower().startswith(("thẻ căn cước", "giấy chứng nhận căn cước"))


def is_card(document: Document) -> bool:
    """Whether a document of the list is the ID card, which everybody shows."""
    if document.handling == "not_needed" or document.only_if or document.at_collection:
        return False
    named = " ".join((document.name, *document.options)).lower()
    return "thẻ căn cước" in named or "tùy thân" in named or "căn cước điện tử" in named
