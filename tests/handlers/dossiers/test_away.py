"""A dossier that cannot be looked up now, is gone, or is not what the words were about."""

from dataclasses import replace
from datetime import date

import pytest

from handlers import router
from handlers.ports.dossiers import Dossier, DossiersDown
from handlers.ports.world import World
from handlers.turn.messages import Incoming, State
from tests.dialogue import MONDAY, Player
from tests.handlers.dossiers.test_status import CODE, DOSSIER, Desk


class Fading(Desk):
    """A one-stop system that goes away after the dossier was shown."""

    is_down = is_gone = False

    def find(self, code: str) -> Dossier | None:
        if self.is_down:
            raise DossiersDown("time-out")
        return None if self.is_gone else super().find(code)

    def glimpse(self, code: str, who: object, now: object) -> Dossier | None:
        if self.is_down:
            raise DossiersDown("time-out")
        return None


@pytest.fixture
def desk() -> Fading:
    return Fading()


@pytest.fixture
def citizen(world: World, desk: Fading) -> Player:
    return Player(replace(world, dossiers=desk))


def test_who_asks_while_the_system_is_away_is_told_to_try_again_later(citizen: Player, desk: Fading) -> None:
    desk.is_down = True
    told = citizen.type(CODE)
    assert "thử lại" in told
    assert "Xin lỗi, máy của mình" not in told


def test_who_has_proved_it_is_told_so_and_not_asked_for_the_fact_again(citizen: Player, desk: Fading) -> None:
    citizen.type(CODE)
    assert "Tình trạng" in citizen.type("4567")
    desk.is_down = True
    told = citizen.type(f"còn {CODE} thì sao")
    assert "thử lại" in told
    assert "4 số cuối" not in told


def test_a_dossier_that_is_no_more_is_said_as_one_that_never_was(citizen: Player, desk: Fading) -> None:
    citizen.type(CODE)
    assert "Tình trạng" in citizen.type("4567")
    desk.is_gone = True
    told = citizen.type(f"còn {CODE} thì sao")
    assert "Tình trạng" not in told
    assert "Xin lỗi, máy của mình" not in told


@pytest.mark.parametrize(
    "line", ["lệ phí 15000 nộp ở đâu", "tôi sinh năm 1990 thì sao", "nộp 150.000 đồng có đúng không"]
)
def test_a_sentence_with_four_digits_is_no_wrong_guess_at_the_second_fact(
    citizen: Player, desk: Fading, line: str
) -> None:
    citizen.type(CODE)
    for _ in range(6):
        citizen.type(line)
        citizen.type(CODE)
    assert desk.asked == []
    assert "Tình trạng" in citizen.type("4567")


@pytest.mark.parametrize("procedure", ["1.001193", "9.999999"])
def test_the_papers_of_its_procedure_are_offered_where_we_have_them(world: World, procedure: str) -> None:
    desk = Desk()
    desk.dossier = replace(desk.dossier, procedure=procedure)
    shown = router.respond(
        Incoming(at=MONDAY, text=CODE), State(proved=(CODE,)), replace(world, dossiers=desk)
    )
    offered = {choice.value for reply in shown.replies for choice in reply.choices}
    assert ("p:1.001193" in offered) == (procedure == "1.001193")
    assert "p:9.999999" not in offered


@pytest.mark.parametrize("finished", [None, date(2035, 1, 9)])
def test_in_years_whose_holidays_nobody_knows_nothing_is_said_of_lateness(
    world: World, finished: date | None
) -> None:
    desk = Desk(replace(DOSSIER, received=date(2035, 1, 2), due=date(2035, 1, 5), finished=finished))
    asked = Incoming(at=MONDAY.replace(year=2035, month=1, day=8), text=CODE)
    turn = router.respond(asked, State(proved=(CODE,)), replace(world, dossiers=desk))
    assert "Ngày hẹn trả: 05/01/2035" in turn.replies[0].text
    assert "ngày làm việc" not in turn.replies[0].text
