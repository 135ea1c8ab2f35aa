"""Questions that the search did not answer outright, kept for the editors of the catalogue."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from bot.clock import VIETNAM
from handlers.turn.messages import Unmet

NOTE = text(
    "INSERT INTO question (text, meant, context, done, times, last_at)"
    " VALUES (:text, :meant, :context, :done, 1, :now)"
    " ON CONFLICT (text, meant, context, done)"
    " DO UPDATE SET times = question.times + 1, last_at = excluded.last_at"
)
OFTEN = text(
    "SELECT text, meant, context, done, times, last_at FROM question"
    " ORDER BY times DESC, last_at DESC LIMIT :most"
)
FORGET = text("DELETE FROM question WHERE last_at < :before")


@dataclass(frozen=True)
class Question:
    """One line for the editors."""

    text: str
    meant: str  # code of the procedure that was chosen then; empty: none
    context: str  # what was open when it was asked; empty: nothing
    done: str  # what was done with it: an outcome of a turn
    times: int
    last_on: date


def note(connection: Connection, unmet: Unmet, now: datetime) -> None:
    """Counts the question; belongs into the transaction of its turn."""
    connection.execute(NOTE, {**asdict(unmet), "now": int(now.timestamp())})


def often(connection: Connection, most: int) -> list[Question]:
    """The questions that came most often."""
    rows = connection.execute(OFTEN, {"most": most})
    return [
        Question(
            r.text, r.meant, r.context, r.done, r.times, datetime.fromtimestamp(r.last_at, VIETNAM).date()
        )
        for r in rows
    ]


def forget(connection: Connection, before: datetime) -> int:
    """Deletes questions that did not come again since then; tells how many."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount
