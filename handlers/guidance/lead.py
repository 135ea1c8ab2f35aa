"""What stands before the papers: the case that was understood, for whom it is, what has to be done first."""

from collections.abc import Iterator, Sequence

from handlers.guidance.matter import Matter, usual_way
from handlers.language.format import date_text
from handlers.turn.blocks import Block, Fact, Facts, Item, Items, Text
from knowledge.procedures.catalogue import Note, Topic
from knowledge.procedures.checklist import certain, relevant

ORDER: Sequence[Topic] = ("condition", "own_deadline")  # the rest as it stands in the file


def head(m: Matter) -> Iterator[Block]:
    """The case, and the way of filing if it is not the usual one; whether the procedure is in force."""
    yield from only_vietnamese(m)
    known = [(m.tr("Trường hợp của bạn"), m.summary)] if m.summary else []
    if m.via != usual_way(m.procedure):  # else it is told with the other ways
        known.append((m.tr("Cách nộp"), m.way(m.via)))
    if known:
        yield Facts(tuple(Fact(label, text) for label, text in known))
    yield from (Text(f"⚠ {line}") for line in validity(m))


def only_vietnamese(m: Matter) -> Iterator[Text]:
    """Says so, to a reader of another language, of a procedure that is not translated."""
    if m.procedure.language != m.tr.language:
        yield Text(
            m.tr("Nội dung dưới đây chỉ có bằng tiếng Việt: bạn đưa màn hình này cho cán bộ xem được.")
        )


def lead(m: Matter) -> Iterator[Block]:
    """Who may file, and every sentence that decides before the papers do; where none does, what it is for."""
    yield Facts((Fact(m.tr("Ai được nộp"), m.procedure.who),))
    yield Items(tuple(Item(line) for line in lead_lines(m) or [m.procedure.about]))


def lead_notes(m: Matter) -> list[Note]:
    """Conditions first, then the citizen's own deadline, then the rest."""
    notes = [note for note in relevant(m.procedure.notes, m.answers, m.via) if note.lead]
    return sorted(notes, key=lambda note: ORDER.index(note.topic) if note.topic in ORDER else len(ORDER))


def lead_lines(m: Matter) -> list[str]:
    """These notes as sentences; those alike once."""
    return list(dict.fromkeys(m.told(note.text, note) for note in lead_notes(m)))


def decided(m: Matter) -> list[str]:
    """What is said to exactly this case: the answer where no paper holds for it."""
    notes = [note for note in lead_notes(m) if note.when and certain(note.when, m.answers)]
    return list(dict.fromkeys(note.text for note in notes))


def validity(m: Matter) -> list[str]:
    """A procedure that has ended, will end, or is still to come; what changed since it was checked."""
    procedure, lines = m.procedure, []
    if procedure.since and procedure.since > m.today:
        lines.append(m.tr("Thủ tục này chỉ có từ ngày {date}.").format(date=date_text(procedure.since)))
    if procedure.until:
        text = m.tr("Thủ tục này chỉ còn đến hết ngày {date}.")
        if procedure.until < m.today:
            text = m.tr("Thủ tục này đã hết hiệu lực sau ngày {date}. Hỏi lại trước khi làm.")
        lines.append(text.format(date=date_text(procedure.until)))
    changed = m.tr("Đã đổi từ {date}: {change}")
    past = [change for change in procedure.announced if change.on <= m.today]
    return lines + [changed.format(date=date_text(change.on), change=change.text) for change in past]
