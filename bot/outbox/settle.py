"""Settle: what became of a claim, and what follows from it.

`tries` fences: whoever settles must be the last to have claimed the notice.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import Connection, text

from bot.outbox.claim import Notice, push_behind
from bot.outbox.outcomes import Doubtful, Later, Moot, Outcome, Refused, Sent
from bot.outbox.store import STOP
from bot.outbox.timing import TIMING, Timing
from bot.storage.schema.outbox import state_in
from knowledge.notices.states import ON_ITS_WAY, OPEN, NoticeState

# One statement for all: with one each, the interpreter would change threads as often.
ROWS = {
    "sqlite": "SELECT value->>'id' AS id, value->>'tries' AS tries, value->>'receipt' AS receipt,"
    " value->>'ack_by' AS ack_by FROM json_each(:rows)",
    "postgresql": "SELECT * FROM json_to_recordset(CAST(:rows AS json))"
    " AS r (id bigint, tries bigint, receipt text, ack_by bigint)",
}
SENT = (
    f"UPDATE notice SET state = CASE WHEN {state_in(ON_ITS_WAY)} THEN '{NoticeState.SENT}' ELSE state END,"
    " sent_at = :now, receipt = done.receipt, ack_by = done.ack_by"
    " FROM ({rows}) AS done WHERE notice.id = done.id AND notice.tries = done.tries"
)
# A newer one on the same dossier says all that this one could: it came while this one was on its way.
NEWER = (
    "code <> '' AND EXISTS (SELECT 1 FROM notice AS e WHERE e.address = notice.address"
    f" AND e.code = notice.code AND e.id > notice.id AND e.kind <> '{STOP}'"
    f" AND e.{state_in((*OPEN, NoticeState.SENT))})"
)
UNSENT = text(
    f"UPDATE notice SET state = CASE WHEN :is_open = 1 AND {NEWER} THEN '{NoticeState.SUPERSEDED}'"
    " ELSE :state END,"
    " not_before = :not_before, first_at = :first_at, reminder = :reminder, receipt = :receipt,"
    " call_at = :call_at, ack_by = :call_at"  # the sweep looks whether another channel reaches the person
    f" WHERE id = :id AND tries = :tries AND {state_in(ON_ITS_WAY)}"
)
# Those on their way too: whatever becomes of them, they do not come back.
UNREACHABLE = text(
    f"UPDATE notice SET state = '{NoticeState.REFUSED}', receipt = :receipt, call_at = :now,"
    " ack_by = :now"
    f" WHERE address = :address AND {state_in(OPEN)}"
)


class Settled(NamedTuple):
    """What became of a claimed notice."""

    notice: Notice
    outcome: Outcome | Moot
    ack_by: int = 0  # Unix seconds; sent but unread by then, another way is tried; 0: needs no answer


def settle(
    connection: Connection, settled: Iterable[Settled], now: datetime, timing: Timing = TIMING
) -> list[str]:
    """Writes down what became of claims; the addresses at which nobody can be reached any more.

    What was swept or stopped meanwhile is not undone.
    """
    at = int(now.timestamp())
    sent, unsent = [], []
    for each in settled:
        match each.outcome:
            case Sent(receipt):
                sent.append({**_fence(each.notice), "receipt": receipt, "ack_by": each.ack_by})
            case outcome:
                unsent.append(Unsent(each.notice, outcome, _unsent(each.notice, outcome, at, timing)))
    if sent:
        query = text(SENT.format(rows=ROWS[connection.dialect.name]))
        connection.execute(query, {"now": at, "rows": to_json(sent).decode()})
    if unsent:
        _write_unsent(connection, unsent)
    return _give_up_gone(connection, unsent, at)


class Unsent(NamedTuple):
    """A claim that brought nothing, and the new values of its row."""

    notice: Notice
    outcome: Later | Refused | Doubtful | Moot
    row: dict[str, Any]


def _unsent(
    notice: Notice, outcome: Later | Refused | Doubtful | Moot, at: int, timing: Timing
) -> dict[str, Any]:
    row = _fence(notice) | {"first_at": min(notice.first_at, at), "reminder": notice.reminder, "call_at": 0}
    row |= {"not_before": at, "receipt": "", "is_open": 0}
    match outcome:
        case Moot():
            return row | {"state": NoticeState.SUPERSEDED.value}
        case Refused(reason):
            return row | {"state": NoticeState.REFUSED.value, "receipt": reason, "call_at": at}
        case Later(seconds):
            wait, why = max(seconds, _pause(notice.tries, timing)), "not reached"
        case Doubtful():
            wait, why = _pause(notice.tries, timing), "no answer"
            row["reminder"] += 1
    if at - notice.first_at >= timing.patience_s or row["reminder"] > timing.doubts:
        return row | {"state": NoticeState.GIVEN_UP.value, "receipt": why, "call_at": at}
    state = NoticeState.DOUBTFUL if row["reminder"] else NoticeState.WAITING
    return row | {"state": state.value, "is_open": 1, "receipt": why, "not_before": at + math.ceil(wait)}


def _pause(tries: int, timing: Timing) -> int:
    return timing.pauses_s[min(tries, len(timing.pauses_s)) - 1]


def _write_unsent(connection: Connection, unsent: Sequence[Unsent]) -> None:
    ordered = sorted(unsent, key=lambda each: each.notice.id)
    connection.execute(UNSENT, [each.row for each in ordered])
    push_behind(connection, ((e.notice, e.row["not_before"]) for e in ordered if e.row["is_open"]))


def _give_up_gone(connection: Connection, unsent: Iterable[Unsent], at: int) -> list[str]:
    """Ends all that waits for who cannot be reached at all; their addresses."""
    gone = {
        each.notice.address: {"address": each.notice.address, "receipt": each.outcome.reason, "now": at}
        for each in unsent
        if isinstance(each.outcome, Refused) and each.outcome.gone
    }
    if gone:
        connection.execute(UNREACHABLE, list(gone.values()))
    return list(gone)


def _fence(notice: Notice) -> dict[str, Any]:
    return {"id": notice.id, "tries": notice.tries}
