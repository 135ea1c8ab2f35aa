"""Effects in the database, and what the conversation then finds there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import get_args

import pytest
from sqlalchemy import text

from bot.channels.telegram.incoming import kept
from bot.channels.web import stored
from bot.channels.web.push import subscriptions
from bot.channels.web.push.subscriptions import Subscription
from bot.channels.zalo.oa import pauses
from bot.notices import links, lost_follows, recipients
from bot.notices.followers import FollowersOnDatabase, payload
from bot.outbox import enqueue, pace
from bot.outbox.store import Owed
from bot.storage import conversations, database, draft_content, drafts
from bot.storage.schema.tables import SCHEMA
from bot.storage.sealing import Vault
from bot.turns import effects
from bot.turns.effects import By
from handlers.ports.drafts import Draft
from handlers.ports.followers import Manners
from handlers.turn.effects import (
    Acknowledge,
    BindPhone,
    Consent,
    DeleteDraft,
    DropReminder,
    Effect,
    Erase,
    Follow,
    KeepReminder,
    OfferLink,
    SaveDraft,
    SetDetailed,
    SetQuiet,
    Unfollow,
)
from handlers.turn.messages import State
from knowledge.intake.interview import Interview
from knowledge.notices import quiet_hours
from knowledge.notices.quiet_hours import QuietHours
from tests.bot.channels.web.push.service import Browser

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
ME, OTHER = "telegram:1", "telegram:2"
CODE = "H15.50-261119-1377"
PHONE = "84901234567"


@pytest.fixture
def followers(engine):
    return FollowersOnDatabase(engine, VAULT, quiet_hours.parse("21:00-07:00"), ("telegram", "web"))


@pytest.fixture
def do(engine):
    """Carries out effects in one transaction."""

    def apply(*given, address=ME, now=NOW):
        with database.writing(engine) as connection:
            effects.apply(By(connection, VAULT, address, now), given)

    return apply


@pytest.fixture
def owe(engine):
    """Owes me a notice."""

    def write(kind, address=ME, now=NOW):
        with database.writing(engine) as connection:
            enqueue.write(connection, [Owed(f"{CODE}/{kind}", CODE, address, kind)], now)

    return write


@pytest.fixture
def rows(engine):
    def read(statement):
        with database.reading(engine) as connection:
            return [tuple(row) for row in connection.execute(text(statement))]

    return read


def test_every_effect_is_carried_out():
    assert set(effects.EFFECTS) == set(get_args(Effect))


def test_a_dossier_is_followed_with_the_proof(do, followers, rows):
    do(Consent("follow", "follow-2026-11"), Follow(CODE, "en"))
    assert followers.followed(ME) == (CODE,)
    assert followers.followed(OTHER) == ()
    assert rows(
        "SELECT f.language, c.text_version, c.given FROM follow f JOIN consent c ON c.id = f.consent"
    ) == [("en", "follow-2026-11", 1)]
    assert ME.encode() not in rows("SELECT address_hash FROM consent")[0][0]


def test_who_follows_again_after_stopping_has_the_newer_proof(do, rows):
    do(Consent("follow", "follow-2026-11"), Follow(CODE, "vi"))
    do(Consent("follow", "follow-2026-11", given=False), Consent("follow", "follow-2027-01"))
    do(Follow(CODE, "en"))
    proof = "SELECT f.language, c.text_version, c.given FROM follow f JOIN consent c ON c.id = f.consent"
    assert rows(proof) == [("en", "follow-2027-01", 1)]


def test_the_proof_is_the_person_s_own_and_of_following(do, rows):
    do(Consent("follow", "a stranger's"), address=OTHER)
    do(Consent("follow", "mine"), Consent("expiry", "of reminders"), Consent("follow", "no", given=False))
    do(Follow(CODE, "vi"))
    assert rows("SELECT c.text_version FROM follow f JOIN consent c ON c.id = f.consent") == [("mine",)]


def test_reminders_come_in_the_language_in_which_they_were_last_asked_for(do, rows):
    do(KeepReminder("tam-tru", date(2027, 3, 1), "vi"))
    do(KeepReminder("can-cuoc", date(2027, 3, 1), "en"))
    assert rows(f"SELECT language FROM recipient WHERE address = '{ME}'") == [("en",)]


def test_to_stop_one_leaves_the_other_and_the_proof(do, followers, rows):
    do(Consent("follow", "v"), Follow(CODE, "vi"), Follow("1.001193", "vi"))
    do(Unfollow(CODE))
    assert followers.followed(ME) == ("1.001193",)
    assert len(rows("SELECT id FROM consent")) == 1


def test_to_stop_one_leaves_the_reminders_of_papers(do, followers):
    do(Follow(CODE, "vi"), KeepReminder("tam-tru", date(2027, 3, 1), "vi"))
    do(Unfollow(CODE))
    assert [kept.kind for kept in followers.reminders(ME)] == ["tam-tru"]


def test_to_stop_all_ends_reminders_and_waiting_notices(do, owe, followers):
    do(Follow(CODE, "vi"), KeepReminder("tam-tru", date(2027, 3, 1), "vi"))
    owe("done")
    do(Unfollow())
    assert followers.followed(ME) == ()
    assert followers.reminders(ME) == ()
    assert [(line.kind, line.fate) for line in followers.story(ME)] == [
        ("done", "stopped"),
        ("stop", "stopped"),
    ]


def test_who_follows_again_has_not_stopped(do, followers):
    do(Follow(CODE, "vi"))
    do(Unfollow())
    do(Follow(CODE, "vi"))
    assert followers.followed(ME) == (CODE,)
    assert followers.story(ME) == ()


def test_manners_are_the_office_s_until_the_person_has_some(do, followers):
    assert followers.manners(ME) == Manners(quiet_hours.parse("21:00-07:00"))
    do(SetQuiet(quiet_hours.parse("20:00-06:00")), SetDetailed(True))
    assert followers.manners(ME) == Manners(quiet_hours.parse("20:00-06:00"), True)
    do(SetQuiet(QuietHours()))
    assert followers.manners(ME) == Manners(QuietHours(), True)


def test_what_is_followed_later_is_as_detailed_as_the_rest(do, rows):
    do(Follow(CODE, "vi"), SetDetailed(True), Follow("1.001193", "vi"))
    assert rows("SELECT detailed FROM follow") == [(1,), (1,)]


def test_only_the_own_notice_is_acknowledged(do, owe, rows):
    owe("done")
    number = rows("SELECT id FROM notice")[0][0]
    do(Acknowledge(number), address=OTHER)
    assert rows("SELECT acked_at FROM notice") == [(0,)]
    do(Acknowledge(number))
    do(Acknowledge(number), now=NOW + timedelta(hours=1))
    assert rows("SELECT acked_at FROM notice") == [(int(NOW.timestamp()),)]


def test_what_was_read_on_one_channel_is_read_on_the_person_s_other_one(do, owe, rows):
    do(BindPhone(PHONE, "vi"))
    do(BindPhone(PHONE, "vi"), address="web:1")
    owe("done")
    owe("done", address="web:1")
    owe("done", address=OTHER)
    number = rows(f"SELECT id FROM notice WHERE address = '{ME}'")[0][0]
    do(Acknowledge(number))
    read = rows("SELECT address FROM notice WHERE acked_at > 0 ORDER BY address")
    assert read == [(ME,), ("web:1",)]


def test_new_quiet_hours_let_go_what_was_held(do, owe, engine, rows):
    owe("done")
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE notice SET not_before = not_before + 3600"))
    do(SetQuiet(QuietHours()))
    assert rows("SELECT not_before FROM notice") == [(int(NOW.timestamp()),)]


def test_the_own_phone_brings_what_the_desk_noted(do, engine, followers, rows):
    with database.writing(engine) as connection:
        values = {"mark": recipients.phone_mark(VAULT, "0901 234 567"), "code": CODE}
        connection.execute(
            text("INSERT INTO phone_follow (phone_mark, code, since) VALUES (:mark, :code, 1)"), values
        )
    assert followers.waiting_for(PHONE) == (CODE,)
    assert followers.waiting_for("84909999999") == ()
    do(BindPhone(PHONE, "vi"))
    assert followers.followed(ME) == (CODE,)
    assert PHONE not in str(rows("SELECT * FROM recipient"))


def test_a_reminder_of_a_paper_is_kept_once_and_dropped_by_its_owner_only(do, followers):
    for _ in range(2):
        do(KeepReminder("tam-tru", date(2027, 3, 1), "vi"))
    (kept,) = followers.reminders(ME)
    assert (kept.kind, kept.expires_on) == ("tam-tru", date(2027, 3, 1))
    do(DropReminder(kept.number), address=OTHER)
    assert followers.reminders(ME) == (kept,)
    do(DropReminder(kept.number))
    assert followers.reminders(ME) == ()


def test_the_ledger_is_told_oldest_first(owe, followers):
    owe("received")
    owe("done", now=NOW + timedelta(hours=1))
    assert [(line.kind, line.fate, line.at) for line in followers.story(ME)] == [
        ("received", "superseded", NOW),
        ("done", "waiting", NOW + timedelta(hours=1)),
    ]


def test_of_a_long_story_the_last_ten_lines_are_told(owe, followers):
    for number in range(12):
        owe(f"{number:02}", now=NOW + timedelta(hours=number))
    assert [line.kind for line in followers.story(ME)] == [f"{number:02}" for number in range(2, 12)]


def test_some_channels_reach_people(followers):
    assert followers.channels() == ("telegram", "web")
    assert followers.reaches("telegram:1")
    assert not followers.reaches("console:1")


@pytest.mark.parametrize("code", [CODE, "000.00.01.H29-240115-0001", "G09.20-20260609-0092637"])
def test_a_link_tells_its_code_and_nobody_else_can_make_one(code, followers):
    made = payload(VAULT, code)
    assert len(made) <= 64
    assert code not in made
    assert followers.code_of(made) == code
    for forged in (f"f-{code}", made[:-1], made + "A", "f-", "f-ô", payload(Vault(b"x" * 32), code)):
        assert followers.code_of(forged) is None


def test_no_link_is_longer_than_telegram_takes():
    assert len(payload(VAULT, "H" * 30)) == 64
    with pytest.raises(ValueError, match="too long"):
        payload(VAULT, "H" * 31)


DRAFT = Draft("7K3F92QX", "khai-sinh", Interview({"child.name": "Nguyễn Thử"}))


def test_a_draft_is_sealed_and_kept_in_its_newest_version(do, rows):
    do(SaveDraft(DRAFT))
    newest = replace(DRAFT, interview=Interview({"child.name": "Trần Thử"}), version=1, printed=True)
    do(SaveDraft(newest))
    ((mark, version, printed_at, content),) = rows(
        "SELECT code_mark, version, printed_at, content FROM draft"
    )
    assert (version, printed_at) == (2, int(NOW.timestamp()))
    held = draft_content.read(VAULT.open(content, drafts.draft_place(mark)))
    assert held == (newest.interview, "")


@pytest.mark.parametrize("version", [0, 2])
def test_two_editors_never_overwrite_each_other(version, do, rows):
    do(SaveDraft(DRAFT))
    with pytest.raises(effects.Stale):
        do(Consent("card", "v"), SaveDraft(replace(DRAFT, version=version)))
    assert rows("SELECT version FROM draft") == [(1,)]
    assert rows("SELECT id FROM consent") == []


def test_a_draft_is_erased(do, rows):
    do(SaveDraft(DRAFT))
    do(DeleteDraft(DRAFT.code))
    assert rows("SELECT * FROM draft") == []


BY_ADDRESS = sorted(name for name, table in SCHEMA.tables.items() if "address" in table.columns)


@pytest.fixture
def known(do, owe, engine):
    """I and another are known to every table that knows people by address."""
    for address in (ME, OTHER):
        do(Follow(CODE, "vi"), address=address)
        with database.writing(engine) as connection:
            lost_follows.lose(VAULT, NOW, connection, [address])
        do(
            Follow(CODE, "vi"), SetQuiet(QuietHours()), KeepReminder("tam-tru", date(2027, 3, 1), "vi"),
            Consent("follow", "v"), OfferLink(address), address=address,
        )  # fmt: skip
        owe("done", address)
        with database.writing(engine) as connection:
            conversations.save(connection, VAULT, address, State(), 0, NOW)
            conversations.record(connection, VAULT, address, "m1", (), NOW)
            stored.put(connection, VAULT, address, [], NOW)
            pace.hold(connection, {address: 1})
            links.join(connection, address, f"{address}0", NOW)
            unanswered = SimpleNamespace(address=address, number=int(address[-1]), album="", raw={})
            kept.put(connection, VAULT, [unanswered], NOW)  # type: ignore[list-item]
            pauses.begin(connection, address, NOW)
            browser = Subscription(**Browser(f"https://fcm.googleapis.com/{address}").told)
            subscriptions.keep(connection, VAULT, address, browser, NOW)


def test_to_be_erased_is_to_be_known_to_no_table(do, known, rows):
    do(Erase(()))
    left = {table: rows(f"SELECT DISTINCT address FROM {table} ORDER BY 1") for table in BY_ADDRESS}
    both = {"person_link": [(OTHER,), (f"{OTHER}0",)]}
    assert left == {table: [(OTHER,)] for table in BY_ADDRESS} | both
    assert rows("SELECT key FROM pace") == [(OTHER,)]
    assert [bytes(row[0]) for row in rows("SELECT address_hash FROM consent")] == [
        VAULT.keyed_hash("consent", OTHER)
    ]


def test_two_people_without_a_known_phone_are_not_one(do, owe, rows):
    owe("done")
    owe("done", OTHER)
    do(SetQuiet(QuietHours()))
    do(SetQuiet(QuietHours()), address=OTHER)
    do(Acknowledge(rows(f"SELECT id FROM notice WHERE address = '{ME}'")[0][0]))
    assert rows("SELECT address FROM notice WHERE acked_at > 0") == [(ME,)]
