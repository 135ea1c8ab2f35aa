"""The text of a claimed notice, made from the dossier as it is now: held messages tell no stale state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pydantic_core import from_json
from sqlalchemy import Connection, Engine

from bot.notices import digest, follows, recipients
from bot.outbox.claim import Notice
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.notices import reminders
from handlers.notices.notice import Apology, Follower, kind_of, notice
from handlers.notices.reminders import Change, Entry
from handlers.turn.messages import Reply
from handlers.turn.ports import World
from knowledge.notices.kinds import must_be_acknowledged

Apologies = Callable[[Connection, Vault, str], Apology | None]  # what was released about a dossier


@dataclass(frozen=True)
class Composer:
    """`bot.notices.channel.Compose` on the database and the world."""

    engine: Engine
    vault: Vault
    world: World
    now: Callable[[], datetime]
    apologies: Apologies

    def __call__(self, claimed: Notice) -> Reply | None:
        """None if there is nothing to say any more. Raises DossiersDown and WrongKey: tried again later."""
        follower, is_reminder = self._follower(claimed), claimed.reminder > 0
        today = self.now().date()
        number = claimed.id if must_be_acknowledged(claimed.kind) else 0
        if claimed.kind == "digest":
            entries = [_entry(item) for item in digest.items(self.vault, claimed)]
            return reminders.digest(entries, follower)
        if claimed.kind == "expiring":
            facts = self._facts(claimed)
            day = date.fromisoformat(facts["expires_on"])
            if day < today:
                return None
            return reminders.licence_expiring(
                facts["paper"], day, follower, self.world, today, is_reminder, number=number
            )
        if claimed.kind == "list-changed":
            change = Change(claimed.code, **self._facts(claimed))
            return reminders.list_changed(change, follower, self.world, is_reminder)
        return self._of_dossier(claimed, follower, today, number)

    def _of_dossier(self, claimed: Notice, follower: Follower, today: date, number: int) -> Reply | None:
        dossier, is_reminder = self.world.dossiers.find(claimed.code), claimed.reminder > 0
        if dossier is None:
            return None
        if claimed.kind == "late":
            apology = self._apology(claimed.code)
            if dossier.finished or apology is None:
                return None
            return notice(
                "late", dossier, follower, self.world, today, is_reminder, number=number, apology=apology
            )
        kind = kind_of(dossier) or "received"  # in work: that it was received, and its day, is still true
        if kind != claimed.kind:  # of what it is now another notice tells
            return None
        return notice(kind, dossier, follower, self.world, today, is_reminder, number=number)

    def _follower(self, claimed: Notice) -> Follower:
        with database.reading(self.engine) as connection:
            chosen = recipients.wants(connection, claimed.address)
            language = follows.language(connection, claimed.address, claimed.code)
        return Follower(language or chosen.language, chosen.detailed)

    def _apology(self, code: str) -> Apology | None:
        with database.reading(self.engine) as connection:
            return self.apologies(connection, self.vault, code)

    def _facts(self, claimed: Notice) -> dict[str, str]:
        facts: dict[str, str] = from_json(self.vault.open(claimed.content, f"notice/{claimed.key}"))
        return facts


def _entry(item: dict[str, str]) -> Entry:
    day = item.get("expires_on")
    return Entry(item["kind"], item["code"], date.fromisoformat(day) if day else None)
