"""The table `notice`: what others ask of it and write into it. Only `bot.outbox` knows its columns.

Claim, settle and sweep have text of their own: there the two engines need other words.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, case, delete, func, select, update
from sqlmodel import col

from bot import address as addresses
from bot.storage.resealing import Sealed
from bot.storage.schema.outbox import AWAITED_NOTICE, DUE_NOTICE, OPEN_NOTICE, WAITING_NOTICE, Notice
from bot.storage.statements import insert_new
from knowledge.notices.kinds import is_urgent
from knowledge.notices.states import NoticeState

STOP = "stop"  # the kind of a line of the ledger that says: this person wants no more about this
DESK = "desk"  # the channel of whom no channel reaches: the clerk calls; the person is the dossier's code
PART = 500  # keys of one query
HEAD_START_S = 86_400  # an urgent notice goes before all others that are due

OF_PERSON = col(Notice.address) == bindparam("person")
OF_CODE = col(Notice.code) == bindparam("about")
OF_KIND = col(Notice.kind) == bindparam("news")
OF_KEY = col(Notice.key) == bindparam("known_as")
IS_UNREAD = col(Notice.acked_at) == 0
NOW: BindParameter[int] = bindparam("now")

# of a notice that nobody has touched; written out, as each parameter costs time
UNTOUCHED = {
    "claimed_by": "''",
    **dict.fromkeys(
        ("first_at", "lease_until", "tries", "sent_at", "ack_by", "acked_at", "call_at", "reminder"), "0"
    ),
}
OWN_ID = select(col(Notice.id)).where(OF_KEY).scalar_subquery()
# What the newer one makes untrue: it is not sent any more, and nobody has to be called about it.
SUPERSEDE = (
    update(Notice)
    .where(OF_PERSON, OF_CODE, col(Notice.id) < OWN_ID, DUE_NOTICE | AWAITED_NOTICE)
    .values(
        state=case((DUE_NOTICE, NoticeState.SUPERSEDED.value), else_=col(Notice.state)),
        call_at=case((col(Notice.state) == NoticeState.REFUSED.value, col(Notice.call_at)), else_=0),
        ack_by=0,
    )
)
STOPPED = (
    update(Notice)
    .where(OF_PERSON, OPEN_NOTICE | AWAITED_NOTICE)
    .values(state=NoticeState.STOPPED.value, call_at=0, ack_by=0)
)
STOPPED_ONE = STOPPED.where(OF_CODE)
FORGET_KEY = delete(Notice).where(OF_KEY)
STOPPED_AT = select(col(Notice.address)).where(
    col(Notice.address).in_(bindparam("persons", expanding=True)), OF_CODE, col(Notice.kind) == STOP
)
READ = update(Notice).values(acked_at=NOW, ack_by=0, call_at=0).where(IS_UNREAD)
READ_OWN = READ.where(col(Notice.id) == bindparam("number"), OF_PERSON).returning(
    col(Notice.code), col(Notice.kind)
)
READ_TOO = READ.where(OF_CODE, OF_KIND, col(Notice.address).in_(bindparam("persons", expanding=True)))
KEYS = select(col(Notice.key)).where(OF_PERSON, OF_CODE, OF_KIND)
WRITTEN = select(col(Notice.key)).where(col(Notice.key).in_(bindparam("known", expanding=True)))
STILL_OPEN = select(func.count()).select_from(Notice).where(OPEN_NOTICE, OF_CODE, OF_KIND)
CONTENT = select(col(Notice.content)).where(OF_KEY, WAITING_NOTICE)
PUT_CONTENT = update(Notice).where(OF_KEY, WAITING_NOTICE).values(content=bindparam("sealed"))
ARRIVED = (
    update(Notice)
    .where(col(Notice.id) == bindparam("number"), col(Notice.state) == NoticeState.DOUBTFUL.value)
    .values(state=NoticeState.SENT.value, sent_at=NOW, receipt=bindparam("told"))
)
ERASE = delete(Notice).where(OF_PERSON)
KEPT_UNTOLD = timedelta(days=90)  # at least: after that nobody is told or called any more
IS_DONE = ~OPEN_NOTICE & (col(Notice.call_at) == 0)
FORGET = delete(Notice).where(
    (IS_DONE & (col(Notice.owed_at) < bindparam("before"))) | (col(Notice.owed_at) < bindparam("long_before"))
)


SEALED_COLUMN = Sealed("notice", "content", ("key",), lambda row: f"notice/{row.key}")


class Owed(NamedTuple):
    """A notice to be written."""

    event: str  # what happened, the same for each of its readers: "H15.50-260706-1377/done/1783300000"
    code: str
    address: str
    kind: str  # of knowledge.notices.kinds, or STOP
    content: bytes = b""  # sealed for the place `notice/<key>`

    @property
    def key(self) -> str:
        """One notice an event and person."""
        return f"{self.event}/{self.address}"


def insert(
    connection: Connection,
    owed: Owed,
    now: datetime,
    state: NoticeState = NoticeState.WAITING,
    **columns: object,
) -> bool:
    """Writes a notice; False if it is written already. `columns`: a receipt, or another not_before."""
    values = _row(owed, now, state) | columns
    fixed = {name: sql for name, sql in UNTOUCHED.items() if name not in columns} if columns else UNTOUCHED
    return connection.execute(insert_new(connection, Notice, ("key",), fixed), values).rowcount == 1


def supersede(
    connection: Connection,
    owed: Collection[Owed],
    others: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> None:
    """Ends the older notices on the same matter. What has no code of its own makes nothing else untrue.

    `others`: by address, further ones of the same person, where only theirs are ended.
    """
    older = [
        {"person": person, "about": o.code, "known_as": o.key}
        for o in owed
        if o.code
        for person in (others.get(o.address, ()) if others else (o.address,))
    ]
    if older:
        connection.execute(SUPERSEDE, older)


def stop(connection: Connection, address: str, codes: Collection[str], now: datetime, code: str = "") -> None:
    """Ends what waits for a person about that code, or all; the ledger then has a line for each code."""
    values = {"person": address, "about": code}
    connection.execute(STOPPED_ONE if code else STOPPED, values if code else {"person": address})
    for each in codes:
        line = _stop_line(address, each)
        connection.execute(FORGET_KEY, {"known_as": line.key})
        insert(connection, line, now, state=NoticeState.STOPPED)


def resume(connection: Connection, address: str, code: str) -> None:
    """Forgets a stop, when this person follows that dossier again."""
    connection.execute(FORGET_KEY, {"known_as": _stop_line(address, code).key})


def stopped_among(connection: Connection, persons: Collection[str], code: str) -> set[str]:
    """Who of these has stopped that code."""
    return set(connection.execute(STOPPED_AT, {"persons": list(persons), "about": code}).scalars())


def acknowledge(connection: Connection, address: str, number: int, now: datetime) -> tuple[str, str] | None:
    """Notes that this person has read the notice; its code and kind.

    None if it was read before or is somebody else's, which stays as it is: ids can be guessed.
    """
    values = {"number": number, "person": address, "now": _seconds(now)}
    row = connection.execute(READ_OWN, values).one_or_none()
    return (row.code, row.kind) if row else None


def acknowledge_too(
    connection: Connection, persons: Collection[str], about: tuple[str, str], now: datetime
) -> None:
    """The same news on the person's other channels, to which it was passed on or from which it came."""
    code, kind = about
    values = {"persons": list(persons), "about": code, "news": kind, "now": _seconds(now)}
    connection.execute(READ_TOO, values)


def keys(connection: Connection, address: str, code: str, kind: str) -> set[str]:
    """What of that kind this person was owed so far."""
    return set(connection.execute(KEYS, {"person": address, "about": code, "news": kind}).scalars())


def written(connection: Connection, keys: Collection[str]) -> set[str]:
    """Which of these keys are of a notice that is there."""
    found: set[str] = set()
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), PART):
        found |= set(connection.execute(WRITTEN, {"known": ordered[start : start + PART]}).scalars())
    return found


def open_count(connection: Connection, code: str, kind: str) -> int:
    """How many people are still to be told of it."""
    return int(connection.execute(STILL_OPEN, {"about": code, "news": kind}).scalar_one())


def waiting_content(connection: Connection, key: str) -> bytes | None:
    """The content of a notice that nobody has claimed yet, which is held until the transaction ends."""
    lock = CONTENT if connection.dialect.name == "sqlite" else CONTENT.with_for_update()
    found = connection.execute(lock, {"known_as": key}).scalar()
    return None if found is None else bytes(found)


def put_content(connection: Connection, key: str, sealed: bytes) -> bool:
    """Gives it another content; False if it was claimed meanwhile."""
    return connection.execute(PUT_CONTENT, {"known_as": key, "sealed": sealed}).rowcount == 1


def arrived(connection: Connection, number: int, receipt: str, now: datetime) -> None:
    """The channel says that what was doubtful has arrived: no reminder goes out any more."""
    connection.execute(ARRIVED, {"number": number, "told": receipt, "now": _seconds(now)})


def erase(connection: Connection, address: str) -> None:
    """Everything that this person was told."""
    connection.execute(ERASE, {"person": address})


def forget(connection: Connection, before: datetime, now: datetime) -> int:
    """Deletes what was owed before then and is done with, and what is not only long after; how many."""
    long_before = min(before, now - KEPT_UNTOLD)
    return connection.execute(
        FORGET, {"before": _seconds(before), "long_before": _seconds(long_before)}
    ).rowcount


def _stop_line(address: str, code: str) -> Owed:
    return Owed(f"{STOP}/{code}", code, address, STOP)


def _row(owed: Owed, now: datetime, state: NoticeState) -> dict[str, object]:
    at, urgent = _seconds(now), int(is_urgent(owed.kind))
    return {
        "key": owed.key,
        "code": owed.code,
        "address": owed.address,
        "channel": addresses.parse(owed.address).channel,
        "kind": owed.kind,
        "urgent": urgent,
        "state": state.value,
        "owed_at": at,
        "not_before": at - HEAD_START_S * urgent,
        "receipt": "",
        "content": owed.content,
    }


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
