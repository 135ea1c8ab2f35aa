"""Older and foreign workbooks (.xls, .ods, .xlsb), read by python-calamine in a process of its own.

What it unfolds cannot be foreseen from the file, so the process has limits of memory and of time.
"""

import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bot.spreadsheets.cells import Cell
from bot.spreadsheets.pages import BLOCK, COLUMNS, Page, Spool, Visibility
from bot.spreadsheets.xlsx_parts import FROM_1900
from handlers.desk.faults import BadTable

MEMORY = 400_000_000  # bytes of address space
SECONDS = 9  # of a processor
WALL_SECONDS = 120  # on a machine that is busy with others
DAMAGED, TOO_MUCH = 3, 4  # how the process ends of itself
LIMIT = "Cell limit exceeded"  # what its library says of a sheet that would fill the memory
# out of memory, the reader would wait for ever while it prints where it was
QUIET = ("/usr/bin/env", "RUST_BACKTRACE=0", "RUST_LIB_BACKTRACE=0")
VISIBLE: dict[str, Visibility] = {"Hidden": "hidden", "VeryHidden": "very_hidden"}


def pages(path: Path) -> Iterator[Page]:
    """The sheets. Raises BadTable."""
    command = [*QUIET, sys.executable, "-m", "bot.spreadsheets.calamine_file", str(path)]
    spool = Spool(path.name)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:
        assert reader.stdout
        try:
            while (sheet := pickle.load(reader.stdout)) is not None:  # noqa: S301  # of our own process
                name, visible, merged = sheet
                number = 0
                while rows := pickle.load(reader.stdout):  # noqa: S301
                    for row in rows:
                        number += 1
                        spool.add(number, row)
                yield Page(
                    name,
                    spool.page(),
                    VISIBLE.get(visible, "visible"),
                    knows_hidden=False,
                    merged=merged,
                    epoch=FROM_1900,
                )
        except (EOFError, pickle.UnpicklingError) as error:
            ended = reader.wait()
            raise BadTable("damaged" if ended == DAMAGED else "too_many_cells", file=path.name) from error
        finally:
            reader.kill()


def _write(path: str) -> None:
    """The other process: each sheet and its rows as pickles, an empty block behind them; then None."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(WALL_SECONDS)  # ends it, as nobody handles it
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        for told in book.sheets_metadata:
            if str(told.typ).rpartition(".")[2] == "WorkSheet":
                _write_sheet(book.get_sheet_by_name(told.name), str(told.visible).rpartition(".")[2])
        _put(None)
    except MemoryError:
        sys.exit(TOO_MUCH)
    except CalamineError as error:
        sys.exit(TOO_MUCH if LIMIT in str(error) else DAMAGED)


def _write_sheet(sheet: Any, visible: str) -> None:
    ranges = sheet.merged_cell_ranges or []
    merged = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
    _put((sheet.name, visible, merged))
    rows = (list(map(_cell, row[:COLUMNS])) for row in sheet.iter_rows())
    while block := list(islice(rows, BLOCK)):
        _put(block)
    _put([])


def _put(what: object) -> None:
    sys.stdout.buffer.write(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def _cell(value: Any) -> Cell:
    if isinstance(value, timedelta):
        return str(value)
    if type(value) is date:
        return datetime.combine(value, time())
    return None if value == "" else value


if __name__ == "__main__":
    _write(sys.argv[1])
