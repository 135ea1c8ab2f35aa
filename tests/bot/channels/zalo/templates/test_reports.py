"""What Zalo tells of templates afterwards."""

import pytest
from prometheus_client import CollectorRegistry

from bot.channels.zalo.templates import reports
from bot.outbox import store
from bot.outbox.outcomes import Doubtful, Later
from bot.outbox.store import Owed
from bot.storage import database
from bot.watching.zalo_metrics import OaMetrics
from tests.bot.conftest import NOW
from tests.bot.outbox.notice_parts import by, claim, one, settle

ADDRESS = "zalo:4567890123456789012"


@pytest.fixture
def counts():
    return OaMetrics(CollectorRegistry())


def report(notice, **more):
    message = {"delivery_time": "1750000001000", "msg_id": "a4d0", "tracking_id": f"mc-{notice}-1", **more}
    return {"event_name": "user_received_message", "sender": {"id": "1"}, "message": message}


@pytest.fixture
def doubtful(engine):
    """A notice that may have been sent; its number."""
    with database.writing(engine) as connection:
        store.insert(connection, Owed("H1/done/1", "H1", ADDRESS, "done"), NOW)
    return _settled(engine, Doubtful())


def _settled(engine, outcome):
    [notice] = claim(engine, now=NOW, claimer=by("zalo"))
    settle(engine, notice, outcome, NOW)
    return notice.id


def test_what_was_doubtful_is_sent_once_it_is_told_to_have_arrived(engine, counts, doubtful):
    reports.take(engine, counts, report(doubtful), NOW)
    reports.take(engine, counts, report(doubtful), NOW)
    assert one(engine, "state, receipt") == ("sent", "a4d0")


def test_what_waits_still_waits(engine, counts):
    with database.writing(engine) as connection:
        store.insert(connection, Owed("H1/done/1", "H1", ADDRESS, "done"), NOW)
    number = _settled(engine, Later(5))
    reports.take(engine, counts, report(number), NOW)
    assert one(engine, "state") == ("waiting",)


@pytest.mark.parametrize("named", ["hs-H15.50-260706-1377-5", "", None, 5])
def test_a_name_that_is_not_ours_changes_nothing(engine, counts, doubtful, named):
    reports.take(engine, counts, report(doubtful, tracking_id=named), NOW)
    assert one(engine, "state") == ("doubtful",)


def test_a_message_of_another_kind_is_not_counted(engine, counts):
    body = {"event_name": "user_received_message", "message": {"msg_id": "a4d0"}}
    reports.take(engine, counts, body, NOW)
    assert counts.templates.labels("uid", "arrived")._value.get() == 0


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ({"event_name": "change_template_status", "status": {"new_status": "REJECT"}}, "ERROR"),
        ({"event_name": "change_template_status", "status": {"new_status": "ENABLE"}}, "INFO"),
        ({"event_name": "change_template_quality", "quality": "LOW"}, "ERROR"),
        ({"event_name": "change_oa_daily_quota", "quota": {"prev_value": 5000, "new_value": 2000}}, "INFO"),
        ({"event_name": "change_template_status", "status": "?"}, "INFO"),
    ],
)
def test_what_became_of_a_template_is_logged(engine, counts, caplog, body, level):
    caplog.set_level("INFO", logger=reports.logger.name)
    reports.take(engine, counts, {**body, "template_id": "123456"}, NOW)
    [record] = [each for each in caplog.records if each.name == reports.logger.name]
    assert (record.levelname, record.__dict__["template"]) == (level, "123456")
