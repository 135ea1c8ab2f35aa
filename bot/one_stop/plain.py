"""The rows of our own messages: a key that is absent or null says nothing, an empty text empties."""

from datetime import datetime
from typing import Any

from bot.dossiers.record import Update
from bot.one_stop import values
from bot.one_stop.judging import Told
from bot.one_stop.values import BadValue, Row, States
from knowledge.dossiers import moves, postal
from knowledge.dossiers.fields import ABOUT
from knowledge.dossiers.statuses import state_of

KEYS = {
    "code": "code", "changed": "changed_at", "received": "received", "due": "due", "finished": "finished",
}  # fmt: skip
# what a row may have beside the fields
ABOVE = frozenset(["code", "status", "changed_at", "applicant"])
OF_ROW = ABOVE | {about.key for about in ABOUT.values() if about.key and not about.of_applicant}
OF_APPLICANT = frozenset(about.key for about in ABOUT.values() if about.of_applicant)


def parse_row(row: Row, now: datetime, states: States) -> Told:
    """What a row tells. Raises BadValue."""
    receipt, applicant = values.code(row, "code"), row.get("applicant") or {}
    if not isinstance(applicant, dict):
        raise BadValue("applicant", "no_object")
    _refuse_unknown(row, OF_ROW)
    _refuse_unknown(applicant, OF_APPLICANT)
    told: dict[str, Any] = {
        name: values.PARSERS[about.kind](applicant if about.of_applicant else row, about.key)
        for name, about in ABOUT.items()
        if about.key
    }
    told["postal"] = row["status"] if row.get("status") in postal.IDS else None
    changed_at = values.moment(row, "changed_at")
    status = None if told["postal"] else _state(row, told, changed_at is not None, states)
    if not status and all(value is None for value in told.values()):
        raise BadValue("", "says_nothing")
    if status and _asks_for_papers(status) and "missing" not in row:
        told["missing"], told["note"] = told["note"], None  # the note says what is missing
    news = Update(receipt.code, changed_at or now, status=status, **told)
    return Told(receipt, news, changed_at)


def _state(row: Row, told: dict[str, Any], is_dated: bool, states: States) -> str | None:
    """The state, by itself or by the stage that is told; of both together they must be one."""
    status, stage = states.read(row, "status")
    if named := moves.stage_of(told["stage"] or ""):
        if status not in (None, str(named.state)):
            raise BadValue("stage", "stage_of_other_state", written=named.name)
        return str(named.state)
    # a step with its own date leaves the stage before it; what only repeats the state does not
    told["stage"] = stage if stage or (status and is_dated) else told["stage"]
    return status


def _refuse_unknown(row: Row, known: frozenset[str]) -> None:
    """A key that we do not know was meant to say something, and would be lost without a word."""
    unknown = sorted(str(key)[: values.SHOWN] for key in row.keys() - known)
    if unknown:
        raise BadValue(unknown[0], "unknown_key", known=", ".join(sorted(known)))


def _asks_for_papers(status: str) -> bool:
    state = state_of(status)
    return state is not None and state.awaits == "papers"
