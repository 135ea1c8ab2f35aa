"""Edited lines: the last one is answered anew, what was said before it stays."""

import pytest

from handlers.turn.messages import Incoming
from handlers.turn.pending import CaseQuestion, FormConsent
from tests.dialogue import Player

READ = "Mình đọc lại theo tin bạn vừa sửa."
OLD = "Bạn vừa sửa một tin đã qua."


@pytest.fixture
def player(world):
    return Player(world)


def say(player, number, text):
    """A line with the number that its channel gave it."""
    return player.say(Incoming(at=player.now, text=text, number=str(number)))


def edit(player, number, text):
    return player.say(Incoming(at=player.now, text=text, edits=str(number)))


def test_a_question_is_answered_anew(player):
    say(player, 1, "làm kết hô cần gì")
    assert READ in edit(player, 1, "làm kết hôn cần gì")
    assert player.replies[0].title == "Đăng ký kết hôn"


def test_an_answer_to_a_case_is_put_right_as_often_as_one_likes(player):
    say(player, 1, "làm khai sinh cho con cần gì")
    asked = player.state.pending
    assert isinstance(asked, CaseQuestion)
    say(player, 2, "1")
    first = dict(player.state.answers)
    edit(player, 2, "2")
    second = dict(player.state.answers)
    edit(player, 2, "1")
    assert (first, dict(player.state.answers)) == (first, first)
    assert set(second) == set(first)
    assert second != first


def test_an_answer_in_a_form_is_put_right_where_it_was_given(player):
    for number, line in enumerate(("điền tờ khai tình trạng hôn nhân", "đồng ý, tự gõ", "Nguyễn Văn Ân"), 1):
        say(player, number, line)
    edit(player, 3, "Nguyễn Văn An")
    (draft,) = player.drafts._drafts.values()
    assert draft.interview.answers["requester.name"] == "Nguyễn Văn An"
    assert "sinh ngày" in player.text


def test_an_edit_that_is_no_answer_asks_again_and_the_next_line_answers(player):
    lines = ("điền tờ khai tình trạng hôn nhân", "đồng ý, tự gõ", "Nguyễn Văn An", "1/2/1990", "nam")
    for number, line in enumerate(lines, 1):
        say(player, number, line)
    edit(player, 5, "chưa biết nữa")
    say(player, 6, "nữ")
    (draft,) = player.drafts._drafts.values()
    assert draft.interview.answers["requester.sex"] == "female"


def test_an_older_line_changes_nothing(player):
    say(player, 1, "đăng ký kết hôn cần gì")
    say(player, 2, "lệ phí bao nhiêu")
    before = player.state
    assert OLD in edit(player, 1, "đăng ký khai tử")
    assert player.state == before
    assert [choice for choice in player.replies[0].choices] == list(before.offered)


def test_a_cry_for_help_is_heard_in_an_older_line_too(player):
    say(player, 1, "đăng ký kết hôn cần gì")
    say(player, 2, "lệ phí bao nhiêu")
    assert "113" in edit(player, 1, "cứu tôi với, chồng đang đánh tôi")


def test_after_a_tap_the_line_before_it_is_an_older_one(player):
    say(player, 1, "làm khai sinh cho con cần gì")
    player.tap("Trẻ bình thường (biết cha hoặc mẹ)")
    assert OLD in edit(player, 1, "đăng ký kết hôn")


def test_what_was_written_elsewhere_meanwhile_cannot_be_taken_back(player):
    say(player, 1, "/xoa")
    say(player, 2, "có")
    assert OLD in edit(player, 2, "không")
    assert player.state.undone is None


def test_a_channel_without_edits_keeps_no_second_state(player):
    player.type("đăng ký kết hôn cần gì")
    assert (player.state.said, player.state.undone) == ("", None)


def test_consent_is_asked_anew(player):
    say(player, 1, "điền tờ khai tình trạng hôn nhân")
    say(player, 2, "không biết nữa")
    edit(player, 2, "đồng ý, tự gõ")
    assert not isinstance(player.state.pending, FormConsent)
