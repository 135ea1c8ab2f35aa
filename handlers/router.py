"""Which journey a message belongs to: the one entrance of all channels."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from handlers import ask, browse, checklist, events, follow, help, pictures, privacy, sheet, status, voice
from handlers.choosing import chosen
from handlers.i18n import Translate, language_of, languages, translator
from handlers.intake import answering, buttons, cards, drafts
from handlers.messages import Incoming, Reply, State, Turn, Unmet
from handlers.ports import World
from knowledge.text import fold, tidy

LONGEST = 4000  # characters of a question; people's stories stay far below
MENU = frozenset(
    ("menu", "start", "bat dau", "bat dau lai", "ve dau", "trang chu", "thoat", "huy", "dung", "quay lai")
)
LEAVING = frozenset(
    ("menu", "none", "p", "l", "a", "field", "fields", "event", "lists", "status", "talk", "e")
)
COMMANDS = {
    "help": "talk:help", "hours": "talk:hours", "contact": "talk:human",
    "language": "language", "ngonngu": "language", "lists": "lists", "fields": "fields",
    "tokhai": "forms", "forms": "forms", "stop": "stop", "tin": "follows",
    "dulieu": "mydata", "mydata": "mydata", "xoa": "erase", "erase": "erase",
}  # fmt: skip  # by name, the button that does the same


def respond(incoming: Incoming, state: State, world: World) -> Turn:
    """One message in, the replies and the new state out. Keeps nothing and sends nothing."""
    _ = translator(language_of(state.language, incoming.language))
    incoming, state = voice.taken_up(incoming, state)
    turn = _corrected(_routed(incoming, state, world, _), state)
    offered = next((reply.choices for reply in reversed(turn.replies) if reply.choices), ())
    unread = turn.state.unread if turn.state.unread > state.unread else 0  # else not in a row
    return replace(turn, state=replace(turn.state, offered=offered, unread=unread))


def sorry(incoming: Incoming, state: State) -> Turn:
    """The apology when `respond` failed; the state stays as it was."""
    return help.sorry(state, translator(language_of(state.language, incoming.language)))


def _corrected(turn: Turn, before: State) -> Turn:
    """Tells the editors what was meant by a question that had to be offered choices."""
    if not before.doubtful or turn.outcome == "offered":
        return turn
    code = turn.state.procedure
    meant = code if f"p:{code}" in {choice.value for choice in before.offered} else ""
    unmet = turn.unmet or Unmet(before.doubtful, meant)
    return replace(turn, state=replace(turn.state, doubtful=""), unmet=unmet)


def _routed(incoming: Incoming, state: State, world: World, _: Translate) -> Turn:
    if incoming.choice:
        return _tapped(incoming.choice, state, world, incoming, _)
    if incoming.start:
        return _started(incoming.start, drafts.left(state), world, incoming, _)
    pictured = _pictured(state, world, incoming, _)
    if pictured:
        return pictured
    if incoming.attachment == "contact":
        return _shared(state, world, incoming, _)
    if len(incoming.text) > LONGEST:
        return help.too_long(state, _)
    text = tidy(incoming.text)
    if not any(unicodedata.category(letter)[0] in "LN" for letter in text):
        return _without_words(incoming, state, world, _)
    return _typed(text, state, world, incoming, _)


def _pictured(state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A photo of an ID card for the open form, of a form's desk code, or of a dossier's code."""
    if incoming.attachment not in pictures.KINDS:
        return None
    code = next(filter(None, map(drafts.desk_code, incoming.scanned)), "")
    if code:
        return drafts.resume(code, state, world, incoming, _)
    return cards.scanned(state, world, incoming, _) or status.scanned(state, world, incoming, _)


def _shared(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """A contact: the second fact of a dossier, or the number that the desk was given."""
    if state.dossier:
        return status.prove_by_phone(state, world, incoming, _)
    return follow.contact(state, world, incoming, _) or help.attachment(incoming, state, _)


def _without_words(incoming: Incoming, state: State, world: World, _: Translate) -> Turn:
    if incoming.attachment in pictures.KINDS:
        return pictures.not_scanned(state, incoming, _)
    if incoming.attachment == "voice":
        return voice.heard(state, world, incoming, _)
    return help.attachment(incoming, state, _) if incoming.attachment else help.unreadable(state, _)


def _typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    if text.startswith("/"):
        return _command(text, state, world, incoming, _)
    told = answering.typed(text, state, world, incoming, _)
    if told:
        return told
    state = drafts.left(state)
    told = follow.typed(text, state, world, incoming, _)
    if told:
        return told
    if fold(text) in MENU:
        return help.greeting(state, world, _)
    told = status.typed(text, state, world, incoming, _)
    if told:
        return told
    choice = chosen(text, state.offered)
    if choice:
        return _tapped(choice, state, world, incoming, _)
    return ask.question(text, state, world, incoming, _)


def _command(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    name, _space, rest = text[1:].partition(" ")
    name = name.partition("@")[0].lower()
    if name == "language" and rest.strip() in languages():
        return help.set_language(rest.strip(), state, world)
    return _tapped(COMMANDS.get(name, "menu"), state, world, incoming, _)


def _started(payload: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """A deep link: `1_001193` or `p-1_001193` opens that procedure; a printed sheet adds its day."""
    if payload.startswith(follow.LINK):
        return follow.opened(payload, state, world, incoming, _)
    code, printed = sheet.opened(payload)
    if code not in world.catalogue.procedures:
        return help.greeting(state, world, _)
    turn = checklist.open_procedure(code, state, world, incoming, _)
    old = sheet.outdated(world.catalogue.procedures[code], printed, _)
    return replace(turn, replies=(Reply(old), *turn.replies)) if old else turn


def _tapped(value: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """A button: `verb:argument:...`. One that means nothing (any more) is answered politely."""
    verb, *arguments = value.split(":")
    if verb in LEAVING:
        state = drafts.left(state)
    action = _actions(state, world, incoming, _).get((verb, len(arguments)))
    if action is None:
        return help.stale_button(state, _)
    try:
        return action(*arguments)
    except (KeyError, StopIteration, ValueError):  # a code, field or entry that is gone, or a forged number
        return help.stale_button(state, _)


def _actions(
    state: State, world: World, incoming: Incoming, _: Translate
) -> dict[tuple[str, int], Callable[..., Turn]]:
    here = (state, world, incoming, _)
    return {
        ("menu", 0): lambda: help.greeting(state, world, _),
        ("none", 0): lambda: help.lost(*here),
        ("lists", 0): lambda: checklist.my_lists(*here),
        ("lists", 1): lambda _what: checklist.ask_forget(state, _),
        ("lists", 2): lambda _what, _sure: checklist.forget_lists(state, _),
        ("language", 0): lambda: help.ask_language(state, _),
        ("language", 1): lambda code: help.set_language(_one_of(code, languages()), state, world),
        ("fields", 0): lambda: browse.fields(0, state, world, _),
        ("fields", 1): lambda page: browse.fields(int(page), state, world, _),
        ("field", 2): lambda field, page: browse.procedures(field, int(page), state, world, _),
        ("talk", 1): lambda kind: help.talk(kind, *here),
        ("e", 1): lambda entry: help.elsewhere(entry, state, world, _),
        ("misheard", 0): lambda: voice.misheard(*here),
        ("status", 0): lambda: status.ask_code(state, _),
        ("s", 1): lambda code: status.show(code, *here),
        ("event", 1): lambda event: events.show(event, state, world, _),
        ("p", 1): lambda code: checklist.open_procedure(code, *here),
        ("a", 3): lambda code, case, value: checklist.answer_case(code, case, value, *here),
        ("r", 1): lambda code: checklist.redo(code, *here),
        ("v", 2): lambda code, via: checklist.change_via(code, via, *here),
        ("k", 1): lambda code: checklist.tick_view(code, *here),
        ("t", 2): lambda code, document: checklist.toggle(code, document, *here),
        ("o", 1): lambda code: checklist.neighbours(code, state, world, _),
        ("n", 1): lambda code: checklist.show_notes(code, *here),
        ("l", 1): lambda code: checklist.open_list(code, *here),
        **follow.actions(*here),
        **buttons.actions(*here),
        ("mydata", 0): lambda: privacy.export(*here),
        ("erase", 0): lambda: privacy.ask_erase(state, _),
        ("erase", 1): lambda _sure: privacy.erase(state, _),
    }


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise KeyError(value)
    return value
