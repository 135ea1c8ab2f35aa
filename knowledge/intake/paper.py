"""The official form, laid out: what stands on the paper, line by line. The edge draws it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Literal

from knowledge.intake.blanks import blanks
from knowledge.intake.form import Blank, Boxes, Form, Line, Sides, Table, split
from knowledge.intake.interview import Interview
from knowledge.intake.path import Values, holds, known
from knowledge.office.office import Office

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Segment:
    """A piece of a line."""

    text: str  # "☒" or "☐" of a box to tick; "" of an empty blank, which is drawn as dots
    kind: Literal["printed", "answer", "empty", "tick"] = "printed"


@dataclass(frozen=True)
class WordLine:
    """A line of text, or a heading."""

    segments: tuple[Segment, ...]
    heading: bool = False
    apart: bool = False  # with air above
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class BoxLine:
    """A number with a box for each digit."""

    label: str
    digits: tuple[str, ...]  # "" of an empty box
    kind: Literal["boxes"] = "boxes"


@dataclass(frozen=True)
class Grid:
    """A table."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]  # beside each other
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True)
class Signed:
    """Where somebody signs by hand."""

    role: str
    note: str
    name: str
    above: str = ""  # the day that this one signs
    below: tuple[str, ...] = ()  # lines for a hand


@dataclass(frozen=True)
class Paper:
    """A filled form. It goes through JSON and back with pydantic's TypeAdapter."""

    form: str  # its id
    title: str
    addressee: str  # after "Kính gửi:"
    lines: tuple[WordLine | BoxLine | Grid, ...]
    signatures: tuple[Signed, ...]
    undertaking: str = ""
    made_at: str = ""
    label: str = ""  # in the corner
    doubt: str = ""  # what is not certain about the form
    desk_code: str = ""
    bring: tuple[str, ...] = ()  # documents to bring beside it
    notes: tuple[str, ...] = ()  # at the foot: "(2) ..." is what a "(2)" in the texts points to
    nation: str = NATION
    motto: str = MOTTO


def laid_out(form: Form, interview: Interview, office: Office) -> Paper:
    """The paper with all that was told; what is not known is left to the hand."""
    values = known(form, interview)
    filled = {**blanks(form, interview, office)}
    signatures = (s for s in form.signatures if holds(s.when, values))
    return Paper(
        form=form.id,
        title=form.title,
        addressee=_text(form.addressee, filled, values),
        lines=tuple(_line(line, filled, values) for line in form.lines if holds(line.when, values)),
        signatures=tuple(
            Signed(s.role, s.note, _text(s.name, filled, values), s.above, s.below) for s in signatures
        ),
        undertaking=_text(form.undertaking, filled, values),
        made_at=_text(form.made_at, filled, values),
        label=form.label,
        doubt=form.doubt or "",
        notes=form.notes,
    )


def _line(line: Line, filled: Values, values: Values) -> WordLine | BoxLine | Grid:
    if line.table:
        return _grid(line.table, filled, values)
    if line.boxes:
        return _boxes(line.boxes, filled)
    if line.sides:
        return _sides(line.sides, filled, values)
    segments = tuple(_segments(line.text or line.heading or "", filled, values))
    return WordLine(segments, heading=line.heading is not None, apart=line.apart)


def _segments(text: str, filled: Mapping[str, str], values: Values) -> Iterator[Segment]:
    for piece in split(text):
        if not isinstance(piece, Blank):
            yield Segment(piece)
        elif piece.sign:
            yield Segment("☒" if _is_ticked(piece, values) else "☐", "tick")
        else:
            answer = filled.get(piece.name, "")
            yield Segment(answer, "answer" if answer else "empty")


def _is_ticked(box: Blank, values: Values) -> bool:
    """An answer that is not known ticks nothing."""
    value = values.get(box.name)
    return value is not None and (value == box.value) == (box.sign == "=")


def _text(text: str, filled: Mapping[str, str], values: Values) -> str:
    return "".join(segment.text for segment in _segments(text, filled, values))


def _boxes(boxes: Boxes, filled: Values) -> BoxLine:
    digits = filled.get(boxes.blank, "")
    empty = ("",) * (boxes.count - len(digits))
    return BoxLine(boxes.label, (*digits, *empty))


def _sides(sides: Sides, filled: Values, values: Values) -> Grid:
    rows = tuple(tuple(_text(cell, filled, values) for cell in row) for row in sides.rows)
    return Grid(sides.titles, sides.widths, rows)


def _grid(table: Table, filled: Values, values: Values) -> Grid:
    rows = list(_rows(table, filled, values))
    empty = ("",) * len(table.columns)
    rows += [empty] * (table.rows - len(rows))
    return Grid(tuple(c.title for c in table.columns), tuple(c.width for c in table.columns), tuple(rows))


def _rows(table: Table, filled: Values, values: Values) -> Iterator[tuple[str, ...]]:
    for number in count(1):
        own = f"{table.group}.{number}."
        row = {
            name.replace(own, f"{table.group}.", 1): text
            for name, text in filled.items()
            if name.startswith(own)
        }
        if not any(row.values()) or len(row) < 2:
            return
        yield tuple(_text(column.text, {**row, "n": str(number)}, values) for column in table.columns)
