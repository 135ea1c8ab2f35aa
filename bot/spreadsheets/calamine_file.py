"""Older and foreign workbooks (.xls, .ods, .xlsb), read by python-calamine in a process of its own.

What it unfolds cannot be foreseen from the file, so the process has limits of memory and of time.
"""

import pickle
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.spreadsheets.cells import Cell
from bot.spreadsheets.pages import COLUMNS, Page, Spool, Visibility
from bot.spreadsheets.xlsx_parts import FROM_1900
from handlers.desk.faults import BadTable

MEMORY = 400_000_000  # bytes of address space
SECONDS = 9  # of a processor
WALL_SECONDS = 120  # on a machine that is busy with others
VISIBLE: dict[str, Visibility] = {"Hidden": "hidden", "VeryHidden": "very_hidden"}


def pages(path: Path) -> Iterator[Page]:
    """The sheets. Raises BadTable."""
    command = [sys.executable, "-m", "bot.spreadsheets.calamine_file", str(path)]
    spool = Spool(path.name)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:
        assert reader.stdout
        try:
            while True:
                sheet = pickle.load(reader.stdout)  # noqa: S301  # of our own process
                if sheet is None:
                    break
                name, visible, merged, rows = sheet
                for number, row in enumerate(rows, 1):
                    spool.add(number, row[:COLUMNS])
                yield Page(
                    name, spool.page(), VISIBLE.get(visible, "visible"), merged=merged, epoch=FROM_1900
                )
        except (EOFError, pickle.UnpicklingError) as error:
            ended = reader.wait(WALL_SECONDS)
            raise BadTable("damaged" if ended == 1 else "too_many_cells", file=path.name) from error
        finally:
            reader.kill()


def _write(path: str) -> None:
    """The other process: each sheet as a pickle, then None."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for told in book.sheets_metadata:
        if str(told.typ).rpartition(".")[2] != "WorkSheet":
            continue
        sheet = book.get_sheet_by_name(told.name)
        rows = [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
        ranges = sheet.merged_cell_ranges or []
        merged = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
        found = (told.name, str(told.visible).rpartition(".")[2], merged, rows)
        sys.stdout.buffer.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    sys.stdout.buffer.write(pickle.dumps(None))


def _cell(value: Any) -> Cell:
    if isinstance(value, timedelta):
        return str(value)
    if type(value) is date:
        return datetime.combine(value, time())
    return None if value == "" else value


if __name__ == "__main__":
    _write(sys.argv[1])
