"""Whether a line leaves what is open for another matter."""

from handlers.language.i18n import N_
from handlers.procedures import case_answer
from handlers.procedures.actions import OpenList
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm
from handlers.turn.shared import OpenProcedure
from knowledge.reading.acts import acts
from knowledge.reading.answers.answers import asks
from knowledge.reading.matters import leaves, turns, unframed
from knowledge.search.search import Found
from knowledge.text import fold

NAMED, NAMED_ANEW = 0.88, 0.6  # confidence of a new matter that leaves the open one; with a word that says so
HINTED = 0.4  # the same with such a word where nothing else is said
FAR = 0.45  # confidence under which what is offered is no reason to leave the open matter
ALL = 0.95  # part of a line that names another matter and asks for its papers: "khai tử cần gì"
EXPLAINED = 0.7  # part of a line that a new matter has to explain
# Confidence of another matter that what is told makes of the open one; the same where that plainly answers
# the open question too; words of a line that tells so much; the chance from which it does something instead.
BECOMES, RATHER, TELLING, ACTING = 0.4, 0.7, 2, 0.8
OTHER = N_("Nghe bạn kể thì việc của bạn có thể là: {matter}. {about}")


def is_named_anew(text: str, found: Found, is_framed: bool, ctx: Context) -> bool:
    """Whether another matter is surely named; `is_framed`: it asks for a paper that one is named after."""
    first = found.hits[0] if found.hits else None
    is_leaving = leaves(text)
    if first is None or first.kind == "talk" or first.id == ctx.state.procedure:
        return False
    if is_framed and not is_leaving:
        return False
    alone = unframed(text)
    is_turning = is_leaving or turns(text) or (alone != text and ctx.explained(alone, first) >= EXPLAINED)
    explained = ctx.explained(text, first)
    if is_turning:
        least = HINTED if explained >= ALL else NAMED_ANEW
        return found.decision != "decline" and found.confidence >= least
    if found.confidence >= NAMED_ANEW and explained >= ALL and ctx.aspect(text) == "documents":
        return True
    return found.confidence >= NAMED and explained >= EXPLAINED


def becomes_another(text: str, ctx: Context) -> Turn | None:
    """The matter that what somebody tells makes of the open one is offered; None if it stays what it is.

    "Đăng ký khai sinh", and then "cha cháu là người Mỹ": the two together name another procedure.
    """
    known, code = ctx.world.catalogue.procedures, ctx.state.procedure
    if code not in known or ctx.state.dossier or len(text.split()) < TELLING or asks(text):
        return None
    if turns(text) or leaves(text) or any(act.chance >= ACTING for act in acts(text)):
        return None
    if ctx.world.english.is_english(text) or any(fold(c.label) == fold(text) for c in ctx.state.offered):
        return None
    named = known[code].short.partition(" (")[0]
    first = next(iter(ctx.world.index.find(f"{named} {text}").hits), None)
    least = RATHER if case_answer.is_plain(text, ctx) else BECOMES
    talked_about = (code, *(paused.code for paused in ctx.state.paused))
    if first is None or first.kind != "procedure" or first.id in talked_about or first.confidence < least:
        return None
    other = known[first.id]
    stay = ctx.tr("Không, vẫn là: {matter}").format(matter=known[code].short)
    choices = (Choice(other.short, OpenProcedure(other.code)), Choice(stay, OpenList(code)))
    said = ctx.tr(OTHER).format(matter=other.short, about=other.about)
    asked = f"{said}\n\n{ctx.tr('Bạn muốn hỏi việc nào?')}"
    waits = Confirm(choices[0].value, choices[1].value)
    return ctx.with_state(pending=waits).turn(Reply(asked, choices=choices), outcome="offered")


def is_far_fetched(turn: Turn, ctx: Context) -> bool:
    """Whether other matters are offered on little ground, while one is talked about."""
    text, state = ctx.incoming.text, ctx.state
    is_open = state.procedure in ctx.world.catalogue.procedures or state.dossier in state.proved
    least = NAMED_ANEW if case_answer.is_open(ctx) else FAR
    return turn.outcome == "offered" and is_open and not turns(text) and ctx.find(text).confidence < least
