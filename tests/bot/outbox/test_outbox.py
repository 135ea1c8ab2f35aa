from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from bot.clock import VIETNAM
from bot.notices import follows
from bot.outbox import claim as claiming
from bot.outbox import pace
from bot.outbox.outcomes import Doubtful, Later, Moot, Refused, Sent
from bot.outbox.sweep import Swept, sweep
from bot.storage import database
from tests.bot.outbox.notice_parts import (
    ADDRESS,
    CODE,
    NOW,
    by,
    claim,
    follow,
    held,
    later,
    one,
    owe,
    recipient,
    run,
    settle,
    states,
    stop,
)

NIGHT = by(quiet="21:00-07:00")


def swept(engine, now, channels=("telegram",)):
    with database.writing(engine) as connection:
        return sweep(connection, channels, now, follows.other_channels)


@pytest.fixture
def owed(engine):
    """One notice that is due."""
    follow(engine)
    owe(engine)
    return engine


def test_a_claimed_notice_is_claimed_once(owed):
    [notice] = claim(owed)
    assert (notice.code, notice.address, notice.kind, notice.tries, notice.reminder) == (
        CODE,
        ADDRESS,
        "done",
        1,
        0,
    )
    assert claim(owed, claimer=by(worker="w2")) == []


def test_a_sent_notice_keeps_its_receipt(owed):
    [notice] = claim(owed)
    settle(owed, notice, Sent("4711"))
    assert one(owed, "state, receipt, sent_at") == ("sent", "4711", int(NOW.timestamp()))


def test_what_was_not_reached_is_tried_again_with_growing_pauses(owed):
    now, pauses = NOW, []
    for _ in range(5):
        [notice] = claim(owed, now=now)
        settle(owed, notice, Later(0), now)
        due = one(owed, "not_before")[0]
        pauses.append(due - int(now.timestamp()))
        now = datetime.fromtimestamp(due, VIETNAM)
    assert pauses == [1, 5, 20, 60, 180]
    assert states(owed) == ["waiting"]


def test_the_pause_that_the_channel_asks_for_is_kept(owed):
    [notice] = claim(owed)
    settle(owed, notice, Later(33.2))
    assert claim(owed, now=later(seconds=33)) == []
    assert claim(owed, now=later(seconds=34))


def test_after_four_hours_it_is_given_up_and_the_clerk_is_to_call(owed):
    [notice] = claim(owed)
    settle(owed, notice, Later(4 * 3600))
    [notice] = claim(owed, now=later(hours=4))
    settle(owed, notice, Later(0), later(hours=4))
    assert one(owed, "state, call_at") == ("given_up", int(later(hours=4).timestamp()))


def test_what_may_have_arrived_is_sent_once_more_as_a_reminder(owed):
    [notice] = claim(owed)
    settle(owed, notice, Doubtful())
    assert states(owed) == ["doubtful"]
    [again] = claim(owed, now=later(seconds=1))
    assert again.reminder == 1
    settle(owed, again, Sent("2"))
    assert states(owed) == ["sent"]


def test_what_never_gets_an_answer_ends_on_the_call_list(owed):
    for hour in range(4):
        [notice] = claim(owed, now=later(minutes=hour))
        settle(owed, notice, Doubtful(), later(minutes=hour))
    assert states(owed) == ["given_up"]
    assert one(owed, "reminder")[0] == 4


def test_who_blocked_us_is_unfollowed_and_to_be_called_about_all_that_waits(owed):
    follow(owed, code="H2")
    owe(owed, code="H2")
    [notice] = claim(owed)
    settle(owed, notice, Refused("Forbidden: bot was blocked by the user", gone=True))
    assert states(owed) == ["refused", "refused"]
    assert run(owed, "SELECT count(*) FROM follow") == [(0,)]
    assert run(owed, "SELECT count(*) FROM notice WHERE call_at > 0") == [(2,)]


def test_a_refused_text_does_not_unfollow(owed):
    [notice] = claim(owed)
    settle(owed, notice, Refused("Message text is empty"))
    assert states(owed) == ["refused"]
    assert run(owed, "SELECT count(*) FROM follow") == [(1,)]


def test_nothing_to_say_any_more_ends_it(owed):
    [notice] = claim(owed)
    settle(owed, notice, Moot())
    assert states(owed) == ["superseded"]
    assert one(owed, "call_at") == (0,)


def test_a_claim_of_a_dead_worker_is_sent_once_more_as_a_reminder(owed):
    claim(owed)
    assert swept(owed, later(seconds=59)).dead == 0
    assert swept(owed, later(seconds=60)) == Swept(dead=1, ahead=0, orphaned=0, unread=0)
    [again] = claim(owed, now=later(seconds=60))
    assert (again.tries, again.reminder) == (2, 1)


def test_a_slow_worker_s_success_counts_until_another_claims(owed):
    [slow] = claim(owed)
    swept(owed, later(seconds=61))
    settle(owed, slow, Sent("1"), later(seconds=62))
    assert states(owed) == ["sent"]


def test_a_slow_worker_cannot_undo_what_another_has_claimed(owed):
    [slow] = claim(owed)
    swept(owed, later(seconds=61))
    [again] = claim(owed, now=later(seconds=61))
    settle(owed, slow, Later(0), later(seconds=62))
    assert states(owed) == ["claimed"]
    settle(owed, again, Sent("2"), later(seconds=63))
    assert states(owed) == ["sent"]


def test_a_lease_from_before_the_clock_was_set_back_ends(owed):
    claim(owed, now=later(days=300))
    assert swept(owed, NOW).dead == 1
    assert claim(owed)


def test_a_wait_from_before_the_clock_was_set_back_ends(owed):
    run(owed, "UPDATE notice SET not_before = {0}", int(later(days=300).timestamp()))
    assert swept(owed, NOW).ahead == 1
    assert claim(owed)


def test_one_person_s_notices_go_out_one_after_the_other(owed):
    for code in ("H2", "H3"):
        follow(owed, code=code)
        owe(owed, code=code)
    [first] = claim(owed)
    assert claim(owed) == []
    settle(owed, first, Later(30))
    assert claim(owed, now=later(seconds=29)) == []
    [again] = claim(owed, now=later(seconds=30))
    settle(owed, again, Sent("1"), later(seconds=30))
    [second] = claim(owed, now=later(seconds=30))
    assert (first.code, again.code, second.code) == (CODE, CODE, "H2")


def test_different_people_are_claimed_together_oldest_first(engine):
    for number in range(5):
        follow(engine, f"telegram:{number}")
    owe(engine)
    assert [notice.address[-1] for notice in claim(engine, 3)] == ["0", "1", "2"]
    assert [notice.address[-1] for notice in claim(engine, 3)] == ["3", "4"]


def test_channels_do_not_touch_each_other(engine):
    follow(engine, "web:1")
    follow(engine, "telegram:1")
    owe(engine)
    assert [notice.address for notice in claim(engine, claimer=by("web"))] == ["web:1"]


def test_at_night_nothing_is_sent_until_the_morning(owed):
    night, morning = later(hours=12), later(hours=21)
    assert claim(owed, now=night, claimer=NIGHT) == []
    assert one(owed, "not_before, tries, first_at") == (int(morning.timestamp()), 0, 0)
    assert claim(owed, now=morning, claimer=NIGHT)


def test_a_person_may_have_other_quiet_hours(owed):
    recipient(owed, quiet="09:00-11:00")
    assert claim(owed, claimer=NIGHT) == []
    with database.writing(owed) as connection:
        connection.exec_driver_sql("UPDATE recipient SET quiet = 'none'")
        claiming.reconsider(connection, ADDRESS, NOW)
    assert claim(owed, claimer=NIGHT)


def test_what_is_urgent_passes_the_night_and_goes_first(engine):
    for code in ("H1", "H2"):
        follow(engine, code=code)
        owe(engine, code=code, status="9" if code == "H1" else "7")
    assert [notice.code for notice in claim(engine, now=later(hours=12), claimer=NIGHT)] == ["H2"]


@pytest.mark.parametrize(("waits_s", "first"), [(86_399, "urgent"), (86_400, "long due")])
def test_what_is_urgent_overtakes_what_is_due_for_less_than_a_day(engine, waits_s, first):
    owed_at = later(seconds=-waits_s)
    for address, code, status, at in (
        ("telegram:1", "long due", "9", owed_at),
        ("telegram:2", "urgent", "7", NOW),
    ):
        follow(engine, address, code)
        owe(engine, code=code, status=status, now=at)
    assert [notice.code for notice in claim(engine, count=1)] == [first]


def test_the_four_hours_begin_anew_in_the_morning(owed):
    evening = later(hours=10, minutes=59)
    [notice] = claim(owed, now=evening, claimer=NIGHT)
    settle(owed, notice, Later(60), evening)
    assert claim(owed, now=later(hours=11), claimer=NIGHT) == []
    [notice] = claim(owed, now=later(hours=21), claimer=NIGHT)
    settle(owed, notice, Later(0), later(hours=21))
    assert states(owed) == ["waiting"]


def test_a_chat_gets_one_message_a_second(engine):
    now, paced = datetime.now(VIETNAM), by(paced_chats=True)  # PostgreSQL paces by its own clock
    for code in ("H1", "H2"):
        follow(engine, code=code)
        owe(engine, code=code, now=now)
    [first] = claim(engine, now=now, claimer=paced)
    with database.writing(engine) as connection:
        pace.hold(connection, {first.address: 60})
    settle(engine, first, Sent("1"), now)
    assert claim(engine, now=now, claimer=paced) == []
    assert claim(engine, now=now)


def test_a_newer_notice_supersedes_an_older_one_that_waits(owed):
    owe(owed, "10", 2, before=held("9"))
    assert states(owed) == ["superseded", "waiting"]
    assert [notice.kind for notice in claim(owed)] == ["returned"]


def test_a_newer_notice_supersedes_one_that_comes_back_unsent(owed):
    [notice] = claim(owed)
    owe(owed, "10", 2, before=held("9"))
    assert states(owed) == ["claimed", "waiting"]
    settle(owed, notice, Later(0))
    assert states(owed) == ["superseded", "waiting"]


def test_a_newer_notice_supersedes_one_whose_worker_died(owed):
    claim(owed)
    owe(owed, "10", 2, before=held("9"))
    swept(owed, later(seconds=61))
    assert states(owed) == ["superseded", "waiting"]


def test_nobody_is_to_be_called_about_what_is_no_longer_true(owed):
    [notice] = claim(owed)
    settle(owed, notice, Later(4 * 3600))
    [notice] = claim(owed, now=later(hours=4))
    settle(owed, notice, Later(0), later(hours=4))
    owe(owed, "10", 2, before=held("9"), now=later(hours=5))
    assert run(owed, "SELECT count(*) FROM notice WHERE call_at > 0") == [(0,)]


def test_who_stopped_gets_nothing_that_waits(owed):
    assert stop(owed) == 1
    assert states(owed) == ["stopped"]
    assert claim(owed) == []


def test_who_stopped_gets_no_reminder_of_what_was_on_its_way(owed):
    [notice] = claim(owed)
    stop(owed, code=CODE)
    settle(owed, notice, Doubtful())
    swept(owed, later(seconds=61))
    assert claim(owed, now=later(hours=1)) == []
    assert states(owed) == ["stopped"]


def test_of_a_channel_that_nobody_serves_the_clerk_hears_in_time(owed):
    assert swept(owed, later(hours=3), ["web"]).orphaned == 0
    assert swept(owed, later(hours=5)).orphaned == 0
    assert swept(owed, later(hours=5), ["web"]).orphaned == 1
    assert one(owed, "state, receipt") == ("given_up", "no such channel")


def test_unread_in_time_it_goes_to_the_person_s_next_channel(owed):
    recipient(owed, phone=b"p")
    recipient(owed, "web:7", phone=b"p")
    follow(owed, "web:7", "H-other")
    [notice] = claim(owed)
    settle(owed, notice, ack_by=int(later(hours=8).timestamp()))
    assert swept(owed, later(hours=7)).unread == 0
    assert swept(owed, later(hours=8)).unread == 1
    assert [n.address for n in claim(owed, now=later(hours=8), claimer=by("web"))] == ["web:7"]
    assert one(owed, "call_at") == (0,)


def test_unread_on_the_last_channel_the_clerk_is_to_call(owed):
    recipient(owed, phone=b"p")
    [notice] = claim(owed)
    settle(owed, notice, ack_by=1)
    swept(owed, later(hours=8))
    assert one(owed, "state, call_at") == ("sent", int(later(hours=8).timestamp()))
    assert swept(owed, later(hours=9)).unread == 0


def test_a_channel_on_which_the_person_stopped_is_not_the_next(owed):
    for phone_owner in (ADDRESS, "web:7"):
        recipient(owed, phone_owner, phone=b"p")
    follow(owed, "web:7")
    follow(owed, "web:7", "H-other")
    stop(owed, "web:7", CODE)
    [notice] = claim(owed)
    settle(owed, notice, ack_by=1)
    swept(owed, later(hours=8))
    assert claim(owed, now=later(hours=8), claimer=by("web")) == []
    assert one(owed, "call_at")[0] > 0


def test_two_workers_that_claim_at_once_share_the_work(engine):
    for number in range(40):
        follow(engine, f"telegram:{number}")
    owe(engine)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda n: claim(engine, 7, claimer=by(worker=f"w{n}")), range(8)))
    ids = [notice.id for notices in found for notice in notices]
    assert len(ids) == len(set(ids)) == 40
