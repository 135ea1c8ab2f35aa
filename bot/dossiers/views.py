"""What is told of a dossier."""

from collections import OrderedDict
from datetime import date, datetime, timedelta
from threading import Lock
from unicodedata import normalize

from bot.clock import VIETNAM
from bot.dossiers.held import Held
from handlers.turn.dossiers import Dossier, Step

GLIMPSES = 300  # codes an hour that may show their state to whoever types them, all people together
SPAN = timedelta(hours=1)


def told(held: Held, due: date | None) -> Dossier:
    """What may leave this module for a person who has proved the dossier is his: the name masked."""
    steps = tuple(Step(s, datetime.fromtimestamp(at, VIETNAM), note) for s, at, note in held.steps)
    return Dossier(
        code=held.code,
        procedure=held.procedure,
        title=held.title,
        status=_status(held),
        postal=held.postal,
        received=held.received,
        due=due,
        finished=held.finished,
        missing=held.missing,
        missing_until=held.missing_until,
        note=held.note,
        fee_due=held.fee_due or None,
        tracking=held.tracking,
        applicant=masked(held.name),
        steps=steps,
    )


def glimpsed(held: Held) -> Dossier:
    """What an office may open to whoever knows the code."""
    return Dossier(held.code, procedure=held.procedure, title=held.title, status=_status(held))


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


def _status(held: Held) -> str:
    return held.status or ("2" if held.received else "")
