"""Two matters in one message are both heard; a story of one matter stays one."""

from knowledge.procedures import life_events, loading, signposts
from knowledge.reading.matters import matters
from knowledge.search import small_talk
from knowledge.search.intents import targets
from knowledge.search.search import Index
from tests.knowledge.reading.lines import share, table

INDEX = Index(targets(loading.load(), signposts.load(), small_talk.load(), life_events.load()))


def codes(line: str) -> str:
    return " ".join(part.id for part in matters(line, INDEX.find)) or "-"


def test_both_matters_are_heard() -> None:
    assert share([codes(line) == wanted for wanted, line in table("matters.tsv")]) >= 0.95


def test_questions_about_one_matter_are_not_divided() -> None:
    divided = [line for _, _, line in table("../../questions.tsv") if matters(line, INDEX.find)]
    assert len(divided) <= 3, divided


def test_the_parts_keep_their_words() -> None:
    found = matters("vừa làm kết hôn vừa nhập khẩu cho vợ", INDEX.find)
    assert [part.text for part in found] == ["làm kết hôn", "nhập khẩu cho vợ"]
