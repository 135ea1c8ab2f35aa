"""Each notice with invented facts, for whoever wants to read it before it is sent."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.notices.notice import KINDS, NAMES, OF_POST, TEXTS, Apology, Kind, notice
from handlers.notices.occasion import Occasion
from handlers.notices.reminders import Entry, digest, linked, list_changed, paper_expiring, removed
from handlers.ports.dossiers import Dossier
from handlers.procedures.lists import Change
from handlers.turn.messages import Reply
from knowledge.dossiers import postal

NUMBER = 1

Preview = Callable[[Occasion], Reply]


def preview(kind: Kind, on: Occasion) -> Reply:
    """The notice of that kind as a follower would get it."""
    on = replace(on, number=NUMBER, follower=replace(on.follower, proved=True))
    special = SPECIAL.get(kind)
    if special:
        return special(on)
    return notice(kind, _dossier(on), on, Apology("Cần xác minh thêm", on.today + timedelta(days=7)))


def missing() -> Iterator[str]:
    """Kinds of notices without a name or a text, and states of the post of which no notice tells."""
    texts = {*TEXTS, *SPECIAL, "late"}
    yield from (f"notice {kind}: no name in handlers" for kind in KINDS if kind not in NAMES)
    yield from (f"notice {kind}: no text in handlers" for kind in KINDS if kind not in texts)
    posted = (state.id for state in postal.load().states)
    yield from (f"postal.toml: {state}: no notice tells of it" for state in posted if state not in OF_POST)


def _dossier(on: Occasion) -> Dossier:
    today = on.today
    return Dossier(
        on.world.office.example_code,
        procedure="1.001193",
        received=today - timedelta(days=3),
        due=today + timedelta(days=2),
        missing="Giấy chứng sinh",
        missing_until=today + timedelta(days=15),
        note="Chữ ký trên tờ khai chưa rõ",
        fee_due=50_000,
        tracking="EE123456785VN",
    )


def _expiring(on: Occasion) -> Reply:
    expiries = on.world.expiries
    day = on.today + timedelta(days=expiries.days_before[0])
    return paper_expiring(expiries.kinds[0].id, day, on)


def _list_changed(on: Occasion) -> Reply:
    procedure = next(iter(on.world.catalogue.procedures.values()))
    names = [document.name for document in procedure.documents]
    return list_changed(Change(procedure.code, names[:1], names[1:2]), on)


def _digest(on: Occasion) -> Reply:
    return digest([Entry("missing", on.world.office.example_code), Entry("expiring", "", on.today)], on)


def _removed(on: Occasion) -> Reply:
    return removed(on.world.office.example_code, on)


def _linked(on: Occasion) -> Reply:
    return linked("zalo", NUMBER, on)


SPECIAL: Mapping[Kind, Preview] = {
    "expiring": _expiring, "list-changed": _list_changed, "digest": _digest, "linked": _linked,
    "removed": _removed,
}  # fmt: skip
