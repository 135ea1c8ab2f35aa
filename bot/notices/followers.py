"""Who is told what, read from the database for the conversation."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Collection
from datetime import date, datetime
from typing import get_args

from sqlalchemy import Engine, text

from bot.clock import VIETNAM
from bot.outbox import ledger
from bot.outbox.enqueue import phone_mark
from bot.outbox.ledger import Entry
from bot.storage import database
from bot.storage.sealing import Vault, WrongKey
from bot.turns.effects import person
from handlers.notices.follow import LINK
from handlers.turn.followers import Fate, Given, Line, Manners, Reminder

PAYLOAD_LIMIT = (
    64  # characters of a deep link of Telegram, https://core.telegram.org/bots/features#deep-linking
)
CHANNELS = frozenset(("telegram", "zalo", "web"))  # on which people can be written to unasked
NONE = "none"  # quiet hours of a person who has none
LINES = 10  # of the ledger that are told
IN_DIGEST = "in a digest"  # the reason of what was told together with others
FATES: dict[str, Fate] = {fate: fate for fate in get_args(Fate)}

FOLLOWED = text("SELECT code FROM follow WHERE address = :address ORDER BY since DESC, code")
REMINDERS = text("SELECT id, kind, expires_on FROM licence WHERE address = :address ORDER BY expires_on, id")
MANNERS = text("SELECT quiet, detailed FROM recipient WHERE address = :address")
CONSENTS = text(
    "SELECT purpose, text_version, given, at FROM consent WHERE address_hash = :person ORDER BY id"
)
WAITING = text("SELECT code FROM phone_follow WHERE phone_mark = :mark ORDER BY since DESC, code")


class FollowersOnDatabase:
    """The port `Followers` on our tables; for many threads at once."""

    def __init__(
        self, engine: Engine, vault: Vault, quiet: str = "", channels: Collection[str] = CHANNELS
    ) -> None:
        self._engine, self._vault, self._quiet, self._channels = engine, vault, quiet, channels

    def channels(self) -> tuple[str, ...]:
        """Those that are set up, by name."""
        return tuple(sorted(self._channels))

    def reaches(self, address: str) -> bool:
        """Whether the channel can write first."""
        return address.partition(":")[0] in self._channels

    def followed(self, address: str) -> tuple[str, ...]:
        """Codes, newest first."""
        with database.reading(self._engine) as connection:
            return tuple(connection.execute(FOLLOWED, {"address": address}).scalars())

    def reminders(self, address: str) -> tuple[Reminder, ...]:
        """First to expire first."""
        with database.reading(self._engine) as connection:
            rows = connection.execute(REMINDERS, {"address": address})
            return tuple(Reminder(r.id, r.kind, date.fromisoformat(r.expires_on)) for r in rows)

    def manners(self, address: str) -> Manners:
        """The person's own, else the office's."""
        with database.reading(self._engine) as connection:
            row = connection.execute(MANNERS, {"address": address}).one_or_none()
        own = (row.quiet if row else "") or self._quiet
        return Manners("" if own == NONE else own, bool(row and row.detailed))

    def story(self, address: str) -> tuple[Line, ...]:
        """Oldest first."""
        with database.reading(self._engine) as connection:
            entries = ledger.story(connection, address)
        return tuple(_line(entry) for entry in entries if entry.reason != IN_DIGEST)[-LINES:]

    def consents(self, address: str) -> tuple[Given, ...]:
        """Oldest first."""
        with database.reading(self._engine) as connection:
            rows = connection.execute(CONSENTS, {"person": person(self._vault, address)})
            return tuple(
                Given(r.purpose, r.text_version, bool(r.given), datetime.fromtimestamp(r.at, VIETNAM))
                for r in rows
            )

    def code_of(self, payload: str) -> str | None:
        """The code that was sealed into it."""
        sealed = payload.removeprefix(LINK)
        try:
            return self._vault.open(urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)), LINK).decode()
        except (BadBase64, ValueError, WrongKey):  # ValueError: letters that are no ASCII
            return None

    def waiting_for(self, phone: str) -> tuple[str, ...]:
        """Codes, newest first."""
        with database.reading(self._engine) as connection:
            return tuple(connection.execute(WAITING, {"mark": phone_mark(self._vault, phone)}).scalars())


def payload(vault: Vault, code: str) -> str:
    """What a receipt's QR code adds to the bot's link; nobody can make it from the code alone.

    Raises ValueError for a code over 29 letters, which would not fit.
    """
    made = LINK + urlsafe_b64encode(vault.seal(code.encode(), LINK)).decode().rstrip("=")
    if len(made) > PAYLOAD_LIMIT:
        raise ValueError(f"{code}: too long for a link")
    return made


def _line(entry: Entry) -> Line:
    fate = FATES.get(entry.state, "waiting")
    return Line(entry.code, entry.kind, fate, entry.owed_at, entry.not_before, entry.sent_at, entry.tries)
