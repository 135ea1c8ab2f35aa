"""Each notice with invented facts, for whoever wants to read it before it is sent."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from handlers.notices.notice import Apology, Follower, Kind, notice
from handlers.notices.reminders import Change, Entry, digest, licence_expiring, list_changed
from handlers.turn.dossiers import Dossier
from handlers.turn.messages import Reply
from handlers.turn.ports import World

CODE, NUMBER = "H15.50-260706-1377", 1

Preview = Callable[[Follower, World, date, bool], Reply]


def preview(kind: Kind, follower: Follower, world: World, today: date, reminder: bool = False) -> Reply:
    """The notice of that kind as a follower would get it."""
    special = SPECIAL.get(kind)
    if special:
        return special(follower, world, today, reminder)
    apology = Apology("Cần xác minh thêm", today + timedelta(days=7))
    return notice(kind, _dossier(today), follower, world, today, reminder, number=NUMBER, apology=apology)


def _dossier(today: date) -> Dossier:
    return Dossier(
        CODE,
        procedure="1.001193",
        received=today - timedelta(days=3),
        due=today + timedelta(days=2),
        missing="Giấy chứng sinh",
        missing_until=today + timedelta(days=15),
        note="Chữ ký trên tờ khai chưa rõ",
        fee_due=50_000,
        tracking="EE123456785VN",
    )


def _expiring(follower: Follower, world: World, today: date, reminder: bool) -> Reply:
    kind, day = world.licences.kinds[0].id, today + timedelta(days=world.licences.days_before[0])
    return licence_expiring(kind, day, follower, world, today, reminder, number=NUMBER)


def _list_changed(follower: Follower, world: World, today: date, reminder: bool) -> Reply:
    procedure = next(iter(world.catalogue.procedures.values()))
    names = [document.name for document in procedure.documents]
    return list_changed(Change(procedure.code, names[:1], names[1:2]), follower, world, reminder)


def _digest(follower: Follower, world: World, today: date, reminder: bool) -> Reply:
    return digest([Entry("missing", CODE), Entry("expiring", "", today)], follower)


SPECIAL: Mapping[Kind, Preview] = {"expiring": _expiring, "list-changed": _list_changed, "digest": _digest}
