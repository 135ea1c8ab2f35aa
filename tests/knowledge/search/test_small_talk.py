from pathlib import Path

import pytest

from knowledge.datafile import BadDataFile
from knowledge.office import office
from knowledge.procedures import loading
from knowledge.search import small_talk
from knowledge.text import fold

KINDS = {
    "greeting", "thanks", "bye", "ok", "insult", "chitchat",
    "emergency-fire", "emergency-crime", "emergency-medical", "emergency-child", "emergency-rescue",
    "hours", "reception", "human", "officials", "address", "help", "who", "vague", "status", "complaint",
    "weather", "news", "politics", "off-topic", "password", "language",
}  # fmt: skip


def load(tmp_path: Path, text: str) -> small_talk.Talk:
    path = tmp_path / "talk.toml"
    path.write_text(text, encoding="utf-8")
    return small_talk.load(path)


def test_a_kind_has_its_phrases(tmp_path: Path) -> None:
    [kind] = load(tmp_path, '[[kinds]]\nid = "bye"\nphrases = ["tạm biệt", "hẹn gặp lại"]').kinds
    assert kind.phrases == ("tạm biệt", "hẹn gặp lại")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[kinds]]\nid = "bye"\nphrases = []', r"talk\.toml: kinds\.0\(bye\)\.phrases"),
        ('[[kinds]]\nid = "bye"\nphrases = ["bye", "Bye"]', "phrase 'bye' stands 2 times"),
        ('[[kinds]]\nid = "bye"\nanswer = "chào"\nphrases = ["bye"]', r"kinds\.0\(bye\)\.answer"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_value(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(BadDataFile, match=problem):
        load(tmp_path, text)


def test_these_kinds_are_recognised() -> None:
    assert {kind.id for kind in small_talk.load().kinds} == KINDS


def test_every_kind_has_fifteen_phrases_or_more() -> None:
    assert [kind.id for kind in small_talk.load().kinds if len(kind.phrases) < 15] == []


def test_a_folded_phrase_stands_in_one_kind_only() -> None:
    phrases = [fold(phrase) for kind in small_talk.load().kinds for phrase in kind.phrases]
    assert "" not in phrases
    assert len(phrases) == len(set(phrases))


def test_no_phrase_shadows_a_procedure_of_the_catalogue() -> None:
    said = {fold(phrase) for kind in small_talk.load().kinds for phrase in kind.phrases}
    ours = {fold(ask) for p in loading.load().procedures.values() for ask in (p.short, *p.asks)}
    assert said & ours == set()


def test_every_emergency_has_a_number_to_call() -> None:
    numbers = {f"emergency-{e.id}" for e in office.load().emergencies}
    assert {kind.id for kind in small_talk.load().kinds if kind.id.startswith("emergency-")} == numbers
