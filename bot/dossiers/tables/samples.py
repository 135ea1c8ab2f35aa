"""A row as it was read, for the clerk to compare with what stands there."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.dossiers.record import Update
from handlers.desk.values import Sample
from handlers.language.format import date_text, money
from knowledge.dossiers import moves, statuses
from knowledge.dossiers.fields import ABOUT
from knowledge.dossiers.moves import Named

HIDDEN_DIGITS = 4  # of an ID number that are shown
NAMED: Mapping[str, Callable[[str], Named | None]] = {"stage": moves.stage_of, "late_cause": moves.cause_of}


def sample(row: int, update: Update) -> Sample:
    """The values in words, in the order of the fields."""
    values = [("code", update.code)]
    for name, about in ABOUT.items():
        value = getattr(update, name)
        if value not in (None, ""):
            values.append((about.column or name, _text(name, value)))
    if update.status:
        state = statuses.state_of(update.status)
        values.append(("status", state.name if state else update.status))
    return Sample(row, tuple(values))


def _text(name: str, value: object) -> str:
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, int):
        return f"{money(value)} đồng"
    if name in NAMED and (found := NAMED[name](str(value))):
        return found.name
    return f"…{str(value)[-HIDDEN_DIGITS:]}" if name == "id_number" else str(value)
