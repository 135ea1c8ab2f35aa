"""What does not go together is asked about."""

import pytest

from knowledge.intake.answers import BadAnswer
from knowledge.intake.course import accept, filled, read_card
from knowledge.intake.forms import load
from knowledge.intake.interview import Interview
from knowledge.intake.plausibility import inconsistencies
from tests.knowledge.intake.interviews import CARDS, NOW, TODAY

FORMS = load()
BIRTH = FORMS["khai-sinh"]
STATUS = FORMS["tinh-trang-hon-nhan"]


def odd(answers: Interview, form: str = "khai-sinh") -> list[tuple[str, tuple[str, ...]]]:
    return [(each.code, each.questions) for each in inconsistencies(FORMS[form], answers, TODAY)]


def birth(**changed: str) -> Interview:
    return filled(
        BIRTH, {**BIRTH.example, **{key.replace("__", "."): v for key, v in changed.items()}}, TODAY
    )


def test_nothing_is_odd_about_the_examples() -> None:
    found = [inconsistencies(form, filled(form, form.example, TODAY), TODAY) for form in FORMS.values()]
    assert [each for each in found if each] == []


@pytest.mark.parametrize(
    ("changed", "code", "questions"),
    [
        ({"child__birth": "1/1/2007"}, "parent_too_young", ("requester.birth", "child.birth")),
        ({"father__id_issued": "1/1/1990"}, "issued_before_birth", ("father.birth", "father.id_issued")),
        ({"father__birth": "2/11/1994"}, "id_year", ("father.id_number", "father.birth")),
        ({"father__id_number": "060195004321"}, "id_sex", ("father.id_number",)),
        ({"child__name": "Bảo"}, "one_word_name", ("child.name",)),
    ],
)
def test_what_contradicts_itself_is_told(
    changed: dict[str, str], code: str, questions: tuple[str, ...]
) -> None:
    assert (code, questions) in odd(birth(**changed))


def test_of_a_mere_year_only_what_is_certain_is_told() -> None:
    young, old_enough = birth(father__birth="2015"), birth(father__birth="2014", father__id_number="")
    assert ("parent_too_young", ("father.birth", "child.birth")) in odd(young)
    assert odd(old_enough) == []


def test_one_card_photographed_for_two_is_noticed() -> None:
    answers = accept(BIRTH, Interview(), "who", "son", NOW)
    answers = read_card(BIRTH, answers, "requester.card", CARDS[0], TODAY)
    answers = read_card(BIRTH, answers, "father.card", CARDS[0], TODAY)
    assert odd(answers) == [
        ("other_sex", ("father.card",)),
        ("same_number", ("requester.id_number", "father.id_number")),
    ]


def test_to_marry_a_man_is_twenty() -> None:
    given = {
        **STATUS.example,
        "requester.birth": "1/12/2006",
        "requester.id_number": "060206002468",
        "requester.id_issued": "1/12/2022",
        "purpose": "marry",
        "partner.name": "Lê Thị Bé",
        "partner.nationality": "Việt Nam",
        "partner.where": "phường Tiến Thành",
    }
    man = filled(STATUS, given, TODAY)
    woman = filled(STATUS, {**given, "requester.sex": "female", "requester.id_number": "060306002468"}, TODAY)
    assert odd(man, STATUS.id) == [("too_young_to_marry", ("requester.birth",))]
    assert [each.years for each in inconsistencies(STATUS, man, TODAY)] == [20]
    assert odd(woman, STATUS.id) == []


def test_what_the_citizen_has_confirmed_is_not_asked_again_until_it_changes() -> None:
    answers = birth(child__birth="1/1/2007")
    for each in inconsistencies(BIRTH, answers, TODAY):
        answers = answers.acknowledge(each)
    assert odd(answers) == []
    changed = accept(BIRTH, answers, "child.birth", "1/1/2006", NOW)
    assert odd(changed)[0][0] == "parent_too_young"


def test_a_birth_or_death_to_come_is_a_slip() -> None:
    with pytest.raises(BadAnswer, match="future"):
        birth(child__birth="1/1/2027")
