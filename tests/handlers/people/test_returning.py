"""Who had blocked us and comes back: asked once, never followed again without a yes."""

from dataclasses import replace

import pytest

from handlers.ports.world import World
from handlers.turn.effects import Consent, Follow, OfferedAgain
from tests.handlers.notices.test_follow import CODE, OTHER, YES, Book, Citizen

ASKED = "Bạn muốn mình báo tin lại không?"


@pytest.fixture
def back(world: World) -> Citizen:
    """Who followed two dossiers until the channel could not reach him."""
    book = Book(lost_codes=[CODE, OTHER])
    return Citizen(replace(world, followers=book), book=book)  # type: ignore[arg-type]  # what is asked of it


def test_he_is_asked_beside_the_answer_and_only_once(back: Citizen) -> None:
    back.type("/start")
    assert len(back.replies) == 2
    back.expect(ASKED)
    back.expect(CODE)
    assert OfferedAgain() in back.effects
    assert not [effect for effect in back.effects if isinstance(effect, Follow)]
    back.type("giờ làm việc")
    assert ASKED not in back.text


def test_a_yes_asks_for_the_consent_and_then_follows(back: Citizen) -> None:
    back.type("/start")
    back.tap(f"Báo tin lại: hồ sơ {CODE}")
    back.tap(YES)
    assert [type(effect) for effect in back.effects] == [Consent, Follow]
    assert back.book.codes == [CODE]


def test_while_something_is_asked_it_waits(back: Citizen) -> None:
    back.type("làm khai sinh cho con cần gì")
    assert ASKED not in back.text
    back.type("/menu")
    back.expect(ASKED)


def test_what_is_followed_again_by_now_is_not_asked(back: Citizen) -> None:
    back.book.codes = [CODE, OTHER]
    back.type("/start")
    assert ASKED not in back.text


def test_erasing_asks_nothing(back: Citizen) -> None:
    back.book.lost_codes = []
    back.type("/xoa")
    back.book.lost_codes = [CODE]
    back.type("có")
    assert ASKED not in back.text
