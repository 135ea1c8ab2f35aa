"""Sets the printed sheet of a procedure: its texts, a QR and one template make a PDF."""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from bot.printing import typeset
from handlers.procedures.sheet import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
AIR = ("1", "0.85", "0.7", "0.55")  # of the room between texts


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
    """The airiest setting with the fewest pages."""
    inputs = {"sheet": json.dumps(asdict(sheet)), **({"qr": typeset.qr_svg(link)} if link else {})}
    return min(({**inputs, "air": air} for air in AIR), key=_count)


def _count(inputs: typeset.Inputs) -> int:
    """Pages."""
    job = typeset.job(TEMPLATE, inputs)
    return int(json.loads(typst.query(**job, selector="<pages>", field="value", one=True)))
