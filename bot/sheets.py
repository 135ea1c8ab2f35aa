"""Sets the printed sheet of a procedure: its texts, a QR and one template make a PDF."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]
import segno
import typst

from handlers.sheet import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
AIR = ("1", "0.85", "0.7", "0.55")  # of the room between texts
FONTS = fontpkg_be_vietnam_pro.ROOT / "files"


def link(public_url: str, payload: str) -> str:
    """Where a phone that scans the QR ends: the web chat, at this procedure."""
    return f"{public_url}/chat?start={payload}"


def pdf(sheet: Sheet, link: str) -> bytes:
    """The sheet as PDF; without a link it has no QR."""
    made = typst.compile(**_job(sheet, link))
    assert isinstance(made, bytes)  # a PDF is one file
    return made


def pages(sheet: Sheet, link: str, dpi: int = 72) -> list[bytes]:
    """The pages as PNG."""
    made = typst.compile(**_job(sheet, link), format="png", ppi=float(dpi))
    return made if isinstance(made, list) else [made]


def _job(sheet: Sheet, link: str) -> dict[str, Any]:
    """The airiest setting with the fewest pages. System fonts would differ from machine to machine."""
    inputs = {"sheet": json.dumps(asdict(sheet)), **({"qr": _qr(link)} if link else {})}
    common = {"input": str(TEMPLATE), "font_paths": [str(FONTS)], "ignore_system_fonts": True}
    return min(({**common, "sys_inputs": {**inputs, "air": air}} for air in AIR), key=_count)


def _count(job: dict[str, Any]) -> int:
    """Pages."""
    return int(json.loads(typst.query(**job, selector="<pages>", field="value", one=True)))


def _qr(link: str) -> str:
    """SVG; a quarter of the code may be dirty or torn."""
    picture = BytesIO()
    segno.make(link, error="q", micro=False).save(picture, kind="svg", border=2, svgns=True, xmldecl=False)
    return picture.getvalue().decode()
