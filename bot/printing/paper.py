"""Prints a filled form: A4, one template for all forms."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.printing import typeset
from handlers.intake.texts import PRINTED
from knowledge.intake.paper import Paper, Signed

TEMPLATE = Path(__file__).with_name("paper.typ")
DPI = 150  # of a picture: its smallest letters can be read, and it can be printed
TALLEST = 8_700  # pixels: Telegram takes no photo whose width and height are more than 10,000 together


def pdf(paper: Paper, words: Mapping[str, str] = PRINTED) -> bytes:
    """The form as PDF, to be printed and signed; `words` are those that every form has."""
    return typeset.pdf(TEMPLATE, _inputs(paper, words))


def pages(paper: Paper, dpi: int = DPI) -> list[bytes]:
    """Its pages as PNG."""
    return typeset.pages(TEMPLATE, _inputs(paper), dpi)


def picture(paper: Paper) -> bytes:
    """All pages as one PNG, one below the other: a chat shows no more than one picture at a glance."""
    sheets = [Image.open(BytesIO(page)).convert("L") for page in pages(paper)]
    whole = Image.new("L", (sheets[0].width, sum(sheet.height for sheet in sheets)))
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height
    whole.thumbnail((whole.width, TALLEST))
    png = BytesIO()
    whole.save(png, "PNG")
    return png.getvalue()


def warm_up() -> None:
    """Reads fonts and template, so that the first citizen does not wait for it."""
    nobody = Paper("", "Ấ", "", (), (Signed("", "", ""),))
    pdf(nobody)
    pages(nobody)


def _inputs(paper: Paper, words: Mapping[str, str] = PRINTED) -> typeset.Inputs:
    """The QR holds the opaque code and nothing else."""
    inputs = {"paper": json.dumps(asdict(paper)), "words": json.dumps(dict(words))}
    return inputs | ({"qr": typeset.qr_svg(paper.desk_code)} if paper.desk_code else {})
