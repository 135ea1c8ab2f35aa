"""Stored events are worked off: in order, each once, whatever Zalo or our own process does."""

from datetime import timedelta

import pytest

from bot.channels.zalo.kept.work import LATE
from tests.bot.channels.zalo.oa.deliveries import LAN
from tests.bot.channels.zalo.oa.oa_line import line, of_house


async def test_messages_in_the_wrong_order_are_answered_in_the_right_one(on):
    first = on.event("user_send_text", text="làm khai sinh cho con cần gì")
    on.later(seconds=1)
    second = on.event("user_send_text", text="1")
    for body in (second, first):
        await on.deliver(body)
    await on.work.until_idle()
    assert [("chứng sinh không" in told) for told in on.oa.texts(LAN)] == [False, True]


async def test_a_message_that_comes_again_is_answered_once(on):
    body = on.event("user_send_text", text="xin chào")
    for _ in range(3):
        assert await on.deliver(body) == 200
        await on.work.until_idle()
    assert len(on.oa.texts(LAN)) == 1


@pytest.mark.parametrize("fault", [-32, "429", -221, -216, -200])
async def test_what_could_not_be_sent_is_sent_later(on, fault):
    on.oa.fail(fault)
    assert await on.said("xin chào") == []
    on.later(seconds=601)
    await on.work.until_idle()
    assert len(on.oa.texts(LAN)) == 1


@pytest.mark.parametrize(("faults", "copies"), [(["lost"], 2), (["deaf"], 1), (["garbage", "garbage"], 0)])
async def test_an_answer_nobody_knows_the_end_of_is_sent_once_more(on, faults, copies):
    on.oa.fail(*faults)
    assert len(await on.said("xin chào")) == copies
    assert on.counted("events", result="answered") == 1


async def test_what_zalo_refuses_for_good_does_not_hold_up_the_next_message(on):
    on.oa.fail(-248)
    assert await on.said("xin chào") == []
    assert len(await on.said("/menu")) == 1


async def test_what_waits_longer_than_zalo_repeats_is_given_up(on):
    await on.deliver(on.event("user_send_text", text="xin chào"))
    on.later(seconds=LATE.total_seconds() + 1)
    await on.work.until_idle()
    assert on.oa.texts(LAN) == []
    assert on.counted("events", result="given_up") == 1


async def test_after_a_kill_only_what_is_missing_is_sent(on, house):
    await on.said("sửa lỗi đánh máy trong hợp đồng đã chứng thực")
    before = len(on.oa.texts(LAN))
    on.oa.fail("", "", "", -32)  # two uploads, a picture; then nothing goes
    await on.said("Tải danh sách (ảnh, PDF)")
    out = len(on.oa.texts(LAN)) - before
    async with line(house.engine, of_house(house), on.now()) as restarted:
        restarted.oa.seen_ms, restarted.oa.files = on.oa.seen_ms, on.oa.files
        restarted.later(seconds=61)
        await restarted.work.until_idle()
        assert (out, len(restarted.oa.texts(LAN))) == (1, 2)


async def test_what_was_stored_before_a_kill_is_answered_after_it(on, house):
    await on.deliver(on.event("user_send_text", text="xin chào"))
    async with line(house.engine, of_house(house), on.now() + timedelta(seconds=20)) as restarted:
        restarted.oa.seen_ms = on.oa.seen_ms
        await restarted.work.until_idle()
        assert len(restarted.oa.texts(LAN)) == 1
