"""Papers that expire."""

from datetime import date, timedelta

import pytest

from knowledge.notices.expiries import load
from knowledge.procedures import loading

TODAY = date(2026, 11, 23)


def test_every_renewal_is_a_procedure_of_the_catalogue() -> None:
    known = loading.load(loading.FIELDS).procedures
    assert [k.renewal for k in load().kinds if k.renewal and k.renewal not in known] == []


@pytest.mark.parametrize(
    ("left", "reached"), [(61, None), (60, 60), (31, 60), (30, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_last_mark_that_was_reached(left: int, reached: int | None) -> None:
    assert load().reached(TODAY + timedelta(days=left), TODAY) == reached


def test_an_unknown_kind_is_some_other_paper() -> None:
    assert load().kind("gone").id == "khac"
