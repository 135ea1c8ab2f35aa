"""The printing press: a typst template and texts as data make a PDF or pictures. No process is started."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]
import segno
import typst

FONTS = fontpkg_be_vietnam_pro.ROOT / "files"

Inputs = Mapping[str, str]  # texts are data for the template and never markup


def pdf(template: Path, inputs: Inputs) -> bytes:
    """The document as PDF. Raises typst.TypstError for inputs that the template does not know."""
    made = _printer().submit(_compiler(template).compile, sys_inputs=dict(inputs)).result()
    assert isinstance(made, bytes)  # a PDF is one file
    return made


def pages(template: Path, inputs: Inputs, dpi: int) -> list[bytes]:
    """The pages as PNG; quick after the PDF of the same inputs."""
    picture = partial(_compiler(template).compile, format="png", ppi=float(dpi))
    made = _printer().submit(picture, sys_inputs=dict(inputs)).result()
    assert made is not None  # only with a file to write to
    return made if isinstance(made, list) else [made]


@cache
def _printer() -> ThreadPoolExecutor:
    """One document at a time, whoever waits: each thread that sets one would keep memory of its own."""
    return ThreadPoolExecutor(1, "press")


@cache
def _compiler(template: Path) -> typst.Compiler:
    """One a template; it remembers what it has set last."""
    return typst.Compiler(str(template), font_paths=fonts())


def asked(template: Path, inputs: Inputs, label: str) -> int:
    """The number that the template notes under that label, as "<pages>"."""
    job: dict[str, Any] = {"input": str(template), "font_paths": fonts(), "sys_inputs": dict(inputs)}
    return int(json.loads(typst.query(**job, selector=label, field="value", one=True)))


@cache
def fonts() -> typst.Fonts:
    """Ours, and those inside typst (its serif, ☐ and ☒); no system fonts: every machine prints the same.

    The first call reads them; for many threads at once.
    """
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def qr_svg(text: str) -> str:
    """A QR as SVG; a quarter of the code may be dirty or torn."""
    picture = BytesIO()
    code = segno.make(text, error="q", micro=False)
    code.save(picture, kind="svg", border=2, svgns=True, xmldecl=False)
    return picture.getvalue().decode()


def qr_png(text: str) -> bytes:
    """A QR as PNG, for a screen: some 400 pixels wide."""
    picture = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind="png", border=4, scale=max(4, 400 // (code.symbol_size(border=4)[0])))
    return picture.getvalue()
