"""Sets the hand-over list of a day for the post, with a bar code for each item."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import zxingcpp

from bot.printing import typeset

TEMPLATE = Path(__file__).with_name("post.typ")


class Item(NamedTuple):
    """One item that is handed over."""

    code: str  # of the dossier
    name: str
    phone: str
    tracking: str  # "": not known


def pdf(texts: Mapping[str, object], items: Sequence[Item]) -> bytes:
    """The list as PDF; `texts` are office, title, heads, count and signatures."""
    rows = [{**item._asdict(), "bars": bars(item.tracking) if item.tracking else ""} for item in items]
    return typeset.pdf(TEMPLATE, {"list": json.dumps({**texts, "rows": rows})})


def bars(text: str) -> str:
    """Code 128 as SVG: what the post's scanners read."""
    return zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_svg(scale=2)
