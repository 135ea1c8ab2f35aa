"""A citizen and a whole house, from the signed webhook to what Zalo was given to show."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot import assemble
from bot.channels.zalo.oa import pauses
from bot.channels.zalo.oa.incoming import store
from bot.channels.zalo.oa.incoming.webhook import LATE
from bot.clock import vietnam_now
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.printing import typeset
from bot.settings import settings
from bot.storage import database
from bot.turns import effects
from bot.turns.effects import By
from handlers.notices.consent import FOLLOW
from handlers.turn.effects import Consent, Follow
from tests.bot.channels.zalo.oa.deliveries import LAN, OA
from tests.bot.channels.zalo.oa.oa_line import ADDRESS, line, of_house
from tests.bot.conftest import KEY

CODE = "H15.50-260706-1377"
CARD = (
    "060198001234|260123456|Nguyễn Thị Hoài Phương|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022"
)
VISITOR, TALK = "7d3c2b1a09f8e7d6c5b4", "c0ffee00c0ffee00c0ff"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('oa') / 'test.db'}"
    built = assemble.build(settings.Settings(secret_key=KEY, database_url=url, zalo_oa_id=OA))
    with database.writing(built.engine) as connection:
        update = Update(CODE, vietnam_now(), procedure="1.001193", phone="0912345678", status="4")
        embedded.record(connection, built.vault, update)
    yield built
    built.engine.dispose()


@pytest.fixture
async def on(house):
    async with line(house.engine, of_house(house), vietnam_now()) as made:
        yield made
    with database.writing(house.engine) as connection:
        for table in ("zalo_event", "zalo_pause", "conversation"):
            connection.execute(text(f"DELETE FROM {table}"))


def held(house, table, where=""):
    with database.reading(house.engine) as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table} {where}")).scalar_one()


async def test_a_question_is_answered_and_chosen_from_by_button_and_by_number(on):
    [asked] = await on.said("làm khai sinh cho con cần gì")
    assert "1. Trẻ bình thường" in asked
    [second] = await on.pressed("Trẻ bình thường (biết cha hoặc mẹ)")
    assert "Bạn có giấy chứng sinh không?" in second
    [third] = await on.said("1")
    assert "Ai đi đăng ký?" in third


async def test_where_is_my_dossier(on):
    [asked] = await on.said(f"tra cứu hồ sơ {CODE}")
    assert "5678" not in asked
    [told] = await on.said("345678")
    assert "Tình trạng: Đang xử lý" in told


async def test_a_form_with_a_card_by_photo_becomes_a_paper(on):
    on.oa.media["card.png"] = typeset.qr_png(CARD)
    await on.said("điền tờ khai xác nhận tình trạng hôn nhân")
    [asked] = await on.pressed(next(iter(on.oa.buttons(LAN))))
    assert asked
    photo = {"type": "image", "payload": {"url": f"{on.url}/media/card.png"}}
    told = await on.happens("user_send_image", attachments=[photo])
    assert "Nguyễn Thị Hoài Phương" in "\n".join(told)


async def test_a_photo_elsewhere_is_not_fetched(on):
    photo = {"type": "image", "payload": {"url": "http://127.0.0.1:1/inner"}}
    [told] = await on.happens("user_send_image", attachments=[photo])
    assert told.startswith("Mình không đọc được mã nào")


async def test_a_picture_that_comes_as_a_file_is_read_and_another_file_is_not(on):
    on.oa.media["ma.png"] = typeset.qr_png(CODE)
    payload = {"url": f"{on.url}/media/ma.png", "name": "Giấy hẹn.PNG"}
    [told] = await on.happens("user_send_file", attachments=[{"type": "file", "payload": payload}])
    assert CODE in told
    payload["name"] = "to-khai.docx"
    [told] = await on.happens("user_send_file", attachments=[{"type": "file", "payload": payload}])
    assert "Mình chưa đọc được tệp" in told


async def test_a_list_comes_as_picture_and_paper_and_is_said_to_disappear(on):
    await on.said("sửa lỗi đánh máy trong hợp đồng đã chứng thực")
    *files, told = await on.said("Tải danh sách (ảnh, PDF)")
    assert len(files) == 2
    assert "Tệp mất sau 7 ngày" in told
    assert {"/v2.0/oa/upload/image", "/v2.0/oa/upload/file"} <= set(on.oa.calls)


async def test_all_is_erased_on_request(on, house):
    await on.said("làm khai sinh cho con cần gì")
    await on.said("/xoa")
    [told] = await on.pressed("Xóa hết")
    assert "Đã xóa hết dữ liệu của bạn" in told
    assert held(house, "conversation") == 0


async def test_consent_taken_back_in_zalo_erases_without_a_word(on, house):
    await on.said("làm khai sinh cho con cần gì")
    assert await on.happens("user_withdraw") == []
    assert held(house, "conversation") == 0
    assert on.counted("events", result="erased") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("user_send_sticker", "Mình chưa hiểu tin nhắn này"),
        ("user_send_gif", "Mình chưa hiểu tin nhắn này"),
        ("user_send_video", "Mình chưa hiểu tin nhắn này"),
        ("user_send_link", "Mình chưa tìm ra thủ tục"),
        ("user_send_location", "Mình không cần biết bạn ở đâu"),
        ("user_send_business_card", "Mình không cần số điện thoại"),
        ("user_send_audio", "Mình chưa nghe được tin nhắn thoại"),
        ("user_send_file", "Mình không đọc được mã nào"),
        ("user_submit_info", "Mình không cần số điện thoại"),
        ("user_submit_info_2026", "Mình không cần số điện thoại"),
        ("user_send_text_quote", "Mình chưa tìm ra thủ tục"),
        ("user_send_text_message_id", "Chào bạn"),
        ("user_send_text_number_timestamp", "Mình chưa"),
        ("user_send_text_button_payload", ""),
    ],
)
async def test_every_kind_of_message_gets_one_answer(on, name, said):
    [told] = await on.happens(name)
    assert said in told


async def test_a_newcomer_is_greeted_once_however_often_zalo_tells(on):
    [told] = await on.happens("follow")
    assert told.startswith("Chào bạn")
    assert await on.happens("user_click_chatnow") == []


async def test_a_greeting_that_did_not_go_out_goes_out_later(on):
    on.oa.fail(-32)
    assert await on.happens("follow") == []
    on.later(seconds=61)
    await on.work.until_idle()
    assert len(on.oa.texts(LAN)) == 1


async def test_whoever_unfollows_is_told_nothing_more(on, house):
    with database.writing(house.engine) as connection:
        given = (Consent("follow", FOLLOW), Follow("1.001193", "vi"))
        effects.apply(By(connection, house.vault, ADDRESS, vietnam_now()), given)
    await on.happens("unfollow")
    assert held(house, "follow") == 0


async def test_where_the_office_writes_itself_the_bot_is_silent_until_it_is_meant(on):
    await on.said("/menu")
    button = next(iter(on.oa.buttons(LAN).values()))
    taken = on.event("oa_send_text_by_admin")
    await on.deliver(taken)
    on.later(seconds=5)
    await on.work.until_idle()
    assert await on.said("chị ơi em gửi giấy rồi") == []
    assert len(await on.said(button)) == 1
    assert len(await on.said("làm khai sinh")) == 1


@pytest.mark.parametrize("meant", ["/menu", "/xoa"])
async def test_a_command_wakes_the_bot(on, meant):
    with database.writing(on.engine) as connection:
        pauses.begin(connection, ADDRESS, on.now())
    assert len(await on.said(meant)) == 1


async def test_the_office_s_silence_ends_by_itself(on):
    with database.writing(on.engine) as connection:
        pauses.begin(connection, ADDRESS, on.now())
    on.later(seconds=pauses.SILENT.total_seconds())
    assert len(await on.said("xin chào")) == 1


async def test_a_message_of_ours_is_not_taken_for_the_office_s(on):
    await on.said("/menu")
    with database.reading(on.engine) as connection:
        assert store.is_ours(connection, on.vault, "z1")
    await on.deliver(on.event("oa_send_text_by_admin", msg_id="z1"))
    on.later(seconds=5)
    await on.work.until_idle()
    assert on.counted("events", result="ours") == 1
    assert len(await on.said("xin chào")) == 1


async def test_a_visitor_without_account_is_answered_and_nothing_of_him_is_kept(on, house):
    await on.deliver(on.event("anonymous_send_text", text="làm khai sinh cho con cần gì"))
    await on.work.until_idle()
    [told] = on.oa.texts(TALK)
    assert "– Trẻ bình thường" in told
    assert [held(house, table) for table in ("conversation", "handled")] == [0, 0]


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
