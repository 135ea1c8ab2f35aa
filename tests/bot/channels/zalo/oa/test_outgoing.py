"""What goes out: shapes, limits, and what each fault of Zalo's means."""

from datetime import timedelta

import pytest

from bot.channels.zalo.oa import notes
from bot.channels.zalo.oa.outgoing import errors
from bot.channels.zalo.oa.outgoing.parts import Part, parts
from bot.clock import VIETNAM
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from handlers.procedures.actions import OpenList, Tick
from handlers.turn.blocks import Text
from handlers.turn.choices import Choice
from handlers.turn.messages import Enclosure, Reply
from handlers.turn.shared import Menu
from tests.bot.channels.zalo.oa.deliveries import LAN
from tests.bot.channels.zalo.oa.oa_line import ADDRESS, Tokens, line
from tests.bot.conftest import NOW

MENU = Choice("Về đầu", Menu())
ASKED = Part("Có không?\n\n1. Có", (Choice("Có", OpenList("1")),))
SHORT = Part("chào bạn")
QR = Enclosure("qr", "ma.png", "H15", "Mã của bạn")


async def nobody(*_said):
    return ()


@pytest.fixture
async def on(engine):
    async with line(engine, nobody) as made:
        made.oa.seen_ms[LAN] = made.oa.now_ms()
        yield made


def many(number):
    return tuple(Choice(f"Giấy {n}", Tick("1", str(n))) for n in range(number))


def test_choices_are_numbered_and_the_first_of_them_buttons():
    [part] = parts([Reply("Bạn chọn:", choices=many(7))])
    assert part.text.splitlines()[-7:] == [f"{n + 1}. Giấy {n}" for n in range(7)]
    assert [choice.label for choice in part.buttons] == [f"Giấy {n}" for n in range(5)]


def test_buttons_stand_below_the_last_text_of_the_last_reply_that_asks():
    asking = Reply((Text("a" * 1500), Text("b" * 1500)), choices=(MENU,))
    made = parts([Reply("một", choices=many(1)), asking, Reply("hết")])
    assert [bool(part.buttons) for part in made] == [False, False, True, False]


def test_files_come_first_and_what_zalo_takes_not_is_left_out_or_read_out():
    reply = Reply(
        "Đây", enclosures=(QR, Enclosure("calendar", "a.ics", "x"), Enclosure("text", "a.txt", "mọi thứ"))
    )
    assert parts([reply]) == [Part(file=QR), Part("mọi thứ"), Part("Đây")]


async def test_a_text_arrives(on):
    assert await on.sender.send(ADDRESS, SHORT) == Sent("z1")
    assert on.oa.texts(LAN) == ["chào bạn"]


async def test_a_button_says_its_choice(on):
    await on.sender.send(ADDRESS, ASKED)
    assert on.oa.buttons(LAN) == {"Có": "mc:l:1"}


async def test_a_long_label_is_cut_for_its_button(on):
    long = Choice("Giấy " * 40, OpenList("1"))
    assert isinstance(await on.sender.send(ADDRESS, Part("x", (long,))), Sent)


@pytest.mark.parametrize("code", [-201, -233])
async def test_where_cards_are_refused_the_text_goes_alone_and_that_is_remembered(on, do, code):
    on.oa.fail(code)
    assert isinstance(await on.sender.send(ADDRESS, ASKED), Sent)
    assert (on.oa.texts(LAN), on.oa.buttons(LAN)) == ([ASKED.text], {})
    calls = len(on.oa.calls)
    await on.sender.send(ADDRESS, ASKED)
    assert (len(on.oa.calls) - calls, on.oa.buttons(LAN)) == (1, {})
    on.later(seconds=notes.LASTS["cards"].total_seconds())
    on.oa.seen_ms[LAN] = on.oa.now_ms()
    await on.sender.send(ADDRESS, ASKED)
    assert on.oa.buttons(LAN) == {"Có": "mc:l:1"}


async def test_a_text_that_is_refused_by_itself_says_nothing_of_cards(on, do):
    on.oa.fail(-201, -201)
    assert isinstance(await on.sender.send(ADDRESS, ASKED), Refused)
    assert do(notes.read, "cards", NOW) is None


async def test_a_picture_and_a_paper_are_uploaded_once(on):
    for _ in range(2):
        assert isinstance(await on.sender.send(ADDRESS, Part(file=QR)), Sent)
    assert on.oa.calls.count("/v2.0/oa/upload/image") == 1
    assert on.oa.texts(LAN) == ["Mã của bạn"] * 2


@pytest.mark.parametrize(("days", "uploads"), [(5, 1), (6, 2)])
async def test_an_id_is_used_for_six_days(on, days, uploads):
    await on.sender.send(ADDRESS, Part(file=QR))
    on.later(days=days)
    on.oa.seen_ms[LAN] = on.oa.now_ms()
    assert isinstance(await on.sender.send(ADDRESS, Part(file=QR)), Sent)
    assert on.oa.calls.count("/v2.0/oa/upload/image") == uploads


async def test_a_file_that_zalo_has_forgotten_is_uploaded_again_once(on):
    await on.sender.send(ADDRESS, Part(file=QR))
    on.oa.fail(-100)
    assert isinstance(await on.sender.send(ADDRESS, Part(file=QR)), Sent)
    on.oa.fail(-100, "", -100)
    assert isinstance(await on.sender.send(ADDRESS, Part(file=QR)), Refused)


async def test_a_file_name_gets_the_extension_that_zalo_wants(on):
    bare = Enclosure("qr", "ma", "H15")
    assert isinstance(await on.sender.send(ADDRESS, Part(file=bare)), Sent)
    assert [name for name, _ in on.oa.files.values()] == ["ma.png"]


async def test_an_upload_without_an_answer_has_shown_nothing_to_anybody(on):
    on.oa.fail("lost")
    assert isinstance(await on.sender.send(ADDRESS, Part(file=QR)), Later)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("lost", Doubtful()),
        ("deaf", Doubtful()),  # nobody can tell it from the one above
        ("garbage", Doubtful()),
        ("500", Doubtful()),
        ("429", Later(60)),
        (-32, Later(60)),
        (-200, Later(20)),
        (-221, Later(600)),
        (-210, Refused(f"refused -210: {errors.meaning(-210).do}")),
        (-230, Refused(f"window -230: {errors.meaning(-230).do}")),
        (-217, Refused(f"gone -217: {errors.meaning(-217).do}", gone=True)),
        (-9999, Refused(f"refused -9999: {errors.UNKNOWN.do}")),
    ],
)
async def test_what_each_fault_means(on, fault, outcome):
    on.oa.fail(fault)
    assert await on.sender.send(ADDRESS, SHORT) == outcome


async def test_a_house_that_cannot_be_reached_has_got_nothing(engine):
    async with line(engine, nobody) as made:
        made.sender.api._url = "http://127.0.0.1:9"
        assert await made.sender.send(ADDRESS, SHORT) == Later(1)


@pytest.mark.parametrize("fault", ["", "401"])
async def test_a_refused_token_is_told_and_the_next_one_tried_once(on, fault):
    on.tokens = Tokens("old", "good")
    on.sender.api._tokens = on.tokens
    on.oa.fail(fault)
    assert isinstance(await on.sender.send(ADDRESS, SHORT), Sent)
    assert on.tokens.refusals == ["old"]


async def test_without_another_token_it_waits_for_somebody(on):
    on.sender.api._tokens = Tokens("old")
    assert await on.sender.send(ADDRESS, SHORT) == Later(60)
    assert len(on.oa.calls) == 1


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [(47, Sent("z1")), (49, Sent("z1")), (24 * 7 - 1, Sent("z1")), (24 * 7 + 1, Refused)],
)
async def test_a_notice_goes_out_within_seven_days_of_the_person_s_last_word(on, hours, outcome):
    on.later(hours=hours)
    told = await on.sender.push(ADDRESS, Reply("Có kết quả"))
    assert told == outcome or (isinstance(told, Refused) and told.reason.startswith("window"))
    assert on.oa.calls[0] == "/v3.0/oa/quota/message"  # nobody has written to us in this test


async def test_what_zalo_says_is_left_is_believed(on):
    on.oa.replies_left = 0
    told = await on.sender.push(ADDRESS, Reply("Có kết quả"))
    assert isinstance(told, Refused)
    assert on.oa.texts(LAN) == []


async def test_a_notice_waits_while_half_of_a_minute_s_calls_went_to_answers(on):
    for _ in range(31):
        await on.sender.send(ADDRESS, SHORT)
    assert await on.sender.push(ADDRESS, Reply("Có kết quả")) == Later(1)
    on.later(seconds=1)
    assert isinstance(await on.sender.push(ADDRESS, Reply("Có kết quả")), Sent)


@pytest.mark.parametrize("fault", ["lost", "garbage", -32])
async def test_a_question_about_the_window_that_fails_sends_nothing(on, fault):
    on.oa.fail(fault)
    assert isinstance(await on.sender.push(ADDRESS, Reply("Có kết quả")), Later)
    assert on.oa.texts(LAN) == []


async def test_the_quota_of_each_message_is_counted(on):
    await on.sender.send(ADDRESS, SHORT)
    on.later(days=3)
    await on.sender.send(ADDRESS, SHORT)
    counted = [on.counted("sends", outcome="sent", quota=quota) for quota in ("reply", "sub_quota")]
    assert counted == [1, 1]
    assert on.registry.get_sample_value("motcua_zalo_quota_left", {"quota": "sub_quota"}) == 499


@pytest.mark.parametrize(("hour", "wait"), [(22, 8 * 3600 + 300), (5, 3600 + 300)])
def test_what_is_not_sent_at_night_waits_for_the_morning(hour, wait):
    at = NOW.astimezone(VIETNAM).replace(hour=hour, minute=0, second=0)
    waits = errors.outcome(-234, at)
    assert isinstance(waits, Later)
    assert wait <= waits.seconds <= wait + errors.SPREAD_S


def test_every_code_says_what_to_do():
    assert all(meaning.do for meaning in errors.load().values())
    assert timedelta(seconds=errors.SETUP_S) > timedelta(seconds=errors.LATER_S)
