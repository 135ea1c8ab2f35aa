"""The text of a claimed notice, made from the dossier as it is now: held messages tell no stale state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic_core import from_json
from sqlalchemy import Connection, Engine

from bot.address import parse
from bot.notices import digest, follows, recipients
from bot.outbox.claim import Notice
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.notices import reminders
from handlers.notices.news import facts_of
from handlers.notices.notice import Apology, Kind, kind_of, notice
from handlers.notices.occasion import Follower, Occasion
from handlers.notices.reminders import Entry
from handlers.people import fitting
from handlers.ports.dossiers import Dossier
from handlers.ports.world import World
from handlers.procedures.lists import Change
from handlers.turn.abilities import Abilities
from handlers.turn.messages import News, Reply
from knowledge.notices.kinds import must_be_acknowledged

Apologies = Callable[[Connection, Vault, str], Apology | None]  # what was released about a dossier


@dataclass(frozen=True)
class Composer:
    """`bot.outbox.channel.Compose` on the database and the world."""

    engine: Engine
    vault: Vault
    world: World
    now: Callable[[], datetime]
    apologies: Apologies
    can: Callable[[str], Abilities] = lambda _channel: Abilities()  # what a channel can, by its name

    def __call__(self, claimed: Notice) -> Reply | None:
        """None if there is nothing to say any more. Raises DossiersDown and WrongKey: tried again later."""
        number = claimed.id if must_be_acknowledged(claimed.kind) else 0
        follower = self._follower(claimed)
        world = self.world.spoken(follower.language)
        on = Occasion(world, self.now(), follower, claimed.reminder > 0, number)
        made = RENDER.get(claimed.kind, Composer._of_dossier)(self, claimed, on)
        can = self.can(parse(claimed.address).channel)
        return made and fitting.with_files(made, can, fitting.NOTICE_HOURS, on.tr)

    def _digest(self, claimed: Notice, on: Occasion) -> Reply:
        return reminders.digest([_entry(item) for item in digest.items(self.vault, claimed)], on)

    def _expiring(self, claimed: Notice, on: Occasion) -> Reply | None:
        facts = self._facts(claimed)
        day = date.fromisoformat(facts["expires_on"])
        return reminders.paper_expiring(facts["paper"], day, on) if day >= on.today else None

    def _list_changed(self, claimed: Notice, on: Occasion) -> Reply:
        return reminders.list_changed(Change(claimed.code, **self._facts(claimed)), on)

    def _linked(self, claimed: Notice, on: Occasion) -> Reply:
        facts = self._facts(claimed)
        return reminders.linked(facts["channel"], int(facts["number"]), on)

    def _removed(self, claimed: Notice, on: Occasion) -> Reply | None:
        is_back = self.world.dossiers.find(claimed.code) is not None
        return None if is_back else reminders.removed(claimed.code, on)

    def _of_dossier(self, claimed: Notice, on: Occasion) -> Reply | None:
        dossier = self.world.dossiers.find(claimed.code)
        if dossier is None:
            return None
        apology = self._apology(claimed.code) if claimed.kind == "late" else None
        kind = _kind_now(claimed.kind, dossier, apology)
        if kind is None:
            return None
        facts = facts_of(kind, dossier, on, apology)
        news = News(kind, dossier.code, facts, claimed.id, claimed.tries, on.is_reminder)
        return replace(notice(kind, dossier, on, apology), news=news)

    def _follower(self, claimed: Notice) -> Follower:
        with database.reading(self.engine) as connection:
            chosen = recipients.wants(connection, claimed.address)
            language = follows.language(connection, claimed.address, claimed.code)
            proved = follows.is_proved(connection, claimed.address, claimed.code)
        return Follower(language or chosen.language, chosen.detailed, proved)

    def _apology(self, code: str) -> Apology | None:
        with database.reading(self.engine) as connection:
            return self.apologies(connection, self.vault, code)

    def _facts(self, claimed: Notice) -> dict[str, str]:
        facts: dict[str, str] = from_json(self.vault.open(claimed.content, f"notice/{claimed.key}"))
        return facts


def _kind_now(kind: str, dossier: Dossier, apology: Apology | None) -> Kind | None:
    """The kind, if that is still what is to be told of the dossier; else another notice tells."""
    if kind == "late":
        return None if dossier.finished or apology is None else "late"
    if kind == "corrected":
        return "corrected"
    now = kind_of(dossier) or "received"  # in work: that it was received, and its day, is still true
    return now if now == kind else None


def _entry(item: dict[str, str]) -> Entry:
    day = item.get("expires_on")
    return Entry(item["kind"], item["code"], date.fromisoformat(day) if day else None)


# The kinds that no dossier tells.
RENDER: Mapping[str, Callable[[Composer, Notice, Occasion], Reply | None]] = {
    "digest": Composer._digest,
    "expiring": Composer._expiring,
    "list-changed": Composer._list_changed,
    "linked": Composer._linked,
    "removed": Composer._removed,
}
