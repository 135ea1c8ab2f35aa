"""An interview as it is kept, and as it was kept before there were versions."""

import json

import pytest

from knowledge.intake import course
from knowledge.intake.course import Occasion
from knowledge.intake.forms import load
from knowledge.intake.interview import (
    VERSION,
    CardReading,
    Inconsistency,
    Interview,
    of_bag,
    restored,
    stored,
)
from knowledge.intake.path import known
from knowledge.intake.plausibility import inconsistencies
from tests.knowledge.intake.interviews import CARDS, TODAY

BIRTH = load()["khai-sinh"]
FULL = Interview(
    answers={"who": "son", "requester.card": "scanned", "copies": ""},
    cards={"requester.card": CardReading({"name": "Lê Bé", "sex": "female"}, {"residence": "xã Tân Hà"})},
    acknowledged=(Inconsistency("id_year", ("father.id_number", "father.birth"), ("060095004321", "1994")),),
    changing="who",
    by_hand=True,
)
BAG = {
    "who": "granddaughter",
    "requester.card": "scanned",
    "requester.card.sex": "female",
    "requester.card.name": "Đàng Thị Rở",
    "requester.card.residence?": "xã Tân Hà, Bình Thuận",
    "requester.card.id_number": "060195009999",
    "by_hand": "yes",
    "requester.id_issued": "",
    "!id_year:requester.id_number,requester.birth": "060195009999|1960-02-01",
    "requester.birth": "1960-02-01",
    "?": "who",
}


@pytest.mark.parametrize("interview", [Interview(), FULL])
def test_what_is_kept_comes_back_as_it_was(interview: Interview) -> None:
    kept = json.loads(json.dumps(stored(interview)))
    assert kept["version"] == VERSION
    assert restored(kept) == interview
    assert list(restored(kept).answers) == list(interview.answers)


@pytest.mark.parametrize("version", [VERSION + 1, None])
def test_the_shape_of_another_version_is_refused(version: int | None) -> None:
    with pytest.raises(ValueError, match="this program reads"):
        restored({**stored(FULL), "version": version})


def test_one_bag_of_five_things_is_told_apart() -> None:
    assert of_bag(BAG) == Interview(
        answers={
            "who": "granddaughter",
            "requester.card": "scanned",
            "requester.id_issued": "",
            "requester.birth": "1960-02-01",
        },
        cards={
            "requester.card": CardReading(
                {"sex": "female", "name": "Đàng Thị Rở", "id_number": "060195009999"},
                {"residence": "xã Tân Hà, Bình Thuận"},
            )
        },
        acknowledged=(
            Inconsistency(
                "id_year", ("requester.id_number", "requester.birth"), ("060195009999", "1960-02-01")
            ),
        ),
        changing="who",
        by_hand=True,
    )


def test_a_draft_of_a_bag_goes_on_where_it_was() -> None:
    """A card photographed then, its number confirmed then: neither is asked about again."""
    told = of_bag(BAG)
    assert known(BIRTH, told)["relation"] == "grandmother"
    assert inconsistencies(BIRTH, told, TODAY) == ()
    on = course.back(BIRTH, told)
    assert course.next_question(BIRTH, on).id == "requester.residence"  # type: ignore[union-attr]


def test_members_of_a_group_keep_their_cards() -> None:
    told = of_bag({"member.2.card": "scanned", "member.2.card.name": "Lê Bé", "member.2.relation": "con"})
    assert told.cards == {"member.2.card": CardReading({"name": "Lê Bé"})}
    assert told.answers == {"member.2.card": "scanned", "member.2.relation": "con"}


def test_another_card_takes_the_place_of_the_first() -> None:
    told = course.accept(BIRTH, Interview(), "who", "son", Occasion(TODAY))
    told = course.read_card(BIRTH, told, "requester.card", CARDS[0], TODAY)
    told = course.read_card(BIRTH, told, "requester.card", CARDS[1], TODAY)
    assert told.cards["requester.card"].told["name"] == "Trần Văn Bình"
    assert list(told.cards) == ["requester.card"]
