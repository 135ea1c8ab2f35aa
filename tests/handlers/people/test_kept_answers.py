"""What a form holds beside the answers that are asked for now: told to its owner, and once."""

import pytest

from handlers.ports.drafts import Draft
from handlers.ports.world import World
from handlers.turn.messages import State
from knowledge.intake.interview import CardReading, Interview
from tests.dialogue import Player

CODE = "00000007"
TOLD = {"name": "Trần Thị Thử", "birth": "1960-02-03"}


def exported(world: World, form: str, interview: Interview) -> list[str]:
    player = Player(world, state=State(drafts=(CODE,)))
    player.drafts.keep(Draft(CODE, form, interview))
    player.type("/dulieu")
    return str(player.replies[0].enclosures[0].content).splitlines()


def also_kept(world: World, form: str, interview: Interview) -> list[str]:
    lines = [line for line in exported(world, form, interview) if "Còn lưu: " in line]
    return [value for line in lines for value in line.partition("Còn lưu: ")[2].split("; ")]


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({}, []),
        ({"requester.card": "manual", "requester.name": "Trần Thử"}, []),  # is asked for, and told there
        ({"gone.question": "chữ cũ"}, ["chữ cũ"]),
        ({"gone.question": "manual"}, ["manual"]),  # of no card: somebody wrote that
        ({"father.name": "scanned"}, ["scanned"]),
        ({"father.card": "scanned"}, []),  # a mark of ours
        ({"father.card": "manual"}, []),
        ({"father.card": "later"}, ["later"]),
        ({"father.birth": ""}, []),  # skipped
        ({"father.birth": "1995-11-02", "father.name": "Bình"}, ["02/11/1995", "Bình"]),
    ],
)
def test_answers_off_the_path_are_told_as_they_read(
    world: World, answers: dict[str, str], kept: list[str]
) -> None:
    assert also_kept(world, "khai-sinh", Interview(answers)) == kept


@pytest.mark.parametrize(
    ("form", "card", "sex", "kept"),
    [
        ("ct01", "member.2.card", "female", ["03/02/1960", "Nữ", "Trần Thị Thử"]),
        ("ct01", "member.2.card", "male", ["03/02/1960", "Nam", "Trần Thị Thử"]),
        ("khai-sinh", "mother.card", "male", ["03/02/1960", "Nam", "Trần Thị Thử"]),  # nothing asks for it
        ("khai-sinh", "mother.card", "female", ["03/02/1960", "Nữ", "Trần Thị Thử"]),
    ],
)
def test_what_a_card_said_is_told_in_the_words_of_that_person_s_questions(
    world: World, form: str, card: str, sex: str, kept: list[str]
) -> None:
    cards = {card: CardReading({**TOLD, "sex": sex})}
    assert also_kept(world, form, Interview(cards=cards)) == kept


def test_no_mark_of_ours_is_told_of_the_second_of_several_people(world: World) -> None:
    assert also_kept(world, "ct01", Interview({"member.2.card": "manual"})) == []
