"""Photos of made-up receipts with a QR or bar code, spoilt as phones and hands spoil them.

A page of 150 mm fills the picture of 1280 x 960 pixels, which is what Telegram makes of a photo: the QR code
is 18 mm wide, the bar code 80 mm.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

Picture = Image.Image
Dice = random.Random

PAGE = (2400, 1800)  # pixels of the paper, before it is photographed
PHOTO = (1280, 960)  # what Telegram makes of any photo
MM = PAGE[0] / 150  # pixels
FORMATS = {"QR": zxingcpp.BarcodeFormat.QRCode, "Code 128": zxingcpp.BarcodeFormat.Code128}
LETTERS = "tiepnhanhosoketquagiayhenmotcua"
FONT = ImageFont.load_default(48)
WIDTHS = {"QR": 18, "Code 128": 80}  # mm


def payloads(kind: str, count: int) -> list[str]:
    """Receipt codes of all shapes; in QR codes also addresses that hold one."""
    dice = Dice(7)
    day = [f"{dice.randrange(24, 27)}{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}" for _ in range(count)]
    shapes = (
        "000.00.{a:02}.H{b:02}-{day}-{n:04}",
        "H{b:02}.{a:02}-{day}-{n:04}",
        "G{a:02}.{b:02}-{day}-{n:06}",
        "G{b:02}.{a:02}-20{day}-{n:07}",
        "https://motcua.example.vn/tra-cuu?ma=H{b:02}.{a:02}-{day}-{n:04}",
    )[: None if kind == "QR" else -1]
    return [
        shapes[i % len(shapes)].format(
            a=dice.randrange(1, 99), b=dice.randrange(1, 64), day=day[i], n=dice.randrange(1, 9999)
        )
        for i in range(count)
    ]


def page(kind: str, payload: str, dice: Dice) -> Picture:
    """The paper: some lines of print, a stamp, and the code somewhere in the middle."""
    paper = Image.new("L", PAGE, 245)
    pen = ImageDraw.Draw(paper)
    for top in [*range(120, 560, 70), *range(1330, 1700, 70)]:
        words = (LETTERS[dice.randrange(20) :][: dice.randrange(2, 8)] for _ in range(dice.randrange(5, 18)))
        pen.text((150, top), " ".join(words), 40, FONT)
    pen.ellipse((1900, 1300, 2300, 1700), outline=120, width=14)
    code = _code(kind, payload)
    middle = (PAGE[0] - code.width) // 2
    paper.paste(code, (middle + dice.randrange(-150, 150), dice.randrange(640, 800)))
    return paper


def _code(kind: str, payload: str) -> Picture:
    made = zxingcpp.create_barcode(payload, FORMATS[kind])
    drawn = Image.fromarray(np.array(made.to_image(scale=8)))
    width = round(WIDTHS[kind] * MM)
    return drawn.resize((width, width if kind == "QR" else round(14 * MM)), Image.Resampling.BOX)


@dataclass(frozen=True)
class Spoilt:
    """How a photo turns out: what happens to the paper in front of the lens, then to the picture."""

    name: str
    turned: float = 0  # degrees
    tilted: float = 0  # part of the width that the far edge is shorter
    away: float = 1  # part of the picture's width that the page fills
    then: tuple[Callable[[Picture, Dice], Picture], ...] = field(default=())
    quality: int = 87  # of the JPEG; Telegram's

    def photo(self, paper: Picture, dice: Dice) -> bytes:
        """The JPEG that arrives."""
        picture = self._seen(paper, dice)
        for happens in self.then:
            picture = happens(picture, dice)
        file = BytesIO()
        picture.convert("RGB").save(file, "JPEG", quality=self.quality)
        return file.getvalue()

    def _seen(self, paper: Picture, dice: Dice) -> Picture:
        width, height = PAGE
        wide = (round(width / self.away), round(height / self.away))
        table = Image.new("L", wide, 90)
        table.paste(paper, ((wide[0] - width) // 2, (wide[1] - height) // 2))
        if self.tilted:
            inset = self.tilted * wide[0] / 2
            corners = ((-inset, 0), (0, wide[1]), wide, (wide[0] + inset, 0))
            flat = [value for x, y in corners for value in (x, y)]
            table = table.transform(wide, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC, fillcolor=90)
        if self.turned:
            table = table.rotate(
                self.turned, Image.Resampling.BICUBIC, expand=self.turned == 90, fillcolor=90
            )
        size = PHOTO if table.width >= table.height else PHOTO[::-1]
        return table.resize(size, Image.Resampling.BOX if self.away == 1 else Image.Resampling.LANCZOS)


def blurred(radius: float) -> Callable[[Picture, Dice], Picture]:
    """Out of focus; the radius is the Gaussian's, in pixels."""
    return lambda picture, dice: picture.filter(ImageFilter.GaussianBlur(radius))


def shaken(pixels: int) -> Callable[[Picture, Dice], Picture]:
    """Moved along one line while the shutter was open."""

    def shake(picture: Picture, dice: Dice) -> Picture:
        down = dice.choice((-1, 0, 1))
        seen = np.asarray(picture, np.float32)
        moved = [np.roll(seen, (down * step, step), (0, 1)) for step in range(pixels)]
        return Image.fromarray(np.mean(moved, 0).astype(np.uint8))

    return shake


def dark(light: float) -> Callable[[Picture, Dice], Picture]:
    """Little light, and the noise of a sensor that makes the most of it."""

    def darken(picture: Picture, dice: Dice) -> Picture:
        noise = np.random.default_rng(dice.randrange(2**32)).normal(0, 6, picture.size[::-1])
        return Image.fromarray((np.asarray(picture) * light + noise).clip(0, 255).astype(np.uint8))

    return darken


def shadowed(picture: Picture, dice: Dice) -> Picture:
    """The shadow of the hand lies over half of it."""
    half = Image.linear_gradient("L").resize(picture.size).rotate(dice.choice((0, 180)))
    return Image.composite(picture, ImageEnhance.Brightness(picture).enhance(0.3), half)


SPOILT = (
    Spoilt("as it should be"),
    Spoilt("JPEG 30", quality=30),
    Spoilt("blur 1.0 px", then=(blurred(1.0),)),
    Spoilt("blur 1.5 px", then=(blurred(1.5),)),
    Spoilt("shaken 5 px", then=(shaken(5),)),
    Spoilt("turned 8", turned=8),
    Spoilt("turned 17", turned=17),
    Spoilt("turned 90", turned=90),
    Spoilt("turned 200", turned=200),
    Spoilt("tilted .15", tilted=0.15),
    Spoilt("tilted .28", tilted=0.28),
    Spoilt("light .25", then=(dark(0.25),)),
    Spoilt("light .15", then=(dark(0.15),)),
    Spoilt("shadow", then=(shadowed,)),
    Spoilt("from farther away", away=0.7),
    Spoilt("from far away, blur", away=0.5, then=(blurred(1.0),)),
    Spoilt("a little of all", turned=5, tilted=0.1, then=(blurred(0.8), dark(0.5)), quality=40),
)


def photos(kind: str, spoilt: Spoilt, count: int) -> Iterator[tuple[str, bytes]]:
    """So many payloads with their JPEGs, the same in each run."""
    for number, payload in enumerate(payloads(kind, count)):
        dice = Dice(f"{kind} {spoilt.name} {number}")
        yield payload, spoilt.photo(page(kind, payload, dice), dice)
