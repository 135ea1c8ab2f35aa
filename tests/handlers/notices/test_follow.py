"""To be told and to stop: nothing without consent, stopped in one tap or word, explained from the ledger."""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

import pytest

from handlers.notices.consent import FOLLOW
from handlers.ports.dossiers import Dossier, NoDossiers
from handlers.ports.followers import Line, Manners, Reminder
from handlers.ports.world import World
from handlers.procedures.actions import AnswerCase
from handlers.turn.effects import (
    Acknowledge,
    BindPhone,
    Consent,
    DropReminder,
    Effect,
    Follow,
    KeepReminder,
    OfferedAgain,
    SetDetailed,
    SetQuiet,
    Unfollow,
)
from handlers.turn.messages import Incoming
from handlers.turn.pending import ExpiryDay
from knowledge.notices import quiet_hours
from knowledge.notices.quiet_hours import USUAL, QuietHours, Span
from tests.dialogue import MONDAY, Player

CODE, OTHER = "H15.50-261119-1377", "H15.50-261119-1378"
PHONE = "84901234567"
YES = "Đồng ý, báo tin cho tôi"


class Desk(NoDossiers):
    """Two dossiers, both proved by 4567."""

    def find(self, code: str) -> Dossier | None:
        return Dossier(code, procedure="1.001193", status="4") if code in (CODE, OTHER) else None

    def matches(self, code: str, digits: str) -> bool:
        return digits == "4567"


@dataclass
class Book:
    """The port on a list, and what the effects do to it."""

    codes: list[str] = field(default_factory=list)
    lost_codes: list[str] = field(default_factory=list)
    papers: list[Reminder] = field(default_factory=list)
    own: Manners = Manners(USUAL)
    lines: tuple[Line, ...] = ()
    is_chat: bool = True
    set_up: tuple[str, ...] = ("telegram",)

    def channels(self) -> tuple[str, ...]:
        return self.set_up

    def reaches(self, address: str) -> bool:
        return self.is_chat

    def followed(self, address: str) -> tuple[str, ...]:
        return tuple(self.codes)

    def reminders(self, address: str) -> tuple[Reminder, ...]:
        return tuple(self.papers)

    def manners(self, address: str) -> Manners:
        return self.own

    def story(self, address: str) -> tuple[Line, ...]:
        return self.lines

    def code_of(self, payload: str) -> str | None:
        return CODE if payload == "f-good" else None

    def lost(self, address: str) -> tuple[str, ...]:
        return tuple(self.lost_codes)

    def waiting_for(self, phone: str) -> tuple[str, ...]:
        return (CODE, OTHER) if phone == PHONE else ()

    def apply(self, effect: Effect) -> None:
        match effect:
            case Follow(code):
                self.codes = [code, *(c for c in self.codes if c != code)]
            case Unfollow(code):
                self.codes = [c for c in self.codes if code and c != code]
            case SetQuiet(hours):
                self.own = replace(self.own, quiet=hours)
            case SetDetailed(detailed):
                self.own = replace(self.own, detailed=detailed)
            case KeepReminder(kind, expires_on):
                self.papers.append(Reminder(len(self.papers) + 1, kind, expires_on))
            case OfferedAgain():
                self.lost_codes = []
            case DropReminder(number):
                self.papers = [p for p in self.papers if p.number != number]


@dataclass
class Citizen(Player):
    """A player whose effects are carried out."""

    book: Book = field(default_factory=Book)
    effects: tuple[Effect, ...] = ()

    def say(self, incoming: Incoming) -> str:
        turn = self.respond(incoming)
        self.state, self.replies, self.effects = turn.state, turn.replies, turn.effects
        for effect in turn.effects:
            self.book.apply(effect)
        return self.text

    def choose(self, value: str) -> str:
        return self.say(Incoming(at=self.now, choice=value))

    def prove(self, code: str) -> str:
        self.type(code)
        return self.type("4567")


@pytest.fixture
def citizen(world: World) -> Citizen:
    book = Book()
    return Citizen(replace(world, dossiers=Desk(), followers=book), book=book)


@pytest.fixture
def follower(citizen: Citizen) -> Citizen:
    """A citizen who follows two dossiers."""
    for code in (OTHER, CODE):
        citizen.prove(code)
        citizen.choose(f"follow:{code}:yes")
    return citizen


def test_a_dossier_is_followed_after_the_consent_was_read(citizen: Citizen) -> None:
    citizen.prove(CODE)
    asked = citizen.tap("Báo tin cho tôi khi có thay đổi")
    assert "dữ liệu cá nhân" in asked
    assert "“dừng”" in asked
    assert citizen.effects == ()
    assert "Mình không nhắn từ 21:00 đến 07:00." in citizen.tap(YES)
    assert citizen.effects == (Consent("follow", FOLLOW), Follow(CODE, "vi", proved=True))


@pytest.mark.parametrize(
    ("asks_every", "before", "after"),
    [
        (None, "", ""),  # the desk's own dossiers: told as they move
        (15, "", "cứ khoảng 15 phút mình hỏi phần mềm của quầy một lần"),
        (0, "không hỏi thường xuyên được", "Gần ngày hẹn bạn nhớ tra lại."),
    ],
)
def test_how_soon_one_is_told_where_another_program_has_the_dossiers(
    citizen: Citizen, asks_every: int | None, before: str, after: str
) -> None:
    citizen.world = replace(citizen.world, asks_every=asks_every)
    citizen.prove(CODE)
    asked = citizen.tap("Báo tin cho tôi khi có thay đổi")
    told = citizen.tap(YES)
    assert before in asked
    assert after in told
    assert ("phần mềm" in asked, "phần mềm" in told) == (bool(before), bool(after))


@pytest.mark.parametrize("words", ["có", "đồng ý", "ok", "Vâng", "ừ", "đúng vậy", "yes"])
def test_a_typed_yes_is_the_consent(words: str, citizen: Citizen) -> None:
    citizen.prove(CODE)
    citizen.tap("Báo tin cho tôi khi có thay đổi")
    citizen.type(words)
    assert citizen.effects == (Consent("follow", FOLLOW), Follow(CODE, "vi", proved=True))


@pytest.mark.parametrize("words", ["không", "dừng", "thôi", "không cần", "đừng", "no", "👍", "giờ làm việc"])
def test_nothing_else_is_the_consent(words: str, citizen: Citizen) -> None:
    citizen.prove(CODE)
    citizen.tap("Báo tin cho tôi khi có thay đổi")
    citizen.type(words)
    assert citizen.effects == ()
    citizen.type("có")  # the question is not on screen any more
    assert citizen.effects == ()


def test_a_typed_no_forgets_what_was_kept_for_the_question(citizen: Citizen) -> None:
    citizen.say(Incoming(at=MONDAY, attachment="contact", phone=PHONE))
    citizen.type("không")
    assert (citizen.state.invited, citizen.state.phone, citizen.state.pending) == ((), "", None)


def test_who_declines_follows_nothing(citizen: Citizen) -> None:
    citizen.say(Incoming(at=MONDAY, attachment="contact", phone=PHONE))
    citizen.tap("Không, cảm ơn")
    assert citizen.effects == ()
    assert (citizen.state.invited, citizen.state.phone) == ((), "")


@pytest.mark.parametrize("value", [f"follow:{CODE}", f"follow:{CODE}:yes", "follow:all:yes"])
def test_a_forged_button_follows_nothing(value: str, citizen: Citizen) -> None:
    citizen.choose(value)
    assert citizen.effects == ()


def test_the_link_on_the_receipt_follows_but_does_not_show(citizen: Citizen) -> None:
    assert CODE in citizen.say(Incoming(at=MONDAY, start="f-good"))
    citizen.tap(YES)
    assert Follow(CODE, "vi", proved=False) in citizen.effects
    assert "4 số cuối" in citizen.choose(f"s:{CODE}")


def test_a_link_that_is_not_ours_asks_for_the_code(citizen: Citizen) -> None:
    assert "mã hồ sơ" in citizen.say(Incoming(at=MONDAY, start="f-bad"))
    assert citizen.state.invited == ()


def test_the_own_number_follows_what_the_desk_noted(citizen: Citizen) -> None:
    asked = citizen.say(Incoming(at=MONDAY, attachment="contact", phone=PHONE))
    assert CODE in asked
    assert OTHER in asked
    citizen.tap(YES)
    assert citizen.effects[1:] == (
        Follow(CODE, "vi", True),
        Follow(OTHER, "vi", True),
        BindPhone(PHONE, "vi"),
    )
    assert citizen.state.phone == ""


def test_a_number_that_the_desk_does_not_know_is_not_kept(citizen: Citizen) -> None:
    told = citizen.say(Incoming(at=MONDAY, attachment="contact", phone="84909999999"))
    assert "không giữ số lại" in told
    assert citizen.state.phone == ""


@pytest.mark.parametrize("words", ["dừng báo tin", "Stop", "ngừng nhận tin", "/stop", "dừng tất cả"])
def test_one_word_stops_all(words: str, follower: Citizen) -> None:
    assert "Đã dừng" in follower.type(words)
    assert follower.effects == (Unfollow(), Consent("follow", FOLLOW, given=False))


@pytest.mark.parametrize(
    "words",
    [
        "đừng nhắn vào số điện thoại của tôi nữa",
        "thôi gửi tin qua sđt nha",
        "cho tôi rút lại đồng ý nhận tin qua số điện thoại",
        "please stop sending messages to my phone",
    ],
)
def test_the_phone_alone_is_taken_away_in_own_words(words: str, follower: Citizen) -> None:
    follower.type(words)
    assert follower.effects == (Consent("zalo-phone", "desk-zalo-2026-12", given=False),)


@pytest.mark.parametrize(
    "words",
    [
        "sao tôi không nhận được tin qua số điện thoại",
        "tôi không nhớ số điện thoại đã khai",
        "đổi số điện thoại nhận tin",
    ],
)
def test_who_misses_news_or_a_number_takes_nothing_away(words: str, follower: Citizen) -> None:
    follower.type(words)
    assert not [each for each in follower.effects if isinstance(each, Consent)]


@pytest.mark.parametrize("words", ["dừng", "hủy", "thôi"])
def test_a_bare_word_is_asked_back_while_following(words: str, follower: Citizen) -> None:
    assert "dừng nhận tin nào" in follower.type(words)
    follower.tap(f"Dừng: hồ sơ {CODE}")
    assert follower.effects == (Unfollow(CODE),)


def test_a_bare_word_leads_to_the_menu_for_who_follows_nothing(citizen: Citizen) -> None:
    assert "Chào bạn" in citizen.type("dừng")


@pytest.mark.parametrize("words", [f"dừng báo tin {CODE}", f"dừng {CODE}"])
def test_one_is_stopped_by_its_code(words: str, follower: Citizen) -> None:
    follower.type(words)
    assert follower.effects == (Unfollow(CODE),)


@pytest.mark.parametrize("words", [f"tôi không thấy {CODE}", f"chưa nhận được kết quả {CODE}", f"hủy {CODE}"])
def test_a_question_about_a_dossier_does_not_stop_it(words: str, follower: Citizen) -> None:
    follower.type(words)
    assert not any(isinstance(effect, Unfollow) for effect in follower.effects)


def test_a_stop_is_taken_back_by_a_tap_even_without_the_second_fact(citizen: Citizen) -> None:
    citizen.say(Incoming(at=MONDAY, start="f-good"))
    citizen.tap(YES)
    citizen.type("stop")
    citizen.tap(f"Báo tin lại: hồ sơ {CODE}")
    citizen.tap(YES)
    assert citizen.book.codes == [CODE]


def test_all_that_is_followed_is_listed(follower: Citizen) -> None:
    told = follower.type("tin báo của tôi")
    assert CODE in told
    assert OTHER in told
    assert "Mình không nhắn từ 21:00 đến 07:00." in told
    follower.tap("Ghi cả tên thủ tục trong tin")
    assert follower.effects == (SetDetailed(True),)


def test_the_last_notices_are_listed_with_the_way_to_read_them_again(follower: Citizen) -> None:
    """A notice that was seen is gone with its tab."""
    at = [MONDAY - timedelta(days=days) for days in (9, 2, 1)]
    follower.book.lines = (
        Line(OTHER, "received", "sent", at[0], at[0], at[0]),
        Line(CODE, "fee", "sent", at[1], at[1], at[1]),
        Line(OTHER, "done", "waiting", at[2], at[2]),
    )
    told = follower.type("tin báo của tôi")
    recent = told.split("Tin gần đây:")[1]
    assert f"{at[1]:%d/%m %H:%M}: hồ sơ {CODE}, cần nộp tiền" in recent
    assert recent.index(CODE) < recent.index(OTHER)
    assert "có kết quả" not in recent
    labels = [choice.label for choice in follower.replies[-1].choices]
    assert labels[:2] == [f"Xem hồ sơ {CODE}", f"Xem hồ sơ {OTHER}"]


def test_quiet_hours_by_words_and_by_tap(follower: Citizen) -> None:
    assert "từ 20:00 đến 07:00" in follower.type("đừng nhắn sau 20 giờ")
    assert follower.effects == (SetQuiet(quiet_hours.parse("20:00-07:00")),)
    follower.tap("Đổi giờ không nhắn")
    assert "bất cứ giờ nào" in follower.tap("Giờ nào cũng nhắn")
    assert follower.effects == (SetQuiet(QuietHours()),)


def test_hours_of_a_sunday_are_told_apart(follower: Citizen) -> None:
    lie_in = {6: Span(time(22), time(9))}
    follower.book.own = Manners(USUAL.on(lie_in))
    told = "Giờ mình không nhắn: thứ Hai – thứ Bảy: 21:00–07:00; Chủ nhật: 22:00–09:00."
    assert told in follower.type("tin báo của tôi")
    follower.book.own = Manners(QuietHours().on(lie_in))
    assert "thứ Hai – thứ Bảy: không có; Chủ nhật: 22:00–09:00." in follower.type("tin báo của tôi")


def test_forged_quiet_hours_change_nothing(follower: Citizen) -> None:
    assert "không dùng được nữa" in follower.choose("quiet:0000-2359")
    assert follower.effects == ()


EARLY = MONDAY - timedelta(hours=2)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(CODE, "done", "sent", EARLY, EARLY, EARLY), "tin “có kết quả” đã gửi lúc 07:00 23/11"),
        (Line(CODE, "fee", "waiting", EARLY, MONDAY), "đang chờ, sẽ gửi lúc 09:00 23/11"),
        (Line(CODE, "fee", "waiting", EARLY, MONDAY, tries=2), "gửi chưa được, mình thử lại lúc"),
        (Line(CODE, "fee", "claimed", EARLY, EARLY), "đang được gửi"),
        (Line(CODE, "fee", "doubtful", EARLY, EARLY), "chưa rõ tới chưa"),
        (Line(CODE, "fee", "refused", EARLY, EARLY), "có thể vì bạn đã chặn mình"),
        (Line(CODE, "fee", "given_up", EARLY, EARLY), "Cán bộ sẽ gọi"),
        (Line(CODE, "fee", "superseded", EARLY, EARLY), "đã có tin mới hơn"),
        (Line(CODE, "fee", "stopped", EARLY, EARLY), "vì bạn đã dừng"),
        (Line(CODE, "stop", "stopped", EARLY, EARLY), "23/11: bạn đã dừng báo tin."),
    ],
)
def test_why_nothing_came_is_answered_from_the_ledger(line: Line, words: str, follower: Citizen) -> None:
    follower.book.lines = (line,)
    assert words in follower.type("Vì sao tôi chưa nhận được tin?")


@pytest.mark.parametrize(
    "words", ["sao chưa báo tin cho tôi", "không thấy tin nhắn nào", "ko nhận được thông báo gì hết"]
)
def test_why_is_asked_in_many_ways(words: str, citizen: Citizen) -> None:
    assert "Bạn chưa bật báo tin" in citizen.type(words)


@pytest.mark.parametrize(
    "words", ["sao chưa nhận được thông báo nộp thuế đất", "vì sao hồ sơ chưa có kết quả"]
)
def test_other_questions_are_not_about_notices(words: str, citizen: Citizen) -> None:
    assert "Bạn chưa bật báo tin" not in citizen.type(words)


def test_who_was_refused_is_told_why_although_nothing_is_followed(citizen: Citizen) -> None:
    citizen.book.lines = (Line(CODE, "done", "refused", EARLY, EARLY),)
    assert "đã chặn mình" in citizen.type("sao tôi không nhận được tin nhắn")


def test_nothing_has_happened_yet(follower: Citizen) -> None:
    assert "chưa có thay đổi nào" in follower.type("sao chưa thấy báo tin")


def test_who_follows_nothing_is_told_how(citizen: Citizen) -> None:
    assert "Bạn chưa bật báo tin" in citizen.type("vì sao tôi chưa nhận được tin?")


def test_a_notice_is_acknowledged(follower: Citizen) -> None:
    follower.choose("got:12")
    assert follower.effects == (Acknowledge(12),)
    assert "không dùng được nữa" in follower.choose("got:x")


def test_a_paper_that_expires(citizen: Citizen) -> None:
    citizen.type("nhắc tôi khi giấy phép sắp hết hạn")
    citizen.tap("Giấy phép xây dựng")
    assert "chưa hiểu ngày" in citizen.type("31/02/2027")
    assert "dữ liệu cá nhân" in citizen.type("hết hạn 1-3-2027")
    citizen.tap("Đồng ý, nhắc tôi")
    assert citizen.effects[1:] == (KeepReminder("xay-dung", date(2027, 3, 1), "vi"),)
    assert "DTSTART;VALUE=DATE:20270301" in citizen.replies[0].enclosures[0].content
    citizen.tap("Tin báo của tôi")
    citizen.tap("Bỏ nhắc: giấy phép xây dựng")
    assert citizen.book.papers == []


@pytest.mark.parametrize(
    "written", ["ngày 31 tháng 12 năm 2027", "31/12/27", "31122027", "31-12-2027", "hết hạn 31/12/2027 nha"]
)
def test_a_day_of_expiry_is_read_as_in_a_form_yet_lies_ahead(written: str, citizen: Citizen) -> None:
    citizen.choose("expiry:xay-dung")
    citizen.type(written)
    citizen.type("đồng ý")
    assert KeepReminder("xay-dung", date(2027, 12, 31), "vi") in citizen.effects


def test_a_day_that_was_not_understood_is_asked_again(citizen: Citizen) -> None:
    citizen.choose("expiry:xay-dung")
    citizen.type("khoảng năm 3 nữa")
    assert citizen.state.pending == ExpiryDay("xay-dung")


def test_a_question_in_between_ends_the_asking_for_a_day(citizen: Citizen) -> None:
    citizen.choose("expiry:xay-dung")
    citizen.type("giờ làm việc")
    assert citizen.state.pending is None


def test_a_forged_day_is_a_stale_button(citizen: Citizen) -> None:
    assert "không dùng được nữa" in citizen.choose("expiry:xay-dung:20270231")
    assert citizen.effects == ()


def test_a_paper_that_has_expired_leads_to_its_renewal(citizen: Citizen) -> None:
    citizen.choose("expiry:xay-dung")
    assert "đã qua" in citizen.type("01/03/2020")
    assert "p:1.013227" in {c.value for c in citizen.replies[0].choices}


def test_a_date_typed_later_is_not_a_day_of_expiry(citizen: Citizen) -> None:
    citizen.choose("expiry:xay-dung")
    citizen.type("menu")
    citizen.type("31/12/2027")
    assert "dữ liệu cá nhân" not in citizen.text


def test_where_nobody_can_be_written_to_nothing_is_offered(citizen: Citizen) -> None:
    citizen.book.is_chat = False
    citizen.prove(CODE)
    assert "Báo tin cho tôi khi có thay đổi" not in citizen.labels
    citizen.choose("expiry:xay-dung")
    citizen.type("31/12/2027")
    assert citizen.replies[0].enclosures
    assert citizen.effects == ()


@pytest.mark.parametrize(
    ("set_up", "names"),
    [(("telegram", "web"), ["Telegram", "trang web"]), (("zalo",), ["Zalo"]), ((), [])],
)
def test_only_channels_that_are_set_up_are_named(
    set_up: tuple[str, ...], names: list[str], citizen: Citizen
) -> None:
    citizen.book.is_chat, citizen.book.set_up = False, set_up
    told = citizen.choose("follows")
    assert [name for name in ("Telegram", "Zalo", "trang web") if name in told] == names


def test_a_list_of_papers_is_followed_without_a_second_fact(citizen: Citizen) -> None:
    citizen.choose("p:1.001193")
    while AnswerCase in {type(choice.action) for choice in citizen.state.offered}:
        citizen.type("1")
    citizen.tap("Báo tin cho tôi khi có thay đổi")
    citizen.tap(YES)
    assert Follow("1.001193", "vi") in citizen.effects


def test_every_button_fits_every_channel(follower: Citizen) -> None:
    for value in ("follows", "quiet", "expiry", "why", "expiry:xay-dung"):
        follower.choose(value)
        assert [c for r in follower.replies for c in r.choices if len(c.value.encode()) > 64] == []
