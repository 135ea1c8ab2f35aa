"""What cannot wait is answered with a number, whatever the data forgot."""

from dataclasses import replace

import pytest

from handlers.office import emergencies, small_talk
from handlers.ports.world import World
from handlers.turn.messages import Incoming
from knowledge.search.small_talk import Kind, Talk
from knowledge.search.small_talk import load as load_talk
from tests.dialogue import MONDAY, Player


def talk_with(*more: str) -> Talk:
    talk = load_talk()
    kinds = tuple(Kind(id=name, phrases=(f"câu của {name}",)) for name in more)
    return talk.model_copy(update={"kinds": (*talk.kinds, *kinds)})


def ask(kind: str, world: World) -> str:
    return Player(world).say(Incoming(at=MONDAY, choice=f"talk:{kind}"))


@pytest.mark.parametrize(
    ("kind", "number"),
    [("fire", "114"), ("crime", "113"), ("medical", "115"), ("child", "111"), ("rescue", "112")],
)
def test_each_emergency_has_its_number(kind: str, number: str, world: World) -> None:
    assert number in ask(f"emergency-{kind}", world)


def test_an_emergency_that_nobody_foresaw_gets_the_general_numbers(world: World) -> None:
    told = ask("emergency-drowning", world)
    assert [number for number in ("112", "113", "114", "115") if number in told] == [
        "112",
        "113",
        "114",
        "115",
    ]
    assert "Xin lỗi" not in told


def test_a_number_that_the_office_lost_is_replaced_by_the_general_ones(world: World) -> None:
    office = world.office
    left = tuple(e for e in office.emergencies if e.id != "child")
    poorer = replace(world, office=office.model_copy(update={"emergencies": left}))
    assert "112" in ask("emergency-child", poorer)


def test_an_office_with_none_of_the_general_numbers_names_those_it_has(world: World) -> None:
    only = tuple(e for e in world.office.emergencies if e.id == "child")
    poorer = replace(world, office=world.office.model_copy(update={"emergencies": only}))
    assert "111" in ask("emergency-drowning", poorer)


def test_what_ships_lacks_nothing(world: World) -> None:
    talk = load_talk()
    assert [*small_talk.missing(talk), *emergencies.missing(talk, world.office)] == []


def test_an_emergency_without_number_and_words_is_told(world: World) -> None:
    told = list(emergencies.missing(talk_with("emergency-drowning"), world.office))
    assert told == [
        "small_talk.toml: emergency-drowning: no number in office.toml",
        "small_talk.toml: emergency-drowning: no text in handlers",
    ]


def test_a_number_that_nobody_asks_for_is_told(world: World) -> None:
    fewer = load_talk()
    kinds = tuple(kind for kind in fewer.kinds if kind.id != "emergency-child")
    told = list(emergencies.missing(fewer.model_copy(update={"kinds": kinds}), world.office))
    assert told == ["office.toml: emergency child: nobody asks for it"]


def test_small_talk_without_an_answer_is_told() -> None:
    assert list(small_talk.missing(talk_with("lottery"))) == ["small_talk.toml: lottery: no text in handlers"]


def test_an_answer_that_nobody_asks_for_is_told() -> None:
    talk = load_talk()
    fewer = talk.model_copy(update={"kinds": tuple(kind for kind in talk.kinds if kind.id != "thanks")})
    assert list(small_talk.missing(fewer)) == ["small_talk.toml: thanks: is missing, its text stands ready"]
