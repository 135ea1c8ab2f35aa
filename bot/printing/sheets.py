"""Sets the printed sheet of a procedure: its texts, a QR and one template make a PDF."""

import json
from dataclasses import asdict
from pathlib import Path

from bot.printing import typeset
from handlers.guidance.sheet import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
# Sizes of the front in points with the room between its texts: the first with which it fits one page.
# What decides is read from a metre: 14 points at the least.
SIZES = (
    ("16", "1"),
    ("16", "0.75"),
    ("15", "0.6"),
    ("14", "0.55"),
    ("14", "0.4"),
)


def link(public_url: str, payload: str) -> str:
    """Where a phone that scans the QR ends: the web chat, at this procedure."""
    return f"{public_url}/chat?start={payload}"


def pdf(sheet: Sheet, link: str) -> bytes:
    """The sheet as PDF; without a link it has no QR."""
    return typeset.pdf(TEMPLATE, _inputs(sheet, link))


def pages(sheet: Sheet, link: str, dpi: int = 72) -> list[bytes]:
    """The pages as PNG."""
    return typeset.pages(TEMPLATE, _inputs(sheet, link), dpi)


def _inputs(sheet: Sheet, link: str) -> typeset.Inputs:
    """The largest setting with the usual case on one page; the smallest where none has."""
    inputs = {"sheet": json.dumps(asdict(sheet)), **({"qr": typeset.qr_svg(link)} if link else {})}
    sized = [{**inputs, "body": body, "air": air} for body, air in SIZES]
    return next((each for each in sized if _front(each) == 1), sized[-1])


def _front(inputs: typeset.Inputs) -> int:
    """The page on which the usual case ends."""
    return typeset.asked(TEMPLATE, inputs, "<front>")
