"""A QR as a picture, with what it holds in words below it: who saved it knows later what it is for."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from bot.printing import typeset

FONT = "BeVietnamPro-Regular.ttf"
SIZE, LEAP, AIR = 20, 28, 12  # pixels: of the letters, from line to line, at the edges


def picture(content: str) -> bytes:
    """A PNG; the first line is the code's text, the others stand below it."""
    code, *lines = content.split("\n")
    drawn = typeset.qr_png(code)
    return _captioned(drawn, lines) if lines else drawn


def _captioned(png: bytes, lines: list[str]) -> bytes:
    code = Image.open(BytesIO(png)).convert("L")
    told = [part for line in lines for part in _wrapped(line, code.width - 2 * AIR)]
    whole = Image.new("L", (code.width, code.height + len(told) * LEAP + AIR), 255)
    whole.paste(code)
    pen = ImageDraw.Draw(whole)
    for number, line in enumerate(told):
        place = ((code.width - _font().getlength(line)) / 2, code.height + number * LEAP)
        pen.text(place, line, fill=0, font=_font())
    made = BytesIO()
    whole.save(made, "PNG")
    return made.getvalue()


def _wrapped(line: str, room: int) -> list[str]:
    """Between words, in lines that have room."""
    made = [""]
    for word in line.split():
        longer = f"{made[-1]} {word}".strip()
        made[-1:] = [longer] if _font().getlength(longer) <= room or not made[-1] else [made[-1], word]
    return made


@cache
def _font() -> FreeTypeFont:
    return ImageFont.truetype(typeset.FONTS / FONT, SIZE)
