"""The table `zalo_token`, and its only owner: one row an Official Account, shared by all processes.

No transaction lasts over a request: who is about to send a refresh token writes so first, and nobody else
sends it for `LEASE_S`. The new pair is written only in the place of the one it was asked for with: `number`
fences whoever comes late.
"""

import json
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Engine, text

from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.answers import Denied, Granted, NeverSent, Unanswered
from bot.channels.zalo.tokens.consent import new_verifier
from bot.channels.zalo.tokens.pair import DEAD, Kept, Pair
from bot.outbox.claim import durable
from bot.storage import database
from bot.storage.resealing import Sealed
from bot.storage.sealing import Vault

COLUMNS = ("number", "asked", "asked_at", "refused_at", "error")
FIND = text(f"SELECT content, verifier, login_until, {', '.join(COLUMNS)} FROM zalo_token WHERE oa = :oa")
MAKE = text(
    "INSERT INTO zalo_token (oa, number, asked, asked_at, refused_at, error, login_until, verifier, content)"
    " VALUES (:oa, 0, 0, 0, 0, 0, 0, :verifier, :empty) ON CONFLICT (oa) DO NOTHING"
)
AWAIT = text("UPDATE zalo_token SET login_until = :until WHERE oa = :oa")
ASK = text(
    "UPDATE zalo_token SET asked = asked + 1, asked_at = :now"
    " WHERE oa = :oa AND number = :number AND asked = :asked AND asked_at = :asked_at"
)
PUT = text(
    "UPDATE zalo_token SET number = number + 1, content = :content,"
    " asked = 0, asked_at = 0, refused_at = 0, error = 0 WHERE oa = :oa AND number = :number"
)
DIED = text("UPDATE zalo_token SET error = :error WHERE oa = :oa AND number = :number")
UNASKED = text(
    "UPDATE zalo_token SET asked = :asked - 1, error = :error"
    " WHERE oa = :oa AND number = :number AND asked = :asked"
)
REFUSE = text("UPDATE zalo_token SET refused_at = :now WHERE oa = :oa AND number = :number")

SEALED_COLUMNS = (
    Sealed("zalo_token", "verifier", ("oa",), lambda row: place(row.oa, "verifier")),
    Sealed("zalo_token", "content", ("oa",), lambda row: place(row.oa, "content")),
)


def place(oa: str, column: str) -> str:
    """Where it is sealed."""
    return f"zalo_token/{oa}/{column}"


class TokenTable:
    """The row of one Official Account. All of it blocks."""

    def __init__(self, engine: Engine, vault: Vault, oa: str) -> None:
        self._engine, self._vault, self.oa = engine, vault, oa

    def read(self) -> Kept:
        """What is kept; an empty one before the first login."""
        with database.reading(self._engine) as connection:
            return self._read(connection)

    def verifier(self) -> str:
        """PKCE's secret of this account, made once: the console keeps its challenge."""
        with database.reading(self._engine) as connection:
            found = self._verifier(connection)
        return found or self._made(new_verifier())

    def await_login(self, until: int) -> None:
        """From now until then the callback takes a code."""
        self.verifier()
        with database.writing(self._engine) as connection:
            connection.execute(AWAIT, {"oa": self.oa, "until": until})

    def awaits_login(self, now: int) -> bool:
        """Whether somebody has just begun to log in."""
        with database.reading(self._engine) as connection:
            row = connection.execute(FIND, {"oa": self.oa}).one_or_none()
        return row is not None and now < row.login_until

    def begin(self, now: int) -> Kept | None:
        """Takes the turn to send the refresh token; None if it is not due, or another has the turn."""
        if not rules.is_due(self.read(), now):  # mostly: without a lock that others wait for
            return None
        with durable(self._engine) as connection:
            kept = self._read(connection)
            if not rules.is_due(kept, now):
                return None
            seen = {"oa": self.oa, "number": kept.number, "asked": kept.asked, "asked_at": kept.asked_at}
            if connection.execute(ASK, {**seen, "now": now}).rowcount != 1:
                return None
        return replace(kept, asked=kept.asked + 1, asked_at=now)

    def settle(self, begun: Kept, answer: Granted | Denied | NeverSent | Unanswered, now: int) -> bool:
        """Writes down what the refresh token of `begun` has brought; whether it was a new pair."""
        assert begun.pair
        match answer:
            case Granted():
                spent = replace(begun.pair, spent=True)
                return self._put(begun.number, answer.pair(now, by_refusal=bool(begun.refused_at)), spent)
            case Denied(error) if error in DEAD:
                self._died(begun, error)
            case Denied(error):
                self._run(UNASKED, number=begun.number, asked=begun.asked, error=error)
            case NeverSent():
                self._run(UNASKED, number=begun.number, asked=begun.asked, error=begun.error)
            case Unanswered():  # the row says so since `begin`
                pass
        return False

    def put(self, pair: Pair, *, is_pasted: bool = False) -> None:
        """The pair of a login. What was pasted may be wrong: then the one before is gone back to."""
        self.verifier()  # so that there is a row
        is_put = False
        while not is_put:
            kept = self.read()
            spent = not is_pasted or kept.error in DEAD
            is_put = self._put(kept.number, pair, kept.pair and replace(kept.pair, spent=spent))

    def refuse(self, access: str, now: int) -> None:
        """Notes that the API refuses the access token, if it is still the one in use."""
        kept = self.read()
        if kept.pair and kept.pair.access == access and now >= kept.pair.got_at + rules.LAG_S:
            self._run(REFUSE, number=kept.number, now=now)

    def _died(self, begun: Kept, error: int) -> None:
        """Back to the pair before if nobody has spent that."""
        if begun.previous and begun.previous.refresh and not begun.previous.spent:
            self._put(begun.number, begun.previous, None)
        else:
            self._run(DIED, number=begun.number, error=error)

    def _put(self, number: int, pair: Pair, previous: Pair | None) -> bool:
        content = {"pair": asdict(pair), "previous": asdict(previous) if previous else None}
        sealed = self._vault.seal(json.dumps(content).encode(), place(self.oa, "content"))
        return self._run(PUT, number=number, content=sealed)

    def _run(self, statement: Any, **values: object) -> bool:
        with durable(self._engine) as connection:
            return connection.execute(statement, {"oa": self.oa, **values}).rowcount == 1

    def _made(self, verifier: str) -> str:
        sealed = self._vault.seal(verifier.encode(), place(self.oa, "verifier"))
        with durable(self._engine) as connection:
            connection.execute(MAKE, {"oa": self.oa, "verifier": sealed, "empty": b""})
            return self._verifier(connection)

    def _verifier(self, connection: Connection) -> str:
        row = connection.execute(FIND, {"oa": self.oa}).one_or_none()
        return self._vault.open(bytes(row.verifier), place(self.oa, "verifier")).decode() if row else ""

    def _read(self, connection: Connection) -> Kept:
        row = connection.execute(FIND, {"oa": self.oa}).one_or_none()
        if row is None:
            return Kept()
        content: dict[str, Any] = {}
        if row.content:
            content = json.loads(self._vault.open(bytes(row.content), place(self.oa, "content")))
        pair, previous = (Pair(**content[n]) if content.get(n) else None for n in ("pair", "previous"))
        return Kept(pair=pair, previous=previous, **{name: getattr(row, name) for name in COLUMNS})
