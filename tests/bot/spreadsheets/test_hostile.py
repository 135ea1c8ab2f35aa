"""Workbooks that would take all memory, or all day, end with a sentence."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.spreadsheets import files, pages, xlsx_parts
from bot.spreadsheets.pages import Spool
from handlers.desk.faults import BadTable

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


def test_another_office_program_s_book_is_read(tmp_path) -> None:
    path = tmp_path / "so.ods"
    rows = "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p>'
        "</table:table-cell>" for c in row) + "</table:table-row>"
        for row in (["Mã hồ sơ", "Họ tên"], ["H36.50-261125-0361", "An"])
    )  # fmt: skip
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Sổ">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    [page] = files.pages(path, len)
    assert (page.name, [row for _, row in page.rows][1]) == ("Sổ", ["H36.50-261125-0361", "An"])
