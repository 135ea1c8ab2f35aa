"""The printed sheet: every text is on it, its QR opens the bot, and an old one is noticed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.printing import sheets, typeset
from handlers import router
from handlers.guidance import sheet as words
from handlers.guidance.sheet import Sheet
from handlers.language.i18n import SOURCE, translator
from handlers.ports.world import World
from handlers.turn.blocks import Facts, plain
from handlers.turn.messages import Incoming, State
from knowledge.procedures.catalogue import Procedure
from tests.bot.commands.terminal import motcua
from tests.dialogue import MONDAY

PARAGRAPH = "Nộp kèm sơ đồ bến đò, ảnh chụp mạn thuyền và lời hứa không chở quá người. " * 3
LETTERS = "ẮẰẲẴẶ ấầẩẫậ ƯỚƯỜƯỞƯỠƯỢ ỵỳỷỹý đĐ ₫ “ngoặc” – …"


def procedure(papers: int = 2, **more: object) -> Procedure:
    told = {
        "code": "1.111111",
        "name": "Thủ tục cấp thẻ chèo đò ngang",
        "short": "Thẻ chèo đò",
        "about": "Xin thẻ để chèo đò.",
        "asks": ["làm thẻ chèo đò"],
        "who": "Người từ đủ 18 tuổi, biết bơi.",
        "cases": [
            {
                "id": "boat",
                "question": "Đò loại nào?",
                "values": [{"id": "oar", "label": "Chèo tay"}, {"id": "engine", "label": "Gắn máy"}],
            }
        ],
        "documents": [
            {"id": "photo", "name": "Ảnh chân dung", "handling": "submit", "copies": 2},
            {"id": "e-form", "name": "Mẫu điện tử", "handling": "submit", "via": ["online"]},
            *(
                {"id": f"p{n}", "name": f"Giấy thứ {n}", "handling": "submit", "note": PARAGRAPH}
                for n in range(papers)
            ),
            {
                "id": "engine",
                "name": "Sổ kiểm định máy",
                "handling": "present",
                "when": {"boat": ["engine"]},
                "options": ["Bản giấy", "Bản điện tử"],
            },
            {"id": "old", "name": "Thẻ cũ", "handling": "not_needed", "reason": "Cán bộ tự tra."},
        ],
        "deadlines": [{"kind": "working_days", "count": 5}],
        "fees": [{"name": "Lệ phí", "level": "amount", "amount": 50_000, "unit": "đồng/thẻ"}],
        "place": "one_stop",
        "agency": "Ủy ban nhân dân cấp xã",
        "methods": ["desk", "online"],
        "result": "Thẻ chèo đò",
        "legal_basis": [],
        "notes": [
            {"text": "Phải tập huấn trước.", "topic": "condition", "lead": True},
            {"text": f"Chữ nào cũng phải in ra: {LETTERS}", "topic": "own_deadline", "lead": True},
        ],
        "decision": "12/QĐ-BDN",
        "evidence": "data",
        "source": {"name": "Cổng Dịch vụ công quốc gia", "as_of": "2026-07-18"},
        "checked": "2026-11-22",
        **more,
    }
    return Procedure.model_validate(told)


def sheet_of(world: World, procedure: Procedure) -> Sheet:
    return words.sheet(procedure, "Đò ngang", MONDAY.date(), world.office, translator(SOURCE))


def printed(sheet: Sheet, link: str = "") -> list[str]:
    """The text of each page, without the spaces where lines break."""
    reader = PdfReader(BytesIO(sheets.pdf(sheet, link)))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def missing(texts: Sequence[str], pages: Sequence[str]) -> list[str]:
    return [text for text in texts if "".join(text.split()) not in "".join(pages)]


def test_every_text_is_on_the_sheet(world: World) -> None:
    texts = [
        "Đò ngang",
        "Thẻ chèo đò",
        "Thủ tục cấp thẻ chèo đò ngang",
        "Người từ đủ 18 tuổi, biết bơi.",
        "Phải tập huấn trước.",
        "PHẢI NỘP",
        "Ảnh chân dung – 2 bản sao",
        "KHÔNG CẦN NỮA",
        "Thẻ cũ",
        "5 ngày làm việc",
        "50.000 đồng/thẻ",
        world.office.name,
        LETTERS,
        "Mã thủ tục 1.111111 · 12/QĐ-BDN · theo Cổng Dịch vụ công quốc gia ngày 18/7/2026",
    ]
    pages = printed(sheet_of(world, procedure()))
    assert missing(texts, pages[:1]) == []
    assert "Mẫuđiệntử" not in "".join(pages)  # a board hangs at the desk


def test_other_cases_and_ways_stand_behind(world: World) -> None:
    pages = printed(sheet_of(world, procedure()))
    behind = [
        "Trường hợp “Gắn máy”",
        "Sổ kiểm định máy",
        "– Bản điện tử",
        "Nộp trực tuyến",
        "dichvucong.gov.vn",
    ]
    assert missing(behind, pages[1:]) == []
    assert missing(behind, pages[:1]) == behind


def test_a_long_procedure_flows_to_more_pages_with_its_name_on_each(world: World) -> None:
    sheet = sheet_of(world, procedure(papers=40))
    pages = printed(sheet)
    assert len(pages) > 2
    assert missing([f"Giấy thứ {n}" for n in range(40)], pages) == []
    assert all("Thẻchèođò" in page for page in pages)
    assert [f"Trang{n}/{len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


def test_the_usual_case_stays_on_the_first_page(world: World) -> None:
    pages = printed(sheet_of(world, procedure(papers=8)))
    assert missing([f"Giấy thứ {n}" for n in range(8)] + ["Thẻ chèo đò"], pages[:1]) == []


SAMPLED = ("1.001193", "1.013978", "1.004088", "2.001263", "1.004222", "1.013229")  # short, long, by case


@pytest.mark.parametrize("code", SAMPLED)
def test_the_usual_case_of_what_ships_is_one_page(code: str, world: World) -> None:
    known = world.catalogue.procedures[code]
    told = words.sheet(known, "", MONDAY.date(), world.office, translator(SOURCE))
    last = [f.label for block in told.front if isinstance(block, Facts) for f in block.facts][-1]
    assert last == "Nơi nộp"
    assert "Nơinộp" in printed(told, "https://motcua.example.vn/chat?start=x")[0]


def test_an_answer_that_ends_the_matter_is_not_the_usual_case(world: World) -> None:
    known = world.catalogue.procedures["1.004873"]
    told = words.sheet(known, "", MONDAY.date(), world.office, translator(SOURCE))
    assert "Trường hợp phải nộp giấy: Xin lần đầu" in plain(told.front)
    assert "PHẢI NỘP" in plain(told.front)


EXCLUDED = [  # who needs no such paper, or may not have it
    ("1.004873", "Trường hợp “Kết hôn với người Việt, ở trong nước”: Bạn không cần giấy này"),
    ("1.014027", "Trường hợp “Dưới 70 tuổi”: Chưa đủ tuổi"),
    ("1.013979", "Trường hợp “Đất đã có sổ”: Đất đã có sổ không làm thủ tục này"),
    ("2.001263", "Ông bà không được nhận cháu"),
    ("1.003677", "Trường hợp “Không bị giám sát, quản lý”: Khai được qua điện thoại"),
]


@pytest.mark.parametrize(("code", "told"), EXCLUDED)
def test_who_hands_in_nothing_reads_it_on_the_first_page_before_the_papers(
    code: str, told: str, world: World
) -> None:
    known = world.catalogue.procedures[code]
    sheet = words.sheet(known, "", MONDAY.date(), world.office, translator(SOURCE))
    assert told in plain(sheet.front).split("PHẢI NỘP")[0]
    assert told not in plain(sheet.back)


def test_every_usual_case_fits_one_page_in_letters_read_from_a_metre(world: World) -> None:
    smallest = {"body": sheets.SIZES[-1][0], "air": sheets.SIZES[-1][1], "qr": typeset.qr_svg("https://a.vn")}
    assert min(float(body) for body, _air in sheets.SIZES) >= 14
    longer = {
        code
        for code, known in world.catalogue.procedures.items()
        if (told := words.sheet(known, "", MONDAY.date(), world.office, translator(SOURCE)))
        and typeset.asked(sheets.TEMPLATE, {**smallest, "sheet": json.dumps(asdict(told))}, "<front>") != 1
    }
    assert longer == set()


def test_texts_that_look_like_markup_are_only_texts(world: World) -> None:
    nasty = r'#pagebreak() *đậm* $x^2$ @nơi <nhãn> [ô] \u{41} "ngoặc" // chú thích'
    assert missing([nasty], printed(sheet_of(world, procedure(who=nasty)))) == []


def test_without_an_address_there_is_no_qr(world: World) -> None:
    sheet = sheet_of(world, procedure())
    assert missing([sheet.scan], printed(sheet)) == [sheet.scan]
    assert missing([sheet.scan], printed(sheet, "https://motcua.example.vn/chat?start=x")) == []


def test_the_pages_can_be_looked_at(world: World) -> None:
    pages = sheets.pages(sheet_of(world, procedure()), "", dpi=20)
    assert len(pages) > 1
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_the_link_opens_the_procedure_and_carries_its_version() -> None:
    payload = words.payload(procedure())
    assert payload == "p-1_111111-20261122"  # Telegram takes up to 64 of A-Z a-z 0-9 _ -
    assert words.opened(payload) == ("1.111111", date(2026, 11, 22))


@pytest.mark.parametrize(
    ("start", "opened"),
    [
        ("1_001193", ("1.001193", None)),
        ("p-1_001193", ("1.001193", None)),
        ("p-1_001193-20261399", ("1.001193", None)),
        ("p-1_001193-2026", ("", None)),
        ("p-1.001193", ("", None)),
        ("", ("", None)),
    ],
)
def test_other_payloads_are_read_as_far_as_they_go(start: str, opened: tuple[str, date | None]) -> None:
    assert words.opened(start) == opened


def test_somebody_who_scans_an_old_sheet_is_told(world: World) -> None:
    old = router.respond(Incoming(at=MONDAY, start="p-1_001193-20200102"), State(), world)
    new = router.respond(Incoming(at=MONDAY, start="p-1_001193-20991231"), State(), world)
    assert "02/01/2020" in old.replies[0].text
    assert old.replies[1:] == new.replies
    assert old.state == new.state


def test_the_command_writes_a_sheet_or_those_of_a_field(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    one = motcua("sheet", "1.001193", "--out", out)
    assert one.stdout == f"{out}/1.001193.pdf\n"
    assert "PUBLIC_URL" in one.stderr
    field = motcua("sheet", "--field", "chung-thuc", "--out", out, PUBLIC_URL="https://motcua.example.vn")
    assert field.stderr == ""
    assert sorted(field.stdout.split()) == sorted(map(str, Path(out).glob("2.*.pdf")))


@pytest.mark.parametrize("arguments", [["9.999999"], ["--field", "nowhere"]])
def test_a_sheet_of_something_unknown_is_refused(arguments: list[str], tmp_path: Path) -> None:
    done = motcua("sheet", *arguments, "--out", str(tmp_path / "out"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "out").exists()
