"""In danger the numbers come first, whatever was open."""

import pytest

from handlers.office import danger
from handlers.ports.world import World
from handlers.turn.context import Context, context
from handlers.turn.messages import Incoming, State
from knowledge.reading.danger import Danger, load
from tests.dialogue import MONDAY

KINDS = [kind.id for kind in load().kinds]
FIRST = 200  # letters that are read before one scrolls


def asking(world: World, language: str = "") -> Context:
    return context(Incoming(at=MONDAY, text="cứu"), State(language=language), world)


def told(heard: Danger, ctx: Context) -> str:
    return danger.reply(heard, ctx).replies[0].text


def number(name: str, world: World) -> str:
    lines = {each.id: each.number for each in load().lines}
    return {**lines, **{each.id: each.number for each in world.office.emergencies}}[name]


@pytest.mark.parametrize("language", ["", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_first_number_stands_before_everything(kind: str, language: str, world: World) -> None:
    calls = next(each.calls for each in load().kinds if each.id == kind)
    said = told(Danger(kind), asking(world, language))
    assert number(calls[0], world) in said[:FIRST]
    assert all(number(name, world) in said for name in calls)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_to_do_and_offers_a_human(kind: str, world: World) -> None:
    turn = danger.reply(Danger(kind), asking(world))
    office = world.office
    words = danger.TEXTS[kind].format(unit=office.unit, portal=office.portal.url)
    assert words in turn.replies[0].text
    assert "Gặp cán bộ" in [choice.label for choice in turn.replies[0].choices]


def test_two_dangers_have_the_numbers_of_both(world: World) -> None:
    said = told(Danger("fire", also=("medical",)), asking(world))[:FIRST]
    assert said.index("114") < said.index("115")


def test_an_order_against_the_violent_is_offered_for_later(world: World) -> None:
    turn = danger.reply(Danger("home"), asking(world))
    offered = [choice.action for choice in turn.replies[0].choices]
    assert len(offered) > 1
    assert turn.replies[0].text.rstrip().endswith("cấm người đó lại gần.")


def test_what_is_open_stays_open(world: World) -> None:
    turn = danger.reply(Danger("fire"), asking(world))
    assert turn.state == State(warned="fire")
    assert turn.outcome == "talked"
