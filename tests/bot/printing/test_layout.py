"""Where things stand on the printed form: who beside whom, what stays together, and how large it is."""

from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from bot.printing import paper
from knowledge.intake.form import Form
from knowledge.intake.interview import Interview
from knowledge.intake.paper import Paper
from tests.bot.printing.test_paper import BRING, FORMS, coded, ordinary, squeezed

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Phương Quỳnh"
LONG_ADDRESS = (  # 111 letters
    "Số nhà 123/45/67B, hẻm 8 đường Nguyễn Thị Minh Khai nối dài, tổ 12, khu phố 3, "
    "phường Tiến Thành, tỉnh Lâm Đồng"
)
PLACES = ("residence", "address", "place", "home", "hometown", "birth_place")
A4_AT_150 = (1240, 1754)  # pixels


class Piece(NamedTuple):
    """A run of text on a page."""

    text: str
    x: float  # points from the left
    y: float  # points from below
    size: float  # points


def pieces(page: PageObject) -> list[Piece]:
    found = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.append(Piece(squeezed(text), cm[4] + tm[4], cm[5] + tm[5], size * abs(cm[0] * tm[0])))

    page.extract_text(visitor_text=visit)
    return found


def sheets(made: Paper) -> list[PageObject]:
    return list(PdfReader(BytesIO(paper.pdf(made))).pages)


def at(seen: list[Piece], text: str) -> Piece:
    """The last run that begins with the text."""
    return [piece for piece in seen if piece.text.startswith(squeezed(text))][-1]


def grown(form: Form, much: int) -> Interview:
    """The example with longer names and addresses, and with so many members."""
    answers = dict(ordinary(form).answers)
    for key in answers:
        own = key.rpartition(".")[2]
        if own == "name":
            answers[key] = " ".join([LONG_NAME] * (1 + much // 4))
        if own in PLACES:
            answers[key] = (
                f"Số 8, {'đường Nguyễn Thị Minh Khai nối dài, ' * much}phường Tiến Thành, tỉnh Lâm Đồng"
            )
    for group in {q.repeat for q in form.questions if q.repeat}:
        first = next(q.id.rpartition(".")[2] for q in form.questions if q.repeat == group)
        one = {key: value for key, value in answers.items() if key.startswith(f"{group}.1.")}
        for n in range(1, much + 1):
            answers |= {key.replace(".1.", f".{n}.", 1): value for key, value in one.items()}
        answers[f"{group}.{much + 1}.{first}"] = "no"
    return Interview(answers)


def test_bride_and_groom_stand_side_by_side() -> None:
    form = FORMS["ket-hon"]
    seen = pieces(sheets(coded(form, ordinary(form)))[0])
    titles = [at(seen, title) for title in ("Thông tin", "Bên nữ", "Bên nam")]
    rows = [at(seen, label) for label in ("Họ, chữ đệm", "Dân tộc", "Quốc tịch", "Kết hôn lần")]
    assert [piece.x for piece in titles] == sorted(piece.x for piece in titles)
    her, his = at(seen, form.example["wife.name"].upper()), at(seen, form.example["requester.name"].upper())
    assert her.x < his.x
    assert her.y == his.y == rows[0].y
    assert all(above.y > below.y for above, below in pairwise(rows))


def test_who_they_are_is_told_once_and_not_whether_they_were_married() -> None:
    form = FORMS["ket-hon"]
    text = squeezed(sheets(coded(form, ordinary(form)))[0].extract_text())
    assert text.count(squeezed("Kết hôn lần thứ mấy")) == 1
    assert squeezed("Tình trạng hôn nhân") not in text
    assert squeezed("Đề nghị Quý cơ quan đăng ký") in text


def test_each_of_the_four_who_sign_ct01_has_a_day_above_and_room_below() -> None:
    form = FORMS["ct01"]
    seen = pieces(sheets(coded(form, ordinary(form)))[0])
    days = [piece for piece in seen if "ngày" in piece.text and "...." in piece.text]
    roles = [piece for piece in seen if piece.text.startswith(("ÝKIẾNCỦA", "NGƯỜIKÊKHAI"))]
    assert len(days) == len(roles)
    assert len({round(day.y) for day in days}) == len({round(role.y) for role in roles}) == 1
    assert all(day.y > role.y for day, role in zip(days, roles, strict=True))
    lines = [piece for piece in seen if piece.text.startswith("(8)Họvàtên")]
    assert len(lines) == 2  # the owner of the home, and the parent or guardian
    assert min(role.y for role in roles) - max(line.y for line in lines) > 50  # points: an opinion and a name


def test_nobody_agrees_on_ct01_before_he_signs() -> None:
    form = FORMS["ct01"]
    made = coded(form, ordinary(form))
    (page,) = sheets(made)
    assert [signed.name for signed in made.signatures] == ["", "", "", form.example["requester.name"]]
    assert page.extract_text().count(form.example["head.name"].upper()) == 1
    assert form.example["head.name"] not in page.extract_text()


def test_an_address_of_e_mail_is_not_broken() -> None:
    form = FORMS["ct01"]
    told = ordinary(form).answered("requester.email", "nguyen.thi-hoai.phuong+cu-tru@example-office.vn")
    assert told.answers["requester.email"] in sheets(coded(form, told))[0].extract_text()


@every_form
def test_the_day_of_signing_is_left_to_the_hand(form: Form) -> None:
    made = coded(form, ordinary(form))
    days = [made.made_at, *(signed.above for signed in made.signatures)]
    told = [day for day in days if day]
    assert told
    assert not any(letter.isdigit() for day in told for letter in day)


@every_form
def test_an_ordinary_form_is_read_without_glasses(form: Form) -> None:
    seen = pieces(sheets(coded(form, ordinary(form), bring=BRING[:1]))[0])
    sizes = [piece.size for piece in seen for _letter in piece.text]
    assert sorted(sizes)[len(sizes) // 2] >= 11.9  # of most letters; the rest are notes


@every_form
def test_long_names_and_two_long_addresses_keep_one_page(form: Form) -> None:
    answers = dict(ordinary(form).answers)
    names = {key: LONG_NAME for key in answers if key.endswith(".name")}
    homes = [key for key in answers if key.rpartition(".")[2] in ("residence", "address")]
    places = {key: LONG_ADDRESS for key in homes[:2]}
    made = coded(form, Interview({**answers, **names, **places}), bring=BRING[:1])
    assert len(sheets(made)) == 1


@pytest.mark.parametrize("much", [3, 4, 6, 8, 9])
@every_form
def test_signatures_never_stand_alone_on_a_page(form: Form, much: int) -> None:
    made = coded(form, grown(form, much), bring=BRING)
    told = [squeezed(page.extract_text()) for page in sheets(made)]
    first = squeezed(made.undertaking or made.signatures[0].above or made.made_at)
    (signed,) = [page for page in told if first in page]
    assert signed.index(first) > 100  # letters of the form itself stand above
    assert all(squeezed(each.role) in signed[signed.index(first) :] for each in made.signatures)


@pytest.mark.parametrize("name", ["khai-sinh", "khai-sinh-lai"])
def test_child_mother_and_father_stand_apart(name: str) -> None:
    form = FORMS[name]
    seen = pieces(sheets(coded(form, ordinary(form)))[0])
    lefts = sorted({piece.y for piece in seen if piece.x == min(one.x for one in seen)}, reverse=True)
    steps = {below: above - below for above, below in pairwise(lefts)}
    mother, father = (at(seen, f"Họ, chữ đệm, tên người {who}").y for who in ("mẹ", "cha"))
    within = steps[at(seen, "Ngày, tháng, năm sinh").y]
    assert min(steps[mother], steps[father]) > 1.2 * within


def test_a_mark_points_to_its_note() -> None:
    form = FORMS["khai-sinh"]
    seen = pieces(sheets(coded(form, ordinary(form)))[0])
    marks = [piece for piece in seen if piece.text == "(2)"]
    homes = [piece for piece in seen if piece.text == "Nơicưtrú"]
    assert [mark.y for mark in marks] == [home.y for home in homes]
    assert at(seen, "(2) Chỉ bắt buộc").y < at(seen, "Người yêu cầu").y


def test_the_code_for_the_desk_is_the_largest_on_the_page() -> None:
    form = FORMS["khai-tu"]
    made = coded(form, ordinary(form))
    seen = pieces(sheets(made)[0])
    told = [piece for piece in seen if piece.text not in ("☒", "☐")]
    assert max(told, key=lambda piece: piece.size).text == made.desk_code


@pytest.mark.parametrize("much", [1, 6])
def test_the_picture_shows_all_pages_and_can_be_printed(much: int) -> None:
    made = coded(FORMS["ct01"], grown(FORMS["ct01"], much))
    picture = Image.open(BytesIO(paper.picture(made)))
    width, height = A4_AT_150
    assert picture.size == (width, height * len(sheets(made)))


def test_the_picture_of_very_many_pages_is_small_enough_for_telegram() -> None:
    made = coded(FORMS["ct01"], grown(FORMS["ct01"], 40))
    picture = Image.open(BytesIO(paper.picture(made)))
    assert len(sheets(made)) > 5
    assert sum(picture.size) <= 10_000
