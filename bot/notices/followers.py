"""Who is told what, read from the database for the conversation."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import get_args

from sqlalchemy import Engine, bindparam, select
from sqlmodel import col

from bot import address as addresses
from bot.clock import VIETNAM
from bot.notices import (
    consents,
    expiry_store,
    follows,
    links,
    lost_follows,
    phone_follows,
    receipt_links,
    recipients,
)
from bot.notices.digest import TOLD_THERE
from bot.outbox import ledger
from bot.outbox.ledger import Entry
from bot.storage import database
from bot.storage.schema.tables import Dossier
from bot.storage.sealing import Vault, WrongKey
from handlers.notices.follow import LINK
from handlers.ports.followers import Fate, Given, Line, Manners, Reminder
from knowledge.dossiers.statuses import state_of
from knowledge.notices.quiet_hours import QuietHours, in_force
from knowledge.notices.states import NoticeState

# characters of a deep link of Telegram, https://core.telegram.org/bots/features#deep-linking
PAYLOAD_LIMIT = 64
STATUS = select(col(Dossier.status)).where(col(Dossier.code) == bindparam("about"))
LINES = 10  # of the ledger that are told
FATES: Mapping[NoticeState, Fate] = {NoticeState(fate): fate for fate in get_args(Fate)}


class FollowersOnDatabase:
    """The port `Followers` on our tables; for many threads at once."""

    def __init__(self, engine: Engine, vault: Vault, quiet: QuietHours, channels: Collection[str]) -> None:
        """`channels`: those that are served, on which people can be written to unasked."""
        self._engine, self._vault, self._quiet, self._channels = engine, vault, quiet, channels

    def channels(self) -> tuple[str, ...]:
        """Those that are set up, by name."""
        return tuple(sorted(self._channels))

    def reaches(self, address: str) -> bool:
        """Whether one of the person's channels can write first."""
        with database.reading(self._engine) as connection:
            own = links.addresses(connection, address)
        return any(addresses.parse(each).channel in self._channels for each in own)

    def followed(self, address: str) -> tuple[str, ...]:
        """Codes, newest first."""
        with database.reading(self._engine) as connection:
            return follows.followed(connection, address)

    def reminders(self, address: str) -> tuple[Reminder, ...]:
        """First to expire first."""
        with database.reading(self._engine) as connection:
            own = links.addresses(connection, address)
            rows = [row for each in own for row in expiry_store.own(connection, each)]
        found = (Reminder(row.id, row.kind, date.fromisoformat(row.expires_on)) for row in rows)
        return tuple(sorted(found, key=lambda paper: (paper.expires_on, paper.number)))

    def manners(self, address: str) -> Manners:
        """The person's own, else the office's."""
        with database.reading(self._engine) as connection:
            chosen = recipients.wants(connection, address)
        return Manners(in_force(chosen.quiet, self._quiet), chosen.detailed)

    def story(self, address: str) -> tuple[Line, ...]:
        """Oldest first."""
        with database.reading(self._engine) as connection:
            own = links.addresses(connection, address)
            entries = sorted(entry for each in own for entry in ledger.story(connection, each))
        return tuple(_line(entry) for entry in entries if entry.reason != TOLD_THERE)[-LINES:]

    def consents(self, address: str) -> tuple[Given, ...]:
        """Oldest first."""
        with database.reading(self._engine) as connection:
            rows = consents.every(connection, self._vault, address)
        return tuple(
            Given(r.purpose, r.text_version, bool(r.given), datetime.fromtimestamp(r.at, VIETNAM))
            for r in rows
        )

    def code_of(self, payload: str) -> str | None:
        """The code sealed into it, unless it was renewed or nothing more can happen to its dossier."""
        sealed = payload.removeprefix(LINK)
        try:
            content = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        except (BadBase64, ValueError):  # ValueError: letters that are no ASCII
            return None
        with database.reading(self._engine) as connection:
            found = ((n, self._opened(content, n)) for n in receipt_links.numbers(connection))
            number, code = next(((n, code) for n, code in found if code), (0, ""))
            if not code or number != receipt_links.number(connection, code):
                return None
            held = connection.scalar(STATUS, {"about": code})
        state = state_of(held) if held else None  # what the desk does not hold yet may still come
        return None if state and state.is_over else code

    def _opened(self, content: bytes, number: int) -> str:
        """The code in a link with that number; "" if it has another, or is none."""
        try:
            return self._vault.open(content, receipt_links.place(number)).decode()
        except (ValueError, WrongKey):
            return ""

    def lost(self, address: str) -> tuple[str, ...]:
        """Codes, newest first."""
        with database.reading(self._engine) as connection:
            return lost_follows.lost(connection, self._vault, address)

    def waiting_for(self, phone: str) -> tuple[str, ...]:
        """Codes, newest first."""
        with database.reading(self._engine) as connection:
            return phone_follows.waiting_for(connection, recipients.phone_mark(self._vault, phone))


def payload(vault: Vault, code: str, number: int = 0) -> str:
    """What a receipt's QR code adds to the bot's link; nobody can make it from the code alone.

    `number`: as of `receipt_links`. Raises ValueError for a code over 30 letters, which would not fit.
    """
    sealed = vault.seal(code.encode(), receipt_links.place(number))
    made = LINK + urlsafe_b64encode(sealed).decode().rstrip("=")
    if len(made) > PAYLOAD_LIMIT:
        raise ValueError(f"{code}: too long for a link")
    return made


def _line(entry: Entry) -> Line:
    fate = FATES[entry.state]
    return Line(entry.code, entry.kind, fate, entry.owed_at, entry.not_before, entry.sent_at, entry.tries)
