"""Apologies: what is late is found, a draft stays at the desk, its release moves the date and is told."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clock import VIETNAM, vietnam_now
from bot.dossiers import apologies, embedded, stats
from bot.dossiers.apologies import Apology, Watch
from bot.dossiers.due_dates import DueDates
from bot.dossiers.record import DossierRecord, Update
from bot.notices.composing import Composer
from bot.settings import settings
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.notices import notice
from knowledge.dossiers.deadlines import is_working_day
from knowledge.office import calendar
from knowledge.procedures import loading
from tests.bot.commands.terminal import motcua
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import CODE, NOW, VAULT

MONDAY = date(2026, 11, 23)
HOLIDAYS = calendar.load()
PROMISES = DueDates(loading.load(loading.FIELDS), HOLIDAYS)
WATCH = Watch(PROMISES, HOLIDAYS, MONDAY)
DRAFT = Apology(CODE, "Chờ xác minh", date(2026, 11, 20), date(2026, 12, 1))


def dossier(status="4", due=date(2026, 11, 20), **more):
    return DossierRecord(CODE, status=status, received=date(2026, 11, 9), due=due, **more)


def wanting(held, *known):
    return [(each.days_late, each.is_drafted) for each in WATCH.wanting([held], {a.code: a for a in known})]


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (dossier(), [(1, False)]),
        (dossier(due=MONDAY), [(0, False)]),
        (dossier(due=date(2026, 11, 25)), [(0, False)]),  # the next working day: the 24th is a holiday
        (dossier(due=date(2026, 11, 26)), []),
        (dossier("5"), []),  # papers are awaited: the clock stands
        (dossier("9", finished=date(2026, 11, 20)), []),
        (dossier("7"), []),
        (dossier("Đang rà soát"), [(1, False)]),  # a state that only its sender knows
        (dossier(due=None), []),
        (dossier(due=date(2099, 1, 1)), []),  # beyond the table of holidays
    ],
)
def test_what_is_late_or_nearly_wants_an_apology(held, found):
    assert wanting(held) == found


def test_a_draft_is_shown_and_a_released_one_is_enough_until_the_new_date_is_missed():
    released = DRAFT._replace(is_released=True, times=1)
    assert wanting(dossier(), DRAFT) == [(1, True)]
    assert wanting(dossier(due=MONDAY), released) == []
    assert wanting(dossier(), released) == [(1, False)]


def record(engine, **more):
    with database.writing(engine) as connection:
        embedded.record(connection, VAULT, Update(CODE, NOW, **more))


def draft(engine, wanted=DRAFT):
    with database.writing(engine) as connection:
        apologies.draft(connection, VAULT, wanted, NOW)


def release(engine):
    with database.writing(engine) as connection:
        return apologies.release(connection, VAULT, embedded.read(connection, VAULT, CODE), NOW)


@pytest.fixture
def late(engine):
    """A dossier that is late and followed by two."""
    record(engine, status="4", received=date(2026, 11, 9), due=date(2026, 11, 20))
    parts.follow(engine, "telegram:1")
    parts.follow(engine, "web:2")
    return engine


def due_of(engine):
    with database.reading(engine) as connection:
        return embedded.read(connection, VAULT, CODE).due


def told(engine):
    with database.reading(engine) as connection:
        return apologies.told(connection, VAULT, CODE)


def test_a_release_moves_the_date_and_is_owed_to_all_followers_once(late):
    draft(late)
    assert (told(late), due_of(late), parts.states(late)) == (None, date(2026, 11, 20), [])
    assert release(late) == (2, 0)
    assert release(late) is None
    assert due_of(late) == date(2026, 12, 1)
    kinds = parts.run(late, "SELECT DISTINCT kind, state FROM notice")
    assert list(map(tuple, kinds)) == [("late", "waiting")]
    assert told(late) == notice.Apology("Chờ xác minh", date(2026, 12, 1))


def test_a_release_that_fails_leaves_everything_as_it_was(late):
    draft(late)
    with late.connect() as connection, connection.begin() as transaction:
        apologies.release(connection, VAULT, embedded.read(connection, VAULT, CODE), NOW)
        transaction.rollback()
    assert (told(late), due_of(late), parts.states(late)) == (None, date(2026, 11, 20), [])


def test_nothing_is_released_without_a_draft(late):
    assert release(late) is None


def test_the_reason_is_sealed(late):
    draft(late)
    [[stored]] = parts.run(late, "SELECT reason FROM apology")
    assert "xác minh".encode() not in bytes(stored)


def test_a_second_apology_keeps_the_date_promised_first(late):
    draft(late)
    release(late)
    draft(late, DRAFT._replace(first_due=date(2026, 12, 1), new_due=date(2026, 12, 8)))
    assert release(late) == (2, 0)
    with database.reading(late) as connection:
        assert apologies.first_dues(connection) == {CODE: date(2026, 11, 20)}
        assert apologies.find(connection, VAULT, CODE).times == 2


def test_who_is_still_to_be_told_is_known(late):
    draft(late)
    release(late)
    with database.reading(late) as connection:
        assert apologies.waiting(connection, CODE) == 2


def test_a_dossier_is_rated_by_the_date_promised_first():
    at = int(datetime(2026, 11, 25, 9, tzinfo=VIETNAM).timestamp())
    held = dossier("9", due=date(2026, 12, 1), finished=date(2026, 11, 25), steps=(("9", at, ""),))
    judge = stats.Judge(PROMISES, HOLIDAYS, MONDAY)
    moved = stats.Judge(PROMISES, HOLIDAYS, MONDAY, {CODE: date(2026, 11, 20)})
    assert (judge.figures(held).late, moved.figures(held).late) == (0, 1)


def test_the_notice_tells_reason_and_new_date(late, world):
    draft(late)
    release(late)
    desk = embedded.Embedded(late, VAULT, PROMISES)
    compose = Composer(late, VAULT, replace(world, dossiers=desk), lambda: NOW, apologies.told)
    text = compose(parts.claim(late)[0]).text
    assert "Lý do: Chờ xác minh." in text
    assert "Ngày hẹn mới: 01/12/2026." in text


def working_day(day):
    return day if is_working_day(day, HOLIDAYS) else working_day(day + timedelta(days=1))


@pytest.fixture
def desk(tmp_path):
    """A desk with one late dossier."""

    def run(*arguments):
        return motcua("dossiers", *arguments, folder=tmp_path)

    person = ("--name", "Nguyễn Văn An", "--phone", "0901 234 567")
    run(
        "add",
        "--code",
        CODE,
        "--procedure",
        "1.004884",
        *person,
        "--received",
        "06/07/2026",
        "--notify",
        "--anyway",
    )
    run.folder = tmp_path
    return run


def test_the_clerk_finds_drafts_and_releases(desk):
    day = working_day(vietnam_now().date() + timedelta(days=7))
    [found] = json.loads(desk("apologise", "--json").stdout)
    assert (found["code"], found["due"], found["is_drafted"]) == (CODE, "2026-07-13", False)
    drafted = desk("apologise", CODE, "--reason", "Chờ xác minh", "--due", f"{day:%d/%m/%Y}")
    assert f"{CODE}: đã soạn lời xin lỗi, ngày hẹn mới {day:%d/%m/%Y}" in drafted.stdout
    assert "trước ngày hẹn 13/07/2026 ít nhất một ngày" in drafted.stderr
    assert "đã soạn" in desk("apologise").stdout
    released = desk("apologise", CODE, "--release").stdout
    assert f"{CODE}: ngày hẹn mới {day:%d/%m/%Y}; 0 người theo dõi được báo tin" in released
    assert "đã đưa vào danh sách gọi" in released
    assert CODE not in desk("apologise").stdout
    later = working_day(day + timedelta(days=1))
    again = desk("apologise", CODE, "--reason", "Vẫn chờ", "--due", f"{later:%d/%m/%Y}")
    assert (again.returncode, "[date_moved_before]" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((CODE,), "[apology_incomplete]"),
        ((CODE, "--release"), "[apology_not_drafted]"),
        ((CODE, "--reason", "Vì", "--due", "01/07/2026"), "--due: 01/07/2026 là quá sớm"),
        ((CODE, "--reason", "Vì", "--release"), "[apology_incomplete]"),
        (("H36.99-260706-0009", "--release"), "[no_such_dossier]"),
    ],
)
def test_a_mistake_is_one_line(desk, arguments, problem):
    done = desk("apologise", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert problem in done.stderr


def test_what_was_agreed_to_at_the_desk_is_kept(desk):
    chosen = settings.read({}, desk.folder / "data")
    engine, vault = database.connect(chosen.database_url), Vault(chosen.secret_key)
    [proof] = parts.run(engine, "SELECT address_hash, purpose, text_version, given FROM consent")
    assert tuple(proof) == (vault.keyed_hash("consent", "phone:0901234567"), "follow", "desk-2026-11", 1)
    assert parts.run(engine, "SELECT code FROM phone_follow") == [(CODE,)]
    engine.dispose()
