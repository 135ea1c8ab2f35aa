"""What is told of a dossier."""

from collections import OrderedDict
from datetime import date, datetime, timedelta
from operator import attrgetter
from threading import Lock
from typing import Any
from unicodedata import normalize

from bot.clock import VIETNAM
from bot.dossiers.record import DossierRecord
from handlers.ports.dossiers import Dossier, Step
from knowledge.dossiers import statuses
from knowledge.dossiers.fields import seen_by

ANYONE, OWNER = seen_by("anyone"), seen_by("anyone", "owner")
_anyone_s, _owner_s = attrgetter(*ANYONE), attrgetter(*OWNER)

GLIMPSES = 300  # codes an hour that may show their state to whoever types them, all people together
SPAN = timedelta(hours=1)


def owner_view(record: DossierRecord, due: date | None) -> Dossier:
    """What may leave this module for a person who has proved the dossier is his: the name masked.

    `due` is the day promised to him.
    """
    steps = tuple([Step(s, datetime.fromtimestamp(at, VIETNAM), note) for s, at, note in record.steps])
    told = _seen(OWNER, _owner_s(record))
    told["due"] = due
    return Dossier(
        record.code,
        status=_status(record),
        finished=record.finished,
        applicant=masked(record.name or ""),
        steps=steps,
        **told,
    )


def public_view(record: DossierRecord) -> Dossier:
    """What an office may open to whoever knows the code."""
    return Dossier(record.code, status=_status(record), **_seen(ANYONE, _anyone_s(record)))


def _seen(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


class Glimpses:
    """Whether a bare code may show procedure and state: if the office opens them, of so many codes an hour.

    Codes run in sequence: whoever goes through them soon finds all closed, until the hour is over.
    """

    def __init__(self, is_open: bool, most: int = GLIMPSES) -> None:
        self._most, self._lock = most if is_open else 0, Lock()
        self._seen: OrderedDict[str, datetime] = OrderedDict()  # when each was first asked for, oldest first

    def allows(self, code: str, now: datetime) -> bool:
        """Counts the code, whether there is such a dossier or not."""
        with self._lock:
            while self._seen and next(iter(self._seen.values())) <= now - SPAN:
                self._seen.popitem(last=False)
            if code not in self._seen and len(self._seen) < self._most:
                self._seen[code] = now
            return code in self._seen


CLOSED = Glimpses(is_open=False)


def masked(name: str) -> str:
    """First letters only, the rest as stars, at most three: "Nguyễn Văn An" -> "N*** V** A*"."""
    return " ".join(word[0] + "*" * min(max(len(word) - 1, 1), 3) for word in normalize("NFC", name).split())


def _status(record: DossierRecord) -> str:
    """What was received is in the state of that name where nobody told one."""
    return record.status or (statuses.first_of("received").wire if record.received else "")
