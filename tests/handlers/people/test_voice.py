"""A voice message is a suggestion; it counts once it is confirmed, and then as if typed."""

from dataclasses import replace

import pytest

from handlers import router
from handlers.ports.world import World
from handlers.turn.effects import SaveDraft
from handlers.turn.messages import Incoming
from handlers.turn.pending import VoiceGuess
from tests.dialogue import MONDAY, Player

FORM = "tinh-trang-hon-nhan"


class Speaker(Player):
    """A citizen who speaks."""

    def speak(self, words: str = "", sure: bool = True) -> str:
        return self.say(Incoming(at=MONDAY, attachment="voice", heard=words, heard_sure=sure))


@pytest.fixture
def player(world: World) -> Speaker:
    return Speaker(world)


@pytest.fixture
def filling(player: Speaker) -> Speaker:
    """In the middle of a form, at its second question."""
    player.say(Incoming(at=MONDAY, choice=f"form:{FORM}"))
    player.tap("Đồng ý, tự gõ")
    return player


def asked_of(player: Player) -> str:
    """The question shown last, without what was said before it."""
    return player.replies[-1].text.split("\n\n")[-1]


def test_a_transcript_is_offered(player: Speaker) -> None:
    assert "Mình nghe là: “làm khai sinh cho con”. Đúng không?" in player.speak("làm khai sinh cho con")
    assert player.labels == ["Đúng", "Không, tôi gõ lại"]


@pytest.mark.parametrize("words", ["làm khai sinh cho con cần gì", "H15.50-260706-1377", "/menu", "cảm ơn"])
@pytest.mark.parametrize("typed", ["Đúng", "đúng", "1", "ừ", "phải"])
def test_confirmed_it_is_as_if_typed(words: str, typed: str, player: Speaker, world: World) -> None:
    writer = Player(world)
    writer.type(words)
    player.speak(words)
    player.type(typed)
    assert (player.replies, player.state) == (writer.replies, writer.state)


def test_a_spoken_choice_is_taken_as_that_choice(player: Speaker, world: World) -> None:
    writer = Player(world)
    for person in (writer, player):
        person.type("đăng ký khai sinh")
    spoken = writer.labels[0]
    writer.tap(spoken)
    player.speak(spoken)
    player.tap("Đúng")
    assert replace(player.state, lists=()) == replace(writer.state, lists=())


def test_what_was_misheard_leaves_the_choices_as_they_were(player: Speaker) -> None:
    player.type("đăng ký khai sinh")
    before = player.state
    player.speak("một câu nghe nhầm")
    assert "nghe nhầm" in player.tap("Không, tôi gõ lại")
    assert player.state == before


def test_whoever_types_instead_is_understood(player: Speaker) -> None:
    player.type("đăng ký khai sinh")
    first = player.state.offered[0]
    player.speak("một câu nghe nhầm")
    player.type(first.label)
    assert player.state.answers or player.state.procedure


@pytest.mark.parametrize("after", ["Đúng", "Không, tôi gõ lại", "sao y bằng"])
def test_nothing_of_it_is_kept_after_the_next_message(after: str, player: Speaker) -> None:
    player.speak("tên tôi là Lê Văn Thử")
    player.type(after)
    assert player.state.pending is None


def test_a_confirmation_that_comes_too_late_is_a_stale_button(player: Speaker) -> None:
    player.speak("sao y bằng")
    player.type("menu")
    assert "không dùng được nữa" in player.say(Incoming(at=MONDAY, choice="heard"))


def test_the_second_of_two_voice_messages_counts(player: Speaker) -> None:
    player.type("đăng ký khai sinh")
    before = player.state
    player.speak("một")
    player.speak("hai")
    assert isinstance(player.state.pending, VoiceGuess)
    assert player.state.pending.heard == "hai"
    player.tap("Không, tôi gõ lại")
    assert player.state == before


@pytest.mark.parametrize(
    ("words", "sure", "said"),
    [
        ("làm gì đó", False, "nghe chưa rõ, mời bạn gõ hoặc chọn"),
        ("", False, "chưa nghe được tin nhắn thoại"),
    ],
)
def test_unclear_or_unheard_it_asks_to_type(words: str, sure: bool, said: str, player: Speaker) -> None:
    assert said in player.speak(words, sure)
    assert words not in player.text or not words
    assert player.labels
    assert not isinstance(player.state.pending, VoiceGuess)


@pytest.mark.parametrize(("words", "sure"), [("", False), ("nguyễn văn gì đó", False)])
def test_in_a_form_the_question_is_asked_again(words: str, sure: bool, filling: Speaker) -> None:
    question, labels = asked_of(filling), filling.labels
    filling.speak(words, sure)
    assert asked_of(filling) == question
    assert filling.labels == labels
    assert "thoại" in filling.text or "nghe chưa rõ" in filling.text


def test_in_a_form_a_confirmed_transcript_is_the_answer(filling: Speaker, world: World) -> None:
    draft = filling.state.draft
    before = dict(filling.drafts.find(draft).interview.answers)  # type: ignore[union-attr]
    filling.speak("Lê Văn Thử")
    assert filling.state.draft == draft
    filling.tap("Đúng")
    after = dict(filling.drafts.find(draft).interview.answers)  # type: ignore[union-attr]
    assert set(after) - set(before)
    assert "Lê Văn Thử" in after.values()


def test_in_a_form_a_misheard_transcript_changes_nothing(filling: Speaker) -> None:
    question, draft = asked_of(filling), filling.drafts.find(filling.state.draft)
    filling.speak("Lê Văn Thử")
    filling.tap("Không, tôi gõ lại")
    assert asked_of(filling) == question
    assert filling.drafts.find(filling.state.draft) == draft


def test_in_a_form_a_number_after_a_voice_message_means_its_buttons(filling: Speaker) -> None:
    question = asked_of(filling)
    filling.speak("Lê Văn Thử")
    filling.type("2")
    assert asked_of(filling) == question


def test_a_voice_message_keeps_no_draft(filling: Speaker) -> None:
    spoken = Incoming(at=MONDAY, attachment="voice", heard="Lê Văn Thử", heard_sure=True)
    turn = router.respond(spoken, filling.state, filling.world)
    assert not any(isinstance(effect, SaveDraft) for effect in turn.effects)


def test_a_caption_counts_more_than_what_is_heard(player: Speaker) -> None:
    player.say(Incoming(at=MONDAY, attachment="voice", text="sao y bằng", heard="khai sinh", heard_sure=True))
    assert not isinstance(player.state.pending, VoiceGuess)
