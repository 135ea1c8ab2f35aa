"""Which journey a message belongs to: the one entrance of all channels."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from handlers import quoting, typed
from handlers.buttons import tapped, without_form
from handlers.dossiers import status
from handlers.guidance import sheet
from handlers.intake import cards, drafts
from handlers.notices import follow, receipts
from handlers.notices.actions import MyNotices, StopAll
from handlers.office import greeting, not_understood
from handlers.office.actions import SetLanguage
from handlers.people import edits, fitting, linking, pictures, returning, tabs, voice
from handlers.people.actions import AskErase, ExportData
from handlers.ports.errors import StaleButton
from handlers.ports.world import World
from handlers.procedures import checklist, pieces, resume
from handlers.turn.actions import Action, decode
from handlers.turn.context import Context, context
from handlers.turn.effects import Erase
from handlers.turn.messages import Incoming, Paused, Reply, State, Turn, Unmet
from handlers.turn.pending import CaseQuestion, FormQuestion, SecondFactorAsked, interrupted
from handlers.turn.shared import (
    AskDossier,
    AskLanguage,
    BrowseFields,
    Menu,
    MyForms,
    MyLists,
    OpenProcedure,
    SmallTalk,
)
from knowledge.text import tidy, without_long_words

PAUSED = 5  # procedures that can be gone back to
LONGEST = 4000  # characters of a question; people's stories stay far below
COMMANDS: Mapping[str, Action] = {
    "start": Menu(), "menu": Menu(), "hoso": AskDossier(), "status": AskDossier(),
    "help": SmallTalk("help"), "hours": SmallTalk("hours"), "contact": SmallTalk("human"),
    "language": AskLanguage(), "ngonngu": AskLanguage(), "lists": MyLists(), "fields": BrowseFields(),
    "trangdau": Menu(), "linhvuc": BrowseFields(), "danhsach": MyLists(), "giolamviec": SmallTalk("hours"),
    "gapcanbo": SmallTalk("human"), "trogiup": SmallTalk("help"),
    "tinbao": MyNotices(), "notices": MyNotices(),
    "tokhai": MyForms(), "forms": MyForms(), "stop": StopAll(), "tin": MyNotices(),
    "dulieu": ExportData(), "mydata": ExportData(), "xoa": AskErase(), "erase": AskErase(),
}  # fmt: skip  # by name, the button that does the same
LINKING = ("lienket", "link")  # a code may follow
WORDS: Mapping[str, str] = {"huy": "hủy", "cancel": "cancel"}  # by name, the word that does the same


def respond(incoming: Incoming, state: State, world: World) -> Turn:
    """One message in, the replies and the new state out. Keeps nothing and sends nothing."""
    asked = context(incoming, state, world)
    if edits.is_older(asked):
        return edits.older(asked)
    asked = edits.before(asked)
    again = tabs.asking_again(asked)
    turn = tabs.noted(_led(again), again) if again else _led(voice.taken_up(tabs.as_shown(asked)))
    turn = returning.offered(pieces.noted(turn, asked), asked)
    offered = next((reply.choices for reply in reversed(turn.replies) if reply.choices), ())
    unread = turn.state.unread if turn.state.unread > state.unread else 0  # else not in a row
    turn = edits.noted(replace(turn, state=replace(turn.state, offered=offered, unread=unread)), asked)
    turn = fitting.fitted(turn, asked)
    return tabs.marked(turn) if incoming.shows is not None else turn


def _led(ctx: Context) -> Turn:
    """Where a message leads, and what is remembered of where it came from."""
    turn = _remembering(_closed(_answered(ctx), ctx), ctx.state)
    return _owing(_counted(_placed(_corrected(turn, ctx.state), ctx.state), ctx.state), ctx)


def busy_reply(incoming: Incoming, world: World) -> Turn:
    """The apology when too many others wait; nothing is known of the person."""
    return not_understood.busy(context(incoming, State(), world))


def crash_reply(incoming: Incoming, state: State, world: World) -> Turn:
    """The apology when `respond` failed; the state stays as it was."""
    return not_understood.crash(context(incoming, state, world))


def _answered(ctx: Context) -> Turn:
    try:
        return _routed(ctx)
    except StaleButton:  # nothing else: our own bugs reach the edge, which logs them
        return not_understood.stale_button(ctx)


def _closed(turn: Turn, ctx: Context) -> Turn:
    """What was open is over once something else was answered; a second fact may come later.

    What is still open was asked anew, so it is another object than before.
    """
    is_untouched = turn.state.pending is ctx.state.pending
    lasts = turn.outcome == "asked" or isinstance(turn.state.pending, SecondFactorAsked)
    return turn if lasts or not is_untouched else replace(turn, state=replace(turn.state, pending=None))


def _remembering(turn: Turn, before: State) -> Turn:
    """A procedure that is left for another one is remembered, as it was left; nothing outlives an erasure."""
    now, is_erased = turn.state, any(isinstance(effect, Erase) for effect in turn.effects)
    if is_erased or not before.procedure or now.procedure == before.procedure:
        return turn
    left = Paused(before.procedure, before.answers, before.via)
    others = tuple(paused for paused in now.paused if paused.code not in (left.code, now.procedure))
    return replace(turn, state=replace(now, paused=(left, *others)[:PAUSED]))


def _owing(turn: Turn, ctx: Context) -> Turn:
    """The next matter of a message that named several, under what answers the one before."""
    state, tapped_on = turn.state, ctx.incoming.choice
    done = (tapped_on, str(OpenProcedure(state.procedure)))
    owed = () if tapped_on == str(Menu()) else tuple(c for c in state.owed if c.value not in done)
    if owed and turn.outcome == "answered":
        *others, last = turn.replies
        label = ctx.tr("Việc kế: {matter}").format(matter=owed[0].label)
        choices = (replace(owed[0], label=label), *last.choices)
        turn = replace(turn, replies=(*others, replace(last, choices=choices)))
    return replace(turn, state=replace(state, owed=owed))


def _corrected(turn: Turn, before: State) -> Turn:
    """Tells the editors what was meant by a question that had to be offered choices."""
    if not before.doubtful or turn.outcome == "offered":
        return turn
    code = turn.state.procedure
    meant = code if OpenProcedure(code) in {choice.action for choice in before.offered} else ""
    unmet = turn.unmet or Unmet(before.doubtful, meant, done="offered")
    return replace(turn, state=replace(turn.state, doubtful=""), unmet=unmet)


def _placed(turn: Turn, before: State) -> Turn:
    """Tells the editors what was open when a question was not understood, and what was done with it."""
    if turn.unmet is None:
        return turn
    context, done = " ".join(filter(None, _open(before))), turn.unmet.done or turn.outcome
    return replace(turn, unmet=replace(turn.unmet, context=context, done=done))


def _open(state: State) -> tuple[str, ...]:
    match interrupted(state.pending):
        case CaseQuestion(procedure, case):
            return procedure, case
        case FormQuestion(question):
            return "form", question
        case None:
            return (state.procedure,)
        case pending:
            return state.procedure, pending.kind


def _counted(turn: Turn, before: State) -> Turn:
    """Misses count in a row only; what was offered to choose from is known until the next message."""
    misses = turn.state.misses if turn.state.misses > before.misses else 0
    return replace(
        turn, state=replace(turn.state, misses=misses, choosing=turn.outcome in ("offered", "asked"))
    )


def _routed(ctx: Context) -> Turn:
    incoming = ctx.incoming
    if incoming.choice:
        return tapped(decode(incoming.choice), ctx)
    if incoming.start:
        return _started(incoming.start, without_form(ctx))
    pictured = _pictured(ctx)
    if pictured:
        return pictured
    if incoming.attachment == "contact":
        return _shared(ctx)
    if len(incoming.text) > LONGEST:
        return not_understood.too_long(ctx)
    text = without_long_words(tidy(incoming.text))
    if not any(unicodedata.category(letter)[0] in "LN" for letter in text):
        return _without_words(ctx)
    if text.startswith("/"):
        return _command(text[1:], ctx)
    return linking.typed(text, ctx) or quoting.typed(text, ctx) or typed.typed(text, ctx)


def _pictured(ctx: Context) -> Turn | None:
    """A photo of an ID card for the open form, or of a code: a form's, a dossier's, a link of ours."""
    if ctx.incoming.attachment not in pictures.KINDS:
        return None
    code = next(filter(None, map(drafts.desk_code, ctx.incoming.scanned)), "")
    if code:
        return drafts.resume(code, ctx)
    link = receipts.linked(ctx)
    ctx = follow.invited(link, ctx) if link.startswith(follow.LINK) else ctx
    told = cards.scanned(ctx) or _going_on(status.scanned(ctx), ctx)
    if told or not link:
        return told or receipts.scanned(ctx)
    return _started(link, without_form(ctx))


def _shared(ctx: Context) -> Turn:
    """A contact: the second fact of a dossier, or the number that the desk was given."""
    if isinstance(ctx.state.pending, SecondFactorAsked):
        return resume.going_on(status.prove_by_phone(ctx), ctx)
    return follow.contact(ctx) or not_understood.attachment(ctx)


def _without_words(ctx: Context) -> Turn:
    attachment = ctx.incoming.attachment
    if attachment in pictures.KINDS:
        return pictures.not_scanned(ctx)
    if attachment == "voice":
        return voice.heard(ctx)
    return not_understood.attachment(ctx) if attachment else not_understood.unreadable(ctx)


def _going_on(turn: Turn | None, ctx: Context) -> Turn | None:
    """A dossier in the middle of something else: that goes on after it."""
    return turn and resume.going_on(turn, ctx)


def _command(text: str, ctx: Context) -> Turn:
    name, _space, rest = text.partition(" ")
    name = name.partition("@")[0].lower()
    if name == "language" and rest.strip() in ctx.world.languages.names:
        return tapped(SetLanguage(rest.strip()), ctx)
    if name in LINKING:
        return linking.commanded(rest, ctx)
    if name in WORDS:
        return typed.typed(WORDS[name], ctx)
    if COMMANDS.get(name) == AskDossier() and rest.strip():  # "/hoso H36.99-260706-0001"
        return typed.typed(rest.strip(), ctx)
    return tapped(COMMANDS[name], ctx) if name in COMMANDS else not_understood.command(ctx)


def _started(payload: str, ctx: Context) -> Turn:
    """A deep link: `1_001193` or `p-1_001193` opens that procedure; a printed sheet adds its day."""
    if payload.startswith(follow.LINK):
        return follow.opened(payload, ctx)
    if payload.startswith(linking.LINK):
        return linking.opened(payload, ctx)
    code, printed = sheet.opened(payload)
    procedure = ctx.world.catalogue.procedures.get(code)
    if procedure is None:
        return greeting.greeting(ctx)
    turn = checklist.open_procedure(code, ctx)
    old = sheet.outdated(procedure, printed, ctx.tr)
    return replace(turn, replies=(Reply(old), *turn.replies)) if old else turn
