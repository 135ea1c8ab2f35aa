"""The text of a claimed notice, made from the dossier as it is now: held messages tell no stale state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pydantic_core import from_json
from sqlalchemy import Engine, text

from bot.notices import apologies, digest
from bot.notices.kinds import MATTERS
from bot.outbox.claim import Notice
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.notices import reminders
from handlers.notices.notice import Apology, kind_of, notice
from handlers.notices.occasion import Follower, Occasion
from handlers.notices.reminders import Entry
from handlers.procedures.lists import Change
from handlers.turn.messages import Reply
from handlers.turn.ports import World

FOLLOWER = text(
    "SELECT COALESCE((SELECT f.language FROM follow AS f WHERE f.address = :address AND f.code = :code),"
    " (SELECT r.language FROM recipient AS r WHERE r.address = :address), '') AS language,"
    " COALESCE((SELECT r.detailed FROM recipient AS r WHERE r.address = :address), 0) AS detailed"
)


@dataclass(frozen=True)
class Composer:
    """`bot.notices.channel.Compose` on the database and the world."""

    engine: Engine
    vault: Vault
    world: World
    now: Callable[[], datetime]

    def __call__(self, claimed: Notice) -> Reply | None:
        """None if there is nothing to say any more. Raises DossiersDown and WrongKey: tried again later."""
        number = claimed.id if claimed.kind in MATTERS else 0
        today, is_reminder = self.now().date(), claimed.reminder > 0
        on = Occasion(self.world, today, self._follower(claimed), is_reminder, number)
        if claimed.kind == "digest":
            return reminders.digest([_entry(item) for item in digest.items(self.vault, claimed)], on)
        if claimed.kind == "expiring":
            return self._expiring(claimed, on)
        if claimed.kind == "list-changed":
            return reminders.list_changed(Change(claimed.code, **self._facts(claimed)), on)
        return self._of_dossier(claimed, on)

    def _expiring(self, claimed: Notice, on: Occasion) -> Reply | None:
        facts = self._facts(claimed)
        day = date.fromisoformat(facts["expires_on"])
        return reminders.licence_expiring(facts["paper"], day, on) if day >= on.today else None

    def _of_dossier(self, claimed: Notice, on: Occasion) -> Reply | None:
        dossier = self.world.dossiers.find(claimed.code)
        if dossier is None:
            return None
        if claimed.kind == "late":
            apology = self._apology(claimed.code)
            return None if dossier.finished or apology is None else notice("late", dossier, on, apology)
        kind = kind_of(dossier) or "received"  # in work: that it was received, and its day, is still true
        return notice(kind, dossier, on) if kind == claimed.kind else None  # else another notice tells

    def _follower(self, claimed: Notice) -> Follower:
        with database.reading(self.engine) as connection:
            row = connection.execute(FOLLOWER, {"address": claimed.address, "code": claimed.code}).one()
        return Follower(row.language, bool(row.detailed))

    def _apology(self, code: str) -> Apology | None:
        with database.reading(self.engine) as connection:
            return apologies.told(connection, self.vault, code)

    def _facts(self, claimed: Notice) -> dict[str, str]:
        facts: dict[str, str] = from_json(self.vault.open(claimed.content, f"notice/{claimed.key}"))
        return facts


def _entry(item: dict[str, str]) -> Entry:
    day = item.get("expires_on")
    return Entry(item["kind"], item["code"], date.fromisoformat(day) if day else None)
