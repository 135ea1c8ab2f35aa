"""Applies what a turn wants written, in the transaction that saves its state, by each table's owner."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Connection

from bot.address import parse
from bot.channels.telegram.incoming import kept
from bot.channels.web import stored
from bot.channels.web.push import subscriptions
from bot.channels.web.sessions import table as sessions
from bot.channels.zalo.oa import pauses
from bot.channels.zalo.platform import usage as zalobot_usage
from bot.dossiers import guesses
from bot.notices import consents, expiry_store, follows, links, lost_follows, recipients
from bot.notices.follows import Terms
from bot.outbox import claim, enqueue, pace, store
from bot.outbox.store import Owed
from bot.people import codes, joining
from bot.storage import conversations, drafts
from bot.storage.drafts import Stale
from bot.storage.sealing import Vault
from handlers.notices.notice_preferences import NO_PHONE
from handlers.ports.guesses import Guesser
from handlers.turn.effects import (
    Acknowledge,
    BindPhone,
    Consent,
    DeleteDraft,
    DropReminder,
    Effect,
    Erase,
    Follow,
    Guessed,
    KeepReminder,
    LinkChannels,
    OfferedAgain,
    OfferLink,
    Proved,
    SaveDraft,
    SetDetailed,
    SetQuiet,
    ShareComputer,
    TakeLink,
    Unfollow,
    Unlink,
)

__all__ = ["EFFECTS", "By", "Stale", "apply"]

# Every table that knows a person by his address; `consent` knows him by a keyed hash.
ERASE: tuple[Callable[[Connection, str], None], ...] = (
    follows.erase,
    lost_follows.erase,
    store.erase,
    expiry_store.erase,
    recipients.erase,
    codes.erase,
    links.forget,
    stored.erase,
    kept.erase,
    subscriptions.erase,
    conversations.erase,
    pace.erase,
    pauses.end,
)


@dataclass(frozen=True)
class By:
    """Who wants something written, when, and with what."""

    connection: Connection
    vault: Vault
    address: str
    now: datetime
    network: str = ""  # as in Incoming
    message_id: str = ""  # of what the turn answers

    @cached_property
    def person(self) -> str:
        """Under which address all is kept that is the person's; another one, if channels are linked."""
        return links.home(self.connection, self.address)

    @cached_property
    def addresses(self) -> list[str]:
        """All that are the person's."""
        return links.addresses(self.connection, self.address)

    def terms(self, language: str, proved: bool) -> Terms:
        """How this person begins to follow: by his newest yes."""
        proof = consents.proof(self.connection, self.vault, self.person, "follow")
        return Terms(language, proof, self.now, proved)


def apply(by: By, effects: Iterable[Effect]) -> None:
    """Writes what these effects say, in their order. Raises Stale; the transaction is then to be undone."""
    for effect in effects:
        EFFECTS[type(effect)](by, effect)


def _guessed(by: By, effect: Guessed) -> None:
    who = Guesser(by.address, by.network)
    guesses.judged(by.connection, by.vault, who, effect, by.now)
    if effect.right:  # whoever knew the session before it saw anything is out of it
        sessions.renew(by.connection, by.address, by.message_id, by.now)


def _share_computer(by: By, effect: ShareComputer) -> None:
    sessions.renew(by.connection, by.address, by.message_id, by.now, shared=True)
    joining.part(by.connection, by.vault, by.address, by.now)
    subscriptions.erase(by.connection, by.address)


def _save_draft(by: By, effect: SaveDraft) -> None:
    drafts.save(by.connection, by.vault, effect.draft, by.now, by.person)


def _delete_draft(by: By, effect: DeleteDraft) -> None:
    """With all that was said of it, to whomever: the files of an answer are made from it."""
    drafts.delete(by.connection, by.vault, effect.code)
    mark = drafts.draft_mark(by.vault, effect.code)
    conversations.blank(by.connection, by.vault, by.address, by.message_id, mark)


def _consent(by: By, effect: Consent) -> None:
    consents.note(by.connection, by.vault, by.person, effect, by.now)


def _follow(by: By, effect: Follow) -> None:
    follows.follow(by.connection, by.person, effect.code, by.terms(effect.language, effect.proved))


def _proved(by: By, effect: Proved) -> None:
    follows.prove(by.connection, by.person, effect.code)


def _unfollow(by: By, effect: Unfollow) -> None:
    follows.stop(by.connection, by.person, by.now, effect.code)
    if not effect.code:
        if recipients.shares_phone(by.connection, by.address):  # as the desk said when it was agreed to
            consents.note(by.connection, by.vault, by.person, NO_PHONE, by.now)
        for address in by.addresses:  # a clerk notes a paper for any of them
            expiry_store.erase(by.connection, address)


def _set_quiet(by: By, effect: SetQuiet) -> None:
    recipients.set_quiet(by.connection, by.address, effect.hours)
    for address in by.addresses:
        claim.reconsider(by.connection, address, by.now)


def _set_detailed(by: By, effect: SetDetailed) -> None:
    recipients.set_detailed(by.connection, by.address, effect.detailed)
    follows.set_detailed(by.connection, by.person, effect.detailed)


def _acknowledge(by: By, effect: Acknowledge) -> None:
    if read := store.acknowledge(by.connection, by.address, effect.notice, by.now):
        same = recipients.same_person(by.connection, by.address)
        store.acknowledge_too(by.connection, same, read, by.now)


def _bind_phone(by: By, effect: BindPhone) -> None:
    mark = recipients.phone_mark(by.vault, effect.phone)
    recipients.set_phone(by.connection, by.address, mark, effect.language)
    follows.follow_waiting(by.connection, by.person, mark, by.terms(effect.language, proved=True))


def _keep_reminder(by: By, effect: KeepReminder) -> None:
    recipients.set_language(by.connection, by.address, effect.language)
    expiry_store.keep(by.connection, by.person, effect.kind, effect.expires_on)


def _drop_reminder(by: By, effect: DropReminder) -> None:
    for address in by.addresses:
        expiry_store.drop(by.connection, address, effect.number)


def _erase(by: By, effect: Erase) -> None:
    """From every table that knows the person, by any channel; the desk's dossiers stay with the desk."""
    drafts.erase(by.connection, by.vault, by.person, effect.drafts)
    consents.erase(by.connection, by.vault, by.person)
    for address in by.addresses:
        for erase in ERASE:
            erase(by.connection, address)
        zalobot_usage.erase(by.connection, by.vault, address)


def _offer_link(by: By, effect: OfferLink) -> None:
    sessions.renew(by.connection, by.address, by.message_id, by.now)  # as with a proof: it will see more
    codes.offer(by.connection, by.vault, by.address, effect.code, by.now)


def _take_link(by: By, effect: TakeLink) -> None:
    codes.take(by.connection, by.vault, by.address, effect.code, by.now)


def _link_channels(by: By, effect: LinkChannels) -> None:
    """The channel that showed the code is told of it: a stranger's must not be linked in silence."""
    shown = codes.taken(by.connection, by.address, effect.number, by.now)
    if shown is None:
        raise Stale
    codes.end(by.connection, shown.number)
    joining.join(by.connection, by.vault, shown.address, by.address, by.now)
    if effect.tells:
        owed = Owed(f"linked/{shown.number}/{int(by.now.timestamp())}", "", shown.address, "linked")
        number = next(c.number for c in links.channels(by.connection, by.address) if c.address == by.address)
        facts = to_json({"channel": parse(by.address).channel, "number": str(number)})
        content = by.vault.seal(facts, f"notice/{owed.key}")
        enqueue.write(by.connection, [owed._replace(content=content)], by.now)


def _unlink(by: By, effect: Unlink) -> None:
    channels = links.channels(by.connection, by.address)
    for channel in channels:
        if channel.number == effect.number:
            joining.part(by.connection, by.vault, channel.address, by.now)
            stored.erase(by.connection, channel.address)


EFFECTS: Mapping[type, Callable[[By, Any], None]] = {
    Guessed: _guessed,
    SaveDraft: _save_draft,
    DeleteDraft: _delete_draft,
    Consent: _consent,
    Follow: _follow,
    Proved: _proved,
    Unfollow: _unfollow,
    SetQuiet: _set_quiet,
    ShareComputer: _share_computer,
    SetDetailed: _set_detailed,
    Acknowledge: _acknowledge,
    BindPhone: _bind_phone,
    KeepReminder: _keep_reminder,
    OfferedAgain: lambda by, _effect: lost_follows.erase(by.connection, by.address),
    DropReminder: _drop_reminder,
    Erase: _erase,
    OfferLink: _offer_link,
    TakeLink: _take_link,
    LinkChannels: _link_channels,
    Unlink: _unlink,
}
