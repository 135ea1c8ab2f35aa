"""The paper, line by line."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from knowledge.intake.course import accept, filled
from knowledge.intake.form import Form
from knowledge.intake.forms import load
from knowledge.intake.interview import Interview
from knowledge.intake.paper import BoxLine, Grid, Paper, Segment, WordLine, laid_out
from knowledge.office import office
from tests.knowledge.intake.interviews import NOW, TODAY

FORMS = load()
OFFICE = office.load()
JSON = TypeAdapter(Paper)

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def example(form: Form) -> Paper:
    return laid_out(form, filled(form, form.example, TODAY), OFFICE)


def lines(paper: Paper) -> list[str]:
    words = (line for line in paper.lines if isinstance(line, WordLine))
    return ["".join(segment.text or "...." for segment in line.segments) for line in words]


def test_the_birth_declaration_of_the_example() -> None:
    paper = example(FORMS["khai-sinh"])
    assert lines(paper) == [
        "Họ, chữ đệm, tên người yêu cầu: NGUYỄN THỊ HOÀI PHƯƠNG",
        "Ngày, tháng, năm sinh: 14/03/1998",
        "Nơi cư trú(2): 12 Trần Phú, phường Tiến Thành, tỉnh Lâm Đồng",
        "Giấy tờ tùy thân(3): Căn cước công dân số 060198001234, "
        "Cục Cảnh sát quản lý hành chính về trật tự xã hội cấp ngày 20/05/2022",
        "Quan hệ với người được khai sinh: Mẹ",
        "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:",
        "Họ, chữ đệm, tên: TRẦN NGUYỄN BẢO AN",
        "Ngày, tháng, năm sinh: 05/11/2026",
        "Ghi bằng chữ: Ngày năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu",
        "Giới tính: Nữ Dân tộc: Kinh Quốc tịch: Việt Nam",
        "Nơi sinh(4): Trạm y tế phường Tiến Thành, tỉnh Lâm Đồng",
        "Quê quán: phường Tiến Thành, tỉnh Lâm Đồng",
        "Họ, chữ đệm, tên người mẹ: NGUYỄN THỊ HOÀI PHƯƠNG",
        "Năm sinh (ghi đủ ngày, tháng nếu có): 14/03/1998 Dân tộc: Kinh Quốc tịch: Việt Nam",
        "Nơi cư trú(2): 12 Trần Phú, phường Tiến Thành, tỉnh Lâm Đồng",
        "Giấy tờ tùy thân(3): Căn cước công dân số 060198001234, "
        "Cục Cảnh sát quản lý hành chính về trật tự xã hội cấp ngày 20/05/2022",
        "Họ, chữ đệm, tên người cha: TRẦN VĂN BÌNH",
        "Năm sinh (ghi đủ ngày, tháng nếu có): 02/11/1995 Dân tộc: Kinh Quốc tịch: Việt Nam",
        "Nơi cư trú(2): 12 Trần Phú, phường Tiến Thành, tỉnh Lâm Đồng",
        "Giấy tờ tùy thân(3): Căn cước số 060095004321, Bộ Công an cấp ngày 15/08/2024",
        "Đề nghị cấp bản sao: Có ☒ Không ☐ Số lượng: 2 bản",
    ]
    assert paper.addressee == "Ủy ban nhân dân phường Tiến Thành"
    assert paper.made_at == "Làm tại: phường Tiến Thành, ngày ...... tháng ...... năm .........."
    assert [(s.role, s.name) for s in paper.signatures] == [("Người yêu cầu", "Nguyễn Thị Hoài Phương")]


@every_form
def test_the_example_leaves_no_line_wholly_empty(form: Form) -> None:
    paper = example(form)
    words = [line for line in paper.lines if isinstance(line, WordLine) and not line.heading]
    blank = [
        line
        for line in words
        if {s.kind for s in line.segments if s.text.strip() or not s.text} <= {"printed"}
    ]
    assert len(blank) < len(words)


@every_form
def test_a_paper_goes_through_json(form: Form) -> None:
    paper = example(form)
    assert JSON.validate_json(JSON.dump_json(paper)) == paper


@every_form
def test_an_empty_form_can_be_printed_and_filled_by_hand(form: Form) -> None:
    paper = laid_out(form, Interview(), OFFICE)
    kinds = {s.kind for line in paper.lines if isinstance(line, WordLine) for s in line.segments}
    assert "empty" in kinds


@pytest.mark.parametrize(
    ("copies", "line"),
    [
        ("0", "Đề nghị cấp bản sao: Có ☐ Không ☒ Số lượng: .... bản"),
        ("10", "Đề nghị cấp bản sao: Có ☒ Không ☐ Số lượng: 10 bản"),
    ],
)
def test_nobody_asks_for_no_copies(copies: str, line: str) -> None:
    form = FORMS["khai-sinh"]
    told = filled(form, {**form.example, "copies": copies}, TODAY)
    assert lines(laid_out(form, told, OFFICE))[-1] == line


def test_who_leaves_out_the_father_gets_dots() -> None:
    form = FORMS["khai-sinh"]
    paper = laid_out(form, filled(form, {**form.example, "father.card": "none"}, TODAY), OFFICE)
    assert "Họ, chữ đệm, tên người cha: ...." in lines(paper)
    assert "Năm sinh (ghi đủ ngày, tháng nếu có): .... Dân tộc: .... Quốc tịch: ...." in lines(paper)


def test_other_ways_to_identify() -> None:
    form = FORMS["khai-sinh"]
    old = filled(form, {**form.example, "father.id_number": "260123456"}, TODAY)
    unknown_day = filled(form, {**form.example, "father.id_issued": ""}, TODAY)
    assert "Giấy tờ tùy thân(3): Chứng minh nhân dân số 260123456, cấp ngày 15/08/2024" in lines(
        laid_out(form, old, OFFICE)
    )
    assert "Giấy tờ tùy thân(3): Số định danh cá nhân 060095004321" in lines(
        laid_out(form, unknown_day, OFFICE)
    )


SHEET: dict[str, Any] = {
    "id": "sheet",
    "title": "Sheet",
    "short": "Sheet",
    "procedures": [],
    "source": "invented",
    "grade": "M",
    "doubt": "Not certain.",
    "addressee": "{office.unit}",
    "made_at": "",
    "groups": [{"title": "All", "of": ["head", "hour", "born", "member"]}],
    "signatures": [
        {"role": "Head", "name": "{head.name}"},
        {"role": "Guest", "when": {"member.1.more": ["yes"]}},
    ],
    "example": {},
    "questions": [
        {"id": "head.name", "type": "name", "label": "Head", "ask": "Who?"},
        {
            "id": "head.id_number",
            "type": "id_number",
            "optional": True,
            "label": "No",
            "ask": "Which number?",
        },
        {"id": "hour", "type": "time", "label": "Hour", "ask": "When?"},
        {"id": "born", "type": "date", "partial": True, "label": "Born", "ask": "When?"},
        {"id": "member.more", "type": "yes_no", "repeat": "member", "label": "More", "ask": "More?"},
        {"id": "member.name", "type": "name", "repeat": "member", "label": "Name", "ask": "Who?"},
    ],
    "lines": [
        {"boxes": {"label": "Số định danh cá nhân", "blank": "head.id_number"}},
        {"text": "{hour}, {hour.hour}h{hour.minute}; {born}, {born.long}, {born.words}"},
        {
            "table": {
                "group": "member",
                "columns": [
                    {"title": "TT", "text": "{n}"},
                    {"title": "Họ tên", "text": "{member.name.caps}", "width": 4},
                ],
            }
        },
    ],
}


def sheet(*pairs: tuple[str, str]) -> Paper:
    form = Form.model_validate(SHEET)
    answers = Interview()
    for name, text in pairs:
        answers = accept(form, answers, name, text, NOW)
    return laid_out(form, answers, OFFICE)


def test_a_number_stands_in_boxes() -> None:
    paper = sheet(("head.id_number", "060198001234"))
    assert paper.lines[0] == BoxLine("Số định danh cá nhân", tuple("060198001234"))
    assert sheet().lines[0] == BoxLine("Số định danh cá nhân", ("",) * 12)


def test_a_table_has_a_row_for_each_member_and_some_to_spare() -> None:
    given = [("member.1.more", "có"), ("member.1.name", "Lê Bé")]
    names = [
        ("member.2.more", "có"),
        ("member.2.name", "Lê Em"),
        ("member.3.more", "có"),
        ("member.3.name", "Lê Út"),
    ]
    none, one, three = (sheet(*pairs).lines[2] for pairs in ((), given, [*given, *names]))
    assert none == Grid(("TT", "Họ tên"), (1, 4), (("", ""), ("", "")))
    assert one == Grid(("TT", "Họ tên"), (1, 4), (("1", "LÊ BÉ"), ("", "")))
    assert isinstance(three, Grid)
    assert three.rows == (("1", "LÊ BÉ"), ("2", "LÊ EM"), ("3", "LÊ ÚT"))


def test_who_signs_may_depend_on_the_answers() -> None:
    alone, together = sheet(("member.1.more", "không")), sheet(("member.1.more", "có"))
    assert [[s.role for s in paper.signatures] for paper in (alone, together)] == [
        ["Head"],
        ["Head", "Guest"],
    ]


def test_times_and_years_are_written_out() -> None:
    line = sheet(("hour", "3 giờ rưỡi chiều"), ("born", "1955")).lines[1]
    assert isinstance(line, WordLine)
    assert [s for s in line.segments if s.kind != "printed"] == [
        Segment("15 giờ 30 phút", "answer"),
        Segment("15", "answer"),
        Segment("30", "answer"),
        Segment("1955", "answer"),
        Segment("năm 1955", "answer"),
        Segment("", "empty"),
    ]


def test_a_doubt_is_printed() -> None:
    assert sheet().doubt == "Not certain."


def test_people_stand_side_by_side() -> None:
    (grid,) = (line for line in example(FORMS["ket-hon"]).lines if isinstance(line, Grid))
    assert grid.titles == ("Thông tin", "Bên nữ", "Bên nam")
    assert grid.rows[0] == ("Họ, chữ đệm, tên", "HUỲNH NGỌC ÁNH", "LÊ MINH TÂM")
    assert [row[0] for row in grid.rows][1:4] == ["Ngày, tháng, năm sinh", "Dân tộc", "Quốc tịch"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"notes": ["(2) Which?"]}, "every mark"),  # a note that nothing points to
        ({"lines": [{"text": "Where(2): {hour}"}]}, "every mark"),  # a mark without its note
        (
            {"lines": [{"sides": {"titles": ["What", "A", "B"], "widths": [1, 1, 1], "rows": [["a"]]}}]},
            "cells",
        ),
        ({"lines": [{"text": "a", "heading": "b"}]}, "exactly one"),
    ],
)
def test_a_sheet_that_does_not_add_up_is_refused(change: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        Form.model_validate(SHEET | change)


def test_a_mark_in_a_signature_has_its_note_too() -> None:
    signed = {"signatures": [{"role": "Head(2)", "below": ["(8) Number:"]}]}
    with pytest.raises(ValueError, match="every mark"):
        Form.model_validate(SHEET | signed | {"notes": ["(2) Who lives there."]})
    form = Form.model_validate(SHEET | signed | {"notes": ["(2) Who lives there.", "(8) Of the card."]})
    assert laid_out(form, Interview(), OFFICE).signatures[0].below == ("(8) Number:",)
