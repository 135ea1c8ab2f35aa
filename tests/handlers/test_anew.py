"""What somebody tells may make another matter of the open one: it is offered, never assumed."""

from random import Random

import pytest

from handlers.anew import becomes_another
from handlers.ports.world import World
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State
from tests.dialogue import MONDAY, Player

SEED, SAMPLE, MOST = 7, 400, 0.02


@pytest.mark.parametrize(
    ("code", "line", "other"),
    [
        ("1.001193", "cha cháu là người Mỹ", "Khai sinh có yếu tố nước ngoài"),
        ("1.001193", "cháu sinh bên Campuchia", "Khai sinh có yếu tố nước ngoài"),
        ("1.014061", "con em mới 8 tuổi", "Làm thẻ căn cước cho trẻ dưới 14 tuổi"),
        ("1.014061", "thẻ em bị mất", "Làm lại thẻ căn cước bị mất, hỏng"),
        ("1.001699", "giấy cũ bị mất", "Đổi, cấp lại giấy xác nhận khuyết tật"),
        ("1.001612", "giờ sang lại cho người khác", "Thay đổi đăng ký hộ kinh doanh"),
        ("1.004088", "ghe chạy mấy năm rồi", "Đăng ký ghe, tàu, đò đang chạy"),
    ],
)
def test_the_other_matter_is_offered_beside_the_open_one(
    code: str, line: str, other: str, world: World
) -> None:
    player = Player(world, state=State(procedure=code))
    assert other in player.type(line)
    assert player.labels == [other, f"Không, vẫn là: {world.procedure(code).short}"]
    assert player.state.procedure == code
    player.tap(player.labels[1])
    assert world.procedure(code).short in player.text


@pytest.mark.parametrize("line", ["cha cháu là người Mỹ thì sao?", "cảm ơn em nhiều", "chào", "số 1"])
def test_a_question_or_a_courtesy_makes_no_other_matter(line: str, world: World) -> None:
    ctx = context(Incoming(at=MONDAY, text=line), State(procedure="1.001193"), world)
    assert becomes_another(line, ctx) is None


def test_what_answers_the_open_question_is_hardly_ever_taken_for_another_matter(world: World) -> None:
    told = [
        (procedure.code, line)
        for procedure in world.catalogue.procedures.values()
        for case in procedure.cases
        for value in case.values
        for line in value.says
    ]
    taken = [
        (code, line)
        for code, line in Random(SEED).sample(told, SAMPLE)
        if becomes_another(line, context(Incoming(at=MONDAY, text=line), State(procedure=code), world))
    ]
    assert len(taken) <= MOST * SAMPLE, taken
