"""Whether a paper is needed, said by its row."""

from collections.abc import Iterator

from handlers.guidance.matter import Matter
from handlers.guidance.papers import full_name, inside
from knowledge.procedures.catalogue import Document
from knowledge.reading.subject.needs import About


def lines(found: About, m: Matter) -> Iterator[str]:
    """The verdict with the paper, and what is said of it."""
    rows = [p.place for p in found.passages if p.kind == "document"]
    papers = [document for document in m.procedure.documents if document.id in rows]
    papers.sort(key=lambda document: rows.index(document.id))
    if not papers:
        text = m.tr("Danh sách của {procedure} không có giấy đó. Ai đòi thêm thì bạn hỏi lại tại {desk}.")
        yield text.format(procedure=m.procedure.short, desk=m.desk)
        return
    first = papers[0]
    yield _on(found, first, m)
    if first.note:
        yield first.note


def explained(document: Document) -> str:
    """A paper with what is to be known of it."""
    return ": ".join(
        filter(None, (full_name(document), document.reason or document.note or document.only_if))
    )


def _on(found: About, document: Document, m: Matter) -> str:
    name = full_name(document)
    match found.verdict:
        case "no":
            return m.tr("Không cần {name}: {why}").format(name=name, why=document.reason)
        case "yes" if document.handling == "present":
            return m.tr("Có, bạn mang theo để đưa xem: {name}.").format(name=name)
        case "yes":
            return m.tr("Có, phải nộp: {name}.").format(name=name)
    condition = m.condition(document.when)
    if condition and m.usual(document.when):
        return _but_for(inside(condition), document, name, m)
    when = inside(" ".join(filter(None, (condition, document.only_if)))) or m.tr("trong vài trường hợp")
    if document.handling == "not_needed":
        return m.tr("Tùy trường hợp: không cần {name} {when}.").format(name=name, when=when)
    return m.tr("Tùy trường hợp: chỉ cần {name} {when}.").format(name=name, when=when)


def _but_for(exception: str, document: Document, name: str, m: Matter) -> str:
    """What holds for nearly everybody, and for whom not."""
    if document.handling == "not_needed":
        return m.tr("Không cần {name}, {exception}.").format(name=name, exception=exception)
    if document.only_if:
        when = f"{inside(document.only_if)}, {exception}"
        return m.tr("Tùy trường hợp: chỉ cần {name} {when}.").format(name=name, when=when)
    return m.tr("Cần {name}, {exception}.").format(name=name, exception=exception)
