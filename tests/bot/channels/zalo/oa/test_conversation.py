"""A citizen and a whole house, from the signed webhook to what Zalo was given to show."""

import pytest
from sqlalchemy import text

from bot.channels.zalo.kept import store
from bot.channels.zalo.oa import pauses
from bot.clock import vietnam_now
from bot.printing import typeset
from bot.storage import database
from bot.turns import effects
from bot.turns.effects import By
from handlers.notices.consent import FOLLOW
from handlers.turn.effects import Consent, Follow
from tests.bot.channels.zalo.oa.deliveries import LAN
from tests.bot.channels.zalo.oa.oa_line import ADDRESS, DOSSIER

CARD = (
    "060198001234|260123456|Nguyễn Thị Hoài Phương|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022"
)
TALK = "c0ffee00c0ffee00c0ff"  # of the recorded visitor without an account


def held(house, table):
    with database.reading(house.engine) as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


async def test_a_question_is_answered_and_chosen_from_by_button_and_by_number(on):
    [asked] = await on.said("làm khai sinh cho con cần gì")
    assert "1. Trẻ bình thường" in asked
    [second] = await on.pressed("Trẻ bình thường (biết cha hoặc mẹ)")
    assert "Bạn có giấy chứng sinh không?" in second
    [third] = await on.said("1")
    assert "Ai đi đăng ký?" in third


async def test_where_is_my_dossier(on):
    [asked] = await on.said(f"tra cứu hồ sơ {DOSSIER}")
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
    on.oa.media["ma.png"] = typeset.qr_png(DOSSIER)
    payload = {"url": f"{on.url}/media/ma.png", "name": "Giấy hẹn.PNG"}
    [told] = await on.happens("user_send_file", attachments=[{"type": "file", "payload": payload}])
    assert DOSSIER in told
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


@pytest.mark.parametrize(("fault", "answers"), [("", 1), (-32, 0)])
async def test_a_visitor_without_account_is_answered_and_nothing_of_him_is_kept(on, house, fault, answers):
    on.oa.fail(fault)
    await on.deliver(on.event("anonymous_send_text", text="làm khai sinh cho con cần gì"))
    await on.work.until_idle()
    assert ["– Trẻ bình thường" in told for told in on.oa.texts(TALK)] == [True] * answers
    assert [held(house, table) for table in ("conversation", "handled")] == [0, 0]
