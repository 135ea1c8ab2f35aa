"""Prints a filled form: A4, one template for all forms."""

import json
from dataclasses import asdict
from pathlib import Path

from bot.printing import typeset
from handlers.intake.texts import PRINTED
from knowledge.intake.paper import Paper, Signed

TEMPLATE = Path(__file__).with_name("paper.typ")
DPI = 96  # of a picture in a chat: its smallest letters can be read, some 150 KB


def pdf(paper: Paper) -> bytes:
    """The form as PDF, to be printed and signed."""
    return typeset.pdf(TEMPLATE, _inputs(paper))


def pages(paper: Paper, dpi: int = DPI) -> list[bytes]:
    """Its pages as PNG."""
    return typeset.pages(TEMPLATE, _inputs(paper), dpi)


def warm_up() -> None:
    """Reads fonts and template, so that the first citizen does not wait for it."""
    nobody = Paper("", "Ấ", "", (), (Signed("", "", ""),))
    pdf(nobody)
    pages(nobody)


def _inputs(paper: Paper) -> typeset.Inputs:
    """The QR holds the opaque code and nothing else."""
    inputs = {"paper": json.dumps(asdict(paper)), "words": json.dumps(dict(PRINTED))}
    return inputs | ({"qr": typeset.qr_svg(paper.desk_code)} if paper.desk_code else {})
