"""Sets the slip of a dossier: its texts and its codes make a PDF of one small page."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from bot.printing import typeset
from handlers.dossiers.slip import Slip

TEMPLATE = Path(__file__).with_name("slip.typ")


def pdf(slip: Slip, links: Iterable[str]) -> bytes:
    """The slip as PDF; `links` are what the codes open, one for each of its ways."""
    return typeset.pdf(TEMPLATE, _inputs(slip, links))


def pages(slip: Slip, links: Iterable[str], dpi: int = 150) -> list[bytes]:
    """Its pages as PNG."""
    return typeset.pages(TEMPLATE, _inputs(slip, links), dpi)


def _inputs(slip: Slip, links: Iterable[str]) -> typeset.Inputs:
    return {
        "slip": json.dumps(asdict(slip)),
        "code": typeset.qr_svg(slip.code),
        "typed": typeset.qr_svg(slip.typed) if slip.typed else "",
        "links": json.dumps([typeset.qr_svg(link) for link in links]),
    }
