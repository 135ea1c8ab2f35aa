"""What we hold of a dossier, and how news about it changes that: pure, the same for one and for a million."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar
from unicodedata import is_normalized

from bot.clock import VIETNAM
from knowledge.dossiers import phones
from knowledge.dossiers.deadlines import end_of_processing
from knowledge.dossiers.fields import ABOUT, TEXTS, DossierFields, Kind
from knowledge.dossiers.statuses import State, state_of
from knowledge.text import tidy

FAST = timedelta(minutes=10)  # clocks may differ by so much
STEPS = 100  # kept of a dossier, the newest; a sender that repeats itself must not fill the database

Step = tuple[str, int, str]  # status, Unix seconds, note


@dataclass(frozen=True)
class Update(DossierFields):
    """News about a dossier. None: says nothing about it, what is held stays. Texts may come untidy."""

    code: str  # normalised
    at: datetime  # when the sender knew this; decides which of two messages is the newer one
    _: KW_ONLY
    status: str | None = None  # "1".."10", or a local state as it came
    since: datetime | None = None  # when it came to that state; None: it was in it at `at`, maybe for long
    remark: str = ""  # on that step
    undated: bool = False  # it names a state and not the day of it: an end is then of no known day


@dataclass(frozen=True)
class DossierRecord(DossierFields):
    """A dossier as stored, with the person's data in clear. Never log it."""

    code: str
    _: KW_ONLY
    changed_at: int = 0  # Unix seconds of the newest news
    status: str = ""  # as Update.status
    steps: tuple[Step, ...] = ()  # oldest first
    finished: date | None = None  # the end of processing, derived: see `_finished`
    seen: tuple[int, ...] = ()  # moments of steps that were only seen then: nobody told since when
    stated_at: int = 0  # Unix seconds of the news that told the state

    @property
    def state(self) -> State | None:
        """The state of the national list; None for a local or an unknown one."""
        return state_of(self.status)

    @property
    def is_open(self) -> bool:
        """Whether it is in a state of the national list that has no result yet."""
        return self.state is not None and self.state.is_open


BLANK = DossierRecord("")  # of which nothing is known
NAMES = tuple(ABOUT)
CLEARED_WHEN_MOVED = tuple(name for name, about in ABOUT.items() if about.cleared_when_moved)
CLEARED_WHILE_OPEN = tuple(name for name, about in ABOUT.items() if about.cleared_while_open)
TEXTS_OF_NEWS = ("status", "remark", *(name for name, about in ABOUT.items() if about.kind in TEXTS))
# kinds that are kept in another form than they are told in
FORMS: Mapping[Kind, Callable[[Any], Any]] = {"phone": phones.dialled}
KEPT_AS = {name: FORMS[about.kind] for name, about in ABOUT.items() if about.kind in FORMS}

fields_of = attrgetter(*NAMES)
_texts_of = attrgetter(*TEXTS_OF_NEWS)

T = TypeVar("T")


def merged(held: DossierRecord | None, update: Update) -> DossierRecord:
    """What is held after the news; the same news twice, in any order among others, changes nothing more.

    Older news adds its step to the way and fills blanks; what newer news said stays.
    """
    at, news = int(update.at.timestamp()), _tidied(update)
    since = at if news.since is None or news.since is news.at else int(news.since.timestamp())
    held = held or BLANK
    status = held.status
    if news.status:
        status = _chosen(status, news.status, _is_newer(held.stated_at, held, news, at, since))
    steps = _walked(held.steps, news, at, since)
    seen = _only_seen(held.seen, steps, at, news.since is None and steps != held.steps)
    told = _told(held, news, status, _is_newer(held.changed_at, held, news, at, since))
    own = {
        "code": news.code,
        "changed_at": max(at, held.changed_at),
        "status": status,
        "steps": steps,
        "finished": _finished(status, told.get("ended"), steps, seen),
        "seen": seen,
        "stated_at": max(at, held.stated_at) if news.status else held.stated_at,
    }
    return DossierRecord.of(own | told)


def believed(held: DossierRecord, now: datetime) -> DossierRecord:
    """What is held, where a clock that ran ahead has written none of it: else nothing newer would ever count.

    What has a moment that has not come counts as told just after the last that has.
    """
    latest = int((now + FAST).timestamp())
    if held.changed_at <= latest:
        return held
    come = [step for step in held.steps if step[1] <= latest]
    last = max((at for _, at, _ in come), default=0)
    early = [step for step in held.steps if step[1] > latest]
    steps = (*come, *((state, last + number, remark) for number, (state, _, remark) in enumerate(early, 1)))
    at = last + len(early)
    own = {"changed_at": at, "stated_at": min(held.stated_at, at), "steps": steps}
    return DossierRecord.of({**held.__dict__, **own})


def differs(one: DossierRecord, other: DossierRecord) -> bool:
    """Whether they tell different things, apart from when they were last heard."""
    return replace(one, changed_at=0, stated_at=0) != replace(other, changed_at=0, stated_at=0)


def national(steps: tuple[Step, ...]) -> list[tuple[State, datetime]]:
    """The steps in the states of the national list; those that it does not have left out."""
    return [(state, datetime.fromtimestamp(at, VIETNAM)) for state, at in _known_states(steps)]


def _told(held: DossierRecord, news: Update, status: str, newer: bool) -> dict[str, Any]:
    """Each field as it is after the news; left out is what is not known."""
    told = {} if held is BLANK else _known(held)
    if status != held.status:
        _clear(told, CLEARED_WHEN_MOVED)
    for name, value in zip(NAMES, fields_of(news), strict=True):
        if value is not None and (newer or _holds_yet(name, news, status)):
            new = KEPT_AS[name](value) if name in KEPT_AS else value
            told[name] = (new if newer else told.get(name) or new) or None
    if (state := state_of(status)) and state.is_open:
        _clear(told, CLEARED_WHILE_OPEN)
    return told


def _holds_yet(name: str, news: Update, status: str) -> bool:
    """Whether older news may fill this blank: what goes with a state went when the dossier left it."""
    return name not in CLEARED_WHEN_MOVED or news.status in (None, status)


def _known(held: DossierRecord) -> dict[str, Any]:
    return {name: value for name, value in zip(NAMES, fields_of(held), strict=True) if value is not None}


def _clear(told: dict[str, Any], names: Iterable[str]) -> None:
    for name in names:
        told.pop(name, None)


def _tidied(update: Update) -> Update:
    """The news with tidy texts: nearly all are, so they are looked at together."""
    joined = f"|{'|'.join(filter(None, _texts_of(update)))}|"
    spaced = "| " in joined or " |" in joined or "  " in joined
    if joined.isprintable() and not spaced and is_normalized("NFC", joined):
        return update
    texts = zip(TEXTS_OF_NEWS, _texts_of(update), strict=True)
    tidied: dict[str, Any] = {name: tidy(text) for name, text in texts if text is not None}
    return replace(update, **tidied)


def _is_newer(known_at: int, held: DossierRecord, news: Update, at: int, since: int) -> bool:
    """At the same second the later arrival counts, unless it repeats a state that the dossier has left."""
    if at != known_at:
        return at > known_at
    return news.status in (None, held.status) or not _was_in(held.steps, news.status, since)


def _was_in(steps: tuple[Step, ...], status: str | None, moment: int) -> bool:
    return any(
        state == status and at <= moment and not any(at < later < moment for _, later, _ in steps)
        for state, at, _ in steps
    )


def _chosen(old: T, new: T, newer: bool) -> T:
    return new if newer else old or new


def _walked(steps: tuple[Step, ...], news: Update, at: int, since: int) -> tuple[Step, ...]:
    """The way with the step added, in order of time."""
    if not news.status or (news.undated and _ends(news.status)):
        return steps
    step = (news.status, since, news.remark)
    if step in steps or (not news.since and _state_at(steps, at) == news.status):
        return steps
    return tuple(sorted((*steps, step), key=lambda each: each[1])[-STEPS:]) if steps else (step,)


def _ends(status: str) -> bool:
    """Whether the day of coming to that state counts as the end of processing."""
    state = state_of(status)
    return state is not None and state.ends > 0


def _state_at(steps: tuple[Step, ...], moment: int) -> str:
    return next((status for status, at, _ in reversed(steps) if at <= moment), "")


def _only_seen(before: tuple[int, ...], steps: tuple[Step, ...], at: int, added: bool) -> tuple[int, ...]:
    """The moments of those steps that may have been taken long before."""
    if not before and not added:
        return ()
    kept = {moment for _, moment, _ in steps}
    return tuple(sorted({*before, *([at] if added else [])} & kept))


def _finished(status: str, ended: date | None, steps: tuple[Step, ...], seen: tuple[int, ...]) -> date | None:
    """The end of processing: as named, else by the rule of QĐ 766.

    None for what is open, and where an end was only seen: the day on which a table was written is no end.
    """
    state = state_of(status)
    if ended or not status or (state and state.is_open):
        return ended
    end = end_of_processing(_known_states(steps))
    return None if end is None or end in seen else datetime.fromtimestamp(end, VIETNAM).date()


def _known_states(steps: tuple[Step, ...]) -> list[tuple[State, int]]:
    return [(state, at) for status, at, _ in steps if (state := state_of(status))]
