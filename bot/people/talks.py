"""The state of a talk: of a person on several channels some of it is common to all of them."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.notices import links
from bot.storage import conversations
from bot.storage.drafts import Stale
from bot.storage.sealing import Vault
from handlers.dossiers.status import PROVED
from handlers.intake import drafts
from handlers.procedures import lists
from handlers.turn.messages import SavedList, State

COMMON = ("language", "lists", "proved", "drafts")  # fields of State; what is open is of each talk alone
NOTHING = {name: getattr(State(), name) for name in COMMON}


class Kept(NamedTuple):
    """A stored state."""

    state: State = State()
    version: int = 0


class Talk(NamedTuple):
    """What a turn is made from."""

    address: str
    person: str  # the address under which all is kept: the same, unless another channel was linked
    state: State
    version: int  # of the talk on this channel
    home: Kept = Kept()  # of the person's, if that is another


def load(connection: Connection, vault: Vault, address: str) -> Talk:
    """The state of the talk with this address. Raises WrongKey."""
    person = links.home(connection, address)
    state, version = conversations.load(connection, vault, address)
    if person == address:
        return Talk(address, person, state, version)
    home = Kept(*conversations.load(connection, vault, person))
    return Talk(address, person, replace(state, **_common(home.state)), version, home)


def save(connection: Connection, vault: Vault, talk: Talk, state: State, now: datetime) -> bool:
    """Keeps the state that followed; False if another message was faster, or the channel is linked anew.

    The home is written each time: that keeps it, and what is kept under it, as long as any channel is used.
    Raises Stale, to undo what is half written.
    """
    if links.use(connection, talk.address, now) != talk.person:
        return False
    if talk.person == talk.address:
        return conversations.save(connection, vault, talk.address, state, talk.version, now)
    home = replace(talk.home.state, **_common(state))
    own = replace(state, **NOTHING)
    if not conversations.save(connection, vault, talk.person, home, talk.home.version, now):
        return False
    if not conversations.save(connection, vault, talk.address, own, talk.version, now):
        raise Stale
    return True


def hand_over(connection: Connection, vault: Vault, old: str, new: str, now: datetime) -> None:
    """What was common under one address is so under another. Raises Stale if a message was faster."""
    given = Kept(*conversations.load(connection, vault, old))
    kept = Kept(*conversations.load(connection, vault, new))
    both, emptied = _joined(kept.state, given.state), replace(given.state, **NOTHING)
    saved = conversations.save(connection, vault, new, both, kept.version, now)
    if given.version:
        saved &= conversations.save(connection, vault, old, emptied, given.version, now)
    if not saved:
        raise Stale


def _joined(kept: State, given: State) -> State:
    """With what the other has, the newer list of a procedure and the other's language first."""
    newer: dict[str, SavedList] = {}
    for entry in sorted((*given.lists, *kept.lists), key=lambda entry: entry.saved_on, reverse=True):
        newer.setdefault(entry.code, entry)
    return replace(
        kept,
        language=given.language or kept.language,
        lists=tuple(newer.values())[: lists.KEPT],
        proved=tuple(dict.fromkeys((*given.proved, *kept.proved)))[:PROVED],
        drafts=tuple(dict.fromkeys((*given.drafts, *kept.drafts)))[: drafts.KEPT],
    )


def _common(state: State) -> dict[str, Any]:
    return {name: getattr(state, name) for name in COMMON}
