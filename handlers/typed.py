"""A typed line in its context: danger, what is open, what it does, the matter talked about, a new one."""

import re
from collections.abc import Callable
from dataclasses import replace

from handlers.buttons import tapped, without_form
from handlers.dossiers import questions, status
from handlers.intake import answering, drafts, form_requests
from handlers.language.i18n import SOURCE
from handlers.notices import follow
from handlers.office import danger as help_first
from handlers.office import greeting, not_understood, small_talk
from handlers.people import acts
from handlers.procedures import about, ask, case_answer, resume
from handlers.turn.actions import decode
from handlers.turn.choices import chosen
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm
from handlers.turn.words import MENU, yes_or_no
from knowledge.dossiers.dossier_codes import codes_in
from knowledge.reading.answers.answers import NotOffered, answers, narrowed
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.danger import danger
from knowledge.reading.matters import turns
from knowledge.reading.subject.asking import aspects
from knowledge.reading.words import line
from knowledge.search.search import Found
from knowledge.text import fold

MEANT = 0.6  # chance from which a choice on the screen is taken for meant
NAMED, NAMED_ANEW = 0.85, 0.6  # confidence of a new matter that leaves the open one; with a word that says so
EXPLAINED = 0.7  # part of a line that a new matter has to explain
SENTENCE = 3  # words from which a line tells its language
# What a question has: it is never taken for the yes to what cannot be undone.
ASKS = re.compile(
    r"\b(gi|sao|ha|nao|ai|khong|chua|may|bao nhieu|bao gio|why|what|which|who|how|when|if|can)\b"
)

Step = Callable[[str, Context], Turn | None]


def typed(text: str, ctx: Context) -> Turn:
    """What a line leads to; whatever is not understood leaves what was open as it was."""
    ctx = _spoken(text, ctx)
    heard = danger(text)
    if heard and (heard.is_sure or not case_answer.typed(text, ctx)):
        return help_first.reply(heard, ctx)
    told = _confirmed(text, ctx) or drafts.consenting(text, ctx) or answering.typed(text, ctx)
    if told:
        return told
    ctx = without_form(ctx)
    for step in STEPS:
        told = step(text, ctx)
        if told:
            return told
    return _asked(text, ctx)


def _spoken(text: str, ctx: Context) -> Context:
    """In the language of the line: who writes English is answered in English, and back."""
    said = ctx.tr.language
    if ctx.state.language:  # it was chosen
        return ctx
    english = len(text.split()) >= SENTENCE and ctx.world.english.is_english(text)  # "ok" is said in both
    wanted = "en" if english else SOURCE if said == "en" and not text.isascii() else said
    if wanted == said or wanted not in ctx.world.languages.names:
        return ctx
    return replace(ctx.with_state(spoken=wanted), tr=ctx.world.languages.translator(wanted))


def _confirmed(text: str, ctx: Context) -> Turn | None:
    """A typed yes or no, where one is asked for."""
    pending = ctx.state.pending
    if not isinstance(pending, Confirm):
        return None
    said = yes_or_no(text)
    if said is not None:
        return tapped(decode(pending.yes if said else pending.no), ctx)
    labels = {choice.value: choice.label for choice in ctx.state.offered}
    options = tuple(Option(value, label) for value, label in labels.items())
    found = (
        answers(text, Question(options, yes=pending.yes, no=pending.no, kind="confirm")) if options else ()
    )
    if isinstance(found, NotOffered) or not found or found[0].chance < MEANT:
        return None
    if found[0].value == pending.yes and (ASKS.search(fold(text)) or "?" in text):
        again = ctx.tr("Mình chưa làm gì cả. Bạn chọn giúp mình:")
        return ctx.turn(Reply(again, choices=ctx.state.offered), outcome="asked")
    return tapped(decode(found[0].value), ctx)


def _numbered(text: str, ctx: Context) -> Turn | None:
    """A bare number, or a whole label, of what is on the screen."""
    exact = [c for c in ctx.state.offered if fold(c.label) == fold(text)]
    choice = exact[0] if exact else chosen(text, ctx.state.offered) if text.strip(" .)").isdecimal() else None
    return tapped(choice.action, ctx) if choice else None


def _menu(text: str, ctx: Context) -> Turn | None:
    is_menu = fold(text) in MENU and not case_answer.is_open(ctx)
    return greeting.greeting(ctx) if is_menu else None


def _dossier(text: str, ctx: Context) -> Turn | None:
    told = status.typed(text, ctx)
    return resume.going_on(told, ctx) if told else None


def _about_dossier(text: str, ctx: Context) -> Turn | None:
    """A question about the dossier that was shown; one with a code is about that code."""
    if codes_in(text, ctx.today) or text.strip(" .)").isdecimal() or acts.is_follow(text):
        return None
    return questions.typed(text, ctx)


def _picked(text: str, ctx: Context) -> Turn | None:
    """One of the matters or ways that were offered to choose from, in own words."""
    if not ctx.state.choosing or not ctx.state.offered or isinstance(ctx.state.pending, Confirm):
        return None  # what cannot be undone was asked already
    if case_answer.is_open(ctx):
        return None  # its choices were weighed already
    options = tuple(Option(choice.value, choice.label) for choice in ctx.state.offered)
    found = answers(text, Question(options, kind="matter"))
    if isinstance(found, NotOffered) or not found:
        return None
    if found[0].chance >= MEANT:
        return tapped(decode(found[0].value), ctx)
    likely = {answer.value for answer in narrowed(found)}
    left = tuple(choice for choice in ctx.state.offered if choice.value in likely)
    return not_understood.which(left, ctx) if left else None


def _about_procedure(text: str, ctx: Context) -> Turn | None:
    """A question about the procedure that is open, unless another one is surely named."""
    if ctx.state.procedure not in ctx.world.catalogue.procedures:
        return None
    aspect = ctx.aspect(text)
    if aspect == "fill":
        return None
    found, heard = ctx.find(text), about.heard(text, ctx)
    if _is_named_anew(text, found, about.is_framed(heard, text), ctx) or not about.is_answer(heard, aspect):
        return None
    return resume.going_on(about.reply(heard, aspect, ctx), ctx)


def _is_named_anew(text: str, found: Found, is_framed: bool, ctx: Context) -> bool:
    first = found.hits[0] if found.hits else None
    if first is None or first.kind == "talk" or first.id == ctx.state.procedure or is_framed:
        return False
    if turns(text):
        return found.decision != "decline" and found.confidence >= NAMED_ANEW
    return found.confidence >= NAMED and ctx.explained(text, first) >= EXPLAINED


def _opening(text: str, ctx: Context) -> Turn | None:
    """Opening hours asked in English, where no procedure is open whose desk may have others."""
    heard = aspects(line(text))
    is_hours = bool(heard) and heard[0].id == "hours" and ctx.world.english.is_english(text)
    return small_talk.talk("hours", ctx) if is_hours else None


def _asked(text: str, ctx: Context) -> Turn:
    """A question, or the wish that a form be filled in, which comes first."""
    world, code = ctx.world, ctx.state.procedure
    if ctx.aspect(text) != "fill":
        return _lost(ask.question(text, ctx), ctx)
    is_known = code in world.catalogue.procedures
    if is_known and not world.aspects.names_a_subject(text):
        return form_requests.for_procedure(ctx)
    found = ctx.find(text)
    form = form_requests.asked_for(text, found, ctx)
    if form:
        return form
    if is_known and ask.still_about(code, found):
        return form_requests.for_procedure(ctx)
    if found.decision == "answer" and found.hits[0].kind == "procedure":
        return form_requests.for_procedure(ask.about(found.hits[0].id, ctx))
    return ask.answer(found, "", ctx)


def _lost(turn: Turn, ctx: Context) -> Turn:
    """Nothing was found: what is open is asked again, a procedure keeps its ways; the third time a human."""
    if turn.outcome != "declined":
        return turn
    missed = ctx.with_state(misses=ctx.state.misses + 1)
    if missed.state.misses >= not_understood.PATIENCE:
        return replace(not_understood.human(missed), unmet=turn.unmet)
    if case_answer.is_open(missed):
        again = missed.tr("Mình chưa hiểu câu này. Bạn bấm một nút, gõ số, hoặc nói cách khác giúp mình:")
        return replace(case_answer.again(missed, again), unmet=turn.unmet)
    if missed.state.procedure in missed.world.catalogue.procedures:
        return replace(about.unknown(missed), unmet=turn.unmet)
    return replace(turn, state=replace(turn.state, misses=missed.state.misses))


STEPS: tuple[Step, ...] = (
    follow.typed,
    _about_dossier,
    _dossier,
    _numbered,
    case_answer.typed,
    _picked,
    acts.typed,
    _menu,
    _about_procedure,
    _opening,
)
