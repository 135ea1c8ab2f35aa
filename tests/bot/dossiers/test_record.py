from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import VIETNAM
from bot.dossiers.record import DossierRecord, Update, believed, differs, merged
from bot.dossiers.views import masked, owner_view

CODE = "H36.99-260706-0001"
START = datetime(2026, 7, 6, 8, tzinfo=VIETNAM)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def after(*updates: Update) -> DossierRecord:
    held = None
    for update in updates:
        held = merged(held, update)
    assert held
    return held


def news(hours: int, status: str | None = None, **more: object) -> Update:
    return Update(CODE, at(hours), status=status, since=at(hours), **more)  # type: ignore[arg-type]


def test_absent_keys_change_nothing():
    held = after(news(0, "2", name="Lê Thị Bình", phone="0900001111", due=date(2026, 7, 9)), news(1, "4"))
    assert (held.status, held.name, held.phone, held.due) == (
        "4",
        "Lê Thị Bình",
        "0900001111",
        date(2026, 7, 9),
    )


def test_older_news_never_overwrites_newer():
    held = after(news(5, "9", due=date(2026, 7, 9)), news(1, "4", due=date(2026, 7, 8), name="Lê Thị Bình"))
    assert (held.status, held.due) == ("9", date(2026, 7, 9))
    assert held.name == "Lê Thị Bình"  # but fills a blank
    assert [status for status, *_ in held.steps] == ["4", "9"]  # and its place on the way


def test_what_a_clock_that_ran_ahead_has_written_does_not_stay_the_newest():
    held = after(news(0, "2"), news(4_000, "4"), news(4_001, due=date(2026, 7, 9)))
    today = at(24)
    assert merged(held, news(24, "9")).status == "4"  # the fault
    mended = believed(held, today)
    assert (mended.status, mended.due, mended.changed_at <= int(today.timestamp())) == (
        "4", date(2026, 7, 9), True,
    )  # fmt: skip
    assert [status for status, *_ in mended.steps] == ["2", "4"]
    assert merged(mended, news(24, "9")).status == "9"
    assert merged(mended, news(23, "9")).status == "9"  # a table of this morning counts too


def test_a_clock_that_runs_minutes_ahead_is_believed():
    held = after(news(0, "2"), news(1, "4"))
    assert believed(held, at(1) - timedelta(minutes=9)) is held


def test_a_note_ends_with_its_state():
    papers = after(news(0, "4", note="cb 1 lượt 8"), news(1, "5", missing="Bản vẽ"))
    assert (papers.note, papers.missing) == (None, "Bản vẽ")
    assert after(news(1, "5", missing="Bản vẽ"), news(0, "4", note="cb 1 lượt 8")) == papers
    assert after(news(0, "8", note="Không đủ điều kiện")).note == "Không đủ điều kiện"


def test_a_repeated_message_of_the_same_second_does_not_bring_a_state_back():
    first, second = news(0, "2"), news(0, "4")
    assert after(first, second, first).status == "4"


def test_what_was_asked_for_is_settled_when_the_state_is_left():
    held = after(news(0, "5", missing="Giấy chứng sinh"), news(1, "6", fee_due=8000))
    assert (held.missing, held.fee_due) == (None, 8000)
    assert after(news(0, "5", missing="Giấy chứng sinh"), news(1, note="đã gọi")).missing == "Giấy chứng sinh"


def test_the_end_of_processing_is_when_it_was_done_not_when_it_was_fetched():
    held = after(news(0, "2"), news(24, "9"), news(72, "10"))
    assert held.finished == date(2026, 7, 7)
    assert after(news(0, "2"), news(24, "9"), news(48, "4")).finished is None  # taken up again


def test_a_state_is_as_old_as_its_sender_says_and_not_as_its_message():
    held = after(Update(CODE, at(72), status="9", since=at(24)))
    assert held.steps == (("9", int(at(24).timestamp()), ""),)
    assert (held.changed_at, held.finished) == (int(at(72).timestamp()), date(2026, 7, 7))


@pytest.mark.parametrize(
    ("change", "is_told"), [({"changed_at": 9, "stated_at": 9}, False), ({"note": "x"}, True)]
)
def test_to_be_heard_again_is_no_difference(change, is_told):
    held = after(news(0, "2"))
    assert differs(held, replace(held, **change)) == is_told


def test_an_end_that_the_sender_names_counts():
    assert after(news(72, "10", ended=date(2026, 7, 8))).finished == date(2026, 7, 8)


def test_a_snapshot_adds_no_step_while_the_state_stays():
    held = after(news(0, "4"), Update(CODE, at(30), status="4"), Update(CODE, at(60), status="9"))
    assert [(status, since) for status, since, _ in held.steps] == [
        ("4", int(at(0).timestamp())),
        ("9", int(at(60).timestamp())),
    ]


def test_texts_are_tidied():
    held = after(news(0, "4", name="  Lê\u200b  Thi\u0323 Bình ", phone="+84 900 001 111"))
    assert (held.name, held.phone) == ("Lê Thị Bình", "0900001111")


@pytest.mark.parametrize("written", ["Lê\u200b Bình", "Lê  Bình", " Lê Bình", "Lê Bình ", "Le\u0302 Bình"])
def test_each_thing_that_cannot_be_seen_is_tidied(written):
    assert after(news(0, "4", name=written)).name == "Lê Bình"


def test_the_way_does_not_grow_without_end():
    held = after(*(news(hours, "4", remark=str(hours)) for hours in range(150)))
    assert len(held.steps) == 100
    assert held.steps[-1][2] == "149"


def test_what_is_told_holds_no_name_phone_or_number():
    held = after(
        news(0, name="Nguyễn Văn An", phone="0900001111", id_number="000000001234", received=date(2026, 7, 6))
    )
    shown = owner_view(held, date(2026, 7, 9))
    assert (shown.applicant, shown.status, shown.due) == ("N*** V** A*", "2", date(2026, 7, 9))
    assert "0900001111" not in repr(shown)
    assert "1234" not in repr(shown)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An", "N*** V** A*"),
        ("Đỗ Ý", "Đ* Ý*"),  # one letter is not told to be one
        ("Đ\u00f4\u0303", "Đ*"),
        ("", ""),
    ],
)
def test_a_masked_name_shows_first_letters(name, shown):
    assert masked(name) == shown


UPDATES = st.builds(
    news,
    st.integers(0, 6),
    st.sampled_from([None, "1", "2", "4", "5", "9", "10", "Đang rà soát"]),
    name=st.sampled_from([None, "", "An"]),
    due=st.sampled_from([None, date(2026, 7, 9), date(2026, 7, 10)]),
    missing=st.sampled_from([None, "CCCD"]),
    remark=st.sampled_from(["", "chuyển"]),
)


@given(st.lists(UPDATES, min_size=1, max_size=8), st.data())
def test_the_same_message_again_changes_nothing(updates, data):
    held = after(*updates)
    again = data.draw(st.sampled_from(updates))
    if held.status == again.status or again.at < at(6):
        assert merged(merged(held, again), again) == merged(held, again)


@given(st.lists(UPDATES, min_size=1, max_size=6, unique_by=lambda update: update.at), st.randoms())
def test_states_end_the_same_in_whatever_order_they_come(updates, chance):
    shuffled = list(updates)
    chance.shuffle(shuffled)
    one, other = after(*updates), after(*shuffled)
    assert (one.status, one.steps, one.finished, one.changed_at) == (
        other.status,
        other.steps,
        other.finished,
        other.changed_at,
    )


@given(UPDATES)
def test_the_short_way_for_a_new_dossier_is_the_long_way(update):
    assert merged(None, update) == merged(DossierRecord(CODE), update)
