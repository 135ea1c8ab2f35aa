"""Replies to older messages: read in the matter of that message, beside what is open."""

from dataclasses import replace

import pytest

from handlers.turn.messages import Incoming, Quoted
from handlers.turn.pending import CaseQuestion, FormQuestion, SecondFactorAsked
from tests.dialogue import Player

CODE, OTHER = "H36.99-261116-0001", "H36.99-261116-0002"


@pytest.fixture
def player(world):
    return Player(world)


def shown(player):
    """The last message of ours, as one quotes it."""
    reply = player.replies[-1]
    choices = tuple((choice.label, choice.value) for choice in reply.choices)
    return Quoted(f"{reply.title}\n{reply.text}".strip(), choices=choices)


def reply(player, quoted, text):
    return player.say(Incoming(at=player.now, text=text, quoted=quoted))


@pytest.fixture
def marriage(player):
    """The list for a marriage, after which something else was talked about."""
    player.type("đăng ký kết hôn cần gì")
    return shown(player)


@pytest.mark.parametrize("text", ["cái này bao lâu có?", "bao lâu thì xong"])
def test_a_question_is_about_the_matter_that_is_replied_to(player, marriage, text):
    player.type("thủ tục đăng ký khai tử")
    assert player.state.procedure != "1.000894"
    said = reply(player, marriage, text)
    assert player.replies[0].title == "Đăng ký kết hôn"
    assert "Thời hạn" in said


def test_an_own_question_can_be_replied_to(player, marriage):
    player.type("thủ tục đăng ký khai tử")
    reply(player, Quoted("đăng ký kết hôn cần gì", is_ours=False), "bao lâu thì xong")
    assert player.replies[0].title == "Đăng ký kết hôn"


def test_an_open_case_stays_open_and_is_asked_again(player, marriage):
    player.type("làm khai sinh cho con cần gì")
    before = player.state
    reply(player, marriage, "bao lâu thì xong")
    assert [r.title for r in player.replies] == ["Đăng ký kết hôn", "Đăng ký khai sinh"]
    assert player.state.procedure == before.procedure
    assert player.state.pending == before.pending
    assert isinstance(player.state.pending, CaseQuestion)


def test_an_open_form_goes_on(player, marriage):
    for line in ("điền tờ khai khai sinh giúp tôi", "đồng ý, tự gõ"):
        player.type(line)
    asked, draft = player.state.pending, player.state.draft
    assert isinstance(asked, FormQuestion)
    reply(player, marriage, "bao lâu thì xong")
    assert player.replies[0].title == "Đăng ký kết hôn"
    assert (player.state.pending, player.state.draft) == (asked, draft)
    assert player.replies[-1].title.startswith("Tờ khai khai sinh")


def test_a_number_means_what_that_message_offers(player):
    player.type("làm khai sinh cho con cần gì")
    quoted = shown(player)
    player.type("/menu")
    assert "giấy chứng sinh" in reply(player, quoted, "1")


def test_what_is_no_question_about_it_is_read_as_ever(player, marriage):
    assert "khai tử" in reply(player, marriage, "thủ tục đăng ký khai tử").casefold()


def test_danger_comes_first(player, marriage):
    assert "113" in reply(player, marriage, "cứu tôi với, chồng đang đánh tôi")


def test_where_a_quoted_dossier_is_asks_for_its_second_fact(player):
    reply(player, Quoted(f"Hồ sơ {CODE} đã được tiếp nhận."), "tới đâu rồi")
    assert isinstance(player.state.pending, SecondFactorAsked)
    assert player.state.pending.dossier == CODE


def test_of_two_dossiers_none_is_meant(player):
    reply(player, Quoted(f"{CODE}, {OTHER}"), "tới đâu rồi")
    assert not isinstance(player.state.pending, SecondFactorAsked)


def test_the_second_fact_may_reply_to_what_asks_for_it(player):
    player.type(CODE)
    waiting = player.state.pending
    reply(player, replace(shown(player), choices=()), "4567")
    assert player.state.pending == waiting  # no dossier fits; it is asked for again, not looked up anew
    assert "không khớp" in player.text
