"""English lines at the questions of the procedures that are translated: the choice that is meant."""

import csv
from pathlib import Path

from handlers.ports.world import World
from knowledge.procedures.catalogue import UNSURE
from knowledge.reading.answers.answers import answers
from knowledge.reading.answers.options import of_case
from tests.knowledge.reading.lines import share

REPLIES = Path(__file__).with_name("english_replies.tsv")
TAKEN = 0.55  # chance from which a choice is taken
UNDERSTOOD = 0.9  # only goes up


def test_replies_are_understood_and_never_misunderstood(world: World) -> None:
    english = world.spoken("en")
    with REPLIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    taken = [(row["value"], _taken(row["question"], row["line"], english)) for row in rows]
    assert [pair for pair in taken if pair[1] not in ("", pair[0])] == []
    assert share([value == found for value, found in taken]) >= UNDERSTOOD


def test_vietnamese_is_understood_at_an_english_question(world: World) -> None:
    assert _taken("1.001193:proof", "bệnh viện phát giấy rồi", world.spoken("en")) == "paper"


def _taken(place: str, line: str, world: World) -> str:
    code, case = place.split(":")
    found = answers(line, of_case(world.procedure(code).case(case), UNSURE))
    first = found[0] if isinstance(found, tuple) and found else None
    return first.value if first and first.chance >= TAKEN else ""
