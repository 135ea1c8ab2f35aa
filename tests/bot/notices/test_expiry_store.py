"""The table of papers that expire, as it is listed."""

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
