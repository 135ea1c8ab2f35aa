"""`motcua check` reads whatever the conversation reads."""

import pytest

from bot.commands import check
from knowledge.dossiers import postal, statuses
from knowledge.intake import ethnic, forms
from knowledge.notices import expiries
from knowledge.office import calendar, office
from knowledge.procedures import aspects, english, life_events, signposts
from knowledge.reading import acts, consent, danger, ongoing, words
from knowledge.reading.answers import answers, standing, terms, yes_no
from knowledge.reading.shape import cut
from knowledge.search import small_talk

PARTS = [
    acts,
    answers,
    aspects,
    calendar,
    consent,
    cut,
    danger,
    english,
    ethnic,
    expiries,
    forms,
    life_events,
    office,
    ongoing,
    postal,
    signposts,
    small_talk,
    standing,
    statuses,
    terms,
    yes_no,
]


@pytest.mark.parametrize("part", PARTS)
def test_each_data_file_is_checked(part):
    assert part.load in check.LOADERS


@pytest.mark.parametrize("part", [words])
def test_each_file_of_tables_is_checked(part):
    assert part.tables in check.LOADERS
