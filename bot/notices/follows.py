"""The table `follow`: who is told of which code."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import Connection, bindparam, delete, exists, select, text, update
from sqlmodel import col

from bot.notices import links, phone_follows, recipients
from bot.outbox import store
from bot.storage.schema.tables import Conversation, Dossier, Follow
from bot.storage.statements import insert_new, upsert
from knowledge.dossiers import statuses

# The followers stay as they are until the notices are written: who stops meanwhile stops those too. An import
# asks for ten thousand codes at once, which are no list of parameters.
FOLLOWERS = "SELECT code, address FROM follow WHERE code {among} ORDER BY code, address{lock}"

OF_PERSON = col(Follow.address) == bindparam("person")
OF_CODE = col(Follow.code) == bindparam("about")
OWN = select(col(Follow.code)).where(OF_PERSON)
NEWEST_FIRST = OWN.order_by(col(Follow.since).desc(), col(Follow.code))
IN_ORDER = OWN.order_by(col(Follow.code))
LANGUAGE = select(col(Follow.language)).where(OF_PERSON, OF_CODE)
UNFOLLOW = delete(Follow).where(OF_PERSON)
UNFOLLOW_ONE = UNFOLLOW.where(OF_CODE)
SET_DETAILED = update(Follow).where(OF_PERSON).values(detailed=bindparam("new"))
PROVE = update(Follow).where(OF_PERSON, OF_CODE).values(proved=1)
# also on another channel of the same person
IS_PROVED = select(col(Follow.code)).where(
    OF_CODE, col(Follow.proved) == 1, col(Follow.address).in_(bindparam("persons", expanding=True))
)
FOLLOWS_ANYTHING = select(col(Follow.address)).where(
    col(Follow.address).in_(bindparam("persons", expanding=True))
)
IS_LIST = ~col(Follow.code).contains("-")  # a procedure's code: every dossier's has a dash before its day
OF_FOLLOWED = col(Dossier.code) == col(Follow.code)
LISTS = select(col(Follow.code), col(Follow.address)).where(IS_LIST).order_by(Follow.address, Follow.code)
OPEN_CODES = (
    select(col(Follow.code))
    .where(~IS_LIST, ~exists().where(OF_FOLLOWED, col(Dossier.status).in_(bindparam("over", expanding=True))))
    .distinct()
    .order_by(Follow.code)
)
PART = 500  # codes of one query
OF_CODES = (
    select(col(Follow.code), col(Follow.address))
    .where(col(Follow.code).in_(bindparam("abouts", expanding=True)))
    .order_by(Follow.code, Follow.address)
)
# What can bring no news any more: a dossier that the desk does not have, or has long ended; a list that went
# with its conversation.
OLD = col(Follow.since) < bindparam("before")
LEFT_UNTOLD = col(Dossier.status).in_(bindparam("ended", expanding=True)) & (
    col(Dossier.changed_at) < bindparam("before")  # nobody told when it ended
)
IS_OPEN_YET = exists().where(
    OF_FOLLOWED,
    ((col(Dossier.finished) == "") & ~LEFT_UNTOLD) | (col(Dossier.finished) >= bindparam("day")),
)
TALKS = exists().where(col(Conversation.address) == col(Follow.address))
BY_OTHER = select(col(Follow.code)).where(col(Follow.address) == bindparam("other"))
MOVE = (
    update(Follow)
    .where(col(Follow.address) == bindparam("other"))
    .where(col(Follow.code).in_(OWN.where(col(Follow.proved) == 1)))
    .values(proved=1),
    update(Follow).where(OF_PERSON, col(Follow.code).not_in(BY_OTHER)).values(address=bindparam("other")),
    UNFOLLOW,
)
FORGET_OVER = delete(Follow).where(OLD, ~IS_LIST, ~IS_OPEN_YET)
FORGET_LISTS = delete(Follow).where(OLD, IS_LIST, ~TALKS)


class Terms(NamedTuple):
    """How somebody begins to follow."""

    language: str  # of the notices
    proof: int  # id of the consent; 0: none
    since: datetime
    proved: bool = False  # whether the person has given the second fact


def followers(connection: Connection, codes: Collection[str]) -> Iterable[Any]:
    """Rows of code and address, in their order, that nobody can end before this transaction does."""
    if connection.dialect.name == "sqlite":
        query = text(FOLLOWERS.format(among="IN (SELECT value FROM json_each(:codes))", lock=""))
        return connection.execute(query, {"codes": to_json(list(codes)).decode()})
    query = text(FOLLOWERS.format(among="= ANY(:codes)", lock=" FOR KEY SHARE"))
    return connection.execute(query, {"codes": list(codes)})


def follow(connection: Connection, address: str, code: str, terms: Terms) -> None:
    """This person is told of that dossier, or of changes to that procedure's list, from now on."""
    statement = upsert(connection, Follow, ("code", "address"), "language", "consent", "proved")
    connection.execute(statement, _row(connection, address, code, terms))
    store.resume(connection, address, code)


def prove(connection: Connection, address: str, code: str) -> None:
    """This person has given the second fact: if he follows the dossier, he is told all from now on."""
    connection.execute(PROVE, {"person": address, "about": code})


def is_proved(connection: Connection, address: str, code: str) -> bool:
    """Whether this person has given the second fact of what he follows, on any of his channels."""
    persons = [address, *recipients.same_person(connection, address)]
    return connection.execute(IS_PROVED, {"about": code, "persons": persons}).first() is not None


def stop(connection: Connection, address: str, now: datetime, code: str = "") -> int:
    """This person is told no more about that dossier, or about anything; how many he followed.

    A notice that is on its way this moment arrives; nothing after it does.
    """
    codes = [code] if code else connection.execute(IN_ORDER, {"person": address}).scalars().all()
    values = {"person": address, "about": code} if code else {"person": address}
    gone = connection.execute(UNFOLLOW_ONE if code else UNFOLLOW, values).rowcount
    for each in links.addresses(connection, address):
        store.stop(connection, each, codes if each == address else (), now, code)
    return gone


def drop(connection: Connection, addresses: Collection[str]) -> None:
    """People whom their channel cannot reach any more follow nothing there, but on their other channels."""
    for address in addresses:
        if len(links.addresses(connection, address)) > 1:
            links.lose(connection, address)
        else:
            connection.execute(UNFOLLOW, {"person": address})


def followed(connection: Connection, address: str) -> tuple[str, ...]:
    """Codes, newest first."""
    return tuple(connection.execute(NEWEST_FIRST, {"person": address}).scalars())


def open_codes(connection: Connection) -> list[str]:
    """The dossiers that somebody follows, but for those of which nothing more is expected."""
    over = [state.wire for state in statuses.load().states if state.is_over]
    return list(connection.execute(OPEN_CODES, {"over": over}).scalars())


def lists(connection: Connection) -> list[tuple[str, str]]:
    """Procedure and address of each kept list that is followed."""
    return [(row.code, row.address) for row in connection.execute(LISTS)]


def language(connection: Connection, address: str, code: str) -> str:
    """The language in which a person is told of that code; "": not chosen for it."""
    home = links.home(connection, address)
    return str(connection.execute(LANGUAGE, {"person": home, "about": code}).scalar() or "")


def set_detailed(connection: Connection, address: str, detailed: bool) -> None:
    """Whether the notices of what this person follows name the procedure."""
    connection.execute(SET_DETAILED, {"person": address, "new": int(detailed)})


def told_anything(connection: Connection, addresses: Collection[str]) -> set[str]:
    """Who of these follows anything: who stopped everything does not."""
    return set(connection.execute(FOLLOWS_ANYTHING, {"persons": list(addresses)}).scalars())


def other_channels(connection: Connection, address: str, code: str) -> list[str]:
    """The person's other addresses that want notices at all, and did not stop this one; linked ones first."""
    own = links.addresses(connection, address)
    others = [other for other in (*own, *recipients.same_person(connection, address)) if other != address]
    homes = {other: links.home(connection, other) for other in dict.fromkeys(others)}  # which follows
    persons = list(homes.values())
    wanted = told_anything(connection, persons) - store.stopped_among(connection, persons, code)
    return [other for other, home in homes.items() if home in wanted]


def follow_waiting(connection: Connection, address: str, mark: bytes, terms: Terms) -> None:
    """This person follows what waited for his phone; what he follows already stays as it is."""
    rows = [_row(connection, address, code, terms) for code in phone_follows.waiting_for(connection, mark)]
    if rows:
        connection.execute(insert_new(connection, Follow, ("code", "address")), rows)


def followers_of(connection: Connection, codes: Collection[str]) -> list[tuple[str, str]]:
    """Code and address, in their order, for a look only: `followers` is for who writes."""
    found: list[tuple[str, str]] = []
    ordered = sorted(codes)
    for start in range(0, len(ordered), PART):
        rows = connection.execute(OF_CODES, {"abouts": ordered[start : start + PART]})
        found += [(row.code, row.address) for row in rows]
    return found


def erase(connection: Connection, address: str) -> None:
    """What this person follows."""
    connection.execute(UNFOLLOW, {"person": address})


def move(connection: Connection, old: str, new: str) -> None:
    """What was followed under one address is followed under another; what was proved stays so."""
    values = {"person": old, "other": new}
    for statement in MOVE:
        connection.execute(statement, values)


def purge(connection: Connection, before: datetime) -> int:
    """Deletes what is followed since before then and can bring no news any more; how many."""
    since = int(before.timestamp())
    ended = [state.wire for state in statuses.load().states if not state.is_open]
    values = {"before": since, "day": before.date().isoformat(), "ended": ended}
    over = connection.execute(FORGET_OVER, values).rowcount
    return over + connection.execute(FORGET_LISTS, {"before": since}).rowcount


def _row(connection: Connection, address: str, code: str, terms: Terms) -> dict[str, object]:
    return {
        "code": code,
        "address": address,
        "language": terms.language,
        "since": int(terms.since.timestamp()),
        "consent": terms.proof,
        "detailed": int(recipients.wants(connection, address).detailed),
        "proved": int(terms.proved),
    }
