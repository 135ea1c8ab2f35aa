"""The text of a claimed notice, made from the dossier as it is now: held messages tell no stale state."""

from collections.abc import Callable, Mapping
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
        render = RENDER.get(claimed.kind, Composer._of_dossier)
        return render(self, claimed, self._follower(claimed))

    def _digest(self, claimed: Notice, follower: Follower) -> Reply:
        entries = [_entry(item) for item in digest.items(self.vault, claimed)]
        return reminders.digest(entries, follower)

    def _expiring(self, claimed: Notice, follower: Follower) -> Reply | None:
        facts, today = self._facts(claimed), self.now().date()
        day, again = date.fromisoformat(facts["expires_on"]), claimed.reminder > 0
        if day < today:
            return None
        return reminders.licence_expiring(facts["paper"], day, follower, self.world, today, again)

    def _list_changed(self, claimed: Notice, follower: Follower) -> Reply:
        change = Change(claimed.code, **self._facts(claimed))
        return reminders.list_changed(change, follower, self.world, claimed.reminder > 0)

    def _of_dossier(self, claimed: Notice, follower: Follower) -> Reply | None:
        dossier, today, again = (
            self.world.dossiers.find(claimed.code),
            self.now().date(),
            claimed.reminder > 0,
        )
        if dossier is None:
            return None
        # in work: that it was received, and its day, is still true
        kind = "late" if claimed.kind == "late" else kind_of(dossier) or "received"
        apology = self._apology(claimed.code) if kind == "late" else None
        if kind != claimed.kind:  # of what it is now another notice tells
            return None
        if kind == "late" and (dossier.finished or apology is None):
            return None
        number = claimed.id if must_be_acknowledged(kind) else 0
        return notice(kind, dossier, follower, self.world, today, again, number=number, apology=apology)

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


# The kinds that are of no dossier.
RENDER: Mapping[str, Callable[[Composer, Notice, Follower], Reply | None]] = {
    "digest": Composer._digest,
    "expiring": Composer._expiring,
    "list-changed": Composer._list_changed,
}
