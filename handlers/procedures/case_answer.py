"""A typed answer to the case that is asked: what was understood is said back, with a way to change it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.procedures import about
from handlers.procedures.actions import Reopen
from handlers.procedures.checklist import answer_case, case_question
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.pending import CaseQuestion, interrupted
from knowledge.procedures.catalogue import UNSURE, Case, Procedure
from knowledge.reading.acts import acts
from knowledge.reading.answers.answers import Answer, NotOffered, answers, asks, narrowed, unsureness, waits
from knowledge.reading.answers.options import of_case
from knowledge.reading.answers.yes_no import bare
from knowledge.reading.matters import matters, turns
from knowledge.reading.subject.guess import probably_asks, surely_asks

MEANT = 0.55  # chance from which a choice is taken for meant
STATED = 0.45  # and of a line that asks nothing
TURNING = 0.85  # and of a line that says it goes on to something else
PLAIN = 0.9  # and of one that may tell of danger, or names several matters
AHEAD = 1.5  # either so many times that of the next choice
LIKELY, APART = 0.2, 5  # and where nothing else explains the line; so many times that of the next choice
ACTING = ("erase", "stop", "human", "leave", "menu", "go-on")  # acts that no answer hides
PARTS = re.compile(r"[,.;!?\n]")  # between the parts of a line that state, and those that ask


def typed(text: str, ctx: Context) -> Turn | None:
    """The answer to the open case; None if no case is open, or the line says nothing of its choices."""
    asked = _asked(ctx)
    if asked is None:
        return None
    procedure, case = asked
    found = answers(text, of_case(case, UNSURE, ctx.today.year))
    if isinstance(found, NotOffered):
        return _not_offered(found, procedure, case, ctx)
    if found and found[0].how == "unsure" and waits(text):  # to look or to ask first is no "I don't know"
        return again(ctx, ctx.tr("Vâng, bạn cứ từ từ."))
    if found and found[0].how == "words" and (_only_asks(text, case, ctx) or _only_acts(text, found[0])):
        return None
    if found and _is_meant(text, found):
        if found[0].chance < PLAIN and len(matters(text, ctx.find, ctx.find(text))) > 1:
            return None
        return _understood(found[0], procedure, case, ctx)
    if narrowed(found) and not about.is_answer(about.heard(text, ctx), ""):
        return again(ctx, ctx.tr("Mình chưa chắc bạn thuộc trường hợp nào. Bạn chọn giúp mình:"))
    return None


def _is_meant(text: str, found: Sequence[Answer]) -> bool:
    is_ahead = len(found) == 1 or found[0].chance >= AHEAD * found[1].chance
    states = not asks(text) and bare(text) is None
    least = TURNING if turns(text) else STATED if states else MEANT
    return is_ahead and found[0].chance >= least


def likely(text: str, ctx: Context) -> Turn | None:
    """The answer that a line most likely gives, told for a line that says nothing else; None if it asks."""
    asked = _asked(ctx)
    if asked is None or turns(text) or bare(text) is not None or _is_asking(text) or probably_asks(text):
        return None
    found = answers(text, of_case(asked[1], UNSURE, ctx.today.year))
    if isinstance(found, NotOffered) or not found or found[0].chance < LIKELY:
        return None
    is_apart = len(found) == 1 or found[0].chance >= APART * found[1].chance
    return _understood(found[0], *asked, ctx) if is_apart else None


def is_plain(text: str, ctx: Context) -> bool:
    """Whether a line answers the open case beyond doubt: what else it may mean is then not weighed."""
    asked = _asked(ctx)
    found = answers(text, of_case(asked[1], UNSURE, ctx.today.year)) if asked else ()
    return not isinstance(found, NotOffered) and bool(found) and found[0].chance >= PLAIN


def _only_asks(text: str, case: Case, ctx: Context) -> bool:
    """Whether a line asks about the procedure, and no part of it states a choice: "nộp ở đâu" of "đã nộp"."""
    if unsureness(text) or not about.is_answer(about.heard(text, ctx), ""):
        return False
    stated = [part for part in PARTS.split(text) if part.strip() and not _is_asking(part)]
    return _is_asking(text) and not any(_states(part, case, ctx) for part in stated)


def _is_asking(text: str) -> bool:
    return asks(text) or surely_asks(text)


def _only_acts(text: str, answer: Answer) -> bool:
    """Whether a line surely does something, and is no plain answer: "xóa hết dữ liệu của tôi"."""
    done = acts(text, ("question",))
    return answer.chance < PLAIN and bool(done) and done[0].act in ACTING and done[0].chance >= PLAIN


def _states(part: str, case: Case, ctx: Context) -> bool:
    found = answers(part, of_case(case, UNSURE, ctx.today.year))
    return not isinstance(found, NotOffered) and bool(found) and found[0].chance >= MEANT


def again(ctx: Context, sentence: str) -> Turn:
    """The open case asked once more, with a sentence before it if there is one. Only while a case is open."""
    asked = _asked(ctx)
    if asked is None:
        raise ValueError("no case is open")
    procedure, case = asked
    pending = CaseQuestion(procedure.code, case.id)
    question = case_question(procedure, case, ctx)
    question = question.after(sentence) if sentence else question
    return ctx.with_state(pending=pending).turn(question, outcome="asked")


def is_open(ctx: Context) -> bool:
    """Whether a case waits for its answer."""
    return _asked(ctx) is not None


def reopen(code: str, case: str, ctx: Context) -> Turn:
    """Asks one case again; what was answered before it stays. Raises StaleButton for an unknown one."""
    procedure = ctx.world.procedure(code)
    before = [known.id for known in procedure.cases]
    kept = before[: before.index(case)] if case in before else []
    answers_left = {key: value for key, value in ctx.state.answers.items() if key in kept}
    asked = next((known for known in procedure.cases if known.id == case), procedure.cases[0])
    state = ctx.with_state(procedure=code, answers=answers_left, pending=CaseQuestion(code, asked.id))
    return state.turn(case_question(procedure, asked, ctx), outcome="asked")


def _asked(ctx: Context) -> tuple[Procedure, Case] | None:
    pending = interrupted(ctx.state.pending)
    if not isinstance(pending, CaseQuestion):
        return None
    procedure = ctx.world.catalogue.procedures.get(pending.procedure)
    case = next((c for c in procedure.cases if c.id == pending.case), None) if procedure else None
    return (procedure, case) if procedure and case else None


def _understood(answer: Answer, procedure: Procedure, case: Case, ctx: Context) -> Turn:
    """As if it were tapped, with what was understood said first where it was not the label itself."""
    turn = answer_case(procedure.code, case.id, answer.value, ctx)
    if answer.how in ("label", "number") or not answer.label:
        return turn
    said = ctx.tr("Mình hiểu: {answer}.").format(answer=answer.label)
    first, *others = turn.replies
    change = Choice(ctx.tr("Sửa: {answer}").format(answer=answer.label), Reopen(procedure.code, case.id))
    last = (others or [first])[-1]
    changed = replace(last, choices=(*last.choices, change))
    replies = (first.after(said), *others[:-1], changed) if others else (changed.after(said),)
    return replace(turn, replies=replies)


def _not_offered(found: NotOffered, procedure: Procedure, case: Case, ctx: Context) -> Turn | None:
    """A number that is on no button; None if another button of the screen has it."""
    if 1 <= found.number <= len(ctx.state.offered):
        return None
    text = ctx.tr("Không có số {number}. Bạn chọn từ 1 đến {count}:")
    return again(ctx, text.format(number=found.number, count=found.count + 1))
