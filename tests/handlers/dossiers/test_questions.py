"""What is asked about a dossier that was shown: each kind, from its state, and only for its owner."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.dossiers import questions
from handlers.dossiers.answers import Shown
from handlers.ports.dossiers import Dossier, DossiersDown
from handlers.ports.world import World
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State
from knowledge.reading.ongoing import load
from tests.dialogue import MONDAY, Player
from tests.handlers.dossiers.test_status import CODE, DOSSIER, Desk

WAITING = replace(
    DOSSIER, status="5", due=None, missing="Bản vẽ nhà", missing_until=date(2026, 12, 4), note="Thiếu bản vẽ"
)
OVERDUE = replace(DOSSIER, due=date(2026, 11, 18))
OWING = replace(DOSSIER, status="6", fee_due=150_000)
DONE = replace(DOSSIER, status="9", finished=date(2026, 11, 20))
HANDED = replace(DOSSIER, status="10", finished=date(2026, 11, 20))
POSTED = replace(DONE, postal="in-transit", tracking="EE123456785VN")


def told(kind: str, dossier: Dossier, world: World) -> str:
    ctx = context(Incoming(at=MONDAY, text="?"), State(dossier=CODE, proved=(CODE,)), world)
    return questions.reply(kind, Shown(dossier, ctx)).replies[0].text


CASES = [
    ("missing", WAITING, "Bản vẽ nhà"),
    ("missing", DOSSIER, "không bị yêu cầu bổ sung"),
    ("supply-where", WAITING, "Bạn nộp bổ sung tại"),
    ("supplied", WAITING, "Bạn giữ lại biên nhận"),
    ("supply-until", WAITING, "04/12/2026"),
    ("supply-until", DOSSIER, "Hạn cuối xem trên phiếu"),
    ("pay-how", OWING, "150.000"),
    ("pay-amount", OWING, "150.000"),
    ("pay-amount", DOSSIER, "không có khoản nào phải nộp"),
    ("fetch-who", DONE, "giấy ủy quyền"),
    ("fetch-what", DONE, "giấy hẹn và thẻ căn cước"),
    ("fetch-when", DONE, "Giờ làm việc"),
    ("fetch-where", DONE, "Lấy tại"),
    ("fetch-where", DOSSIER, "chưa có kết quả để lấy"),
    ("post-when", DOSSIER, "chưa giao cho bưu điện"),
    ("post-when", POSTED, "EE123456785VN"),
    ("late", DOSSIER, "chưa quá ngày hẹn"),
    ("late", OVERDUE, "hỏi lý do và ngày hẹn mới"),
    ("kept", DONE, "giữ ở đó bao lâu thì mình không có dữ liệu"),
    ("delivery", DONE, "nói với bộ phận một cửa"),
    ("delivery", POSTED, "EE123456785VN"),
    ("withdraw", DOSSIER, "nói là muốn rút"),
    ("correct", DOSSIER, "giấy tờ ghi đúng"),
    ("result", DOSSIER, "Kết quả của thủ tục này"),
    ("result", replace(DOSSIER, procedure=""), "xem trên giấy hẹn"),
    ("pay-amount", OWING, "miễn, giảm"),
    ("why-stopped", DOSSIER, ""),
    ("when-done", DOSSIER, "26/11/2026"),
    ("when-done", replace(DOSSIER, due=None), "chưa ghi ngày hẹn"),
    ("next", DOSSIER, ""),
    ("paid-next", OWING, "Bạn giữ lại biên nhận"),
    ("tracking", POSTED, "EE123456785VN"),
    ("post-absent", POSTED, "EE123456785VN"),
    ("who-handles", DOSSIER, "hỏi lý do và ngày hẹn mới"),
    ("object", DOSSIER, ""),
    ("again", DOSSIER, "26/11/2026"),
    ("not-received", HANDED, "để họ xem ai đã ký nhận"),
    ("not-received", DOSSIER, "chưa có kết quả để lấy"),
]


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _dossier, _words in CASES} == {row.id for row in load().dossier}


@pytest.mark.parametrize(("kind", "dossier", "words"), CASES)
def test_each_question_has_its_answer(kind: str, dossier: Dossier, words: str, world: World) -> None:
    said = told(kind, dossier, world)
    assert words in said
    assert said.endswith(f"Mã hồ sơ: {CODE}")
    assert said.index("\n\nMã hồ sơ") > 0  # something stands before the code


@pytest.fixture
def citizen(world: World) -> Player:
    player = Player(replace(world, dossiers=Desk(WAITING)))
    player.type(CODE)
    return player


def test_the_owner_is_answered(citizen: Player) -> None:
    citizen.type("4567")
    citizen.type("dạ còn thiếu giấy gì vậy")
    citizen.expect("Bản vẽ nhà")
    citizen.type("hạn chót bổ sung là ngày nào")
    citizen.expect("04/12/2026")


def test_who_has_not_proved_it_hears_nothing_of_it(citizen: Player) -> None:
    citizen.type("dạ còn thiếu giấy gì vậy")
    citizen.expect_not("Bản vẽ nhà")
    citizen.expect_not("N*** V** T***")


def test_a_dossier_that_was_shown_is_not_told_once_it_is_not_proved(world: World) -> None:
    player = Player(replace(world, dossiers=Desk(WAITING)), state=State(dossier=CODE))
    player.type("dạ còn thiếu giấy gì vậy")
    player.expect_not("Bản vẽ nhà")


def test_a_desk_that_is_away_tells_nothing_wrong(world: World) -> None:
    class Away(Desk):
        def find(self, code: str) -> Dossier | None:
            raise DossiersDown("time-out")

    ctx = context(
        Incoming(at=MONDAY, text="còn thiếu giấy gì"),
        State(dossier=CODE, proved=(CODE,)),
        replace(world, dossiers=Away()),
    )
    assert questions.typed("còn thiếu giấy gì", ctx) is None


@pytest.mark.parametrize(
    ("dossier", "answer"), [(WAITING, "Bạn nộp bổ sung tại"), (OWING, "Bạn nộp theo thông báo")]
)
def test_what_can_be_meant_of_this_dossier_is_answered(dossier: Dossier, answer: str, world: World) -> None:
    desk = replace(world, dossiers=Desk(dossier))
    citizen = Player(desk, state=State(dossier=CODE, proved=(CODE,)))
    assert answer in citizen.type("nộp ở đâu vậy")
