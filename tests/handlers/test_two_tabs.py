"""Two tabs of one person are one talk: a line answers what its own tab asks, or nothing."""

import pytest

from handlers.people.welcome import welcome
from handlers.ports.world import World
from handlers.turn.context import context
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import asked

FORM = "khai-sinh"
NOTHING_NOTED = "nên mình chưa ghi gì"


class Tab:
    """A tab types with what it saw last; the talk behind it is shared."""

    def __init__(self, player: Player, opens: bool = False) -> None:
        self.player, self.seen = player, ""
        if opens:
            incoming = Incoming(at=MONDAY, address="web:1")
            self.seen = welcome(context(incoming, player.state, player.world))[-1].asks or ""

    def say(self, text: str = "", choice: str = "") -> str:
        told = self.player.say(Incoming(at=MONDAY, text=text, choice=choice, shows=self.seen))
        self.seen = self.player.replies[-1].asks or ""
        return told


@pytest.fixture
def first(world: World) -> Tab:
    """A tab that asks for a name."""
    tab = Tab(Player(world), opens=True)
    tab.say(choice=f"form:{FORM}")
    tab.say(choice=f"fb:{FORM}:hand")
    return tab


def other(tab: Tab) -> Tab:
    copy = Tab(tab.player)
    copy.seen = tab.seen
    return copy


def test_an_answer_counts_where_its_question_is_seen(first: Tab) -> None:
    before = asked(first.player)
    assert NOTHING_NOTED not in first.say("con gái của tôi")
    assert asked(first.player) != before


def test_an_answer_to_a_question_that_another_tab_has_left_is_asked_again(first: Tab) -> None:
    second = other(first)
    first.say("con gái của tôi")
    on = asked(first.player)
    assert NOTHING_NOTED in second.say("con gái của tôi")
    assert asked(second.player) == on


def test_after_it_was_asked_again_an_answer_counts(first: Tab) -> None:
    second = other(first)
    first.say("con gái của tôi")
    second.say("con gái của tôi")
    assert NOTHING_NOTED not in second.say("Lê Minh Tâm")


def test_a_tab_that_opened_before_the_form_answers_none_of_its_questions(world: World) -> None:
    player = Player(world)
    first, second = Tab(player, opens=True), Tab(player, opens=True)
    first.say(choice=f"form:{FORM}")
    first.say(choice=f"fb:{FORM}:hand")
    assert NOTHING_NOTED in second.say("1111")


def test_a_second_fact_is_not_taken_from_a_tab_that_was_not_asked_for_it(world: World) -> None:
    player = Player(world)
    first, second = Tab(player, opens=True), Tab(player, opens=True)
    first.say("H36.99-260706-0009")
    told = second.say("1111")
    assert NOTHING_NOTED in told
    assert "không khớp" not in told


def test_another_question_in_another_tab_is_answered(world: World) -> None:
    player = Player(world)
    first, second = Tab(player, opens=True), Tab(player, opens=True)
    first.say("mấy giờ mở cửa")
    assert NOTHING_NOTED not in second.say("lệ phí khai sinh bao nhiêu")


def test_a_number_chooses_nothing_that_only_another_tab_shows(world: World) -> None:
    player = Player(world)
    first, second = Tab(player, opens=True), Tab(player, opens=True)
    first.say("/lists")
    first.say("đất")
    assert player.state.offered
    before = player.state.procedure
    second.say("1")
    assert player.state.procedure == before


def test_a_command_is_one_in_every_tab(first: Tab) -> None:
    second = other(first)
    first.say("con gái của tôi")
    assert NOTHING_NOTED not in second.say("/hours")


def test_a_channel_that_tells_nothing_of_its_screen_is_asked_nothing(first: Tab) -> None:
    first.player.type("con gái của tôi")
    assert NOTHING_NOTED not in first.player.text
    assert first.player.replies[-1].asks is None


@pytest.mark.parametrize("taps", [2, 3])
def test_a_consent_that_is_tapped_twice_begins_one_form(taps: int, world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"form:{FORM}"))
    for _ in range(taps):
        player.say(Incoming(at=MONDAY, choice=f"fb:{FORM}:hand"))
    assert len(player.state.drafts) == 1


def test_who_asks_for_the_form_again_begins_a_second_one(world: World) -> None:
    player = Player(world)
    for _ in range(2):
        player.say(Incoming(at=MONDAY, choice=f"form:{FORM}"))
        player.say(Incoming(at=MONDAY, choice=f"fb:{FORM}:hand"))
    assert len(player.state.drafts) == 2
