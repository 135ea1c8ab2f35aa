"""The printed form: every answer is on the paper, nothing leaves the page, and any name can be set."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from unicodedata import normalize

import pytest
import zxingcpp
from PIL import Image, ImageOps
from pypdf import PdfReader

from bot.printing import paper
from handlers.intake.texts import PRINTED
from knowledge.intake import course, forms
from knowledge.intake.form import Form
from knowledge.intake.interview import Answers, Interview
from knowledge.intake.paper import BoxLine, Grid, Paper, Segment, Signed, WordLine, laid_out
from knowledge.intake.path import path
from knowledge.office import office

TODAY = date(2026, 11, 22)
FORMS = forms.load()
OFFICE = office.load()
CODE = "HS-7K3F-92QX"
NAME = (
    "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Phương Quỳnh Diễm Ngọc Thủy Tiên Đặng Trần Huyền Trân Bảo Châu"
)
ADDRESS = (
    "Số nhà 123/45/67B, hẻm 8 đường Nguyễn Thị Minh Khai nối dài, tổ dân phố số 12, khu phố Tiến Phú, "
    "đối diện trạm y tế cũ và nhà văn hóa cộng đồng, gần cầu Suối Nước, phường Tiến Thành, tỉnh Lâm Đồng"
)
LONGEST = {"name": NAME, "place": ADDRESS, "text": "Tường trình " + "m" * 288, "number": "19"}
MEMBERS = 6
MARKUP = '#set page(width: 9mm) $x^2$ *b* _i_ `r` <l> @l \\ // /* "q" ~ -- ... = {requester.name} #panic()'
BRING = ("Giấy chứng sinh – 1 bản chính", ADDRESS)
MARGIN_MM = 12  # no ink nearer to an edge: printers cut there
DPI = 72


def ordinary(form: Form) -> Interview:
    return course.filled(form, form.example, TODAY)


def longest(form: Form) -> Interview:
    """All that can be said at most length, with a family of six."""
    answers = dict(ordinary(form).answers)
    for group in {q.repeat for q in form.questions if q.repeat}:
        one = {key: value for key, value in answers.items() if key.startswith(f"{group}.1.")}
        for n in range(1, MEMBERS + 1):
            answers |= {key.replace(".1.", f".{n}.", 1): value for key, value in one.items()}
        first = next(q.id.rpartition(".")[2] for q in form.questions if q.repeat == group)
        answers[f"{group}.{MEMBERS + 1}.{first}"] = "no"
    steps = [s for s in path(form, Interview(answers)) if s.how != "same"]
    return Interview({s.question.id: LONGEST.get(s.question.type, s.value or "") for s in steps})


def sparse(form: Form) -> Interview:
    """Who skips all that may be skipped, and has no place to live in."""
    answers: Answers = {}
    while question := course.next_question(form, Interview(answers)):
        said = {"card": "manual", "place": "không có", "text": "không có", "yes_no": "no"}.get(question.type)
        value = "" if question.optional else said or _example(form, question.id)
        answers = {**answers, question.id: value}
    return Interview(answers)


def _example(form: Form, question_id: str) -> str:
    question = next(q for q in form.questions if q.id == question_id)
    spare = {"name": "Đỗ An", "date": "1990-01-02", "time": "10:30", "ethnic": "Kinh", "number": "0",
             "id_number": "060090000001", "phone": "0901234567"}  # fmt: skip
    return form.example.get(question_id) or spare.get(question.type) or question.choices[0].value


PERSONS = {"ordinary": ordinary, "longest": longest, "sparse": sparse, "blank": lambda form: Interview()}


def coded(form: Form, told: Interview, code: str = CODE, bring: tuple[str, ...] = ()) -> Paper:
    return replace(laid_out(form, told, OFFICE), desk_code=code, bring=bring)


def hardest() -> Paper:
    """What no form has today: a long label of boxes, four signatures, narrow columns, endless words."""
    lines = (
        BoxLine(
            "Số định danh cá nhân của chủ hộ, ghi theo giấy tờ tùy thân hoặc sổ cũ đã thu hồi", ("1",) * 12
        ),
        WordLine((Segment("Ghi chú: "), Segment("W" * 300, "answer"))),
        WordLine((Segment("Bẫy: "), Segment(MARKUP, "answer"))),
        Grid(("TT", "Ghi chú"), (1, 12), ((("123456789012", ADDRESS),) * 9)),
    )
    names = (NAME, "Ơ" * 100, "", NAME)
    signed = tuple(
        Signed(f"Ý kiến của người thứ {n}", "(Ký, ghi rõ họ tên)", name, "Ngày ...", ("(8) Số:",))
        for n, name in enumerate(names)
    )
    title = "Tờ khai thay đổi thông tin cư trú và đề nghị trợ cấp hưu trí xã hội hằng tháng"
    return Paper("x", title, ADDRESS, lines, signed, NAME, ADDRESS, NAME, ADDRESS, CODE, BRING)


ALL = [
    *(
        pytest.param(coded(form, person(form), bring=BRING), id=f"{form.id}-{name}")
        for form in FORMS.values()
        for name, person in PERSONS.items()
    ),
    pytest.param(hardest(), id="hardest"),
]


def squeezed(text: str) -> str:
    """Without what a line break or a long word adds."""
    return normalize("NFC", "".join(text.replace("\u200b", "").split()))  # zero width space


def printed(made: Paper) -> str:
    """The text of all pages."""
    reader = PdfReader(BytesIO(paper.pdf(made)))
    return squeezed("".join(page.extract_text() for page in reader.pages))


def texts(made: Paper) -> Iterator[str]:
    """What must stand on the paper, in its order."""
    yield from (
        made.label,
        made.nation,
        made.motto,
        made.title.upper(),
        PRINTED["to"] if made.addressee else "",
        made.addressee,
    )
    for line in made.lines:
        match line:
            case WordLine(segments=segments):
                yield from (segment.text for segment in segments)
            case BoxLine(label=label, digits=digits):
                yield from (label, *digits)
            case Grid(titles=titles, rows=rows):
                yield from titles
                yield from (text for row in rows for text in row)
    yield from (made.undertaking, made.made_at, *made.notes)


def lost(wanted: Iterator[str], page: str) -> list[str]:
    """Those that do not follow on the one before."""
    at, gone = 0, []
    for text in filter(None, map(squeezed, wanted)):
        found = page.find(text, at)
        if found < 0:
            gone.append(text)
        at = max(at, found + len(text))
    return gone


@pytest.mark.parametrize("made", ALL)
def test_every_text_is_on_the_paper_in_its_order(made: Paper) -> None:
    page = printed(made)
    assert lost(texts(made), page) == []
    beside = [
        made.doubt,
        *made.bring,
        *(t for s in made.signatures for t in (s.above, s.role, s.note, s.name, *s.below)),
    ]
    assert [text for text in (*beside, CODE, PRINTED["foot"]) if squeezed(text) not in page] == []


@pytest.mark.parametrize("made", ALL)
def test_nothing_leaves_the_page(made: Paper) -> None:
    edges = [room(page) for page in paper.pages(made, DPI)]
    assert min(min(page) for page in edges) >= MARGIN_MM


def room(png: bytes) -> tuple[float, ...]:
    """Millimetres without ink at the left, above, at the right and below."""
    page = ImageOps.invert(Image.open(BytesIO(png)).convert("L"))
    left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
    return tuple(25.4 / DPI * edge for edge in (left, top, page.width - right, page.height - bottom))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_ordinary_form_fits_on_one_page(form: Form) -> None:
    assert len(paper.pages(coded(form, ordinary(form)), DPI)) == 1


def test_a_table_that_goes_on_repeats_its_titles() -> None:
    grid = Grid(("TT", "Họ và tên của thành viên"), (1, 9), tuple((str(n), NAME) for n in range(40)))
    made = replace(hardest(), lines=(grid,))
    page = printed(made)
    assert page.count("Họvàtêncủathànhviên") == len(paper.pages(made, DPI)) > 2


def test_texts_are_no_markup() -> None:
    assert squeezed(MARKUP) in printed(hardest())


def test_the_code_can_be_scanned_and_holds_nothing_else() -> None:
    made = coded(FORMS["khai-sinh"], ordinary(FORMS["khai-sinh"]))
    page = Image.open(BytesIO(paper.pages(made, 150)[0]))
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [CODE]


def test_a_paper_without_a_code_has_no_foot_for_it() -> None:
    made = laid_out(FORMS["khai-tu"], Interview(), OFFICE)
    assert squeezed(PRINTED["code"]) not in printed(made)


def test_the_same_paper_is_the_same_file() -> None:
    made = hardest()
    assert paper.pages(made, DPI) == paper.pages(made, DPI)


def test_many_threads_print_at_once() -> None:
    form = FORMS["ket-hon"]
    made = [coded(form, ordinary(form), f"HS-7K3F-92Q{n}") for n in range(8)]
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(printed, made))
    assert [n for n, page in enumerate(pages) if f"HS-7K3F-92Q{n}" not in page] == []


VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")  # grave, acute, tilde, hook above, dot below
LETTERS = [normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
VIETNAMESE = {letter for letter in LETTERS + [letter.upper() for letter in LETTERS] if not letter.isascii()}


def test_only_our_fonts_are_in_the_file() -> None:
    assert len(VIETNAMESE) == 134
    letters = " ".join(sorted(VIETNAMESE)) + " ₫ “ ” – …"
    segments = (Segment(letters), Segment("☒", "tick"), Segment("☐", "tick"), Segment(letters, "answer"))
    made = replace(hardest(), lines=(WordLine(segments), WordLine(segments, heading=True)))
    reader = PdfReader(BytesIO(paper.pdf(made)))
    used = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].get_object().values()
    }
    serif = {f"LibertinusSerif-{cut}-Identity-H" for cut in ("Regular", "Italic", "Semibold", "Bold")}
    assert used == {*serif, "DejaVuSansMono"}
    page = printed(made)
    assert squeezed(letters) + "☒☐" in page
    assert "\ufffd" not in page
