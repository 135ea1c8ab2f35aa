"""The answer for a phone: short, in its order, for the way and the case chosen, and nothing twice."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

import pytest

from handlers.guidance.answer import answer, whole
from handlers.guidance.lead import lead_lines
from handlers.guidance.matter import Matter
from handlers.ports.world import World
from handlers.turn.blocks import Block, Fact, Facts, Fold, Heading, Items, plain, unfolded
from tests.handlers.guidance.leaves import every_leaf, first_buttons, matter_of

Drawn = Sequence[tuple[Matter, tuple[Block, ...]]]
USUAL, LONGEST = 700, 1500  # letters that stand open, with the title


def letters(m: Matter) -> int:
    return len(m.procedure.short) + 1 + len(plain(unfolded(answer(m))))


def place(m: Matter) -> str:
    return fact("Nơi nộp", answer(m))


def fact(label: str, blocks: Sequence[Block]) -> str:
    told = [f for block in blocks if isinstance(block, Facts) for f in block.facts]
    return "".join(str(f.text) for f in told if f.label == label)


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Items):
            yield from (str(item.text) for item in block.items)
        if isinstance(block, Fold):
            yield from lines_of(block.blocks)


@pytest.fixture(scope="module")
def drawn(world: World) -> Drawn:
    """Every list of the catalogue, drawn once."""
    return [(m, answer(m)) for m in every_leaf(world)]


def named(m: Matter) -> str:
    return f"{m.procedure.code} {m.via} {' '.join(m.answers.values())}"


def test_the_usual_list_fits_a_screen(world: World) -> None:
    assert median(letters(m) for m in first_buttons(world)) <= USUAL


def test_no_list_of_any_case_is_endless(drawn: Drawn) -> None:
    answered = [(m, blocks) for m, blocks in drawn if m.answers or not m.procedure.cases]
    long = {named(m): len(text) for m, blocks in answered if len(text := plain(unfolded(blocks))) > LONGEST}
    assert long == {}


def test_it_begins_with_who_and_what_first_and_ends_with_time_money_and_place(world: World) -> None:
    blocks = unfolded(answer(matter_of("1.001193", world, child="ordinary", proof="paper", filer="parent")))
    heads = [b.text for b in blocks if isinstance(b, Heading)]
    labels = [f.label for b in blocks if isinstance(b, Facts) for f in b.facts]
    assert heads[:3] == ["PHẢI NỘP", "XUẤT TRÌNH (đưa xem rồi cầm về)", "KHÔNG CẦN NỮA"]
    assert labels == ["Trường hợp của bạn", "Ai được nộp", "Thời hạn", "Chi phí", "Nơi nộp"]
    text = plain(blocks)
    assert text.index("60 ngày") < text.index("PHẢI NỘP") < text.index("CHỈ KHI") < text.index("Thời hạn")


def test_what_is_folded_is_the_law_the_source_and_explanations(world: World) -> None:
    folds = [b for b in answer(matter_of("1.001193", world)) if isinstance(b, Fold)]
    assert "Nghị định 123/2015/NĐ-CP" in plain(folds)
    assert "theo Cổng Dịch vụ công quốc gia ngày 18/7/2026 (đọc lại 22/11/2026)" in plain(folds)
    assert "Nghị định" not in plain(unfolded(answer(matter_of("1.001193", world))))


def test_nothing_is_told_twice(drawn: Drawn) -> None:
    twice = {
        named(m): again
        for m, blocks in drawn
        if (again := [t for t, n in Counter(_sentences(m, blocks)).items() if n > 1])
    }
    assert twice == {}


def _sentences(m: Matter, blocks: Sequence[Block]) -> Iterator[str]:
    """The lead and the explanations; names of papers stand with their explanation once more."""
    notes = {note.text for note in m.procedure.notes}
    return (line for line in lines_of(blocks) if line in notes)


def test_online_goes_to_the_portal_and_never_to_a_counter(drawn: Drawn, world: World) -> None:
    places = [(m, fact("Nơi nộp", blocks)) for m, blocks in drawn if m.via == "online"]
    told = [(m, place) for m, place in places if place]
    assert len(told) > 500
    desks = {p.name for p in world.office.places.values()}
    assert {named(m): place for m, place in told if any(desk in place for desk in desks)} == {}
    at_portal = [(m, place) for m, place in told if not m.procedure.spots and m.spot.place != "other"]
    address = "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), đăng nhập bằng VNeID"
    assert {named(m): place for m, place in at_portal if address not in place} == {}


def test_nothing_is_shown_online(drawn: Drawn) -> None:
    texts = {named(m): plain(unfolded(blocks)) for m, blocks in drawn if m.via == "online"}
    assert {
        name for name, text in texts.items() if "XUẤT TRÌNH" in text.split("KHI NHẬN KẾT QUẢ")[0]
    } == set()


ADDRESSEES = [  # by post; who takes it, and who does not
    ("1.010801", "Sở Nội vụ", "Trung tâm Phục vụ"),
    ("1.010028", "Công an", "Trung tâm Phục vụ"),
    ("2.000908", "đang giữ sổ gốc", "Trung tâm Phục vụ"),
    ("2.000927", "đã chứng thực giao dịch", "Trung tâm Phục vụ"),
    ("1.001622", "trường nơi trẻ đang học", "Trung tâm Phục vụ"),
    ("1.001193", "Trung tâm Phục vụ", "Công an"),
]


@pytest.mark.parametrize(("code", "takes", "does_not"), ADDRESSEES)
def test_a_letter_goes_to_who_decides(code: str, takes: str, does_not: str, world: World) -> None:
    told = place(matter_of(code, world, "post"))
    assert takes in told
    assert does_not not in told


PLACES = [
    ("1.010821", {"keeper": "forces"}, "quân đội, công an đang quản lý", "Trung tâm Phục vụ"),
    ("1.014028", {"deceased": "insurance"}, "bảo hiểm xã hội", "Trung tâm Phục vụ"),
    ("1.012796", {"issue": "later"}, "Văn phòng đăng ký đất đai", "Trung tâm Phục vụ"),
    ("1.003930", {"size": "large"}, "Sở Xây dựng", "Trung tâm Phục vụ"),
]


@pytest.mark.parametrize(("code", "answers", "takes", "does_not"), PLACES)
def test_the_place_is_that_of_the_case(
    code: str, answers: dict[str, str], takes: str, does_not: str, world: World
) -> None:
    told = place(matter_of(code, world, **answers))
    assert takes in told
    assert does_not not in told


def test_while_the_case_is_open_every_place_stands_with_its_condition(world: World) -> None:
    told = place(matter_of("1.010821", world))
    assert "Trung tâm Phục vụ hành chính công phường Tiến Thành" in told
    assert "Trường hợp “" in told.split("quân đội, công an đang quản lý")[0]


def test_where_there_is_no_counter_none_is_named(drawn: Drawn) -> None:
    elsewhere = [(m, blocks) for m, blocks in drawn if m.via == "desk" and m.procedure.place == "other"]
    assert {named(m) for m, blocks in elsewhere if "trực tiếp tại quầy" in plain(blocks)} == set()


FEES = [
    ("1.004222", {}, "tại quầy 20.000 đồng, trực tuyến 10.000 đồng"),
    ("1.004194", {"kind": "household"}, "tại quầy 15.000 đồng"),
    ("1.004194", {"kind": "household"}, "trực tuyến 7.000 đồng"),
    ("1.010038", {}, "tại quầy 10.000 đồng/lần đăng ký, trực tuyến 5.000 đồng"),
    ("1.004088", {"inspection": "no"}, "70.000 đồng"),
]


@pytest.mark.parametrize(("code", "answers", "told"), FEES)
@pytest.mark.parametrize("via", ["desk", "online"])
def test_the_fee_of_every_way_is_told_by_every_way(
    code: str, answers: dict[str, str], told: str, via: str, world: World
) -> None:
    assert told in fact("Chi phí", answer(matter_of(code, world, via, **answers)))


NO_LIST = [
    (
        "1.004873",
        {"issue": "first", "before": "never", "filer": "self", "purpose": "vietnamese"},
        "không cần giấy này",
    ),
    ("2.001263", {"adopter": "forbidden"}, "Ông bà không được nhận cháu"),
    ("1.013979", {"certificate": "yes"}, "Đất đã có sổ không làm thủ tục này"),
    ("1.014028", {"deceased": "insurance"}, "không nộp ở phường"),
]


@pytest.mark.parametrize(("code", "answers", "told"), NO_LIST)
def test_who_is_not_meant_is_told_so_and_gets_no_list(
    code: str, answers: dict[str, str], told: str, world: World
) -> None:
    blocks = unfolded(answer(matter_of(code, world, **answers)))
    text = plain(blocks)
    assert told in text
    assert "PHẢI NỘP" not in text
    assert "Thời hạn" not in text


def test_a_place_begins_like_a_sentence(drawn: Drawn) -> None:
    told = {named(m): line for m, blocks in drawn for line in fact("Nơi nộp", blocks).splitlines()}
    ends = {
        name: part for name, line in told.items() for part in re.split(r"\. ", line) if part[:1].islower()
    }
    assert {name for name, part in ends.items() if not part.startswith("gửi bưu điện đến: ")} == set()


def test_a_deadline_and_what_it_runs_from_are_one_sentence(drawn: Drawn) -> None:
    told = {line for _m, blocks in drawn for line in fact("Thời hạn", blocks).splitlines()}
    assert any("5 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ" in line for line in told)
    broken = re.compile(r"(ngày|tháng|việc)\. (Kể từ|Tính từ|Tối đa|Khi) ")
    assert {line for line in told if broken.search(line)} == set()


def test_where_no_condition_is_known_the_list_says_what_it_is_for(drawn: Drawn) -> None:
    silent = [(m, blocks) for m, blocks in drawn if not lead_lines(m) and "PHẢI NỘP" in plain(blocks)]
    assert "1.010041" in {m.procedure.code for m, _blocks in silent}
    assert {named(m) for m, blocks in silent if m.procedure.about not in plain(unfolded(blocks))} == set()


def test_unknown_papers_are_said_to_be_unknown(world: World) -> None:
    text = plain(unfolded(answer(matter_of("2.001944", world))))
    assert "Chưa rõ phải nộp giấy gì: bạn hỏi tại bộ phận một cửa trước khi đi." in text


CARD = "Nhớ mang thẻ căn cước"
BRINGS_NONE = ["1.014061", "1.014062", "1.014063", "1.014064", "1.001622", "2.002770", "1.003583"]


def test_who_has_no_card_or_goes_to_no_desk_is_not_told_to_bring_it(drawn: Drawn) -> None:
    those = [(m, blocks) for m, blocks in drawn if m.procedure.code in BRINGS_NONE]
    assert {named(m) for m, blocks in those if CARD in plain(blocks)} == set()


def test_by_net_or_post_nobody_brings_a_card(drawn: Drawn) -> None:
    assert {named(m) for m, blocks in drawn if m.via != "desk" and CARD in plain(blocks)} == set()


def test_everybody_else_at_a_desk_hears_of_the_card_once(drawn: Drawn, world: World) -> None:
    counts = {named(m): plain(blocks).count(CARD) for m, blocks in drawn}
    assert {name for name, count in counts.items() if count > 1} == set()
    assert CARD in plain(answer(matter_of("2.001255", world)))  # the card in its list is one of many papers


def test_one_of_several_is_said_wherever_a_paper_has_options(world: World) -> None:
    text = plain(unfolded(answer(matter_of("1.004222", world, home="rent", person="ordinary"))))
    name = "Giấy tờ chứng minh nhà đủ diện tích, một trong hai"
    assert text.index(name) < text.index("– Xác nhận diện tích bình quân của xã, phường")


def test_show_tells_all_ways_and_cases(world: World) -> None:
    text = plain(whole(matter_of("1.004222", world)))
    assert "tại quầy 20.000 đồng, trực tuyến 10.000 đồng" in text
    assert "Trường hợp “Nhà thuê, mượn, ở nhờ”" in text
    assert "Khi nộp trực tuyến" in text
    assert "dichvucong.gov.vn" in text
    assert "Ai được nộp" in text


def test_a_procedure_that_ends_says_so_before_all_else(world: World) -> None:
    blocks = unfolded(answer(matter_of("1.011607", world)))
    assert plain(blocks).startswith("⚠ Thủ tục này chỉ còn đến hết ngày 31/12/2026.")


def test_a_fact_of_several_lines_begins_below_its_label() -> None:
    assert plain((Facts((Fact("Chi phí", "\n• a\n• b"),)),)) == "Chi phí:\n• a\n• b"
