"""A question about the procedure that is open, answered with what the catalogue says of it."""

from collections.abc import Iterator

from handlers.procedures.actions import AnswerCase
from handlers.procedures.follow_up import body as aspect_body
from handlers.procedures.follow_up import ways_on
from handlers.procedures.matter import Matter, matter
from handlers.procedures.papers import full_name
from handlers.turn.blocks import Block, Item, Items, Text
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from knowledge.procedures.catalogue import Document
from knowledge.reading.passages import About, about

SAID = 0.55  # strength from which the sentences found are an answer of their own
COMBINED = 0.5  # and from which they stand beside the facts of an aspect
ASPECTS = {
    "own_deadline": "deadline",
    "elsewhere": "where",
    "together": "proxy",
    "unable": "proxy",
    "collect": "result",
    "entitled": "who",
    "originals": "",
    "refused": "",
    "": "",
}  # what is asked -> the aspect whose facts stand beside it


def heard(text: str, ctx: Context) -> About:
    """What the open procedure says to the line, for the case and way so far."""
    m = matter(ctx)
    return about(text, m.procedure, m.answers, m.via)


def is_answer(found: About, aspect: str) -> bool:
    """Whether that, with what aspect is asked, is worth telling."""
    asked = found.question
    return bool(aspect or asked.asked or found.verdict) or found.strength >= SAID


def reply(found: About, aspect: str, ctx: Context) -> Turn:
    """The verdict on a paper, the sentences found, and the facts of the aspect."""
    m = matter(ctx)
    told = aspect or ASPECTS[found.question.asked]
    blocks: list[Block] = [Text(line) for line in _verdict(found, m)]
    if found.verdict is None and found.strength >= (COMBINED if told else SAID):
        blocks.append(Items(tuple(Item(line) for line in _sentences(found, m))))
    if told and found.verdict is None:
        blocks += aspect_body(told, m, ctx)
    if not blocks:
        blocks = [Text(_unknown(m))]
    choices = (*_other_cases(found, m), *ways_on(m, ctx))
    return ctx.turn(Reply(tuple(blocks), m.procedure.short, choices), outcome="answered")


def unknown(ctx: Context) -> Turn:
    """The data do not say: whom to ask, and the way back to the list."""
    m = matter(ctx)
    return ctx.turn(Reply(_unknown(m), m.procedure.short, ways_on(m, ctx)), outcome="answered")


def _unknown(m: Matter) -> str:
    text = m.tr("Câu này mình chưa có trong dữ liệu về {procedure}: bạn hỏi tại {desk} trước khi đi.")
    return text.format(procedure=m.procedure.short, desk=m.desk)


def _verdict(found: About, m: Matter) -> Iterator[str]:
    if found.verdict == "not_listed":
        text = m.tr("Danh sách của {procedure} không có giấy đó. Ai đòi thêm thì bạn hỏi lại tại {desk}.")
        yield text.format(procedure=m.procedure.short, desk=m.desk)
        return
    if found.verdict is None:
        return
    document = found.documents[0]
    yield _on(found, document, m)
    if document.note:
        yield document.note


def _on(found: About, document: Document, m: Matter) -> str:
    name = full_name(document)
    if found.question.frame == "lack":
        return m.tr("Về giấy này: {name}.").format(name=name)
    match found.verdict:
        case "no":
            return m.tr("Không cần {name}: {why}").format(name=name, why=document.reason)
        case "yes" if document.handling == "present":
            return m.tr("Có, bạn mang theo để đưa xem: {name}.").format(name=name)
        case "yes":
            return m.tr("Có, phải nộp: {name}.").format(name=name)
    when = " ".join(filter(None, (m.condition(document.when), document.only_if)))
    return m.tr("Tùy trường hợp: {name}. Chỉ cần {when}.").format(name=name, when=when.strip() or "…")


def _sentences(found: About, m: Matter) -> Iterator[str]:
    for note in found.notes:
        yield m.told(note.text, note)
    for document in found.documents:
        yield ": ".join(filter(None, (full_name(document), document.note or document.only_if)))


def _other_cases(found: About, m: Matter) -> tuple[Choice, ...]:
    """Who lacks a paper may belong to another case: its choices, as buttons."""
    if found.question.frame != "lack" or not found.documents:
        return ()
    decided = [case for case in m.procedure.cases if case.id in found.documents[0].when]
    if not decided:
        return ()
    case = decided[-1]
    here = found.documents[0].when[case.id]
    others = [value for value in case.values if value.id not in here]
    return tuple(Choice(v.label, AnswerCase(m.procedure.code, case.id, v.id)) for v in others)
