"""One sheet that is read: its columns, and what is told of it as a whole."""

from dataclasses import dataclass

from bot.dossiers.tables.columns import UNUSED
from bot.dossiers.tables.parsing import Place
from bot.dossiers.tables.remarks import Remarks
from bot.dossiers.tables.survey import Survey
from bot.spreadsheets.headings import Layout, letters
from bot.spreadsheets.pages import Page
from handlers.desk.values import Column

LINES = 6  # lines that are no dossiers and are named
SHOWN = 60  # letters of such a line


@dataclass(frozen=True)
class Part:
    """One sheet that is read."""

    page: Page
    layout: Layout
    survey: Survey
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """Of the sheet."""
        return self.page.name

    @property
    def places(self) -> tuple[Place, ...]:
        """The columns that are taken."""
        by_letter = {column.letter: column for column in self.columns}
        found = []
        for heading in self.layout.headings:
            column = by_letter[letters(heading.place)]
            if column.meaning and column.meaning not in UNUSED:
                font, has_unicode = self.survey.fonts.get(heading.place, (None, False))
                found.append(
                    Place(
                        column.meaning,
                        heading.place,
                        column.letter,
                        column.heading,
                        column.order,
                        font,
                        has_unicode,
                    )
                )
        return tuple(found)

    def remark(self, remarks: Remarks, where: str, reads_hidden: bool) -> None:
        """What is told of the sheet as a whole; `where` stands before the numbers of rows."""
        below = self.layout.last_row
        self._remark_hidden(remarks, where, reads_hidden)
        for number, line in self.survey.lines[:LINES]:
            remarks.note("other_line", f"{where}{number}", text=line[:SHOWN])
        if (more := len(self.survey.lines) - LINES) > 0:
            remarks.note("other_lines", count=more)
        if self.layout.font:
            remarks.note("converted_headings", font=self.layout.font.name)
        for place in self.places:
            if place.font:
                remarks.note("converted_font", font=place.font.name, column=place.heading)
        if any(first < last and first > below for first, _, last, _ in self.page.merged):
            remarks.note("merged_down")

    def _remark_hidden(self, remarks: Remarks, where: str, reads_hidden: bool) -> None:
        for number in sorted(number for number in self.page.hidden_rows if number > self.layout.last_row):
            remarks.note("hidden_rows_read" if reads_hidden else "hidden_rows", f"{where}{number}")
        if not self.page.knows_hidden:
            remarks.note("hidden_not_known")
