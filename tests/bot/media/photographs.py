"""Photos of made-up receipts and ID cards, spoilt as phones and hands spoil them.

Of a receipt 150 mm fill the picture of 1280 x 960 pixels, which is what Telegram makes of a photo; an ID card
is 1080 pixels wide then. The QR codes are 18 mm wide, the bar code 80 mm.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

Picture = Image.Image
Dice = random.Random

PAGE = (2400, 1800)  # pixels of the paper, before it is photographed
PHOTO = (1280, 960)  # what Telegram makes of any photo
LETTERS = "tiepnhanhosoketquagiayhenmotcua"
FONT = ImageFont.load_default(48)
KINDS = ("QR", "Code 128", "ID card")
PAGE_MM = {"QR": 150, "Code 128": 150, "ID card": 102}
CODE_MM = {"QR": (18, 18), "Code 128": (80, 14), "ID card": (18, 18)}
RECEIPTS = (
    "000.00.{a:02}.H{b:02}-{day}-{n:04}",
    "H{b:02}.{a:02}-{day}-{n:04}",
    "G{a:02}.{b:02}-{day}-{n:06}",
    "G{b:02}.{a:02}-20{day}-{n:07}",
    "https://motcua.example.vn/tra-cuu?ma=H{b:02}.{a:02}-{day}-{n:04}",  # in QR codes only
)
CARDS = (
    "0{b:02}190{n:06}|{n:09}|Nguyễn Thị Thử Nghiệm|{day}19|Nữ|"
    "Thôn Một, Xã Thử, Huyện Ví Dụ, Tỉnh Bịa|01072021",
    "0{b:02}215{n:06}||Lê Văn Thử|{day}20|Nam|Số {a} Đường Ví Dụ, Phường Thử, Tỉnh Bịa|01082024|||"
    "Lê Văn Ví Dụ|Trần Thị Giả Định",  # a child's of 2024, with its parents
)


def payloads(kind: str, count: int) -> list[str]:
    """What the codes say: receipt codes of all shapes, or ID cards of both kinds."""
    dice = Dice(7)
    shapes = {"QR": RECEIPTS, "Code 128": RECEIPTS[:-1], "ID card": CARDS}[kind]
    return [_filled(shapes[number % len(shapes)], dice) for number in range(count)]


def _filled(shape: str, dice: Dice) -> str:
    day = f"{dice.randrange(24, 27)}{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}"
    return shape.format(a=dice.randrange(1, 99), b=dice.randrange(1, 64), day=day, n=dice.randrange(1, 9999))


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
    width, height = (round(mm * PAGE[0] / PAGE_MM[kind]) for mm in CODE_MM[kind])
    if kind == "Code 128":
        made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.Code128)
        drawn = Image.fromarray(np.array(made.to_image(scale=8)))
    else:
        made = segno.make_qr(payload, error="m", encoding="utf-8")  # as on cards: UTF-8 that is not announced
        drawn = Image.fromarray(np.array(made.matrix, np.uint8) ^ 1).point(lambda module: module * 255)
        drawn = drawn.resize((drawn.width * 16, drawn.height * 16), Image.Resampling.NEAREST)
    return drawn.resize((width, height), Image.Resampling.BOX)


@dataclass(frozen=True)
class Spoilt:
    """How a photo turns out: what happens to the paper in front of the lens, then to the picture."""

    name: str
    turned: float = 0  # degrees
    tilted: float = 0  # part of the width that the far edge is shorter
    away: float = 1  # part of the picture's width that the page fills
    then: tuple[Callable[[Picture, Dice], Picture], ...] = ()
    quality: int = 87  # of the JPEG; Telegram's
    size: tuple[int, int] = PHOTO

    def photo(self, paper: Picture, dice: Dice) -> bytes:
        """The JPEG that arrives."""
        picture = self._seen(paper)
        for happens in self.then:
            picture = happens(picture, dice)
        file = BytesIO()
        picture.convert("RGB").save(file, "JPEG", quality=self.quality)
        return file.getvalue()

    def _seen(self, paper: Picture) -> Picture:
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
            on_end = self.turned == 90
            table = table.rotate(self.turned, Image.Resampling.BICUBIC, expand=on_end, fillcolor=90)
        size = self.size if table.width >= table.height else self.size[::-1]
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


def glaring(picture: Picture, dice: Dice) -> Picture:
    """A lamp is mirrored in the middle, where the code is."""
    light = Image.radial_gradient("L").resize((400, 400)).point(lambda far: max(0, 200 - 2 * far))
    spot = Image.new("L", picture.size)
    spot.paste(light, (dice.randrange(300, 600), dice.randrange(200, 500)))
    return Image.composite(Image.new("L", picture.size, 255), picture, spot)


SPOILT = (
    Spoilt("as it should be"),
    Spoilt("JPEG 30", quality=30),
    Spoilt("blur 1.0 px", then=(blurred(1.0),)),
    Spoilt("blur 1.5 px", then=(blurred(1.5),)),
    Spoilt("blur 2.2 px", then=(blurred(2.2),)),
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
    Spoilt("glare", then=(glaring,)),
    Spoilt("a little of all", turned=5, tilted=0.1, then=(blurred(0.8), dark(0.5)), quality=40),
    Spoilt("60 % of the width", away=0.6),
    Spoilt("45 % of the width", away=0.45),
    Spoilt("45 %, blur 1.0 px", away=0.45, then=(blurred(1.0),)),
    Spoilt("45 %, sent as a file", away=0.45, size=(4000, 3000)),
)


def photos(kind: str, spoilt: Spoilt, count: int) -> Iterator[tuple[str, bytes]]:
    """So many payloads with their JPEGs, the same in each run."""
    for number, payload in enumerate(payloads(kind, count)):
        dice = Dice(f"{kind} {spoilt.name} {number}")
        yield payload, spoilt.photo(page(kind, payload, dice), dice)


def photo(payload: str, kind: str = "QR", spoilt: Spoilt = SPOILT[0]) -> bytes:
    """One JPEG, the same in each run."""
    return spoilt.photo(page(kind, payload, Dice(1)), Dice(1))
