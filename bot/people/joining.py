"""Two channels become one person's, and part again: what is kept moves as a whole."""

from datetime import datetime

from sqlalchemy import Connection, text

from bot.notices import consents, expiry_store, follows, links, recipients
from bot.outbox.gathering import gather
from bot.people import codes, talks
from bot.storage import conversations, drafts
from bot.storage.sealing import Vault

# Who links or parts waits for whoever does: two who link each other at once would wait for ever.
ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(19784)")


def hold(connection: Connection) -> None:
    """Nobody else links or parts channels until this transaction ends; before anything is written."""
    if connection.dialect.name != "sqlite":  # which lets one write at a time anyway
        connection.execute(ONE_BY_ONE)


def join(connection: Connection, vault: Vault, address: str, other: str, now: datetime) -> None:
    """Both are one person's from now on, and all that is kept of both is kept of that one. Raises Stale.

    What the second has chosen, language and quiet hours, holds for both.
    """
    kept, given = links.home(connection, address), links.home(connection, other)
    if kept == given:
        return
    chosen = recipients.of_both(connection, kept, given)
    links.join(connection, kept, given, now)
    _move(connection, vault, given, kept, now)
    if chosen.quiet is not None:
        recipients.set_quiet(connection, kept, chosen.quiet)
    if chosen.language:
        recipients.set_language(connection, kept, chosen.language)
    recipients.set_detailed(connection, kept, chosen.detailed)
    follows.set_detailed(connection, kept, chosen.detailed)
    best, *_ = persons = links.addresses(connection, kept)
    gather(connection, vault, persons, best, now)


def part(connection: Connection, vault: Vault, address: str, now: datetime) -> bool:
    """That channel knows nothing of the others any more, with which all stays; False if there is none.

    Its own talk is forgotten: what was common stands in it. Raises Stale.
    """
    codes.erase(connection, address)
    channels = links.channels(connection, address)
    left = [channel.address for channel in channels if channel.address != address]
    if not left:
        return False
    gather(connection, vault, [address, *left], left[0], now)
    if channels[0].home == address:
        _move(connection, vault, address, left[0], now)
    links.part(connection, address, left)
    conversations.erase(connection, address)
    return True


def part_silent(connection: Connection, vault: Vault, before: datetime, now: datetime) -> int:
    """Parts the channels from which no message came since then; how many.

    Where all of a person's are silent nothing moves: it would begin to live anew.
    """
    hold(connection)
    silent = links.silent(connection, before)
    for address in silent:
        if set(links.addresses(connection, address)) <= set(silent):
            links.forget(connection, address)
        else:
            part(connection, vault, address, now)
    return len(silent)


def _move(connection: Connection, vault: Vault, old: str, new: str, now: datetime) -> None:
    talks.hand_over(connection, vault, old, new, now)
    follows.move(connection, old, new)
    expiry_store.move(connection, old, new)
    consents.move(connection, vault, old, new)
    drafts.move(connection, vault, old, new)
