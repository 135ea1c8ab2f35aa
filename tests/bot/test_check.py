"""`motcua check` reads whatever the conversation reads."""

import pytest

from bot.commands import catalogue
from knowledge import aspects, calendar, elsewhere, events, office, postal, statuses, talk


@pytest.mark.parametrize("part", [aspects, calendar, elsewhere, events, office, postal, statuses, talk])
def test_each_data_file_is_checked(part):
    assert part.load in catalogue.LOADERS
