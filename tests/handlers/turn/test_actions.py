"""A button is a value; its 64 bytes are read and written in one place."""

from dataclasses import fields

import pytest

from handlers import buttons
from handlers.notices.actions import AgreeFollow, AgreeReminder, ForgetReminder
from handlers.office.actions import SetLanguage
from handlers.people.actions import HeardRight
from handlers.ports.errors import StaleButton
from handlers.procedures.actions import AnswerCase, FieldPage
from handlers.turn.actions import Action, action, decode, kinds, stored
from handlers.turn.shared import AskFollow, Menu, OpenForm, OpenProcedure, ResumeDraft, SmallTalk


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.__name__)
def test_every_action_comes_back_from_its_wire_form(kind: type[Action]) -> None:
    made = kind(*({str: "x-1.2", int: 7}[field.type] for field in fields(kind)))  # type: ignore[index]
    assert decode(str(made)) == made


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.__name__)
def test_every_action_is_answered(kind: type[Action]) -> None:
    answered = {*buttons.ACTIONS, HeardRight}  # what was heard is typed in its place
    assert kind in answered


@pytest.mark.parametrize(
    ("wire", "action"),
    [
        ("menu", Menu()),
        ("p:1.001193", OpenProcedure("1.001193")),
        ("a:1.001193:child:ordinary", AnswerCase("1.001193", "child", "ordinary")),
        ("field:ho-tich:2", FieldPage("ho-tich", 2)),
        ("form:khai-sinh", OpenForm("khai-sinh")),
        ("fd:7K3F92QX", ResumeDraft("7K3F92QX")),
        ("follow:H15.50-260706-1377", AskFollow("H15.50-260706-1377")),
        ("follow:H15.50-260706-1377:yes", AgreeFollow("H15.50-260706-1377")),
        ("forget:12", ForgetReminder(12)),
        ("expiry:xay-dung:20271231", AgreeReminder("xay-dung", "20271231")),
        ("talk:hours", SmallTalk("hours")),
        ("language:en", SetLanguage("en")),
    ],
)
def test_buttons_of_last_month_still_mean_the_same(wire: str, action: Action) -> None:
    assert decode(wire) == action
    assert str(action) == wire


@pytest.mark.parametrize("wire", ["", ":", "p", "p:1:2", "no-such-verb", "forget:many", "fields:"])
def test_a_button_that_nobody_makes_is_stale(wire: str) -> None:
    with pytest.raises(StaleButton):
        decode(wire)


def test_a_stored_button_of_another_version_is_kept_as_it_was() -> None:
    assert str(stored("verb-of-yesterday:1")) == "verb-of-yesterday:1"


@pytest.mark.parametrize("code", ["x" * 63, "ữ" * 32, "1:2"])
def test_what_no_button_can_hold_is_an_error_of_ours(code: str) -> None:
    with pytest.raises(ValueError, match="no button can hold"):
        str(OpenProcedure(code))


def test_a_verb_means_one_thing() -> None:
    with pytest.raises(ValueError, match="means OpenProcedure already"):

        @action("p")
        class Another(Action):
            code: str


def test_a_verb_may_be_said_with_more_arguments() -> None:
    assert (type(decode("fields")), type(decode("fields:3"))) != (type(decode("fields:3")),) * 2


def test_two_wings_cannot_answer_one_action() -> None:
    with pytest.raises(ValueError, match="answered twice: Menu"):
        buttons.merged(({Menu: lambda do, ctx: ctx.turn()}, {Menu: lambda do, ctx: ctx.turn()}))
