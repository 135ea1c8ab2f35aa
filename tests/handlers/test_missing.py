"""Gaps between the data and the handlers are told."""

import pytest

from bot.load_world import unanswered
from handlers import missing
from handlers.office import danger
from handlers.people.acts import ACTS
from knowledge.reading import danger as dangers


def test_there_is_no_gap() -> None:
    assert list(unanswered()) == []


def test_an_act_that_nobody_does_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    less = {name: do for name, do in ACTS.items() if name != "queue"}
    monkeypatch.setattr(missing, "ACTS", {**less, "dance": less["menu"]})
    assert list(missing.acts_missing()) == [
        "acts.toml: queue: no answer in handlers",
        "acts.toml: dance: is missing, its answer stands ready",
    ]


def test_a_danger_without_words_is_told() -> None:
    known = dangers.load()
    kinds = known.kinds[1:]
    gone = known.kinds[0].id
    strange = kinds[0].model_copy(update={"id": "flood"})
    told = list(danger.missing(known.model_copy(update={"kinds": (*kinds, strange)})))
    assert told == [
        "danger.toml: flood: no text in handlers",
        f"danger.toml: {gone}: is missing, its text stands ready",
    ]
