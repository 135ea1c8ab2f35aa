"""What we hold of a dossier, and how news about it changes that: pure, the same for one and for a million."""

import re
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, TypeVar
from unicodedata import is_normalized

from bot.clock import VIETNAM
from knowledge.dossiers.deadlines import end_of_processing
from knowledge.dossiers.statuses import state_of
from knowledge.text import tidy

STEPS = 100  # kept of a dossier, the newest; a sender that repeats itself must not fill the database
OPEN = frozenset(["1", "2", "4", "5", "6"])

NO_DIGIT = re.compile(r"[^0-9]+")

Step = tuple[str, int, str]  # status, Unix seconds, note


class Update(NamedTuple):
    """News about a dossier. None: says nothing about it, what is held stays. Texts may come untidy."""

    code: str  # normalised
    at: datetime  # when the sender knew this; decides which of two messages is the newer one
    status: str | None = None  # "1".."10", or a local state as it came
    since: datetime | None = None  # when it came to that state; None: it was in it at `at`, maybe for long
    remark: str = ""  # on that step
    procedure: str | None = None
    title: str | None = None
    postal: str | None = None
    received: date | None = None
    due: date | None = None
    finished: date | None = None
    missing: str | None = None
    missing_until: date | None = None
    note: str | None = None
    fee_due: int | None = None  # đồng; 0: nothing any more
    tracking: str | None = None
    name: str | None = None
    phone: str | None = None
    id_number: str | None = None


class Held(NamedTuple):
    """A dossier as stored, with the person's data in clear. Never log it."""

    code: str
    changed_at: int = 0  # Unix seconds of the newest news
    status: str = ""
    steps: tuple[Step, ...] = ()  # oldest first
    procedure: str = ""
    title: str = ""
    postal: str = ""
    received: date | None = None
    due: date | None = None
    finished: date | None = None  # derived: see `_finished`
    ended: date | None = None  # the end of processing as a sender named it
    missing: str = ""
    missing_until: date | None = None  # until when the papers have to come
    note: str = ""
    fee_due: int = 0
    tracking: str = ""
    name: str = ""
    phone: str = ""  # digits, "0901234567"
    id_number: str = ""
    stated_at: int = 0  # Unix seconds of the news that told the state


TEXTS = (
    "status", "remark", "procedure", "title", "postal", "missing", "note",
    "tracking", "name", "phone", "id_number",
)  # fmt: skip
_texts_of = attrgetter(*TEXTS)

T = TypeVar("T")


def merged(held: Held | None, update: Update) -> Held:
    """What is held after the news; the same news twice, in any order among others, changes nothing more.

    Older news adds its step to the way and fills blanks; what newer news said stays.
    """
    at, news = int(update.at.timestamp()), _tidied(update)
    if held is None:
        return _first(news, at)
    newer = _is_newer(held.changed_at, held, news, at)
    status = _chosen(held.status, news.status or None, _is_newer(held.stated_at, held, news, at))
    steps = _walked(held.steps, news, at)
    moved = status != held.status
    ended = None if status in OPEN else _chosen(held.ended, news.finished, newer)
    return Held(
        code=held.code,
        changed_at=max(at, held.changed_at),
        status=status,
        steps=steps,
        procedure=_chosen(held.procedure, news.procedure, newer),
        title=_chosen(held.title, news.title, newer),
        postal=_chosen(held.postal, news.postal, newer),
        received=_chosen(held.received, news.received, newer),
        due=_chosen(held.due, news.due, newer),
        finished=_finished(status, ended, steps),
        ended=ended,
        # what was asked for in one state is settled when the dossier leaves it
        missing=_chosen("" if moved else held.missing, news.missing, newer),
        missing_until=_chosen(None if moved else held.missing_until, news.missing_until, newer),
        fee_due=_chosen(0 if moved else held.fee_due, news.fee_due, newer),
        note=_chosen(held.note, news.note, newer),
        tracking=_chosen(held.tracking, news.tracking, newer),
        name=_chosen(held.name, news.name, newer),
        phone=_chosen(held.phone, news.phone and phone_digits(news.phone), newer),
        id_number=_chosen(held.id_number, news.id_number, newer),
        stated_at=max(at, held.stated_at) if news.status else held.stated_at,
    )


def _first(news: Update, at: int) -> Held:
    """The same for a dossier nobody spoke of before: in an import most are, and this is twice as fast."""
    status = news.status or ""
    steps = _walked((), news, at)
    ended = None if status in OPEN else news.finished
    return Held(
        news.code,
        at,
        status,
        steps,
        news.procedure or "",
        news.title or "",
        news.postal or "",
        news.received,
        news.due,
        _finished(status, ended, steps),
        ended,
        news.missing or "",
        news.missing_until,
        news.note or "",
        news.fee_due or 0,
        news.tracking or "",
        news.name or "",
        phone_digits(news.phone or ""),
        news.id_number or "",
        at if status else 0,
    )


def differs(one: Held, other: Held) -> bool:
    """Whether they tell different things, apart from when they were last heard."""
    return one._replace(changed_at=0, stated_at=0) != other._replace(changed_at=0, stated_at=0)


def phone_digits(text: str) -> str:
    """A phone number as dialled within the country, digits only: "+84 901 234 567" -> "0901234567"."""
    digits = text if text.isdecimal() and text.isascii() else NO_DIGIT.sub("", text)
    if not digits.startswith(("84", "00")):
        return digits
    digits = digits.removeprefix("00")
    return "0" + digits[2:] if digits.startswith("84") and len(digits) >= 11 else digits


def _tidied(update: Update) -> Update:
    """The news with tidy texts: nearly all are, so they are looked at together."""
    joined = f"|{'|'.join(filter(None, _texts_of(update)))}|"
    spaced = "| " in joined or " |" in joined or "  " in joined
    if joined.isprintable() and not spaced and is_normalized("NFC", joined):
        return update
    texts = zip(TEXTS, _texts_of(update), strict=True)
    return Update(**update._asdict() | {name: tidy(text) for name, text in texts if text is not None})


def _is_newer(known_at: int, held: Held, news: Update, at: int) -> bool:
    """At the same second the later arrival counts, unless it repeats a state that the dossier has left."""
    if at != known_at:
        return at > known_at
    return news.status in (None, held.status) or not _was_in(held.steps, news.status, _since(news, at))


def _was_in(steps: tuple[Step, ...], status: str | None, moment: int) -> bool:
    return any(
        state == status and at <= moment and not any(at < later < moment for _, later, _ in steps)
        for state, at, _ in steps
    )


def _since(update: Update, at: int) -> int:
    return int(update.since.timestamp()) if update.since else at


def _chosen(old: T, new: T | None, newer: bool) -> T:
    if new is None:
        return old
    return new if newer else old or new


def _walked(steps: tuple[Step, ...], news: Update, at: int) -> tuple[Step, ...]:
    """The way with the step added, in order of time."""
    if not news.status:
        return steps
    step = (news.status, _since(news, at), news.remark)
    if step in steps or (not news.since and _state_at(steps, at) == news.status):
        return steps
    return tuple(sorted((*steps, step), key=lambda each: each[1])[-STEPS:]) if steps else (step,)


def _state_at(steps: tuple[Step, ...], moment: int) -> str:
    return next((status for status, at, _ in reversed(steps) if at <= moment), "")


def _finished(status: str, ended: date | None, steps: tuple[Step, ...]) -> date | None:
    """The end of processing: as named, else by the rule of QĐ 766; None for what is open."""
    if ended or status in OPEN or not status:
        return ended
    end = end_of_processing(national(steps))
    return end and end.date()


def national(steps: tuple[Step, ...]) -> list[tuple[int, datetime]]:
    """The steps in the numbers of the national list; those that it does not have left out."""
    known = ((_number(status), at) for status, at, _ in steps)
    return [(number, datetime.fromtimestamp(at, VIETNAM)) for number, at in known if number]


@lru_cache(maxsize=1000)
def _number(status: str) -> int:
    state = state_of(status)
    return state.code if state else 0
