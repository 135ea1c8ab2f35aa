"""Workbooks that would take all memory, or all day, end with a sentence."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.spreadsheets import calamine_file, files, pages, xlsx_parts
from bot.spreadsheets.pages import Spool
from handlers.desk.faults import BadTable
from tests import ROOT

BOOK = (
    '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    '<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>',
)


def book(path, sheet="<worksheet><sheetData/></worksheet>", **parts):
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", BOOK[0])
        file.writestr("xl/_rels/workbook.xml.rels", BOOK[1])
        file.writestr("xl/worksheets/s.xml", sheet)
        for name, content in parts.items():
            file.writestr(f"xl/{name}.xml", content)
    return path


def refusal(path):
    with pytest.raises(BadTable) as refused:
        files.pages(path, len)
    return refused.value.code


def test_what_unpacks_to_far_more_than_it_is(tmp_path) -> None:
    assert refusal(book(tmp_path / "b.xlsx", "<worksheet>" + " " * 50_000_000)) == "too_big_unpacked"


def test_more_rows_than_any_program_writes(tmp_path) -> None:
    sheet = f'<worksheet><sheetData><row r="{pages.ROWS + 1}"><c><v>1</v></c></row></sheetData></worksheet>'
    assert refusal(book(tmp_path / "b.xlsx", sheet)) == "too_many_cells"


def test_more_cells_than_a_register_has() -> None:
    spool = Spool("b.xlsx", cells=pages.CELLS)
    with pytest.raises(BadTable):
        spool.add(1, ["x"])


def test_more_texts_than_a_register_has(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(xlsx_parts, "STRINGS", 3)
    texts = f"<sst>{'<si><t>a</t></si>' * 4}</sst>"
    assert refusal(book(tmp_path / "b.xlsx", sharedStrings=texts)) == "too_many_cells"


def test_entities_are_not_unfolded(tmp_path) -> None:
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert refusal(book(tmp_path / "b.xlsx", sheet)) == "damaged"


def test_a_cell_far_to_the_right_costs_nothing(tmp_path) -> None:
    sheet = '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    [page] = files.pages(book(tmp_path / "b.xlsx", sheet), len)
    assert list(page.rows) == []


def cell(text, more=""):
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def ods(path, rows):
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Sổ">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_another_office_program_s_book_is_read(tmp_path) -> None:
    rows = row(cell("Mã hồ sơ"), cell("Họ tên")) + row(cell("H36.50-261125-0361"), cell("An"))
    [page] = files.pages(ods(tmp_path / "so.ods", rows), len)
    assert (page.name, [cells for _, cells in page.rows][1]) == ("Sổ", ["H36.50-261125-0361", "An"])
    assert not page.knows_hidden


@pytest.mark.parametrize("times", [1_000_000, 4_000_000_000])
def test_a_cell_that_is_repeated_without_end(tmp_path, times) -> None:
    """Some hundred bytes of them would fill every memory."""
    down, right = f' table:number-rows-repeated="{times}"', ' table:number-columns-repeated="16000"'
    assert refusal(ods(tmp_path / "b.ods", row(cell("x", right), more=down))) == "too_many_cells"


def test_what_takes_more_memory_than_it_may_ends_and_does_not_hang(tmp_path) -> None:
    """Out of memory, its reader waited for ever."""
    reader = Path(calamine_file.__file__).read_text(encoding="utf-8")
    narrow = tmp_path / "narrow.py"
    narrow.write_text(reader.replace("MEMORY = 400_000_000", "MEMORY = 90_000_000"), encoding="utf-8")
    wide = row(*[cell("x" * 50)] * 8, more=' table:number-rows-repeated="200000"')
    command = [
        *calamine_file.QUIET,
        f"PYTHONPATH={ROOT}",
        sys.executable,
        narrow,
        ods(tmp_path / "b.ods", wide),
    ]
    ended = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert ended.returncode not in (0, calamine_file.DAMAGED)
    assert b"ModuleNotFoundError" not in ended.stderr


def test_a_book_of_1997_that_breaks_off_is_damaged(tmp_path) -> None:
    path = tmp_path / "so.xls"
    start = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900") + bytes(480)
    path.write_bytes(start + "Workbook".encode("utf-16-le") + bytes(400))
    assert refusal(path) == "damaged"
