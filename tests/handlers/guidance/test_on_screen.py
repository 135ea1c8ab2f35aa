"""A list whose questions are open: what depends on a case is folded under it, and nothing is lost."""

from collections.abc import Sequence

from handlers.guidance.answer import answer, on_screen
from handlers.guidance.matter import Matter
from handlers.ports.world import World
from handlers.turn.blocks import Block, Fold, Items, plain, unfolded
from tests.handlers.guidance.leaves import matter_of
from tests.handlers.guidance.test_answer import LONGEST, named


def test_who_leaves_every_question_open_gets_a_list_that_can_be_read(world: World) -> None:
    opened = [matter_of(code, world) for code, p in world.catalogue.procedures.items() if p.cases]
    long = {named(m): size for m in opened if (size := len(plain(unfolded(on_screen(m))))) > LONGEST}
    assert long == {}


def test_folding_by_case_keeps_every_paper_and_its_tick(world: World) -> None:
    opened = [matter_of(code, world) for code in world.catalogue.procedures]
    lost = {
        named(m): gone
        for m in opened
        if (gone := _ticks(answer(m, (), _all(m))) - _ticks(on_screen(m, (), _all(m))))
    }
    assert lost == {}


def test_a_paper_of_an_open_case_stands_under_its_case(world: World) -> None:
    blocks = on_screen(matter_of("1.004222", world))
    rented = next(b for b in blocks if isinstance(b, Fold) and "Nhà thuê, mượn, ở nhờ" in b.title)
    assert "PHẢI NỘP" in plain(rented.blocks)
    assert "Hợp đồng, giấy cho thuê" not in plain(unfolded(blocks))


def test_what_nearly_everybody_needs_stands_open_with_who_is_excepted(world: World) -> None:
    shown = plain(unfolded(on_screen(matter_of("1.004222", world))))
    assert "(CT01) – 1 bản chính\n    Trừ trường hợp “Việt kiều, không có hộ chiếu VN còn hạn”" in shown


def test_an_exception_common_to_all_papers_is_said_once(world: World) -> None:
    shown = plain(unfolded(on_screen(matter_of("2.001263", world))))
    papers = shown[shown.index("PHẢI NỘP") : shown.index("Thời hạn")]
    assert "Đơn xin nhận con nuôi" in papers
    assert "Ông, bà" not in papers


def _all(m: Matter) -> dict[str, str]:
    return {d.id: d.id for d in m.procedure.documents}


def _ticks(blocks: Sequence[Block]) -> set[str]:
    items = {item.value for b in blocks if isinstance(b, Items) for item in b.items if item.value}
    return items.union(*(_ticks(b.blocks) for b in blocks if isinstance(b, Fold)))
