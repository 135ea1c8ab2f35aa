"""Journey 1, first half: from a question in the citizen's own words to a procedure."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.guidance.answer import whole
from handlers.guidance.matter import Matter, matter, usual_way
from handlers.office import not_understood, signposts, small_talk
from handlers.office.actions import OpenSignpost
from handlers.ports.world import World
from handlers.procedures import checklist, life_events, pieces
from handlers.procedures.about import heard, reply
from handlers.procedures.actions import LifeEvent
from handlers.procedures.follow_up import follow_up
from handlers.turn.blocks import Block, Item, Items, Text, plain, unfolded
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, State, Turn, Unmet
from handlers.turn.pending import CaseQuestion
from handlers.turn.shared import NoneOfThese, OpenProcedure
from knowledge.reading.danger import worries
from knowledge.reading.matters import Part, matters
from knowledge.reading.subject.needs import ISSUED
from knowledge.reading.subject.on_point import on_point
from knowledge.reading.words import line
from knowledge.search.search import Found, Hit

OFFERED = 3  # choices when torn
BESIDE_THE_LIST = (ISSUED, "late")  # what is asked that no fact of the list answers


def question(text: str, ctx: Context) -> Turn:
    """Answers, offers up to three, or says that nothing was found."""
    world, code = ctx.world, ctx.state.procedure
    aspect, known = ctx.aspect(text), code in world.catalogue.procedures
    if known and aspect and not world.aspects.names_a_subject(text):
        return follow_up(aspect, ctx)
    text, ctx = pieces.whole(text, ctx)
    aspect, found = ctx.aspect(text), ctx.find(text)
    if known and aspect and still_about(code, found):
        return follow_up(aspect, ctx)
    parts = _told_apart(matters(text, ctx.find, found), ctx.world)
    return several(parts, aspect, ctx) if len(parts) > 1 else answer(found, aspect, ctx)


def _told_apart(parts: Sequence[Part], world: World) -> list[Part]:
    """Without what is a step of a life event among them: "mở quán, đăng ký hộ kinh doanh" is one matter."""
    events = [world.events.event(part.id) for part in parts if part.kind == "event"]
    steps = {step.code or step.elsewhere for event in events for step in event.steps}
    return [part for part in parts if part.id not in steps]


def several(parts: Sequence[Part], aspect: str, ctx: Context) -> Turn:
    """All matters of one message are named; the first is answered, the others wait behind a button."""
    named = [(part, choice) for part in parts if (choice := _choice(part, ctx.world))]
    first, *others = named
    turn = _open(first[0], aspect, ctx)
    said = ctx.tr("Bạn hỏi {count} việc: {matters}. Mình trả lời từng việc một:").format(
        count=len(named), matters="; ".join(choice.label for _part, choice in named)
    )
    opened, *more = turn.replies
    owed = tuple(choice for _part, choice in others)
    return replace(turn, replies=(opened.after(said), *more), state=replace(turn.state, owed=owed))


def answer(found: Found, aspect: str, ctx: Context) -> Turn:
    """What the search found, as a turn: the procedure, up to three choices, or the way on."""
    chats = bool(found.hits) and found.decision == "choose" and found.hits[0].kind == "talk"
    if chats and worries(line(ctx.incoming.text)):  # a cry for help must not be waved goodbye
        return not_understood.not_found(ctx)
    if found.decision == "answer" or chats:  # a wrong "chào bạn" costs nothing, a strange choice does
        return _open(found.hits[0], aspect, ctx)
    if found.decision == "choose":
        return _talked_about(found, aspect, ctx) or _offer(found, ctx)
    return replace(not_understood.not_found(ctx), unmet=Unmet(ctx.world.scrubbed(ctx.incoming.text)))


def _talked_about(found: Found, aspect: str, ctx: Context) -> Turn | None:
    """What is likeliest and was named before: the procedure that is open, or one that waits its turn."""
    first, state = found.hits[0], ctx.state
    if first.kind == "procedure" and first.id == state.procedure and isinstance(state.pending, CaseQuestion):
        return checklist.proceed(ctx)
    is_owed = str(OpenProcedure(first.id)) in {choice.value for choice in state.owed}
    return _open(first, aspect, ctx) if first.kind == "procedure" and is_owed else None


def still_about(code: str, found: Found) -> bool:
    """Whether a question with an aspect goes on about the procedure talked about."""
    if found.decision == "answer":
        first = found.hits[0]
        return (first.kind, first.id) in (("procedure", code), ("talk", "vague"))
    return found.decision == "decline" or any(hit.id == code for hit in found.hits[:OFFERED])


def _open(hit: Hit | Part, aspect: str, ctx: Context) -> Turn:
    if hit.kind == "talk":
        return small_talk.talk(hit.id, ctx)
    if hit.kind == "elsewhere":
        return signposts.show(hit.id, ctx)
    if hit.kind == "event":
        return life_events.show(hit.id, ctx)
    fresh = about(hit.id, ctx)
    found = heard(ctx.incoming.text, fresh)
    if found and found.aspect in BESIDE_THE_LIST:
        return reply(found, aspect, fresh)
    if aspect in ("", "documents"):
        return _opened(fresh)
    return follow_up(aspect, fresh)


def _opened(ctx: Context) -> Turn:
    """The first case or the list, after what the procedure says to the very question."""
    m = matter(ctx)
    turn = checklist.open_procedure(m.procedure.code, ctx)
    first, *others = turn.replies
    passage = on_point(ctx.incoming.text, m.procedure, m.via)
    note = m.procedure.notes[int(passage.place)] if passage else None
    if note is None or note.text in plain(unfolded(first.blocks)):
        return turn
    return replace(turn, replies=(first.after(m.told(note.text, note)), *others))


def about(code: str, ctx: Context) -> Context:
    """The context of somebody who begins to talk about that procedure."""
    return ctx.with_state(procedure=code, answers={}, via=usual_way(ctx.world.procedure(code)))


def _offer(found: Found, ctx: Context) -> Turn:
    offered = [(hit, choice) for hit in found.hits if (choice := _choice(hit, ctx.world))][:OFFERED]
    abouts = [
        Item(f"{choice.label}: {about}") for hit, choice in offered if (about := _about(hit, ctx.world))
    ]
    choices = [choice for _hit, choice in offered]
    choices.append(Choice(ctx.tr("Không có trong số này"), NoneOfThese()))
    ask: tuple[Block, ...] = (Text(ctx.tr("Bạn muốn hỏi việc nào?")),)
    body = (*ask, Items(tuple(abouts))) if abouts else ask
    fresh = ctx.with_state(doubtful=ctx.world.scrubbed(ctx.incoming.text))  # what was talked about stays
    return fresh.turn(Reply(body, choices=tuple(choices)), outcome="offered")


def _about(hit: Hit, world: World) -> str:
    return world.catalogue.procedures[hit.id].about if hit.kind == "procedure" else ""


def _choice(hit: Hit | Part, world: World) -> Choice | None:
    if hit.kind == "procedure":
        return Choice(world.catalogue.procedures[hit.id].short, OpenProcedure(hit.id))
    if hit.kind == "elsewhere":
        return Choice(world.elsewhere.entry(hit.id).name, OpenSignpost(hit.id))
    if hit.kind == "event":
        return Choice(world.events.event(hit.id).name, LifeEvent(hit.id))
    return None


def answer_text(text: str, ctx: Context) -> str:
    """The answer to a single question without a conversation: a procedure comes with all its cases."""
    world = ctx.world
    found = ctx.find(text)
    if found.decision == "answer" and found.hits[0].kind == "procedure":
        procedure = world.procedure(found.hits[0].id)
        m = Matter(procedure, {}, usual_way(procedure), ctx.today, world.office, ctx.tr)
        return f"{procedure.name}\n\n{plain(whole(m))}"
    turn = answer(found, ctx.aspect(text), replace(ctx, state=State()))
    return "\n\n".join(reply_text(reply) for reply in turn.replies)


def reply_text(reply: Reply) -> str:
    """A reply as plain text, its choices numbered."""
    numbered = [f"{n}. {choice.label}" for n, choice in enumerate(reply.choices, 1)]
    return "\n".join(part for part in (reply.title, reply.text, *numbered) if part)
