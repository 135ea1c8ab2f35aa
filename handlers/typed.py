"""A typed line in its context: danger, what is open, what it does, the matter talked about, a new one."""

from collections.abc import Callable
from dataclasses import replace

from handlers import confirming
from handlers.anew import becomes_another, is_named_anew
from handlers.buttons import tapped, without_form
from handlers.dossiers import questions, status
from handlers.intake import answering, drafts, form_requests
from handlers.intake.asking import mine
from handlers.language.i18n import SOURCE
from handlers.lost import lost
from handlers.notices import follow, receipts
from handlers.office import danger as help_first
from handlers.office import greeting, not_understood, small_talk
from handlers.people import acts
from handlers.procedures import about, ask, case_answer, checklist, resume
from handlers.turn.actions import decode
from handlers.turn.choices import chosen
from handlers.turn.context import Context
from handlers.turn.messages import Turn
from handlers.turn.pending import Confirm, FormConsent
from handlers.turn.shared import Menu
from handlers.turn.words import BEGINNING, MENU
from knowledge.dossiers.dossier_codes import codes_in
from knowledge.reading.answers.answers import NotOffered, answers, narrowed
from knowledge.reading.answers.options import Option, Question
from knowledge.reading.danger import danger
from knowledge.reading.matters import ALONE, APART, corrects, unframed
from knowledge.reading.ongoing import asked
from knowledge.reading.subject.asking import asks_need, aspects
from knowledge.reading.words import line
from knowledge.text import fold, shortened

MEANT = 0.6  # chance from which a choice on the screen is taken for meant
CERTAIN = 0.9  # confidence of a matter that is meant, not only where somebody lives ("tạm trú ở đây")
STORY = 1200  # characters that are read of a line, its beginning and its end; danger is looked for in all
SENTENCE = 3  # words from which a line tells its language
Step = Callable[[str, Context], Turn | None]


def typed(text: str, ctx: Context) -> Turn:
    """What a line leads to; whatever is not understood leaves what was open as it was."""
    warned, ctx = ctx.state.warned, _spoken(text, ctx.with_state(warned=""))
    heard = danger(text, ctx.world.english.is_english(text))
    is_plain = heard is not None and case_answer.is_plain(text, ctx)
    if heard and (heard.is_sure or not is_plain):
        answered = case_answer.typed(text, ctx) if is_plain and help_first.may_be_past(heard) else None
        return help_first.before(heard, answered, ctx) if answered else help_first.reply(heard, ctx)
    text = shortened(text, STORY)
    after = help_first.goes_on(text, warned, ctx)
    if after and not case_answer.typed(text, ctx):
        return after
    told = confirming.typed(text, ctx) or drafts.consenting(text, ctx) or answering.typed(text, ctx)
    if told:
        return told
    if fold(text) in BEGINNING:
        return tapped(Menu(), ctx)
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
    return ctx.with_state(spoken=wanted).speaking(wanted)


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
    told = questions.typed(text, ctx)
    return None if told and _leaves_dossier(text, ctx) else told


def _probably_about_dossier(text: str, ctx: Context) -> Turn | None:
    """The same of a line that nothing else explains."""
    told = questions.probably(text, ctx)
    return None if told and _leaves_dossier(text, ctx) else told


def _leaves_dossier(text: str, ctx: Context) -> bool:
    """Whether another matter is surely named than that of the dossier."""
    found = ctx.find(text)
    return is_named_anew(text, found, False, ctx) and not questions.is_of(found.hits[0].id, ctx)


def _put_right(text: str, ctx: Context) -> Turn | None:
    """Another matter is meant than the one that was understood: "khai sinh chứ không phải khai tử"."""
    if ctx.state.procedure not in ctx.world.catalogue.procedures or not corrects(text):
        return None
    meant = ctx.find(unframed(text)).hits
    if not meant or meant[0].kind != "procedure" or meant[0].id == ctx.state.procedure:
        return None
    is_apart = len(meant) == 1 or meant[0].confidence >= APART * meant[1].confidence
    return checklist.open_procedure(meant[0].id, ctx) if is_apart and meant[0].confidence >= ALONE else None


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


def _likely_answer(text: str, ctx: Context) -> Turn | None:
    """What a statement answers that nothing else explains, and that names no other matter."""
    if not case_answer.is_open(ctx) or is_named_anew(text, ctx.find(text), False, ctx):
        return None
    return case_answer.likely(text, ctx)


def about_procedure(text: str, ctx: Context) -> Turn | None:
    """A question about the procedure that is open, unless another one is surely named."""
    if ctx.state.procedure not in ctx.world.catalogue.procedures:
        return None
    aspect = ctx.aspect(text)
    if aspect == "fill":
        return None
    found, heard = ctx.find(text), about.heard(text, ctx)
    from_elsewhere = heard is not None and heard.aspect == "other-place" and found.confidence < CERTAIN
    is_framed = from_elsewhere or about.is_framed(heard, text, ctx)
    if is_named_anew(text, found, is_framed, ctx) or not about.is_answer(heard, aspect):
        return None
    if heard and (told := acts.of_what_was_said(heard.aspect, ctx)):
        return told
    return resume.going_on(about.reply(heard, aspect, ctx), ctx)


def _at_consent(text: str, ctx: Context) -> Turn | None:
    """A question about the procedure whose form waits for its consent, which goes on waiting."""
    pending, known = ctx.state.pending, ctx.world.catalogue.procedures
    if not isinstance(pending, FormConsent):
        return None
    code = next((code for code in ctx.world.forms[pending.form].procedures if code in known), "")
    if asked(text, "form") == "kept":
        return acts.done("privacy", ctx)
    told = about_procedure(text, ask.about(code, ctx)) if code else None
    if told is None:
        return None
    *others, last = told.replies
    return ctx.turn(*others, replace(last, choices=ctx.state.offered), outcome="asked")


def _about_paper(text: str, ctx: Context) -> Turn | None:
    """A question after the paper of a form was taken, about handing it in."""
    aspect, world = ctx.aspect(text), ctx.world
    if ctx.state.procedure or aspect in ("", "fill") or world.aspects.names_a_subject(text):
        return None
    code = next((draft.procedure for draft in mine(ctx) if draft.printed), "")
    if code not in world.catalogue.procedures:
        return None
    at = ask.about(code, ctx)
    return replace(about.reply(about.heard(text, at), aspect, at), state=ctx.state)


def _opening(text: str, ctx: Context) -> Turn | None:
    """Opening hours asked in English, where no procedure is open whose desk may have others."""
    heard = aspects(line(text))
    is_hours = bool(heard) and heard[0].id == "hours" and ctx.world.english.is_english(text)
    return small_talk.talk("hours", ctx) if is_hours else None


def _asked(text: str, ctx: Context) -> Turn:
    """A question, or the wish that a form be filled in, which comes first."""
    world, code = ctx.world, ctx.state.procedure
    if _asks_of_open(text, ctx):
        return lost(about.unknown(ctx), ctx)
    if ctx.aspect(text) != "fill":
        return lost(ask.question(text, ctx), ctx)
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


def _asks_of_open(text: str, ctx: Context) -> bool:
    """Whether a thing is asked for that the open procedure may need, and of which nothing is known here."""
    if ctx.state.procedure not in ctx.world.catalogue.procedures or not asks_need(line(text)):
        return False
    return not is_named_anew(text, ctx.find(text), False, ctx)


STEPS: tuple[Step, ...] = (
    receipts.typed,
    follow.typed,
    _about_dossier,
    _dossier,
    _numbered,
    _put_right,
    becomes_another,
    case_answer.typed,
    _picked,
    acts.typed,
    _menu,
    form_requests.own,
    _at_consent,
    _likely_answer,
    _probably_about_dossier,
    about_procedure,
    _about_paper,
    _opening,
)
