"""Single cells at their edges, and a workbook that was torn."""

from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from bot.spreadsheets import cells, files
from bot.spreadsheets.cells import BadCell
from handlers.desk.faults import BadTable


@pytest.mark.parametrize(("number", "year"), [(1, 1900), (46_209, 2026), (46_209.5, 2026), (99_999, 2173)])
def test_a_bare_number_is_a_day_of_the_workbook(number: float, year: int) -> None:
    found = cells._of_workbook(number, CALENDAR_WINDOWS_1900)
    assert found.year == year


@pytest.mark.parametrize("number", [0, -1, 100_000, 1e9, True])
def test_a_number_that_is_no_day_of_a_workbook_is_refused(number: float) -> None:
    with pytest.raises(BadCell):
        cells.moment(number, CALENDAR_WINDOWS_1900)


@pytest.mark.parametrize("cell", [46_209, 46_209.0])
def test_without_a_workbook_no_number_is_a_day(cell: float) -> None:
    with pytest.raises(BadCell):
        cells.moment(cell)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("060 198 001 234", "060198001234"),
        ("060.198.001.234", "060198001234"),
        ("060-198-001-234", "060198001234"),
        ("'060198001234", "060198001234"),
        (60_198_001_234, "060198001234"),  # Excel dropped the zero
        (1_234_567_890, "001234567890"),
        ("260123456", "260123456"),
        ("b1234567", "B1234567"),
        ("AB12345678", "AB12345678"),
        ("không", ""),
    ],
)
def test_an_id_number_is_kept_in_one_form(written: str | int, kept: str) -> None:
    assert cells.id_number(written) == kept


@pytest.mark.parametrize("written", ["12345678", "0601980012345", "B12345", "ABC1234567", "B123456789"])
def test_what_is_no_id_number_is_refused(written: str) -> None:
    with pytest.raises(BadCell):
        cells.id_number(written)


def test_a_sheet_that_was_torn_is_said_so(tmp_path) -> None:
    book = Workbook()
    book.active.append(["Mã hồ sơ"])
    for number in range(2_000):
        book.active.append([f"H36.99-260706-{number:04}"])
    book.save(tmp_path / "whole.xlsx")
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "torn.xlsx", "w") as torn:
        for name in whole.namelist():
            content = whole.read(name)
            torn.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(BadTable) as refused:
        files.pages(tmp_path / "torn.xlsx", len)
    assert refused.value.code == "damaged"
