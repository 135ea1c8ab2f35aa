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
from tests.bot.commands.terminal import motcua

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


def test_the_office_s_own_file_is_checked(tmp_path):
    own = tmp_path / "office.toml"
    own.write_text(office.DEFAULT.read_text(encoding="utf-8").replace("unit_code", "unit_kode"))
    ran = motcua("check", MOTCUA_OFFICE=str(own))
    assert (ran.returncode, "unit_code" in ran.stderr) == (1, True)


@pytest.mark.parametrize("part", [words])
def test_each_file_of_tables_is_checked(part):
    assert part.tables in check.LOADERS
