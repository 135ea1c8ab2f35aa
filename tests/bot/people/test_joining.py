"""Two channels of one person in the database: what is common, what is told once, and what parting leaves."""

from dataclasses import replace
from datetime import date
from functools import partial
from threading import Barrier, Thread

import pytest

from bot.channels.web.sessions.table import SessionTable
from bot.commands import serve
from bot.notices import expiry_store, follows, links, recipients
from bot.notices.expiry_store import Expiry
from bot.notices.followers import FollowersOnDatabase
from bot.outbox import enqueue
from bot.outbox.outcomes import Refused
from bot.outbox.store import Owed
from bot.outbox.sweep import sweep
from bot.people import codes, joining, talks
from bot.storage import database
from bot.storage.drafts import DraftsTable, Stale
from bot.turns import effects
from bot.turns.effects import By
from handlers.ports.drafts import Draft
from handlers.turn.effects import (
    Acknowledge,
    Consent,
    DropReminder,
    Erase,
    Follow,
    KeepReminder,
    LinkChannels,
    OfferLink,
    SaveDraft,
    SetQuiet,
    ShareComputer,
    TakeLink,
    Unfollow,
    Unlink,
)
from handlers.turn.messages import SavedList, State
from knowledge.notices import quiet_hours
from knowledge.notices.quiet_hours import QuietHours
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import CODE, NOW, VAULT, later

HERE, THERE, THIRD = "telegram:1", "zalo:7", "web:x"
TYPED = "7K3F92QX"
OTHER_CODE = "H36.99-261123-0002"
LISTED = SavedList("1.001193", saved_on=date(2026, 11, 1))
EVENING = quiet_hours.parse("20:00-06:00")


@pytest.fixture
def act(engine):
    """Carries out effects in one transaction."""

    def apply(address, *given, now=NOW):
        with database.writing(engine) as connection:
            effects.apply(By(connection, VAULT, address, now), given)

    return apply


@pytest.fixture
def said(engine):
    """Makes the state of a talk, as a message there leads to it."""

    def save(address, now=NOW, **changes):
        with database.writing(engine) as connection:
            talk = talks.load(connection, VAULT, address)
            assert talks.save(connection, VAULT, talk, replace(talk.state, **changes), now)

    return save


@pytest.fixture
def seen(engine):
    """The state that a message there would meet."""

    def load(address):
        with database.reading(engine) as connection:
            return talks.load(connection, VAULT, address).state

    return load


@pytest.fixture
def join(act, said, engine):
    """Links two channels, as the code and the yes do it."""

    def link(address=HERE, other=THERE, now=NOW):
        for each in (address, other):
            said(each, now)
        act(address, OfferLink(TYPED), now=now)
        act(other, TakeLink(TYPED), now=now)
        with database.reading(engine) as connection:
            number = parts.run(engine, "SELECT id FROM link_code WHERE taken_by = {0}", other)[0][0]
            assert codes.taken(connection, other, number, now)
        act(other, LinkChannels(number, tells=False), now=now)

    return link


@pytest.fixture
def followers(engine):
    return FollowersOnDatabase(engine, VAULT, QuietHours(), ("telegram", "zalo"))


def person(engine, address):
    with database.reading(engine) as connection:
        return links.home(connection, address)


def told(engine):
    return parts.run(engine, "SELECT address, kind, state FROM notice WHERE kind <> 'stop' ORDER BY id")


def number_of(engine, address):
    return parts.run(engine, "SELECT id FROM person_link WHERE address = {0}", address)[0][0]


def test_what_either_had_both_have(act, said, seen, join, followers, engine):
    said(HERE, lists=(LISTED,), proved=(CODE,), drafts=("AAAA1111",), procedure="1.001193")
    said(THERE, proved=(OTHER_CODE,), drafts=("BBBB2222",), language="en")
    act(THERE, Consent("follow", "v"), Follow(OTHER_CODE, "en", proved=True))
    act(HERE, KeepReminder("can-cuoc", date(2027, 3, 1), "vi"))
    join()
    for address in (HERE, THERE):
        state = seen(address)
        assert (state.lists, state.language) == ((LISTED,), "en")
        assert (set(state.proved), set(state.drafts)) == ({CODE, OTHER_CODE}, {"AAAA1111", "BBBB2222"})
        assert followers.followed(person(engine, address)) == (OTHER_CODE,)
        assert [paper.kind for paper in followers.reminders(person(engine, address))] == ["can-cuoc"]
        assert [given.purpose for given in followers.consents(person(engine, address))] == ["follow"]
    assert (seen(HERE).procedure, seen(THERE).procedure) == ("1.001193", "")  # what is open stays apart


def test_what_one_does_later_the_other_sees_and_what_it_takes_away_is_gone(said, seen, join):
    join()
    said(THERE, lists=(LISTED,), proved=(CODE,))
    assert (seen(HERE).lists, seen(HERE).proved) == ((LISTED,), (CODE,))
    said(HERE, lists=(), language="en")
    assert (seen(THERE).lists, seen(THERE).language) == ((), "en")


def test_a_message_on_each_at_once_loses_nothing(said, seen, join, engine):
    join()
    with database.reading(engine) as connection:
        late = talks.load(connection, VAULT, HERE)
    said(THERE, proved=(CODE,))
    with database.writing(engine) as connection:
        assert not talks.save(connection, VAULT, late, replace(late.state, lists=(LISTED,)), NOW)
    said(HERE, lists=(LISTED,))
    assert (seen(THERE).proved, seen(THERE).lists) == ((CODE,), (LISTED,))


def test_a_turn_made_before_the_link_is_made_again(said, join, engine):
    said(THERE)
    with database.reading(engine) as connection:
        before = talks.load(connection, VAULT, THERE)
    join()
    with database.writing(engine) as connection:
        assert not talks.save(connection, VAULT, before, before.state, NOW)


def test_a_form_begun_on_one_is_the_own_on_the_other(act, join, engine):
    act(THERE, SaveDraft(Draft(TYPED, "khai-sinh")))
    join()
    assert DraftsTable(engine, VAULT, lambda: NOW).is_of(TYPED, person(engine, THERE)) is True
    assert DraftsTable(engine, VAULT, lambda: NOW).is_of(TYPED, THERE) is False


@pytest.mark.parametrize(("used", "reached"), [(HERE, HERE), (THERE, THERE)])
def test_news_goes_once_to_the_channel_last_used(used, reached, act, said, join, engine):
    act(HERE, Follow(CODE, "vi"))
    act(THERE, Follow(CODE, "vi"))
    join()
    said(used, now=later(minutes=5))
    assert parts.owe(engine) == 1
    assert told(engine) == [(reached, "done", "waiting")]


def test_the_same_news_again_is_not_told_on_the_other_channel(act, said, join, engine):
    act(HERE, Follow(CODE, "vi"))
    join()
    said(HERE, now=later(minutes=5))
    parts.owe(engine)
    said(THERE, now=later(minutes=6))
    assert parts.owe(engine) == 0
    assert len(told(engine)) == 1


def test_newer_news_there_ends_the_older_that_waits_here(act, said, join, engine):
    act(HERE, Follow(CODE, "vi"))
    join()
    said(HERE, now=later(minutes=5))
    parts.owe(engine, "2")
    said(THERE, now=later(minutes=6))
    parts.owe(engine, "9", at=2, before=parts.held("2"))
    assert told(engine) == [(HERE, "received", "superseded"), (THERE, "done", "waiting")]


@pytest.mark.parametrize(("state", "left"), [("waiting", "waiting"), ("sent", "superseded")])
def test_what_waits_on_both_when_they_are_linked_is_told_once(state, left, act, join, engine):
    for address in (HERE, THERE):
        act(address, Follow(CODE, "vi"))
    parts.owe(engine)
    parts.run(engine, f"UPDATE notice SET state = '{state}' WHERE address = '{HERE}'")
    join()
    assert {row[2] for row in told(engine) if row[0] == THERE} == {left}
    assert [row[2] for row in told(engine)].count("waiting") == (state == "waiting")


def test_what_waits_for_others_waits_on_when_two_channels_are_linked(act, join, engine):
    for address in (HERE, THERE, THIRD):
        act(address, Follow(CODE, "vi"))
    parts.owe(engine)
    parts.run(engine, f"UPDATE notice SET state = 'sent' WHERE address = '{HERE}'")
    join()
    assert (THIRD, "done", "waiting") in told(engine)


def test_what_is_sealed_for_its_reader_is_sealed_anew_for_the_other_channel(act, join, engine):
    owed = Owed("list/1", "1.001193", HERE, "list-changed")
    sealed = owed._replace(content=VAULT.seal(b"changed", f"notice/{owed.key}"))
    with database.writing(engine) as connection:
        enqueue.write(connection, [sealed], NOW)
    join()
    ((key, content),) = parts.run(engine, "SELECT key, content FROM notice WHERE state = 'waiting'")
    assert key == f"list/1/{THERE}"
    assert VAULT.open(bytes(content), f"notice/{key}") == b"changed"


def test_what_is_not_read_there_is_told_here_as_a_reminder(act, said, join, engine):
    act(HERE, Follow(CODE, "vi"))
    join()
    said(HERE, now=later(minutes=5))
    parts.owe(engine)
    (notice,) = parts.claim(engine)
    parts.settle(engine, notice, ack_by=int(later(hours=1).timestamp()))
    with database.writing(engine) as connection:
        sweep(connection, ["telegram", "zalo"], later(hours=2), follows.other_channels)
    assert told(engine) == [(HERE, "done", "sent"), (THERE, "done", "doubtful")]
    (again,) = parts.claim(engine, now=later(hours=2), claimer=parts.by("zalo"))
    assert again.reminder == 1


def test_what_cannot_be_sent_here_is_told_there_and_nobody_is_called(act, said, join, engine):
    act(HERE, Follow(CODE, "vi"))
    join()
    said(HERE, now=later(minutes=5))
    parts.owe(engine)
    (notice,) = parts.claim(engine)
    parts.settle(engine, notice, Refused("blocked", gone=True))
    with database.writing(engine) as connection:
        sweep(connection, ["telegram", "zalo"], NOW, follows.other_channels)
    assert told(engine) == [(HERE, "done", "refused"), (THERE, "done", "waiting")]
    assert parts.one(engine, "call_at, ack_by") == (0, 0)
    parts.owe(engine, "10", at=2, before=parts.held("9"))
    assert told(engine)[-1] == (THERE, "returned", "waiting")  # what follows goes there at once


def test_what_is_refused_everywhere_is_called_about(act, join, engine):
    act(HERE, Follow(CODE, "vi"))
    join()
    parts.owe(engine)
    for channel in ("zalo", "telegram"):
        (notice,) = parts.claim(engine, claimer=parts.by(channel))
        parts.settle(engine, notice, Refused("no"))
        with database.writing(engine) as connection:
            sweep(connection, ["telegram", "zalo"], NOW, follows.other_channels)
    calls = parts.run(engine, "SELECT address FROM notice WHERE call_at > 0")
    assert calls == [(HERE,)]


def test_a_notice_read_on_one_is_read_on_the_other(act, said, join, engine):
    for address in (HERE, THERE):
        act(address, Follow(CODE, "vi"))
    parts.owe(engine)
    parts.run(engine, "UPDATE notice SET state = 'sent', ack_by = 5")
    join()
    ((number,),) = parts.run(engine, "SELECT id FROM notice WHERE address = {0}", THERE)
    act(THERE, Acknowledge(number))
    assert parts.run(engine, "SELECT ack_by FROM notice") == [(0,), (0,)]


@pytest.mark.parametrize("where", [HERE, THERE])
def test_to_stop_on_one_stops_both(where, act, join, followers, engine):
    act(HERE, Follow(CODE, "vi"))
    join()
    parts.owe(engine)
    act(where, Unfollow())
    assert followers.followed(person(engine, where)) == ()
    assert [row[2] for row in told(engine)] == ["stopped"]


def test_quiet_hours_hold_on_both_as_set_last(act, join, engine):
    act(HERE, SetQuiet(quiet_hours.parse("22:00-05:00")))
    act(THERE, SetQuiet(EVENING))
    join()
    for address in (HERE, THERE):
        with database.reading(engine) as connection:
            assert recipients.wants(connection, address).quiet == EVENING
    act(HERE, SetQuiet(QuietHours()))
    with database.reading(engine) as connection:
        assert recipients.wants(connection, THERE).quiet == QuietHours()


def test_a_reminder_of_a_paper_is_owed_where_the_person_is_and_once(act, said, join, engine, world):
    from bot.notices import expiry_reminders

    act(HERE, KeepReminder("can-cuoc", date(2026, 12, 1), "vi"))
    join()
    said(HERE, now=later(minutes=5))
    with database.writing(engine) as connection:
        expiry_reminders.owe_due(connection, VAULT, world.expiries, NOW)
    said(THERE, now=later(minutes=6))
    with database.writing(engine) as connection:
        expiry_reminders.owe_due(connection, VAULT, world.expiries, NOW)
    assert told(engine) == [(HERE, "expiring", "waiting")]
    key, content = parts.one(engine, "key, content")
    assert b"can-cuoc" in VAULT.open(bytes(content), f"notice/{key}")


@pytest.mark.parametrize(("gone", "left"), [(THERE, HERE), (HERE, THERE)])
def test_parting_leaves_all_with_the_other(gone, left, act, said, seen, join, followers, engine):
    said(HERE, lists=(LISTED,), proved=(CODE,))
    said(THERE, drafts=("BBBB2222",))
    act(THERE, Consent("follow", "v"), Follow(CODE, "vi", proved=True))
    join()
    parts.owe(engine)
    act(THERE, Unlink(number_of(engine, gone)))
    assert (seen(left).lists, seen(left).proved, seen(left).drafts) == ((LISTED,), (CODE,), ("BBBB2222",))
    assert seen(gone) == State()
    assert followers.followed(left) == (CODE,)
    assert followers.followed(gone) == followers.consents(gone) == ()
    assert [row for row in told(engine) if row[2] == "waiting"] == [(left, "done", "waiting")]
    assert parts.run(engine, "SELECT * FROM person_link") == []


def test_of_three_the_other_two_stay_one(act, said, seen, join, engine):
    join()
    join(HERE, THIRD, now=later(minutes=1))
    said(HERE, proved=(CODE,), now=later(minutes=2))
    act(THIRD, Unlink(number_of(engine, HERE)))
    said(THERE, lists=(LISTED,), now=later(minutes=3))
    assert (seen(THIRD).proved, seen(THIRD).lists) == ((CODE,), (LISTED,))
    assert (seen(HERE).proved, person(engine, HERE)) == ((), HERE)
    with database.reading(engine) as connection:
        assert links.addresses(connection, THERE) == links.addresses(connection, THIRD) == [THERE, THIRD]


def test_two_persons_of_two_channels_each_become_one(said, seen, join, engine):
    join(HERE, THERE)
    join(THIRD, "web:y", now=later(minutes=1))
    said("web:y", proved=(CODE,))
    join(THERE, "web:y", now=later(minutes=2))
    assert {person(engine, each) for each in (HERE, THERE, THIRD, "web:y")} == {HERE}
    assert [seen(each).proved for each in (HERE, THERE, THIRD)] == [(CODE,)] * 3


def test_erasing_on_one_erases_all(act, said, seen, join, engine):
    said(HERE, proved=(CODE,))
    act(HERE, Follow(CODE, "vi"), OfferLink("AAAA1111"))
    join()
    act(THERE, SaveDraft(Draft(TYPED, "khai-sinh")), Erase((TYPED,)))
    assert seen(HERE) == seen(THERE) == State()
    for table in ("conversation", "follow", "draft", "person_link", "link_code", "recipient", "notice"):
        assert parts.run(engine, f"SELECT * FROM {table}") == [], table


def test_a_computer_that_turns_out_to_be_shared_is_not_linked(act, said, seen, join):
    said(HERE, proved=(CODE,))
    join(HERE, THIRD)
    act(THIRD, ShareComputer())
    assert (seen(THIRD).proved, seen(HERE).proved) == ((), (CODE,))


def test_a_channel_that_is_silent_for_long_parts_and_a_person_who_is_all_silent_is_forgotten(
    said, seen, join, engine
):
    said(HERE, proved=(CODE,))
    join()
    join(THIRD, "web:y")
    said(THERE, now=later(days=100))
    with database.writing(engine) as connection:
        parted = joining.part_silent(connection, VAULT, later(days=50), later(days=101))
    assert parted == 3
    assert (seen(THERE).proved, seen(HERE).proved) == ((CODE,), ())
    assert parts.run(engine, "SELECT * FROM person_link") == []


def test_what_is_known_by_a_shared_phone_finds_whom_a_linked_channel_follows(act, join, engine):
    act(THERE, Follow(CODE, "vi"))
    join()
    parts.run(engine, "DELETE FROM recipient")
    parts.recipient(engine, THERE, recipients.phone_mark(VAULT, "0901234567"))
    parts.recipient(engine, THIRD, recipients.phone_mark(VAULT, "0901234567"))
    with database.reading(engine) as connection:
        assert recipients.same_person(connection, HERE) == [HERE, THIRD, THERE]
        assert follows.is_proved(connection, THERE, CODE) is False


def test_who_links_each_other_at_once_are_linked_once(act, said, engine):
    """On PostgreSQL both transactions run; neither waits for the other for ever."""
    numbers = {}
    for mine, typed, other in ((HERE, "AAAA1111", THERE), (THERE, "BBBB2222", HERE)):
        said(mine)
        said(other)
        act(mine, OfferLink(typed))
        act(other, TakeLink(typed))
        numbers[other] = parts.run(engine, "SELECT id FROM link_code WHERE taken_by = {0}", other)[0][0]
    ready, failed = Barrier(2), []

    def agree(address):
        ready.wait()
        try:
            with database.writing(engine) as connection:
                joining.hold(connection)
                talk = talks.load(connection, VAULT, address)
                talks.save(connection, VAULT, talk, talk.state, NOW)
                effects.apply(By(connection, VAULT, address, NOW), [LinkChannels(numbers[address], False)])
        except Stale as error:
            failed.append(error)

    threads = [Thread(target=agree, args=(each,)) for each in (HERE, THERE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(parts.run(engine, "SELECT home FROM person_link")) == 2
    assert len(set(parts.run(engine, "SELECT home FROM person_link"))) == 1
    assert failed == []


def test_a_paper_that_a_clerk_noted_for_either_channel_is_the_person_s(act, join, followers, engine):
    join()
    with database.writing(engine) as connection:
        expiry_store.add(connection, VAULT, [Expiry("tam-tru", date(2027, 3, 1), address=THERE)])
    (paper,) = followers.reminders(HERE)
    act(HERE, DropReminder(paper.number))
    assert followers.reminders(HERE) == ()
    with database.writing(engine) as connection:
        expiry_store.add(connection, VAULT, [Expiry("tam-tru", date(2027, 3, 1), address=THERE)])
    act(HERE, Unfollow())
    assert followers.reminders(HERE) == ()


def test_with_a_session_that_is_left_its_link_ends(said, seen, join, engine):
    said(HERE, proved=(CODE,))
    join(HERE, THIRD)
    SessionTable(engine, partial(serve.left, VAULT)).end(THIRD, NOW)
    assert (seen(THIRD).proved, seen(HERE).proved) == ((), (CODE,))
    assert parts.run(engine, "SELECT * FROM person_link") == []


def test_who_has_an_old_cookie_is_out_before_a_code_is_shown(said, act, engine):
    said(THIRD)
    act(THIRD, OfferLink(TYPED))
    assert parts.run(engine, "SELECT generation FROM web_session") == [(1,)]
