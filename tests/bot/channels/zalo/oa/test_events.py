"""Every recorded event, read."""

import pytest

from bot.channels.zalo.oa.incoming.events import File, read
from tests.bot.channels.zalo.oa.deliveries import EVENTS, LAN, RECORDED_MS, event

SAID = {
    "user_send_text": ("tra cứu hồ sơ H15.50-260706-1377", ""),
    "user_send_text_button_payload": ("#tra_cuu", ""),
    "user_send_text_message_id": ("xin chào", ""),
    "user_send_text_number_timestamp": ("1377", ""),
    "user_send_text_quote": ("còn thiếu giấy này thì sao?", ""),
    "user_send_image": ("", "photo"),
    "user_send_file": ("", "file"),
    "user_send_audio": ("", "voice"),
    "user_send_location": ("", "location"),
    "user_send_business_card": ("", "contact"),
    "user_send_gif": ("", "other"),
    "user_send_video": ("", "other"),
    "user_send_sticker": ("", "other"),
    "user_send_link": ("https://example.test/thu-tuc/khai-sinh", "other"),
    "user_submit_info": ("", "contact"),
    "user_submit_info_2026": ("", "contact"),
}
OTHERS = {
    "follow": "greet",
    "user_click_chatnow": "greet",
    "unfollow": "unfollow",
    "user_withdraw": "withdraw",
    "anonymous_send_text": "anonymous",
    "oa_send_text_by_admin": "human",
    "oa_send_text_echo": "ignored",
    "registration_probe_like_event": "ignored",
    "user_reacted_message": "ignored",
    "user_seen_message": "ignored",
    "user_received_message_oa": "report",
    "user_received_message_zns": "report",
    "user_received_message_hashphone": "report",
    "change_oa_daily_quota": "report",
    "change_template_quality": "report",
    "change_template_status": "report",
}
UNKNOWN = set(EVENTS) - set(SAID) - set(OTHERS)


@pytest.mark.parametrize("name", SAID)
def test_what_a_person_says(name):
    known = read(EVENTS[name])
    assert (known.kind, known.person, known.at_ms) == ("said", LAN, RECORDED_MS)
    assert (known.text, known.attachment) == SAID[name]


@pytest.mark.parametrize("name", OTHERS)
def test_what_else_happens(name):
    assert read(EVENTS[name]).kind == OTHERS[name]


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_what_is_not_for_us(name):
    assert read(EVENTS[name]).kind == "unknown"


@pytest.mark.parametrize(
    "name", ["follow", "unfollow", "user_withdraw", "user_click_chatnow", "oa_send_text_by_admin"]
)
def test_of_whom_it_is(name):
    assert read(EVENTS[name]).person == LAN


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("user_send_image", File("https://example.test/i.jpg")),
        ("user_send_file", File("https://example.test/d.pdf", "to-khai.pdf", 1_024_000)),
        ("user_send_audio", File("https://example.test/a.amr")),
        ("user_send_video", None),
        ("user_send_link", None),
    ],
)
def test_only_what_is_read_is_fetched(name, file):
    assert read(EVENTS[name]).file == file


def test_a_message_is_known_by_either_name_of_its_id():
    assert read(EVENTS["user_send_text_message_id"]).message == "96d3cdf3af150460929"


def test_a_repeat_has_the_same_key_and_the_next_message_another():
    first, second = event("user_send_text"), event("user_send_text")
    assert read(first).key(b"1") == read(dict(first)).key(b"2")
    assert read(first).key(b"1") != read(second).key(b"1")


def test_what_has_no_id_is_known_by_its_body():
    follow = read(EVENTS["follow"])
    assert follow.key(b"1") == follow.key(b"1") != follow.key(b"2")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"event_name": 7},
        {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "sender": {"id": "a b"}, "message": {"text": "x"}},
        {"event_name": "user_send_text", "sender": "x", "message": ["y"]},
        {"event_name": "user_withdraw", "user_id": {"a": 1}},
    ],
)
def test_what_does_not_fit_its_name_is_unknown(body):
    assert read(body).kind == "unknown"


@pytest.mark.parametrize("attachments", [None, [], "x", [1], [{"payload": 1}], [{"payload": {"url": 5}}]])
def test_a_photo_without_address_is_still_a_photo(attachments):
    known = read(event("user_send_image", attachments=attachments))
    assert (known.attachment, known.file) == ("photo", None)
