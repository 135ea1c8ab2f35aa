"""Where a dossier is: told to its owner, and to nobody else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers import router
from handlers.ports.dossiers import Dossier, DossiersDown, Step
from handlers.ports.guesses import Guesser, Verdict
from handlers.ports.world import World
from handlers.turn.effects import Guessed
from handlers.turn.messages import Incoming
from handlers.turn.pending import CaseQuestion
from tests.dialogue import MONDAY, Player

CODE = "H15.50-261119-1377"
FOREIGN = "H15.50-261119-1378"
UNKNOWN = "H15.50-261119-9999"

DOSSIER = Dossier(
    CODE,
    procedure="1.001193",
    status="4",
    received=date(2026, 11, 19),
    due=date(2026, 11, 26),
    applicant="N*** V** T***",
)


class Desk:
    """One dossier of ours and one of somebody else's."""

    def __init__(self, dossier: Dossier = DOSSIER) -> None:
        self.dossier, self.asked = dossier, []

    def find(self, code: str) -> Dossier | None:
        return self.dossier if code == CODE else None

    def matches(self, code: str, digits: str) -> bool:
        self.asked.append(code)
        return (code, digits) in ((CODE, "4567"), (FOREIGN, "1111"))

    def matches_phone(self, code: str, phone: str) -> bool:
        return (code, phone) == (CODE, "84901234567")

    def glimpse(self, code: str, who: object, now: object) -> Dossier | None:
        return None


class Away(Desk):
    """A one-stop system that does not answer."""

    def matches(self, code: str, digits: str) -> bool:
        raise DossiersDown("time-out")


@pytest.fixture
def citizen(world: World) -> Player:
    return Player(replace(world, dossiers=Desk()))


def test_a_code_alone_shows_nothing(citizen: Player) -> None:
    told = citizen.type(f"hồ sơ {CODE.lower()} tới đâu rồi em")
    assert "4 số cuối" in told
    assert "Đang xử lý" not in told
    assert citizen.replies[0].asks_contact


def test_the_second_fact_shows_it(citizen: Player) -> None:
    citizen.type(CODE)
    told = citizen.type("4567")
    assert "Tình trạng: Đang xử lý" in told
    assert "➤ Đang giải quyết" in told
    assert "Ngày hẹn trả: 26/11/2026" in told
    assert "Còn 2 ngày làm việc." in told  # the 24th is a holiday
    assert "N*** V** T***" in told


def test_who_proved_it_is_not_asked_again(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("số điện thoại 0901234567".replace("số điện thoại ", ""))
    assert "Tình trạng" in citizen.type(f"còn {CODE} thì sao")


def test_the_own_contact_is_a_second_fact(citizen: Player) -> None:
    citizen.type(CODE)
    assert "Tình trạng" in citizen.say(Incoming(at=MONDAY, attachment="contact", phone="84901234567"))


def test_unknown_and_foreign_codes_get_the_same_words_and_the_same_work(citizen: Player) -> None:
    answers = []
    for code in (FOREIGN, UNKNOWN):
        asked = citizen.type(code)
        answers.append((asked.replace(code, ""), citizen.type("4567"), citizen.labels))
    assert answers[0] == answers[1]
    assert citizen.world.dossiers.asked == [FOREIGN, UNKNOWN]


class Judge:
    """Gives one verdict, whoever guesses."""

    def __init__(self, verdict: Verdict) -> None:
        self.given, self.asked = verdict, []

    def verdict(self, who: Guesser, code: str, now: object) -> Verdict:
        self.asked.append((who, code))
        return self.given

    def recent(self, person: str) -> int:
        return 0


def judged(verdict: Verdict, world: World) -> Player:
    return Player(replace(world, dossiers=Desk(), guesses=Judge(verdict)))


def test_who_guessed_too_often_waits_and_is_told_how_long(world: World) -> None:
    guesser = judged(Verdict(wait_hours=2), world)
    for line in (CODE, "4567"):
        assert "đợi 2 giờ" in guesser.type(line)
    assert guesser.world.dossiers.asked == []  # type: ignore[attr-defined]  # nothing was tried


def test_the_own_contact_passes_whoever_has_to_wait(world: World) -> None:
    owner = judged(Verdict(wait_hours=24), world)
    owner.type(CODE)
    assert owner.replies[0].asks_contact
    assert "Tình trạng" in owner.say(Incoming(at=MONDAY, attachment="contact", phone="84901234567"))


def test_who_proved_it_before_sees_it_whoever_has_to_wait(world: World) -> None:
    owner = judged(Verdict(wait_hours=24), world)
    owner.state = replace(owner.state, proved=(CODE,))
    assert "Tình trạng" in owner.type(CODE)


@pytest.mark.parametrize(
    ("digits", "asked", "short", "given"),
    [
        (6, "6 số cuối", "4567", "234567"),
        (9, "đủ số điện thoại", "234567", "0901234567"),
        (9, "đủ số điện thoại", "4567", "+84 901 234 567"),
    ],
)
def test_a_longer_fact_is_asked_for_and_a_shorter_one_is_no_guess(
    digits: int, asked: str, short: str, given: str, world: World
) -> None:
    owner = judged(Verdict(digits), world)
    desk = owner.world.dossiers
    desk.matches = lambda code, said: "0901234567".endswith(said) and len(said) == digits  # type: ignore[method-assign]
    assert asked in owner.type(CODE)
    turn = router.respond(Incoming(at=MONDAY, text=short), owner.state, owner.world)
    assert asked in turn.replies[0].text
    assert turn.effects == ()
    assert "Tình trạng" in owner.type(given)


@pytest.mark.parametrize(("fact", "right"), [("0000", False), ("4567", True)])
def test_each_guess_is_told_to_who_counts_them(citizen: Player, fact: str, right: bool) -> None:
    citizen.type(CODE)
    turn = router.respond(Incoming(at=MONDAY, text=fact), citizen.state, citizen.world)
    assert turn.effects == (Guessed(CODE, right, Verdict()),)


def test_a_guess_is_judged_by_person_and_network(world: World) -> None:
    guesser = judged(Verdict(), world)
    guesser.say(Incoming(at=MONDAY, address="web:1", network="192.0.2.7", text=CODE))
    assert guesser.world.guesses.asked == [(Guesser("web:1", "192.0.2.7"), CODE)]  # type: ignore[attr-defined]


def test_a_button_of_somebody_else_asks_for_the_fact(citizen: Player) -> None:
    assert "4 số cuối" in citizen.say(Incoming(at=MONDAY, choice=f"s:{CODE}"))


def test_a_system_that_is_down_is_said_so(world: World) -> None:
    player = Player(replace(world, dossiers=Away()))
    player.type(CODE)
    assert "không tra được lúc này" in player.type("4567")
    turn = router.respond(Incoming(at=MONDAY, text="4567"), player.state, player.world)
    assert turn.effects == ()


def test_a_photographed_code_is_looked_up(citizen: Player) -> None:
    photo = Incoming(at=MONDAY, attachment="photo", scanned=(f"https://example.vn/?ma={CODE}",))
    assert CODE in citizen.say(photo)


def test_a_code_in_the_middle_of_the_cases_is_answered_and_they_go_on(citizen: Player) -> None:
    citizen.type("đăng ký khai sinh")
    citizen.type(f"còn hồ sơ {CODE} sao rồi")
    assert "Làm tiếp: Đăng ký khai sinh" in citizen.labels
    citizen.type("0000")
    told = citizen.type("4567")
    assert "Tình trạng: Đang xử lý" in told
    assert "Trẻ thuộc trường hợp nào?" in told
    citizen.type("1")
    assert citizen.state.answers == {"child": "ordinary"}


def test_the_way_back_to_the_cases_is_a_button_while_the_fact_is_asked_for(citizen: Player) -> None:
    citizen.type("đăng ký khai sinh")
    citizen.type(CODE)
    assert "Trẻ thuộc trường hợp nào?" in citizen.tap("Làm tiếp: Đăng ký khai sinh")


@pytest.mark.parametrize("status", ["9", "10"])
def test_of_an_end_without_a_day_nothing_is_said_about_time(world: World, status: str) -> None:
    held = replace(DOSSIER, status=status, due=date(2026, 11, 18))
    citizen = Player(replace(world, dossiers=Desk(held)))
    citizen.type(CODE)
    told = citizen.type("4567")
    assert "rễ " not in told
    assert "Giải quyết xong" not in told


def test_a_finished_list_is_not_asked_for_again(citizen: Player) -> None:
    citizen.type("đăng ký khai sinh")
    citizen.type("1")
    while citizen.replies[-1].choices[0].value.startswith("a:"):
        citizen.type("1")
    citizen.type(CODE)
    citizen.type("4567")
    assert len(citizen.replies) == 1


def test_the_fact_may_come_after_another_question(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("giờ làm việc")
    assert "Tình trạng" in citizen.type("4567")


def test_after_the_beginning_four_digits_are_no_fact(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("menu")
    citizen.type("4567")
    assert citizen.state.proved == ()


def test_cases_go_on_after_two_codes_one_after_the_other(citizen: Player) -> None:
    citizen.type("đăng ký khai sinh")
    citizen.type(UNKNOWN)
    citizen.type(CODE)
    citizen.type("4567")
    assert citizen.state.pending == CaseQuestion("1.001193", "child")


def test_a_short_form_is_no_second_fact(citizen: Player) -> None:
    citizen.type(CODE)
    assert "hồ sơ số 1377, nhận ngày 19" in citizen.type("19-1377")
    assert citizen.world.dossiers.asked == []


def test_a_short_form_means_the_dossier_that_was_proved(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("4567")
    assert "Tình trạng" in citizen.type("hồ sơ 19-1377 tới đâu rồi")


@pytest.mark.parametrize(
    "typed", ["hồ sơ của tôi tới đâu rồi", "ho so cua em den dau r", "hồ sơ nhà mình xong chưa em"]
)
def test_who_asks_where_it_is_while_talking_of_a_procedure_is_asked_for_the_code(
    typed: str, citizen: Player
) -> None:
    citizen.type("đăng ký khai sinh")
    assert "mã hồ sơ trên giấy hẹn" in citizen.type(typed)


def test_who_asks_where_to_file_is_not_asked_for_a_code(citizen: Player) -> None:
    citizen.type("đăng ký khai sinh")
    assert "mã hồ sơ" not in citizen.type("nộp hồ sơ tới đâu")


@pytest.mark.parametrize(
    ("dossier", "words"),
    [
        (replace(DOSSIER, due=date(2026, 11, 18)), "Đã trễ 3 ngày làm việc"),
        (replace(DOSSIER, status="5", missing="Giấy chứng sinh"), "Cần bổ sung: Giấy chứng sinh"),
        (replace(DOSSIER, status="6", fee_due=50_000), "Cần nộp: 50.000 đồng"),
        (replace(DOSSIER, status="9", finished=date(2026, 11, 20)), "Giải quyết xong: 20/11/2026"),
        (replace(DOSSIER, status="10", postal="posted", tracking="EE123456785VN"), "EE123456785VN"),
        (replace(DOSSIER, status="Trình lãnh đạo lần hai"), "Tình trạng: Trình lãnh đạo lần hai"),
        (replace(DOSSIER, status="3"), "✖ Không được tiếp nhận"),
        (replace(DOSSIER, status="1"), "➤ Chờ tiếp nhận"),
        (replace(DOSSIER, status="7"), "✖ Công dân yêu cầu rút hồ sơ"),
        (replace(DOSSIER, status="8", finished=date(2026, 11, 20)), "Dừng lại: 20/11/2026"),
        (replace(DOSSIER, due=MONDAY.date()), "Hôm nay là ngày hẹn trả."),
        (replace(DOSSIER, due=date(2026, 11, 18)), "gọi bộ phận một cửa để hỏi lý do và ngày hẹn mới"),
        (replace(DOSSIER, status="9", finished=date(2026, 11, 30)), "Trễ 2 ngày làm việc so với ngày hẹn"),
        (replace(DOSSIER, status="9"), "Nơi nhận kết quả: Trung tâm Phục vụ hành chính công phường"),
        (replace(DOSSIER, status="9"), "Bạn mang giấy hẹn và giấy tờ tùy thân"),
        (replace(DOSSIER, status="9", postal="posted"), "đang trên đường tới bạn"),
        (replace(DOSSIER, status="9", postal="delivered"), "✔ Đã trả"),
        (replace(DOSSIER, status="9", postal="came-back"), "Nơi nhận kết quả: Trung tâm Phục vụ"),
        (replace(DOSSIER, status=""), "chưa báo tình trạng"),
    ],
)
def test_every_state_is_told_with_what_to_do(dossier: Dossier, words: str, world: World) -> None:
    player = Player(replace(world, dossiers=Desk(dossier)))
    player.type(CODE)
    assert words in player.type("4567")


STEPS = (Step("2", MONDAY - timedelta(days=14)), Step("5", MONDAY - timedelta(days=13)),
         Step("4", MONDAY - timedelta(days=6)))  # fmt: skip


@pytest.mark.parametrize(
    ("dossier", "words"),
    [
        (replace(DOSSIER, status="9", postal="posted"), "Bạn mang giấy hẹn"),
        (replace(DOSSIER, due=date(2026, 11, 18)), "Bạn chờ đến ngày hẹn trả"),
        (replace(DOSSIER, status="5", due=date(2026, 11, 18)), "trễ"),  # the clock stands
        (replace(DOSSIER, steps=STEPS, received=date(2026, 11, 9), due=date(2026, 11, 18)), "trễ"),
        (replace(DOSSIER, status="10", due=date(2026, 11, 18)), "trễ"),  # nobody said when it was over
        (replace(DOSSIER, status=""), "Tình trạng"),
    ],
)
def test_nothing_is_told_that_another_line_contradicts(dossier: Dossier, words: str, world: World) -> None:
    player = Player(replace(world, dossiers=Desk(dossier)))
    player.type(CODE)
    assert words not in player.type("4567")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("06-1377", "mã viết tắt"),
        ("260706-1377", "thiếu phần đầu"),
        ("hồ sơ H15.50-261319-1377 sao rồi", "Phần ngày"),
        ("tra cứu hồ sơ", "gõ mã hồ sơ trên giấy hẹn"),
    ],
)
def test_a_code_that_cannot_be_right_says_why(typed: str, words: str, citizen: Player) -> None:
    assert words in citizen.type(typed)
