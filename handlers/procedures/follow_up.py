"""One aspect of the procedure talked about: its time, its fee, who may go ... and the way to its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handlers.guidance import facts
from handlers.guidance.folds import notes
from handlers.guidance.lead import decided, lead_notes, only_vietnamese, validity
from handlers.guidance.matter import Matter, matter
from handlers.office import small_talk
from handlers.procedures import checklist
from handlers.procedures.actions import OpenList
from handlers.turn.blocks import Block, Fact, Facts, Item, Items, Text
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, Turn
from handlers.turn.shared import menu_choice
from knowledge.procedures.catalogue import Topic, Via
from knowledge.procedures.checklist import next_case, relevant

# The explanations that belong to an aspect, in their order.
TOPICS: Mapping[str, Sequence[Topic]] = {
    "deadline": ("own_deadline", "deadline"),
    "fee": ("fee",),
    "where": ("where",),
    "online": ("online",),
    "post": ("post",),
    "who": ("condition", "own_deadline"),
    "proxy": ("proxy",),
    "result": ("result",),
    "hours": ("where", "own_deadline"),
}


def follow_up(aspect: str, ctx: Context) -> Turn:
    """Answers one aspect, for the way of filing that the question names, and leads on to the list."""
    m = matter(ctx)
    if aspect in ("documents", "form", "fill"):
        return checklist.proceed(ctx, intro=m.procedure.about)
    if aspect == "hours" and m.spot.place == "one_stop":
        return small_talk.talk("hours", ctx)
    reply = Reply(body(aspect, m, ctx), m.procedure.short, ways_on(m, ctx))
    return ctx.turn(reply, outcome="answered")


def body(aspect: str, m: Matter, ctx: Context) -> tuple[Block, ...]:
    """The facts on one aspect, for the way of filing that the line names."""
    way = ctx.world.aspects.way(ctx.incoming.text)
    return _body(aspect, replace(m, via=way or m.via), way)


def ways_on(m: Matter, ctx: Context) -> tuple[Choice, ...]:
    """The way on to the list."""
    pending = m.answers and next_case(m.procedure, m.answers, m.via)
    label = ctx.tr("Trả lời tiếp để có danh sách") if pending else ctx.tr("Xem giấy tờ cần chuẩn bị")
    return (Choice(label, OpenList(m.procedure.code)), menu_choice(ctx.tr))


def _body(aspect: str, m: Matter, way: str) -> tuple[Block, ...]:
    """What ends the matter for this case first, then the facts, then the explanations of that topic."""
    warned = [*only_vietnamese(m), *(Text(f"⚠ {line}") for line in validity(m))]
    told = decided(m)
    facts_told = FACTS.get(aspect, _basis)(m)
    topics = [*TOPICS.get(aspect, ()), *([] if not way or way == aspect else TOPICS[way])]
    explained = [line for line in (*told, *notes(m, topics)) if line]
    if aspect == "proxy" and not notes(m, topics):
        unknown = m.tr("Nhờ người khác làm thay: hỏi tại {desk} trước khi đi.")
        explained.append(unknown.format(desk=m.desk))
    items = (Items(tuple(Item(line) for line in dict.fromkeys(explained))),) if explained else ()
    return (*warned, Facts(tuple(facts_told)), *items)


def _deadline(m: Matter) -> list[Fact]:
    return [facts.deadline(m)]


def _fee(m: Matter) -> list[Fact]:
    """Of every way, in full; the way that the question names first in its own line."""
    lines = facts.fees_in_full(m)
    return [facts.fact(m.tr("Chi phí"), lines)] if lines else [facts.fee(m)]


def _where(m: Matter) -> list[Fact]:
    return [facts.place(m), facts.ways(m)]


def _by(via: Via) -> Callable[[Matter], list[Fact]]:
    """Whether it can be filed that way, and where it then goes."""

    def told(m: Matter) -> list[Fact]:
        if via not in m.procedure.methods:
            no = m.tr("Thủ tục này không có cách nộp đó.")
            return [Fact(m.tr("Trả lời"), no), facts.ways(m)]
        other = replace(m, via=via)
        warning = m.tr("Không đưa mật khẩu, mã OTP cho ai.") if via == "online" else m.office.post.about
        return [Fact(m.tr("Trả lời"), _may(other)), facts.place(other), Fact(m.tr("Lưu ý"), warning)]

    return told


def _may(m: Matter) -> str:
    """That it can be filed this way, with what this way does not spare; that alone where it files nothing."""
    spared = [note.text for note in lead_notes(m) if m.via in note.via and not m.condition(note.when)]
    files = relevant(m.procedure.documents, m.answers, m.via)
    yes = [m.tr("Được, {way}.").format(way=m.way(m.via))] if files or not spared else []
    return " ".join((*yes, *spared))


def _who(m: Matter) -> list[Fact]:
    return [Fact(m.tr("Ai được nộp"), m.procedure.who)]


def _result(m: Matter) -> list[Fact]:
    return [Fact(m.tr("Kết quả"), m.procedure.result)]


def _agency(m: Matter) -> list[Fact]:
    """Who decides in this case."""
    return [Fact(m.tr("Nơi giải quyết"), m.spot.agency or m.procedure.agency)]


def _basis(m: Matter) -> list[Fact]:
    return [Fact(m.tr("Căn cứ"), "; ".join(m.procedure.legal_basis) or m.tr("chưa rõ"))]


FACTS: Mapping[str, Callable[[Matter], list[Fact]]] = {
    "deadline": _deadline,
    "fee": _fee,
    "where": _where,
    "online": _by("online"),
    "post": _by("post"),
    "who": _who,
    "proxy": _who,
    "result": _result,
    "hours": _where,
    "basis": _basis,
    "decides": _agency,
}
