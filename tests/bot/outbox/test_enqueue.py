import pytest

from bot.dossiers import announce
from bot.notices import digest, recipients
from bot.outbox import ledger, store
from bot.outbox.store import Owed
from bot.storage import database
from tests.bot.outbox.notice_parts import (
    ADDRESS,
    CODE,
    NOW,
    VAULT,
    claim,
    follow,
    held,
    later,
    owe,
    run,
    settle,
    states,
    stop,
)


def kinds(engine):
    return [row[0] for row in run(engine, "SELECT kind FROM notice ORDER BY id")]


def reading(engine, question, *values):
    with database.reading(engine) as connection:
        return question(connection, *values)


def writing(engine, change, *values):
    with database.writing(engine) as connection:
        return change(connection, *values)


def test_each_follower_is_owed_one_notice(engine):
    follow(engine)
    follow(engine, "web:2")
    follow(engine, "telegram:3", "another")
    assert owe(engine) == 2
    assert owe(engine) == 0
    assert kinds(engine) == ["done", "done"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [("2", ["received"]), ("3", ["refused"]), ("5", ["missing"]), ("6", ["fee"]), ("7", ["withdrawn"]),
     ("8", ["stopped"]), ("9", ["done"]), ("10", ["returned"]), ("1", []), ("4", []), ("", []),
     ("Đã có kết quả", ["done"]), ("Chuyển phòng A", [])],
)  # fmt: skip
def test_a_state_owes_its_kind(engine, status, kind):
    follow(engine)
    owe(engine, status)
    assert kinds(engine) == kind


def test_news_that_move_nothing_owe_nothing(engine):
    follow(engine)
    assert owe(engine, "9", 5, before=held("9", 1)) == 0


def test_a_second_request_for_papers_is_another_notice(engine):
    follow(engine)
    owe(engine, "5", 1)
    owe(engine, "5", 9, before=held("4", 8))
    assert states(engine) == ["superseded", "waiting"]


def test_a_fee_that_changes_is_told_again(engine):
    follow(engine)
    owe(engine, "6", 1, fee_due=8000)
    assert owe(engine, "6", 2, before=held("6", 1, fee_due=8000), fee_due=9000) == 1


def test_the_post_is_told_beside_the_state(engine):
    follow(engine)
    owe(engine, "9", 2, before=held("9", 1), postal="posted")
    assert kinds(engine) == ["posted"]


def test_a_phone_given_at_the_desk_waits_for_its_owner(engine):
    owe(engine, "2", phone="0901234567")
    owe(engine, "10", code="H-over", phone="0901234567")
    marked = run(engine, "SELECT phone_mark, code FROM phone_follow")
    assert [(bytes(mark), code) for mark, code in marked] == [
        (recipients.phone_mark(VAULT, "+84 901234567"), CODE)
    ]


def test_the_notice_goes_with_the_transaction_of_the_change(engine):
    follow(engine)

    def fail():
        with database.writing(engine) as connection:
            announce.announce(connection, VAULT, [(None, held("9"))], NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert states(engine) == []


def test_to_stop_one_keeps_the_others(engine):
    for code in ("H1", "H2"):
        follow(engine, code=code)
        owe(engine, code=code)
    assert stop(engine, code="H1") == 1
    assert states(engine) == ["stopped", "waiting"]
    assert owe(engine, "10", 2, "H1", before=held("9", 1, "H1")) == 0


def test_to_stop_is_told_in_the_story_until_the_person_follows_again(engine):
    follow(engine)
    stop(engine)
    assert [(e.kind, e.state) for e in reading(engine, ledger.story, ADDRESS)] == [("stop", "stopped")]
    follow(engine)
    assert reading(engine, ledger.story, ADDRESS) == []


def test_the_story_tells_what_became_of_each(engine):
    follow(engine)
    owe(engine)
    [notice] = claim(engine)
    settle(engine, notice, now=later(seconds=2))
    [entry] = reading(engine, ledger.story, ADDRESS, CODE)
    assert (entry.state, entry.sent_at, entry.tries, entry.reason) == ("sent", later(seconds=2), 1, "")


def test_the_clerk_sees_and_ends_calls(engine):
    follow(engine)
    owe(engine)
    run(engine, "UPDATE notice SET state = 'given_up', call_at = 5")
    [call] = reading(engine, ledger.calls)
    assert (call.code, call.state) == (CODE, "given_up")
    assert writing(engine, ledger.called, call.id, NOW)
    assert not writing(engine, ledger.called, call.id, NOW)
    assert reading(engine, ledger.calls) == []


def test_a_given_up_notice_can_be_tried_again(engine):
    follow(engine)
    owe(engine)
    run(engine, "UPDATE notice SET state = 'given_up', call_at = 5, first_at = 1, reminder = 4")
    [entry] = reading(engine, ledger.listing)
    assert writing(engine, ledger.retry, entry.id, NOW)
    [notice] = claim(engine)
    assert notice.reminder == 1
    assert not writing(engine, ledger.retry, entry.id, NOW)
    assert reading(engine, ledger.calls) == []


def test_what_was_sent_or_stopped_is_not_tried_again(engine):
    follow(engine)
    owe(engine)
    [notice] = claim(engine)
    settle(engine, notice)
    assert not writing(engine, ledger.retry, notice.id, NOW)
    run(engine, "UPDATE notice SET state = 'stopped'")
    assert not writing(engine, ledger.retry, notice.id, NOW)
    assert reading(engine, ledger.find, notice.id).state == "stopped"
    assert reading(engine, ledger.find, 99) is None


def test_the_backlog_is_counted_by_channel_and_state(engine):
    follow(engine)
    follow(engine, "web:1")
    owe(engine)
    claim(engine)
    counted = {(b.channel, b.state): b.number for b in reading(engine, ledger.backlog)}
    assert counted == {("telegram", "claimed"): 1, ("web", "waiting"): 1}


def test_only_what_is_done_with_is_forgotten(engine):
    for code in ("H1", "H2", "H3"):
        follow(engine, f"telegram:{code}", code)
        owe(engine, code=code)
    run(engine, "UPDATE notice SET state = 'sent' WHERE code <> 'H1'")
    run(engine, "UPDATE notice SET call_at = 5 WHERE code = 'H3'")
    assert writing(engine, store.forget, later(days=1), NOW) == 1
    assert states(engine) == ["waiting", "sent"]


def reminder(code):
    return Owed(f"expiring/{code}/30", code, ADDRESS, "expiring")


def remind(engine, code, now=NOW):
    return writing(engine, digest.remind, VAULT, reminder(code), {"on": "2027-01-01"}, now)


def test_reminders_of_a_day_come_in_one_digest(engine):
    assert remind(engine, "L1")
    assert remind(engine, "L2")
    assert not remind(engine, "L1")
    [notice] = claim(engine)
    assert notice.kind == "digest"
    assert digest.items(VAULT, notice) == [
        {"kind": "expiring", "code": "L1", "on": "2027-01-01"},
        {"kind": "expiring", "code": "L2", "on": "2027-01-01"},
    ]


def test_after_the_digest_of_today_comes_that_of_tomorrow(engine):
    remind(engine, "L1")
    [first] = claim(engine)
    settle(engine, first)
    remind(engine, "L2")
    remind(engine, "L3")
    assert claim(engine, now=later(hours=12)) == []
    [second] = claim(engine, now=later(hours=22))  # eight in the morning
    assert [item["code"] for item in digest.items(VAULT, second)] == ["L2", "L3"]


def test_a_reminder_for_which_no_digest_is_left_is_a_mistake_of_ours(engine):
    remind(engine, "L1")
    run(engine, "UPDATE notice SET state = 'sent' WHERE kind = 'digest'")
    remind(engine, "L2")
    run(engine, "UPDATE notice SET state = 'sent' WHERE kind = 'digest'")
    with pytest.raises(AssertionError):
        remind(engine, "L3")
    assert run(engine, "SELECT count(*) FROM notice WHERE code = 'L3'") == [(0,)]


@pytest.mark.parametrize(("hours", "due"), [(-4, -4), (0, 0)])
def test_todays_digest_is_due_at_once_and_tomorrows_at_eight(engine, hours, due):
    remind(engine, "L1", later(hours=hours))
    run(engine, "UPDATE notice SET state = 'sent' WHERE kind = 'digest'")
    remind(engine, "L2", later(hours=hours))
    moments = run(engine, "SELECT not_before FROM notice WHERE kind = 'digest' ORDER BY id")
    assert moments == [(int(later(hours=due).timestamp()),), (int(later(hours=22).timestamp()),)]
