"""Settle: what became of a claim, and what follows from it.

`tries` fences: whoever settles must be the last to have claimed the notice.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import Connection, text

from bot.outbox.claim import Notice, push_behind
from bot.outbox.outcomes import Doubtful, Later, Outcome, Refused, Sent

PATIENCE_S = 4 * 3600  # from the first try; then a person has to call
PAUSES_S = (
    1,
    5,
    20,
    60,
    180,
    600,
    900,
)  # after the first, second, ... try that did not arrive; then the last
DOUBTS = 3  # reminders after which nobody tries again: whatever it is, it kills workers or answers nothing
GONE = ("forbidden", "chat not found")  # how refusals begin of a person who blocked us or left

# One statement for all: with one each, the interpreter would change threads as often.
ROWS = {
    "sqlite": "SELECT value->>'id' AS id, value->>'tries' AS tries, value->>'receipt' AS receipt,"
    " value->>'ack_by' AS ack_by FROM json_each(:rows)",
    "postgresql": "SELECT * FROM json_to_recordset(CAST(:rows AS json))"
    " AS r (id bigint, tries bigint, receipt text, ack_by bigint)",
}
SENT = (
    "UPDATE notice SET state = CASE WHEN state IN ('claimed', 'doubtful') THEN 'sent' ELSE state END,"
    " sent_at = :now, receipt = done.receipt, ack_by = done.ack_by"
    " FROM ({rows}) AS done WHERE notice.id = done.id AND notice.tries = done.tries"
)
# A newer one on the same dossier says all that this one could: it came while this one was on its way.
NEWER = (
    "code <> '' AND EXISTS (SELECT 1 FROM notice AS e WHERE e.address = notice.address"
    " AND e.code = notice.code AND e.id > notice.id AND e.kind <> 'stop'"
    " AND e.state IN ('waiting', 'claimed', 'doubtful', 'sent'))"
)
UNSENT = text(
    f"UPDATE notice SET state = CASE WHEN :is_open = 1 AND {NEWER} THEN 'superseded' ELSE :state END,"
    " not_before = :not_before, first_at = :first_at, reminder = :reminder, receipt = :receipt,"
    " call_at = :call_at"
    " WHERE id = :id AND tries = :tries AND state IN ('claimed', 'doubtful')"
)
UNFOLLOW = text("DELETE FROM follow WHERE address = :address")
# Those on their way too: whatever becomes of them, they do not come back.
UNREACHABLE = text(
    "UPDATE notice SET state = 'refused', receipt = :receipt, call_at = :now"
    " WHERE address = :address AND state IN ('waiting', 'claimed', 'doubtful')"
)


@dataclass(frozen=True)
class Moot:
    """There is nothing to say any more."""


class Settled(NamedTuple):
    """What became of a claimed notice."""

    notice: Notice
    outcome: Outcome | Moot
    ack_by: int = 0  # Unix seconds; sent but unread by then, another way is tried; 0: needs no answer


def settle(connection: Connection, settled: Iterable[Settled], now: datetime) -> None:
    """Writes down what became of claims. What was swept or stopped meanwhile is not undone."""
    at = int(now.timestamp())
    sent, unsent = [], []
    for each in settled:
        match each.outcome:
            case Sent(receipt):
                sent.append({**_fence(each.notice), "receipt": receipt, "ack_by": each.ack_by})
            case outcome:
                unsent.append((each.notice, _unsent(each.notice, outcome, at)))
    if sent:
        query = text(SENT.format(rows=ROWS[connection.dialect.name]))
        connection.execute(query, {"now": at, "rows": to_json(sent).decode()})
    if unsent:
        _write_unsent(connection, unsent, at)


def is_gone(reason: str) -> bool:
    """Whether a refusal means that this person cannot be reached on this channel at all."""
    return reason.lower().startswith(GONE)


def _unsent(notice: Notice, outcome: Later | Refused | Doubtful | Moot, at: int) -> dict[str, Any]:
    """The new values of its row."""
    row = _fence(notice) | {"first_at": min(notice.first_at, at), "reminder": notice.reminder, "call_at": 0}
    row |= {"not_before": at, "receipt": "", "is_open": 0}
    match outcome:
        case Moot():
            return row | {"state": "superseded"}
        case Refused(reason):
            return row | {"state": "refused", "receipt": reason, "call_at": at}
        case Later(seconds):
            wait, why = max(seconds, _pause(notice.tries)), "not reached"
        case Doubtful():
            wait, why = _pause(notice.tries), "no answer"
            row["reminder"] += 1
    if at - notice.first_at >= PATIENCE_S or row["reminder"] > DOUBTS:
        return row | {"state": "given_up", "receipt": why, "call_at": at}
    state = "doubtful" if row["reminder"] else "waiting"
    return row | {"state": state, "is_open": 1, "receipt": why, "not_before": at + math.ceil(wait)}


def _pause(tries: int) -> int:
    return PAUSES_S[min(tries, len(PAUSES_S)) - 1]


def _write_unsent(connection: Connection, unsent: Sequence[tuple[Notice, dict[str, Any]]], at: int) -> None:
    unsent = sorted(unsent, key=lambda each: each[0].id)
    connection.execute(UNSENT, [row for _, row in unsent])
    push_behind(connection, ((n, row["not_before"]) for n, row in unsent if row["is_open"]))
    gone = [(n, row) for n, row in unsent if row["state"] == "refused" and is_gone(row["receipt"])]
    for notice, row in gone:
        values = {"address": notice.address, "receipt": row["receipt"], "now": at}
        connection.execute(UNFOLLOW, values)
        connection.execute(UNREACHABLE, values)


def _fence(notice: Notice) -> dict[str, Any]:
    return {"id": notice.id, "tries": notice.tries}
