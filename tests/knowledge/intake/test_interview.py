"""The interview: its laws for every form, and what cards, twins, presets and groups do."""

from dataclasses import replace
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge.intake import course
from knowledge.intake.answers import BadAnswer
from knowledge.intake.blanks import blanks, offers, shown
from knowledge.intake.course import Occasion
from knowledge.intake.form import Form, Question
from knowledge.intake.forms import load
from knowledge.intake.interview import Interview
from knowledge.intake.path import MOST_MEMBERS, known, numbered, path
from knowledge.office import office
from tests.knowledge.intake.interviews import (
    CARDS,
    TODAY,
    Citizen,
    answered,
    answered_straight,
    led,
    ways_to,
)

FORMS = load()
OFFICE = office.load()
LONGEST = 400  # questions: no form has as many, even with the most members

HOUSEHOLD: dict[str, Any] = {
    "id": "household",
    "title": "Household",
    "short": "Household",
    "procedures": ["1.000001"],
    "source": "invented",
    "grade": "A",
    "addressee": "{office.unit}",
    "signatures": [{"role": "Head", "name": "{head.name}"}],
    "groups": [{"title": "Head", "of": ["head"]}, {"title": "Members", "of": ["member"]}],
    "example": {
        "head.name": "Nguyễn Văn An",
        "member.1.more": "yes",
        "member.1.name": "Lê Bé",
        "member.1.relation": "con",
    },
    "questions": [
        {"id": "head.name", "type": "name", "label": "Head", "ask": "Who is the head?"},
        {
            "id": "member.more",
            "type": "yes_no",
            "repeat": "member",
            "label": "More",
            "ask": "Somebody with you?",
            "again": "Somebody else?",
        },
        {"id": "member.card", "type": "card", "repeat": "member", "label": "Card", "ask": "A photo, please."},
        {
            "id": "member.name",
            "type": "name",
            "card": "name",
            "repeat": "member",
            "label": "Name",
            "ask": "What is the name?",
            "offers": ["{head.name}"],
        },
        {
            "id": "member.relation",
            "type": "text",
            "repeat": "member",
            "optional": True,
            "label": "Relation",
            "ask": "Who is that to the head?",
        },
        {
            "id": "member.why",
            "type": "text",
            "repeat": "member",
            "label": "Why",
            "ask": "Why is there none?",
            "when": {"member.relation": [""]},
        },
    ],
    "lines": [
        {"text": "{head.name.caps}"},
        {
            "table": {
                "group": "member",
                "columns": [{"title": "No", "text": "{n}"}, {"title": "Name", "text": "{member.name}"}],
            }
        },
    ],
}
ALL = {**FORMS, "household": Form.model_validate(HOUSEHOLD)}

every_form = pytest.mark.parametrize("form", ALL.values(), ids=ALL)
effects = st.lists(
    st.tuples(st.sampled_from(["answer", "answer", "answer", "back", "change"]), st.integers(0, 40)),
    max_size=60,
)


def printed(form: Form, told: Interview) -> dict[str, str]:
    return dict(blanks(form, told, OFFICE))


def finished(form: Form, told: Interview, number: int = 0) -> Interview:
    for _ in range(LONGEST):
        question = course.next_question(form, told)
        if question is None:
            return told
        told = answered(form, told, question, number)
    raise AssertionError("no end")


@every_form
@settings(deadline=None, max_examples=40)
@given(effects=effects)
def test_any_way_through_ends_as_answering_straight(form: Form, effects: list[tuple[str, int]]) -> None:
    citizen = Citizen(form)
    citizen.do(effects)
    straight = answered_straight(form, citizen.told)
    assert printed(form, citizen.told) == printed(form, straight)
    assert known(form, citizen.told) == known(form, straight)


@every_form
@settings(deadline=None, max_examples=25)
@given(effects=effects, number=st.integers(0, 40))
def test_from_anywhere_the_end_is_reached(form: Form, effects: list[tuple[str, int]], number: int) -> None:
    citizen = Citizen(form)
    citizen.do(effects)
    told = finished(form, citizen.told, number)
    assert {step.how for step in path(form, told)} <= {"answered", "card", "same", "preset"}


@every_form
@settings(deadline=None, max_examples=25)
@given(effects=effects, number=st.integers(0, 40))
def test_back_takes_back_the_answer_given_last(
    form: Form, effects: list[tuple[str, int]], number: int
) -> None:
    citizen = Citizen(form)
    citizen.do(effects)
    citizen.told = replace(citizen.told, changing="")
    before = known(form, citizen.told)
    if question := course.next_question(form, citizen.told):
        citizen.answer(number)
        assert question.id in citizen.told.answers
        citizen.back()
    assert known(form, citizen.told) == before


@every_form
@settings(deadline=None, max_examples=25)
@given(effects=effects)
def test_going_back_comes_to_the_beginning(form: Form, effects: list[tuple[str, int]]) -> None:
    citizen = Citizen(form)
    citizen.do(effects)
    for _ in range(len(citizen.told.answers) + 1):
        citizen.back()
    assert all(step.how != "answered" for step in path(form, citizen.told))
    assert course.back(form, citizen.told) == citizen.told


@every_form
@settings(deadline=None, max_examples=25)
@given(effects=effects, number=st.integers(0, 100))
def test_a_change_asks_again_and_keeps_the_answer_until_there_is_another(
    form: Form, effects: list[tuple[str, int]], number: int
) -> None:
    citizen = Citizen(form)
    citizen.do(effects)
    before = replace(citizen.told, changing="")
    known_steps = list(takewhile(lambda step: step.how != "missing", path(form, before)))
    assume(known_steps)
    step = known_steps[number % len(known_steps)]
    changed = course.change(form, before, step.question.id)
    asked = course.next_question(form, changed)
    assert asked is not None
    assert asked.id == (step.source or step.question.id)
    assert known(form, changed) == known(form, before)
    assert course.back(form, changed) == before


@every_form
def test_every_question_can_be_reached(form: Form) -> None:
    reached = {question.id for question in form.questions if _is_reached(form, question)}
    assert reached == {question.id for question in form.questions}


def _is_reached(form: Form, question: Question) -> bool:
    """Whether the answers that its conditions name lead to it, and on to the end."""
    asked = numbered(question, 1).id if question.repeat else question.id
    ends = (led(form, wanted) for wanted in ways_to(form, question))
    return any(asked in {step.question.id for step in path(form, end)} for end in ends)


@every_form
def test_the_example_fills_the_whole_form(form: Form) -> None:
    answers = course.filled(form, form.example, TODAY)
    assert course.next_question(form, answers) is None


BIRTH = FORMS["khai-sinh"]


def told(*pairs: tuple[str, str], form: Form = BIRTH, before: Interview | None = None) -> Interview:
    """Answers by question id; a digit is the number of a card."""
    given = before or Interview()
    for name, text in pairs:
        if text.isdigit() and name.endswith(".card"):
            given = course.read_card(form, given, name, CARDS[int(text)], TODAY)
        else:
            given = course.accept(form, given, name, text, Occasion(TODAY, OFFICE.province))
    return given


def asked(form: Form, *pairs: tuple[str, str]) -> list[str]:
    """The questions that are asked, whatever else is answered as it comes."""
    answers, ids, given = Interview(), list[str](), dict(pairs)
    while question := course.next_question(form, answers):
        ids.append(question.id)
        number = given.get(question.id, "0")
        answers = (
            answered(form, answers, question, int(number))
            if number.isdigit()
            else told((question.id, number), form=form, before=answers)
        )
    return ids


def test_with_two_cards_a_birth_declaration_asks_nine_things() -> None:
    """With opening it, the consent and the print that makes 12 taps and messages."""
    assert asked(BIRTH, ("father.card", "2")) == [
        "who",
        "requester.card",
        "father.card",
        "child.name",
        "child.birth",
        "child.birth_place",
        "family",
        "child.hometown",
        "copies",
    ]


def test_with_one_card_the_marital_status_paper_asks_three_things() -> None:
    """With opening it, the consent and the print that makes 6 taps and messages."""
    assert asked(FORMS["tinh-trang-hon-nhan"]) == ["requester.card", "status", "purpose"]


def test_the_card_tells_father_from_mother() -> None:
    mother = told(("who", "son"), ("requester.card", "0"))
    father = told(("who", "son"), ("requester.card", "1"))
    assert (known(BIRTH, mother)["relation"], known(BIRTH, father)["relation"]) == ("mother", "father")
    assert known(BIRTH, mother)["mother.name"] == "Nguyễn Thị Hoài Phương"
    assert known(BIRTH, father)["father.birth"] == "1995-11-02"


def test_what_a_card_lacks_is_asked() -> None:
    answers = told(("who", "granddaughter"), ("requester.card", "2"))
    assert course.next_question(BIRTH, answers).id == "requester.birth"  # type: ignore[union-attr]


def test_an_address_on_a_card_that_can_be_two_communes_is_offered() -> None:
    answers = told(("who", "granddaughter"), ("requester.card", "2"), ("requester.birth", "1/2/1960"))
    answers = told(("requester.id_issued", ""), before=answers)
    question = course.next_question(BIRTH, answers)
    assert question is not None
    assert question.id == "requester.residence"
    assert offers(BIRTH, answers, question, TODAY, OFFICE)[:2] == (
        "xã Trà Tân, tỉnh Lâm Đồng",
        "xã Hàm Tân, tỉnh Lâm Đồng",
    )


def test_going_back_over_a_card_takes_all_that_it_told() -> None:
    answers = course.back(BIRTH, told(("who", "son"), ("requester.card", "0")))
    assert answers == Interview({"who": "son"})


def test_a_card_given_up_leaves_nothing_behind() -> None:
    answers = told(("who", "son"), ("requester.card", "0"), ("requester.card", "manual"))
    assert answers == Interview({"who": "son", "requester.card": "manual"})


def test_an_answer_that_is_not_what_the_card_says_is_chosen_by_the_citizen() -> None:
    answers = told(("who", "son"), ("requester.card", "0"), ("requester.name", "Nguyễn Thị Phương"))
    (conflict,) = course.conflicts(BIRTH, answers)
    assert (conflict.answer, conflict.card) == ("Nguyễn Thị Phương", "Nguyễn Thị Hoài Phương")
    kept = course.settle(answers, conflict, "answer")
    card = course.settle(answers, conflict, "card")
    assert known(BIRTH, kept)["requester.name"] == "Nguyễn Thị Phương"
    assert known(BIRTH, card)["requester.name"] == "Nguyễn Thị Hoài Phương"
    assert course.conflicts(BIRTH, kept) == course.conflicts(BIRTH, card) == ()


def test_changing_what_is_another_person_s_asks_that_person() -> None:
    answers = told(("who", "son"), ("requester.card", "0"))
    changed = course.change(BIRTH, answers, "mother.name")
    assert course.next_question(BIRTH, changed).id == "requester.name"  # type: ignore[union-attr]


def test_another_answer_repairs_what_follows_from_it() -> None:
    answers = told(("who", "son"), ("requester.card", "0"), ("father.card", "1"))
    changed = told(("who", "grandson"), before=answers)
    assert known(BIRTH, changed)["relation"] == "grandmother"
    assert course.next_question(BIRTH, changed).id == "mother.card"  # type: ignore[union-attr]


def test_a_whole_family_of_one_people_is_one_tap() -> None:
    answers = course.filled(BIRTH, {**BIRTH.example, "family": "one", "child.ethnic": "Raglay"}, TODAY)
    assert {printed(BIRTH, answers)[f"{who}.ethnic"] for who in ("child", "mother", "father")} == {"Ra Glai"}


def test_an_old_button_and_a_wrong_choice_are_slips() -> None:
    with pytest.raises(BadAnswer, match="not_asked"):
        told(("father.name", "Trần Văn Bình"))
    with pytest.raises(BadAnswer, match="not_a_choice"):
        told(("who", "neighbour"))
    assert course.change(BIRTH, Interview(), "father.name") == Interview()


def test_only_an_optional_question_is_skipped() -> None:
    with pytest.raises(BadAnswer, match="empty"):
        told(("who", "  "))


def test_a_file_that_lacks_an_answer_is_told_which() -> None:
    short = {key: value for key, value in BIRTH.example.items() if key != "child.birth"}
    with pytest.raises(BadAnswer) as caught:
        course.filled(BIRTH, short, TODAY)
    assert (caught.value.code, caught.value.question) == ("empty", "child.birth")


def test_members_are_asked_until_there_are_no_more() -> None:
    form = ALL["household"]
    answers = told(
        ("head.name", "Nguyễn Văn An"),
        ("member.1.more", "có"),
        ("member.1.card", "1"),
        ("member.1.relation", ""),
        ("member.1.why", "Ở nhờ"),
        ("member.2.more", "có"),
        ("member.2.card", "manual"),
        form=form,
    )
    question = course.next_question(form, answers)
    assert question is not None
    assert (question.id, offers(form, answers, question, TODAY, OFFICE)) == (
        "member.2.name",
        ("Nguyễn Văn An",),
    )
    assert printed(form, answers)["member.1.name"] == "Trần Văn Bình"
    fewer = told(("member.1.more", "không"), form=form, before=answers)
    assert course.next_question(form, fewer) is None
    assert "member.1.name" not in printed(form, fewer)


def test_the_second_member_is_asked_in_other_words() -> None:
    form = ALL["household"]
    answers = told(("head.name", "Nguyễn Văn An"), ("member.1.more", "có"), form=form)
    answers = told(
        ("member.1.card", "manual"),
        ("member.1.name", "Lê Bé"),
        ("member.1.relation", "con"),
        form=form,
        before=answers,
    )
    assert course.next_question(form, answers).ask == "Somebody else?"  # type: ignore[union-attr]


def test_the_offers_are_the_ways_out_of_typing() -> None:
    answers = course.filled(BIRTH, BIRTH.example, TODAY)
    by_id = {step.question.id: step.question for step in path(BIRTH, answers)}
    days = offers(BIRTH, answers, by_id["child.birth"], TODAY, OFFICE)
    assert [shown(by_id["child.birth"], day) for day in days] == ["22/11/2026", "21/11/2026"]
    assert offers(BIRTH, answers, by_id["child.hometown"], TODAY, OFFICE) == (
        "phường Tiến Thành, tỉnh Lâm Đồng",
    )
    assert offers(BIRTH, answers, by_id["child.ethnic"], TODAY, OFFICE)[:2] == ("Kinh", "Chăm")


def test_how_far_it_is_grows_to_the_whole() -> None:
    answers, seen = Interview(), [0]
    while question := course.next_question(BIRTH, answers):
        answers = answered(BIRTH, answers, question, 0)
        seen.append(course.progress(BIRTH, answers))
    assert seen == sorted(seen)
    assert (seen[1] > 0, max(seen[:-1]) < 100, seen[-1]) == (True, True, 100)


def test_how_far_it_is_by_the_place_on_the_form() -> None:
    place = [question.id for question in BIRTH.questions].index("requester.card")
    assert course.progress(BIRTH, told(("who", "son"))) == 100 * place // len(BIRTH.questions)


def test_how_far_it_is_never_goes_beyond_the_whole() -> None:
    """A card's number is changed from the review: it was "10 of 9" once."""
    full = course.filled(BIRTH, BIRTH.example, TODAY)
    changing = course.change(BIRTH, full, "requester.id_number")
    assert 0 < course.progress(BIRTH, changing) < 100


def test_members_do_not_set_the_progress_back() -> None:
    form = ALL["household"]
    answers, seen = told(("head.name", "Nguyễn Văn An"), form=form), list[int]()
    for number in (1, 2, 3):
        seen.append(course.progress(form, answers))
        answers = told((f"member.{number}.more", "có"), form=form, before=answers)
        seen.append(course.progress(form, answers))
        answers = told(
            (f"member.{number}.card", "manual"), (f"member.{number}.name", "Lê Bé"), form=form, before=answers
        )
        answers = told((f"member.{number}.relation", "con"), form=form, before=answers)
    assert set(seen) == {100 // len(form.questions)}


def test_a_group_ends_with_the_most_that_a_form_takes() -> None:
    form = ALL["household"]
    answers = told(("head.name", "Nguyễn Văn An"), form=form)
    for number in range(1, MOST_MEMBERS + 1):
        own = f"member.{number}"
        pairs = ((f"{own}.more", "có"), (f"{own}.card", "manual"), (f"{own}.name", "Lê Bé"))
        answers = told(*pairs, (f"{own}.relation", "con"), form=form, before=answers)
    assert course.next_question(form, answers) is None


def test_the_card_of_who_was_named_before_tells_nothing_of_who_is_named_now() -> None:
    """The head of the household was another one, whose card was read; then it is the requester."""
    form, citizen = FORMS["ct01"], Citizen(FORMS["ct01"])
    citizen.do([("answer", n) for n in (0, 8, 30, 28, 12)] + [("change", 8), ("answer", 0)])
    assert citizen.told.answers["relation"] == "head"
    assert citizen.told.answers["head.card"] == "scanned"
    assert known(form, citizen.told).get("head.residence", "") == ""
