"""Which notices a change of a dossier owes, and how each kind is treated."""

from collections.abc import Iterator

from bot.dossiers.record import DossierRecord
from handlers.notices.notice import OF_POST
from knowledge.dossiers import statuses

URGENT = frozenset(["withdrawn"])  # passes quiet hours: somebody may have taken it back who should not
# what costs a person time, money or a right if it is not read: asked for "Tôi đã nhận"
MATTERS = frozenset(["refused", "missing", "fee", "done", "came-back", "late", "stopped", "withdrawn"])

Move = tuple[DossierRecord | None, DossierRecord]  # a dossier before and after its news


def owed(before: DossierRecord | None, after: DossierRecord) -> Iterator[tuple[str, str]]:
    """The kind of each notice that this change is worth, and a mark that is the same for the same news."""
    was, kind = before or DossierRecord(after.code), of_status(after.status)
    if after.status != was.status and kind:
        yield kind, str(_since(after))
    elif kind == "fee" and after.fee_due and after.fee_due != was.fee_due:
        yield kind, f"{_since(after)}-{after.fee_due}"
    elif kind == "missing" and after.missing and after.missing != was.missing:
        yield kind, f"{_since(after)}-{after.changed_at}"
    if after.postal and after.postal != was.postal and after.postal in OF_POST:
        yield OF_POST[after.postal], str(after.changed_at)


def of_status(status: str) -> str:
    """The kind that tells of a state, by its national number or a local name; "" for none."""
    state = statuses.state_of(status) if status else None
    return state.notice if state else ""


def _since(record: DossierRecord) -> int:
    """When it came to its state."""
    return max((at for status, at, _ in record.steps if status == record.status), default=record.stated_at)
