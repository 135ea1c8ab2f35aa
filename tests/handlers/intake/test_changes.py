"""Answers as buttons, page by page and group by group; forms reached by a word; a form that is gone."""

from typing import get_args

import pytest

from handlers.intake import changes, review, texts
from handlers.intake.actions import ChangeAnswer, ListAnswers
from handlers.ports.errors import StaleButton
from handlers.ports.world import World
from handlers.turn.context import Context, context
from handlers.turn.messages import Incoming, State
from handlers.turn.shared import MyForms
from knowledge.intake import answers, plausibility
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import FORMS, begun, by_hand


def at_review(world: World, form: str) -> Context:
    player = by_hand(begun(world, form), form)
    return context(Incoming(at=MONDAY), player.state, player.world)


@pytest.fixture(scope="module")
def reviewed(world: World) -> Context:
    return at_review(world, "ket-hon")


def actions(number: int, ctx: Context) -> list:
    return [choice.action for choice in changes.page(number, ctx).replies[0].choices]


def pages(ctx: Context) -> list[list]:
    found = [actions(0, ctx)]
    while ListAnswers(len(found)) in found[-1]:
        found.append(actions(len(found), ctx))
    return found


def test_every_answer_stands_on_one_page_and_each_page_leads_to_its_neighbours(reviewed: Context) -> None:
    found = pages(reviewed)
    asked = [action.question for page in found for action in page if isinstance(action, ChangeAnswer)]
    assert len(found) > 2
    assert len(asked) == len(set(asked)) > 16
    assert [sum(isinstance(action, ChangeAnswer) for action in page) for page in found[:-1]] == [8] * (
        len(found) - 1
    )
    assert [ListAnswers(number - 1) in page for number, page in enumerate(found)] == [
        number > 0 for number in range(len(found))
    ]


@pytest.mark.parametrize("number", [-1, 99])
def test_a_page_that_there_is_not_is_a_stale_button(reviewed: Context, number: int) -> None:
    with pytest.raises(StaleButton):
        changes.page(number, reviewed)


@pytest.mark.parametrize("beyond", [False, True])
def test_a_group_that_there_is_not_is_a_stale_button(world: World, beyond: bool) -> None:
    form = next(form for form in FORMS.values() if form.groups)
    ctx = at_review(world, form.id)
    with pytest.raises(StaleButton):
        changes.group(len(form.groups) if beyond else -1, ctx)


def test_an_own_form_that_is_gone_is_said_so(world: World) -> None:
    player = Player(world, state=State(drafts=("00000009",)))
    player.say(Incoming(at=MONDAY, choice="fd:00000009"))
    assert player.state.draft == ""
    assert "menu" in {choice.value for choice in player.state.offered}


@pytest.mark.parametrize("command", ["/tokhai", "/tokhai@MotCuaBot", "/ToKhai"])
def test_a_command_may_name_the_bot(world: World, command: str) -> None:
    player = Player(world)
    player.type(command)
    shown = player.text
    player.say(Incoming(at=MONDAY, choice=str(MyForms())))
    assert shown == player.text


def test_each_slip_and_each_contradiction_has_its_words() -> None:
    assert set(texts.PROBLEMS) == set(get_args(answers.Code))
    contradictions = {code for part in get_args(plausibility.Code) for code in get_args(part) or [part]}
    assert set(review.SENTENCES) == contradictions
