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
from handlers.ports.guesses import Guesser
from knowledge.dossiers import statuses
from knowledge.dossiers.fields import seen_by
from knowledge.scrub import of_others

CLERKS = ("missing", "note")  # typed by a clerk, who may name whoever else is concerned
ANYONE, OWNER = seen_by("anyone"), seen_by("anyone", "owner")
_anyone_s, _owner_s = attrgetter(*ANYONE), attrgetter(*OWNER)

GLIMPSES = 5  # codes an hour that may show their state to one person
OF_NETWORK = 30  # likewise to all strangers of one network
SPAN = timedelta(hours=1)
ASKERS = 20_000  # people and networks whose glimpses are remembered; the longest silent are forgotten first


def owner_view(record: DossierRecord, due: date | None) -> Dossier:
    """What may leave this module for a person who has proved the dossier is his: the name masked.

    `due` is the day promised to him.
    """
    steps = tuple(
        [Step(s, datetime.fromtimestamp(at, VIETNAM), of_others(note)) for s, at, note in record.steps]
    )
    told = _seen(OWNER, _owner_s(record))
    told["due"] = due
    for words in CLERKS:
        if words in told:
            told[words] = of_others(told[words])
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

    Codes run in sequence: who goes through them finds all closed, until the hour is over; nobody else does.
    """

    def __init__(self, is_open: bool) -> None:
        self._is_open, self._lock = is_open, Lock()
        self._seen: OrderedDict[str, dict[str, datetime]] = (
            OrderedDict()
        )  # asker -> codes, when first asked for

    def allows(self, code: str, who: Guesser, now: datetime) -> bool:
        """Counts the code, whether there is such a dossier or not."""
        if not self._is_open:
            return False
        with self._lock:
            of_network = not who.network or self._counted(who.network, code, OF_NETWORK, now)
            return of_network and self._counted(who.person, code, GLIMPSES, now)

    def _counted(self, asker: str, code: str, most: int, now: datetime) -> bool:
        seen = {code: at for code, at in self._seen.get(asker, {}).items() if at > now - SPAN}
        if code in seen or len(seen) < most:
            seen.setdefault(code, now)
        self._seen[asker] = seen
        self._seen.move_to_end(asker)
        if len(self._seen) > ASKERS:
            self._seen.popitem(last=False)
        return code in seen


CLOSED = Glimpses(is_open=False)


def masked(name: str) -> str:
    """First letters only, the rest as stars, at most three: "Nguyễn Văn An" -> "N*** V** A*"."""
    return " ".join(word[0] + "*" * min(max(len(word) - 1, 1), 3) for word in normalize("NFC", name).split())


def _status(record: DossierRecord) -> str:
    """What was received is in the state of that name where nobody told one."""
    return record.status or (statuses.first_of("received").wire if record.received else "")
