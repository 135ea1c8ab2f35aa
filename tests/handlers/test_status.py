"""Where a dossier is: told to its owner, and to nobody else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers import router
from handlers.dossiers import Dossier, DossiersDown
from handlers.messages import Incoming
from handlers.ports import World
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
        self.dossier, self.locked, self.asked = dossier, False, []

    def find(self, code: str) -> Dossier | None:
        return self.dossier if code == CODE else None

    def matches(self, code: str, digits: str) -> bool:
        self.asked.append(code)
        return (code, digits) in ((CODE, "4567"), (FOREIGN, "1111"))

    def matches_phone(self, code: str, phone: str) -> bool:
        return (code, phone) == (CODE, "84901234567")

    def is_locked(self, code: str, now: object) -> bool:
        return self.locked


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
        citizen.state = replace(citizen.state, wrong_tries=())
        asked = citizen.type(code)
        answers.append((asked.replace(code, ""), citizen.type("4567"), citizen.labels))
    assert answers[0] == answers[1]
    assert citizen.world.dossiers.asked == [FOREIGN, UNKNOWN]


def test_after_five_wrong_tries_a_person_waits_an_hour(citizen: Player) -> None:
    citizen.type(CODE)
    for _ in range(5):
        citizen.type("0000")
    assert "đợi một giờ" in citizen.type("4567")
    citizen.now += timedelta(minutes=61)
    citizen.type(CODE)
    assert "Tình trạng" in citizen.type("4567")


def test_a_locked_code_shows_nothing_even_to_its_owner(citizen: Player) -> None:
    citizen.world.dossiers.locked = True
    citizen.type(CODE)
    assert "Tình trạng" not in citizen.type("4567")


def test_a_wrong_try_is_told_to_the_desk(citizen: Player) -> None:
    citizen.type(CODE)
    turn = router.respond(Incoming(at=MONDAY, text="0000"), citizen.state, citizen.world)
    assert turn.wrong_try == CODE


def test_a_button_of_somebody_else_asks_for_the_fact(citizen: Player) -> None:
    assert "4 số cuối" in citizen.say(Incoming(at=MONDAY, choice=f"s:{CODE}"))


def test_a_system_that_is_down_is_said_so(world: World) -> None:
    player = Player(replace(world, dossiers=Away()))
    player.type(CODE)
    assert "không tra được lúc này" in player.type("4567")
    assert player.state.wrong_tries == ()


def test_a_photographed_code_is_looked_up(citizen: Player) -> None:
    photo = Incoming(at=MONDAY, attachment="photo", scanned=(f"https://example.vn/?ma={CODE}",))
    assert CODE in citizen.say(photo)


def test_a_code_in_the_middle_of_the_cases_is_answered_and_they_go_on(citizen: Player) -> None:
    citizen.type("đăng ký khai sinh")
    citizen.tap("Trẻ bình thường")
    citizen.type(CODE)
    citizen.type("4567")
    assert citizen.state.answers == {"child": "ordinary"}


@pytest.mark.parametrize(
    ("dossier", "words"),
    [
        (replace(DOSSIER, due=date(2026, 11, 18)), "Đã trễ 3 ngày làm việc"),
        (replace(DOSSIER, status="5", missing="Giấy chứng sinh"), "Cần bổ sung: Giấy chứng sinh"),
        (replace(DOSSIER, status="6", fee_due=50_000), "Cần nộp: 50.000 đồng"),
        (replace(DOSSIER, status="9", finished=date(2026, 11, 20)), "Giải quyết xong: 20/11/2026"),
        (replace(DOSSIER, status="10", postal="posted", tracking="EE123456785VN"), "EE123456785VN"),
        (replace(DOSSIER, status="Trình lãnh đạo lần hai"), "Tình trạng: Trình lãnh đạo lần hai"),
        (replace(DOSSIER, status="3"), "Không được tiếp nhận"),
    ],
)
def test_every_state_is_told_with_what_to_do(dossier: Dossier, words: str, world: World) -> None:
    player = Player(replace(world, dossiers=Desk(dossier)))
    player.type(CODE)
    assert words in player.type("4567")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("06-1377", "mã viết tắt"),
        ("hồ sơ H15.50-261319-1377 sao rồi", "Phần ngày"),
        ("tra cứu hồ sơ", "gõ mã hồ sơ trên giấy hẹn"),
    ],
)
def test_a_code_that_cannot_be_right_says_why(typed: str, words: str, citizen: Player) -> None:
    assert words in citizen.type(typed)
