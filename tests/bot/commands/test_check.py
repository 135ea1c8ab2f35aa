"""`motcua check` reads whatever the conversation reads."""

import pytest

from bot.commands import check
from knowledge.dossiers import postal, statuses
from knowledge.intake import ethnic, forms
from knowledge.notices import expiries
from knowledge.office import calendar, office
from knowledge.procedures import aspects, life_events, signposts
from knowledge.search import small_talk

PARTS = [
    aspects,
    calendar,
    ethnic,
    expiries,
    forms,
    life_events,
    office,
    postal,
    signposts,
    small_talk,
    statuses,
]


@pytest.mark.parametrize("part", PARTS)
def test_each_data_file_is_checked(part):
    assert part.load in check.LOADERS
