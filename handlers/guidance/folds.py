"""What stands behind a list, by topic: it is opened on demand, and nothing is told a second time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.guidance import facts
from handlers.guidance.lead import lead_lines
from handlers.guidance.matter import Matter
from handlers.guidance.papers import folds_options, full_name, option_lines
from handlers.language.format import date_text, day_text
from handlers.language.i18n import N_
from handlers.turn.blocks import Block, Fact, Facts, Fold, Item, Items, Text
from knowledge.procedures.catalogue import Document, Topic
from knowledge.procedures.checklist import relevant

# A fold each, with the topics of the explanations that belong there.
TOPICS: Mapping[str, tuple[Topic, ...]] = {
    N_("Điều kiện và lưu ý khác"): ("condition", "own_deadline", "proxy", "general"),
    N_("Thêm về cách nộp, thời hạn, tiền, kết quả"): ("where", "online", "post", "deadline", "fee", "result"),
}
RESULT = "result"


def folds(m: Matter) -> Iterator[Fold]:
    """All folds of a list."""
    told = set(lead_lines(m))
    papers = [*_explained(m), *_items(_notes(m, ("documents",), told))]
    if papers:
        yield Fold(m.tr("Giải thích từng giấy"), tuple(papers))
    for title, topics in TOPICS.items():
        blocks = tuple(_of_topics(m, topics, told))
        if blocks:
            yield Fold(m.tr(title), blocks)
    doubts = [*_announced(m), *m.procedure.doubts]
    if doubts:
        yield Fold(m.tr("Chỗ nên hỏi lại cho chắc"), tuple(_items(doubts)))
    yield Fold(m.tr("Căn cứ, nguồn"), tuple(sources(m)))


def notes(m: Matter, topics: Sequence[Topic], told: Iterable[str] = ()) -> list[str]:
    """The explanations of some topics for this case, those alike once, without what was told."""
    return _notes(m, topics, set(told))


def sources(m: Matter) -> Iterator[Block]:
    """The law, where it was read, and when."""
    basis = "; ".join(m.procedure.legal_basis) or m.tr("chưa rõ")
    yield Facts((Fact(m.tr("Căn cứ"), basis),))
    yield Text(provenance(m))


def provenance(m: Matter) -> str:
    """National code, announcing decision, and of which day the data are."""
    decision = m.procedure.decision or m.tr("chưa rõ quyết định công bố")
    text = m.tr("Mã thủ tục {code} · {decision} · theo {source} ngày {as_of} (đọc lại {checked})")
    return text.format(
        code=m.procedure.code,
        decision=decision,
        source=m.procedure.source.name,
        as_of=day_text(m.procedure.source.as_of),
        checked=day_text(m.procedure.checked),
    )


def _of_topics(m: Matter, topics: Sequence[Topic], told: set[str]) -> Iterator[Block]:
    lines = _notes(m, topics, told)
    if RESULT in topics:
        yield Facts((facts.ways(m), Fact(m.tr("Kết quả"), m.procedure.result)))
        lines = [*facts.fee_notes(m), *_counter(m), *lines]
    yield from _items(lines)


def _counter(m: Matter) -> list[str]:
    """For who files online: which office that is, where the place says more than its name."""
    where = m.spot.where
    return [where] if m.via == "online" and where and m.spot.place != "other" and not m.spot.via else []


def _notes(m: Matter, topics: Sequence[Topic], told: set[str]) -> list[str]:
    """In the order of the topics; adds to what was told."""
    found = [note for note in relevant(m.procedure.notes, m.answers, m.via) if note.topic in topics]
    ordered = sorted(found, key=lambda note: topics.index(note.topic))
    fresh = [line for line in dict.fromkeys(m.told(n.text, n) for n in ordered) if line not in told]
    told.update(fresh)
    return fresh


def _explained(m: Matter) -> Iterator[Block]:
    """Each explanation below its paper, or below all papers that it explains."""
    reasons: dict[str, list[Document]] = {}
    for document in relevant(m.procedure.documents, m.answers, m.via):
        options = option_lines(document) if folds_options(document) else []
        explanation = "\n".join(filter(None, (*options, document.reason, document.note)))
        if explanation:
            reasons.setdefault(explanation, []).append(document)
    if reasons:
        yield Items(tuple(Item(_names(papers), why) for why, papers in reasons.items()))


def _names(papers: Iterable[Document]) -> str:
    return "; ".join(dict.fromkeys(full_name(document) for document in papers))


def _announced(m: Matter) -> list[str]:
    coming = [change for change in m.procedure.announced if change.on > m.today]
    text = m.tr("Từ {date}: {change}")
    return [text.format(date=date_text(change.on), change=change.text) for change in coming]


def _items(lines: Sequence[str]) -> list[Block]:
    return [Items(tuple(Item(line) for line in lines))] if lines else []
