"""The order of ways to somebody on Zalo, and what each fault of each means."""

from datetime import datetime, timedelta

import pytest

from bot.channels.zalo.kept import store
from bot.channels.zalo.templates import tracking
from bot.clock import VIETNAM
from bot.notices import consents, links
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from bot.storage import database
from bot.turns import effects
from bot.turns.effects import By
from handlers.notices.notice_preferences import NO_PHONE
from handlers.turn.effects import Consent, Unfollow
from handlers.turn.messages import Reply
from tests.bot.channels.zalo.templates.template_line import (
    ADDRESS,
    AGREED,
    CODE,
    PERSON,
    PHONE,
    TEMPLATE,
    VAULT,
    gives_phone,
    line,
    notice,
)
from tests.bot.conftest import NOW

LONG = timedelta(days=8)
BY_PHONE = {**TEMPLATE, "ways": ["phone"]}


@pytest.fixture
async def on(engine):
    async with line(engine) as made:
        made.wrote(ago=LONG)
        yield made


async def test_within_the_window_it_is_written_freely(on):
    on.wrote(ago=timedelta(days=3))
    assert await on.push(notice()) == Sent("z1")
    assert (on.oa.texts(PERSON), on.oa.by_uid, on.oa.by_phone) == (["Hồ sơ đã có kết quả."], [], [])


async def test_after_it_the_template_goes_to_the_id(on, engine):
    gives_phone(engine)
    assert await on.push(notice()) == Sent("t1")
    data = {"ma_ho_so": CODE, "trang_thai": "Đã có kết quả"}
    assert on.oa.by_uid == [{"user_id": PERSON, "template_id": "123456", "template_data": data}]
    assert on.oa.by_phone == []


async def test_an_echo_of_it_is_known_for_ours(on, do):
    await on.push(notice())
    assert do(store.is_ours, VAULT, "t1")


async def test_a_window_that_closes_at_that_moment_counts_too(on):
    on.wrote(ago=timedelta(days=1))
    on.oa.fail("", -230)  # of the questions whether it is open none is wrong
    assert await on.push(notice()) == Sent("t1")


async def test_the_phone_is_for_templates_that_go_to_no_id(on, engine):
    gives_phone(engine)
    on.uses({**TEMPLATE, "id": "111"})
    assert await on.push(notice(number=4711, tries=2)) == Sent("p1")
    [body] = on.oa.by_phone
    assert (body["phone"], body["tracking_id"], "mode" in body) == ("84901234567", "mc-4711-2", False)


@pytest.mark.parametrize(("agreed", "own"), [(False, True), (True, False)])
async def test_no_phone_without_a_yes_or_that_is_another_s(on, engine, agreed, own):
    gives_phone(engine, agreed, own)
    on.uses(BY_PHONE)
    assert isinstance(await on.push(notice()), Refused)
    assert on.oa.by_phone == []


async def test_a_yes_that_was_taken_back_is_a_no(on, engine):
    gives_phone(engine)
    with database.writing(engine) as connection:
        no = Consent(AGREED.purpose, AGREED.text, given=False)
        consents.note(connection, VAULT, f"phone:{PHONE}", no, NOW)
    on.uses(BY_PHONE)
    assert isinstance(await on.push(notice()), Refused)


async def test_a_no_in_the_chat_counts_until_the_desk_hears_another_yes(on, engine):
    gives_phone(engine)
    on.uses(BY_PHONE)
    with database.writing(engine) as connection:
        consents.note(connection, VAULT, ADDRESS, NO_PHONE, NOW)
    assert isinstance(await on.push(notice()), Refused)
    gives_phone(engine)
    assert await on.push(notice()) == Sent("p1")


async def test_to_stop_everything_is_a_no_too(on, engine):
    gives_phone(engine)
    on.uses(BY_PHONE)
    with database.writing(engine) as connection:
        effects.apply(By(connection, VAULT, ADDRESS, NOW), [Unfollow()])
    assert isinstance(await on.push(notice()), Refused)


async def test_a_no_on_a_linked_channel_counts_too(on, engine):
    gives_phone(engine)
    on.uses(BY_PHONE)
    with database.writing(engine) as connection:
        links.join(connection, "telegram:7", ADDRESS, NOW)
        consents.note(connection, VAULT, links.home(connection, ADDRESS), NO_PHONE, NOW)
    assert isinstance(await on.push(notice()), Refused)


@pytest.mark.parametrize("code", [-118, -139, -1471])
async def test_after_the_phone_the_outbox_has_the_next_channel(on, engine, code):
    gives_phone(engine)
    on.uses(BY_PHONE)
    on.oa.fail("", "", code)
    refused = await on.push(notice())
    assert isinstance(refused, Refused)
    assert (str(code) in refused.reason, refused.gone) == (True, False)


@pytest.mark.parametrize("code", [-201, -230, -249, -223, -321])
async def test_what_is_wrong_with_one_way_is_tried_by_the_other(on, engine, code):
    gives_phone(engine)
    on.oa.fail("", "", code)
    assert await on.push(notice()) == Sent("p1")


@pytest.mark.parametrize("code", [-217, -244])
async def test_who_wants_nothing_of_us_is_not_reached_by_a_detour(on, engine, code):
    gives_phone(engine)
    on.oa.fail("", "", code)
    assert isinstance(await on.push(notice()), Refused)
    assert on.oa.by_phone == []


@pytest.mark.parametrize("fault", ["lost", "deaf", "500", "garbage"])
async def test_an_answer_that_does_not_come_is_doubtful_and_no_other_way_is_tried(on, engine, fault):
    gives_phone(engine)
    on.oa.fail("", "", fault)
    assert await on.push(notice()) == Doubtful()
    assert on.oa.by_phone == []


async def test_what_may_have_arrived_is_not_sent_again_by_template(on, engine):
    gives_phone(engine)
    assert isinstance(await on.push(notice(is_reminder=True)), Refused)
    assert (on.oa.by_uid, on.oa.by_phone) == ([], [])


@pytest.mark.parametrize(
    ("template", "code", "hour", "earliest"),
    [
        (TEMPLATE, -234, 23, datetime(2026, 11, 24, 6, 5, tzinfo=VIETNAM)),
        (TEMPLATE, -234, 4, datetime(2026, 11, 23, 6, 5, tzinfo=VIETNAM)),
        (BY_PHONE, -133, 4, datetime(2026, 11, 23, 6, 5, tzinfo=VIETNAM)),
        (BY_PHONE, -144, 4, datetime(2026, 11, 24, 6, 5, tzinfo=VIETNAM)),
        (BY_PHONE, -147, 15, datetime(2026, 11, 24, 6, 5, tzinfo=VIETNAM)),
    ],
)
async def test_at_night_and_beyond_the_quota_it_waits_for_a_morning(
    on, engine, template, code, hour, earliest
):
    gives_phone(engine)
    on.uses(template)
    on.clock = datetime(2026, 11, 23, hour, tzinfo=VIETNAM)
    on.wrote(ago=LONG)
    on.oa.fail("", "", code)
    waits = await on.push(notice())
    assert isinstance(waits, Later)
    assert 0 <= waits.seconds - (earliest - on.clock).total_seconds() <= 600


async def test_a_bad_token_is_asked_for_anew_and_then_waits(on):
    on.tokens.token = "bad"
    on.oa.fail()
    assert isinstance(await on.push(notice()), Later)
    assert on.tokens.refusals == ["bad"]


async def test_an_office_without_templates_leaves_the_step_out(on, engine):
    gives_phone(engine)
    on.uses({**TEMPLATE, "kinds": ["late"]})
    refused = await on.push(notice())
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("window")


async def test_what_is_no_news_of_a_dossier_has_no_template(on):
    assert isinstance(await on.push(Reply("Danh sách giấy tờ thay đổi.")), Refused)


async def test_while_it_is_tried_out_only_testers_and_administrators_get_it(on, engine):
    gives_phone(engine)
    on.uses(mode="development")
    assert isinstance(await on.push(notice()), Refused)
    assert on.oa.by_uid == []
    on.oa.admins.add("84901234567")
    assert await on.push(notice()) == Sent("p1")
    assert on.oa.by_phone[0]["mode"] == "development"
    on.uses(mode="development", testers=[PERSON])
    assert await on.push(notice()) == Sent("t1")


async def test_what_zalo_would_refuse_is_not_sent(on, caplog):
    on.oa.templates["123456"]["listParams"] = [{"name": "ten", "require": True, "maxLength": 30}]
    assert isinstance(await on.push(notice()), Refused)
    assert on.oa.by_uid == []
    assert "ten: not given" in str(caplog.records[-1].__dict__["problems"])


@pytest.mark.parametrize("status", ["PENDING_REVIEW", "REJECT", "DISABLE"])
async def test_one_that_is_not_approved_is_not_sent_to_everybody(on, status):
    on.oa.templates["123456"]["status"] = status
    assert isinstance(await on.push(notice()), Refused)
    assert on.oa.by_uid == []


async def test_costs_quotas_and_outcomes_are_counted_as_zalo_tells_them(on, engine):
    gives_phone(engine)
    await on.push(notice())
    on.uses(BY_PHONE)
    await on.push(notice())
    on.oa.fail("", -118)  # what the template is, is known by now
    await on.push(notice())
    assert on.counted("template_dong_total", way="uid") == 120
    assert on.counted("template_dong_total", way="phone") == 300
    assert on.counted("templates_total", way="uid", outcome="sent") == 1
    assert on.counted("templates_total", way="phone", outcome="refused") == 1
    assert on.counted("quota_left", quota="templates today") == 499
    assert on.counted("quota_left", quota="purchase_quota") == 4821


async def test_a_template_is_asked_for_once_in_hours(on):
    for _ in range(3):
        await on.push(notice())
    assert on.oa.calls.count("/template/info/v2") == 1


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("mc-4711-2", 4711),
        ("hs-H15.50-5", None),
        ("mc-x-1", None),
        (None, None),
        ("mc-" + "9" * 40 + "-1", None),
    ],
)
def test_a_try_is_known_by_its_name(told, number):
    assert tracking.notice_of(told) == number
