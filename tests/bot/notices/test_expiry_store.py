"""The table of papers that expire: whose they are, and how they are listed."""

from datetime import date, timedelta

import pytest

from bot.notices import expiry_store
from bot.storage import database
from tests.bot.notices.test_expiries import add
from tests.bot.outbox.notice_parts import ADDRESS, VAULT


def test_papers_are_listed_by_the_day_on_which_they_expire(engine):
    for days in (20, 10, 30):
        add(engine, days, address=ADDRESS)
    with database.reading(engine) as connection:
        listed = [kept.expiry.expires_on for kept in expiry_store.every(connection, VAULT)]
    assert listed == sorted(listed)
    assert len(listed) == 3


OTHER = "telegram:2"
FIRST, SECOND = date(2027, 3, 1), date(2027, 2, 1)


@pytest.fixture
def four(do):
    """Three papers of mine, one entered twice, and one of another."""
    for address, kind, day in [
        (OTHER, "tam-tru", FIRST), (ADDRESS, "tam-tru", FIRST), (ADDRESS, "tam-tru", SECOND),
        (ADDRESS, "can-cuoc", FIRST), (ADDRESS, "tam-tru", FIRST),
    ]:  # fmt: skip
        do(expiry_store.keep, address, kind, day)


def papers(do, address):
    return [(row.kind, row.expires_on) for row in do(expiry_store.own, address)]


def test_each_has_his_own_papers_and_each_paper_once(four, do):
    assert papers(do, ADDRESS) == [
        ("tam-tru", "2027-02-01"), ("can-cuoc", "2027-03-01"), ("tam-tru", "2027-03-01"),
    ]  # fmt: skip
    assert papers(do, OTHER) == [("tam-tru", "2027-03-01")]


def test_one_paper_is_dropped_by_its_owner_and_no_other_with_it(four, do):
    number = do(expiry_store.own, ADDRESS)[1].id
    do(expiry_store.drop, OTHER, number)
    assert len(papers(do, ADDRESS)) == 3
    do(expiry_store.drop, ADDRESS, number)
    assert papers(do, ADDRESS) == [("tam-tru", "2027-02-01"), ("tam-tru", "2027-03-01")]
    assert len(papers(do, OTHER)) == 1


def test_who_is_erased_leaves_the_papers_of_others(four, do):
    do(expiry_store.erase, ADDRESS)
    assert (papers(do, ADDRESS), len(papers(do, OTHER))) == ([], 1)


def test_a_paper_is_forgotten_the_day_after_its_last(four, do):
    assert do(expiry_store.forget_over, SECOND) == 0
    assert do(expiry_store.forget_over, SECOND + timedelta(days=1)) == 1
    assert len(papers(do, ADDRESS)) == 2


def test_the_same_name_of_another_kind_or_day_is_another_paper(engine):
    same = {"address": ADDRESS, "name": "Thẻ"}
    other = [(60, "xay-dung"), (61, "xay-dung"), (60, "tam-tru")]
    added = [add(engine, days, kind, **same) for days, kind in other]
    assert added == [1, 1, 1]
    assert [add(engine, 60, "xay-dung", **same), add(engine, 60, "xay-dung", phone="0901234567")] == [0, 1]
