"""The texts of QR and bar codes in a picture. In memory only: nothing is kept, and no text is logged."""

import asyncio
import logging
import math
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from PIL.Image import Image as Picture
from PIL.Image import Resampling
from zxingcpp import Barcode, BarcodeFormat, BarcodeFormats, ContentType, TextMode

from bot.media import foreign

logger = logging.getLogger(__name__)

TYPES = frozenset(
    ("image/jpeg", "image/jpg", "image/png", "image/webp", "image/heic", "image/heif", "application/pdf")
)  # what is read
UNTOLD = ("", "application/octet-stream")  # types of files of which only the name says what they are
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".pdf")
FORMATS = ("JPEG", "PNG", "WEBP")  # what Pillow reads; the others are `foreign`
OPENED = 16_000_000  # pixels of a picture that is unpacked whole
SHRUNK = 51_000_000  # pixels of a JPEG that shrinks while it is unpacked: a phone's 8160 x 6120
SCANS = 100  # passes of a progressive JPEG, which has about ten; each costs the time of a whole picture
LOOKED_AT = 4_000_000  # pixels; a hostile one of 16 million kept zxing busy for 40 s
CORNERS = 50  # likenesses of a QR's corner in a row of pixels; photos have 0 to 5, each costs zxing time
ROWS_APART = 7  # between the rows in which they are counted: of no pattern's period
CORNER = np.array((1, 1, 3, 1, 1), np.float32)  # widths of its stripes, 7 together
RETRIED_SIDE = 1600  # pixels
LONGEST = 1000  # characters of a text; an ID card has about 150
BLOCK = 32  # pixels
UPRIGHT = 2  # degrees
THINNEST = 0.015  # height of a bar code by its width: zxing once read one blurred line of 3 pixels wrongly
PATIENCE_S = 10  # for a scan and those before it
WORKERS = 2  # pictures at once: they must not take the threads, and the memory, of the conversations


def may_hold(media_type: str, name: str) -> bool:
    """Whether a file of that type and name may show a code."""
    return media_type in TYPES or (media_type in UNTOLD and name.lower().endswith(ENDINGS))


async def aside(data: bytes) -> tuple[str, ...]:
    """As `scan`, in a thread of its own; nothing if too many others are waiting."""
    try:
        scanning = asyncio.get_running_loop().run_in_executor(_workers(), scan, data)
        return await asyncio.wait_for(scanning, PATIENCE_S)
    except TimeoutError:
        logger.warning("scan given up", extra={"bytes": len(data)})
        return ()


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, "scan")


def scan(data: bytes) -> tuple[str, ...]:
    """The texts of all codes in a JPEG, PNG, WebP, HEIC or PDF, whichever way it is turned; else nothing.

    Takes 6 to 60 ms for a photo of 1280 pixels, most on a second try; a few seconds
    for the worst that was found to fit in 20 MB.
    """
    try:
        pictures = foreign.pictures(data) if foreign.is_foreign(data) else filter(None, [_opened(data)])
        texts = (text for picture in pictures for text in _found(_calmed(picture)))
        return tuple(dict.fromkeys(texts))
    except Exception as error:  # Pillow raises whatever a broken file makes it stumble over
        logger.info("picture not read", extra={"bytes": len(data), "error": type(error).__name__})
        return ()


def _opened(data: bytes) -> Picture | None:
    """The picture in grey with at most LOOKED_AT pixels; None if unpacking it would take too much."""
    picture = Image.open(BytesIO(data), formats=FORMATS)
    width, height = picture.size
    shrinks = picture.format in ("JPEG", "MPO") and "progressive" not in picture.info  # MPO: JPEG and more
    if width * height > (SHRUNK if shrinks else OPENED) or data.count(b"\xff\xda") > SCANS:
        return None
    shrink = _times_too_large(picture)
    picture.draft("L", (width // shrink, height // shrink))  # a JPEG is unpacked in half its time or less
    grey = picture.convert("L")
    return grey.reduce(_times_too_large(grey))


def _calmed(picture: Picture) -> Picture:
    """Made smaller while it is full of what looks like corners of codes: one of 62,500 took zxing 4 s."""
    while min(picture.size) > BLOCK and _corners(picture) > CORNERS:
        picture = picture.reduce(2)
    return picture


def _corners(picture: Picture) -> float:
    """How many there are in a row on the average."""
    rows = np.asarray(picture)[::ROWS_APART] < 128
    return sum(map(_corners_of, rows)) / len(rows)


def _corners_of(is_dark: NDArray[np.bool_]) -> int:
    widths = np.diff(np.flatnonzero(np.diff(is_dark))).astype(np.float32)
    if widths.size < CORNER.size:
        return 0
    five = np.lib.stride_tricks.sliding_window_view(widths, CORNER.size)
    strays = np.abs(five * (CORNER.sum() / five.sum(1, keepdims=True)) - CORNER)
    return int((strays < 0.25 + CORNER / 3).all(1).sum())


def _times_too_large(picture: Picture) -> int:
    return math.ceil(math.sqrt(picture.width * picture.height / LOOKED_AT)) or 1


def _found(picture: Picture) -> tuple[str, ...]:
    texts = _seen(picture)
    if texts:
        return texts
    picture.thumbnail((RETRIED_SIDE, RETRIED_SIDE), Resampling.BICUBIC)
    return _straightened(picture) or _sharpened(picture)


def _seen(picture: Picture) -> tuple[str, ...]:
    codes = _codes(picture, BarcodeFormat.QRCode, BarcodeFormat.Code128)
    return _texts(code for code in codes if code.format != BarcodeFormat.Code128 or _is_thick(code))


def _sharpened(picture: Picture) -> tuple[str, ...]:
    """QR codes out of focus. Sharpening before enlarging finds as many as after it, in half the time."""
    sharp = picture.filter(ImageFilter.UnsharpMask(2, 200, 0))
    large = sharp.resize((picture.width * 3 // 2, picture.height * 3 // 2), Resampling.BILINEAR)
    return _texts(_codes(large, BarcodeFormat.QRCode))


def _straightened(picture: Picture) -> tuple[str, ...]:
    """Bar codes that are slanted, dark or out of focus.

    With the bars upright, some rows are averaged to one, which takes away the noise and keeps the bars. Only
    what is read the same in two ways is believed: a bar code has a weak check digit.
    """
    slant = _slant(picture)
    quarter = round(slant / 90) * 90  # so little is not worth the time of turning by it
    angle = quarter if abs(slant - quarter) < UPRIGHT else slant
    upright = picture.rotate(angle, Resampling.BILINEAR, expand=True, fillcolor=128)
    texts = _bars(upright, rows=4, wider=2, radius=3)
    return tuple(text for text in _bars(upright, rows=6, wider=3, radius=4) if text in texts) if texts else ()


def _bars(upright: Picture, rows: int, wider: int, radius: float) -> tuple[str, ...]:
    low = upright.reduce((1, rows))
    wide = low.resize((low.width * wider, low.height), Resampling.BICUBIC)
    sharp = wide.filter(ImageFilter.UnsharpMask(radius, 150, 0))
    return _texts(_codes(sharp, BarcodeFormat.Code128, try_rotate=False))


def _slant(picture: Picture) -> float:
    """Degrees by which to turn the picture so that its strongest stripes stand upright.

    Squared gradients as complex numbers add up along stripes and cancel out in print and noise.
    """
    seen = np.asarray(picture.reduce(2), np.float32)
    across, down = np.diff(seen, axis=1), np.diff(seen, axis=0)
    squared = ((across[1:] + across[:-1]) + 1j * (down[:, 1:] + down[:, :-1])) ** 2
    rows, columns = squared.shape[0] // BLOCK, squared.shape[1] // BLOCK
    whole = squared[: rows * BLOCK, : columns * BLOCK]
    blocks = whole.reshape(rows, BLOCK, columns, BLOCK).sum((1, 3)).ravel()
    strongest = blocks[np.argsort(-np.abs(blocks))[: max(4, blocks.size // 50)]]
    return math.degrees(float(np.angle(strongest.sum()))) / 2


def _codes(picture: Picture, *formats: BarcodeFormat, try_rotate: bool = True) -> list[Barcode]:
    wanted = BarcodeFormats(formats)
    return zxingcpp.read_barcodes(picture, wanted, try_rotate=try_rotate, text_mode=TextMode.Plain)


def _texts(codes: Iterable[Barcode]) -> tuple[str, ...]:
    """The texts, each once. Whatever is no text is not for us."""
    said = (code.text for code in codes if code.valid and code.content_type == ContentType.Text)
    return tuple(dict.fromkeys(text for text in said if 0 < len(text) <= LONGEST))


def _is_thick(code: Barcode) -> bool:
    place = code.position
    left, right, below = ((at.x, at.y) for at in (place.top_left, place.top_right, place.bottom_left))
    return math.dist(left, below) >= THINNEST * math.dist(left, right)
