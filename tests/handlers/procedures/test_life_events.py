"""What happens to people, and what follows from it: every event is shown, and each step leads on."""

import pytest

from handlers import router
from handlers.ports.world import World
from handlers.turn.messages import Incoming, State, Turn
from knowledge.procedures import life_events
from tests.dialogue import MONDAY

EVENTS = [event.id for event in life_events.load().events]


def chosen(world: World, value: str) -> Turn:
    return router.respond(Incoming(at=MONDAY, choice=value), State(), world)


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_names_its_steps_in_their_order(world: World, event: str) -> None:
    (reply,) = chosen(world, f"event:{event}").replies
    steps = world.events.event(event).steps
    expected = [f"e:{step.elsewhere}" if step.elsewhere else f"p:{step.code}" for step in steps]
    assert [c.value for c in reply.choices][: len(expected)] == expected
    for choice, step in zip(reply.choices, steps, strict=False):
        assert choice.label in reply.text
        assert (step.when or "") in reply.text


@pytest.mark.parametrize("event", EVENTS)
def test_each_step_of_an_event_can_be_taken(world: World, event: str) -> None:
    (reply,) = chosen(world, f"event:{event}").replies
    led = {choice.label: chosen(world, choice.value).replies[0].text for choice in reply.choices}
    assert {label for label, text in led.items() if "không dùng được nữa" in text} == set()


@pytest.mark.parametrize(
    ("line", "event"),
    [("nhà có người mất cần làm gì", "death"), ("mới sinh con cần làm những giấy tờ gì", "newborn")],
)
def test_an_event_is_found_by_its_words(world: World, line: str, event: str) -> None:
    turn = router.respond(Incoming(at=MONDAY, text=line), State(), world)
    assert world.events.event(event).name in [reply.title for reply in turn.replies]


def test_an_event_that_is_no_more_is_a_stale_button(world: World) -> None:
    assert "không dùng được nữa" in chosen(world, "event:gone").replies[0].text
