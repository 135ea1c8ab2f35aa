"""A kind of notice is one row; its texts are compared with the rows."""

import pytest

from bot.notices.composing import RENDER
from handlers.notices import notice, preview
from knowledge.dossiers import postal, statuses
from knowledge.notices.kinds import BY_POST, KINDS, is_urgent, must_be_acknowledged, of_status

OF_DOSSIER = {name for name, kind in KINDS.items() if kind.of_dossier}
OTHERS = set(KINDS) - OF_DOSSIER
STATES = statuses.load().states


@pytest.mark.parametrize(
    ("kinds", "texts"),
    [
        (KINDS, notice.NAMES),
        (OF_DOSSIER - {"late"}, notice.TEXTS),  # an apology has its own
        (OTHERS, preview.SPECIAL),
        (OTHERS, RENDER),
    ],
)
def test_each_kind_has_its_texts(kinds, texts):
    assert set(kinds) == set(texts)


def test_a_row_tells_of_a_state_that_there_is_and_no_two_of_the_same():
    assert all(postal.state_of(post) for post in BY_POST)
    assert len(BY_POST) == sum(bool(kind.post) for kind in KINDS.values())


def test_a_state_names_a_kind_that_there_is_and_no_two_the_same():
    told = [state.notice for state in STATES if state.notice]
    assert set(told) <= OF_DOSSIER
    assert len(set(told)) == len(told)


def test_the_words_and_the_rows_agree_on_what_tells_of_what():
    assert dict(notice.OF_STATUS) == {state.code: state.notice for state in STATES if state.notice}
    assert dict(notice.OF_POST) == dict(BY_POST)


def test_what_is_no_kind_is_neither_urgent_nor_to_be_acknowledged():
    assert not is_urgent("stop")
    assert not must_be_acknowledged("stop")
    assert [name for name in KINDS if is_urgent(name)] == ["withdrawn", "linked"]


@pytest.mark.parametrize(("status", "kind"), [("9", "done"), ("", ""), ("Đang trình ký", ""), ("77", "")])
def test_a_state_that_we_do_not_know_is_no_news(status, kind):
    assert of_status(status) == kind
