"""Codes in photos as people take them, and pictures that somebody made to do harm."""

import asyncio
import resource
import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from time import process_time

import numpy as np
import pytest
from PIL import Image

from bot.media import scan
from tests.bot.media import photographs

CODE = "H15.50-260706-1377"
KINDS = (("QR", 0.95), ("Code 128", 0.75), ("ID card", 0.92))  # a bar of 1 or 2 pixels is lost in any blur
EACH = 2  # photos of a kind of damage; benchmarks/scan.py takes more


@pytest.fixture(scope="module")
def receipt():
    return photographs.photo(CODE)


def saved(picture, kind, **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def bomb(width, height):
    """A PNG of a few kilobytes that says it holds so many pixels."""

    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "share"), KINDS)
def test_photos_are_read_and_none_wrongly(kind, share):
    taken = [shot for spoilt in photographs.SPOILT for shot in photographs.photos(kind, spoilt, EACH)]
    read = [(payload, scan.scan(photo)) for payload, photo in taken]
    assert [(payload, texts) for payload, texts in read if set(texts) - {payload}] == []
    assert sum(bool(texts) for _, texts in read) >= share * len(read)


MODES = {
    "PNG": ("L", "RGB", "RGBA", "P", "1", "I;16"),
    "WEBP": ("L", "RGB", "RGBA", "P", "CMYK", "1", "I;16"),
    "JPEG": ("L", "RGB", "CMYK", "1"),
    "MPO": ("L", "RGB", "CMYK", "1"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_every_usual_picture_is_read(receipt, kind, mode):
    picture = Image.open(BytesIO(receipt)).convert("L").convert(mode)
    assert scan.scan(saved(picture, kind)) == (CODE,)


def test_two_codes_in_one_picture_are_both_read(receipt):
    other = Image.open(BytesIO(photographs.photo("https://example.vn")))
    both = Image.new("L", (1280, 1920))
    both.paste(Image.open(BytesIO(receipt)), (0, 0))
    both.paste(other, (0, 960))
    assert set(scan.scan(saved(both, "JPEG"))) == {CODE, "https://example.vn"}


def test_what_is_no_text_or_too_long_is_not_for_us():
    assert scan.scan(photographs.photo("A" * (scan.LONGEST + 1))) == ()


def moving(canvas):
    """A WebP of two hundred small frames on a canvas of that many pixels a side."""
    frames = [Image.new("L", (300, 300), shade) for shade in range(200)]
    made = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    side = (canvas - 1).to_bytes(3, "little")
    return made[:24] + side + side + made[30:]


def corners(times):
    """A picture full of corners of QR codes."""
    one = np.full((8, 8), 255, np.uint8)
    one[:7, :7], one[1:6, 1:6], one[2:5, 2:5] = 0, 255, 0
    tiles = np.tile(one, (250 // times, 250 // times))
    return saved(Image.fromarray(np.kron(tiles, np.ones((times, times), np.uint8))), "PNG")


NOISE = np.random.default_rng(3).integers(0, 256, (2000, 2000), np.uint8)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"khai sinh " * 1000,
    "bytes": lambda: NOISE.tobytes(),
    "head of a JPEG": lambda: b"\xff\xd8\xff" + bytes(1000),
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "PDF": lambda: b"%PDF-1.7\n",
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "GIF": lambda: saved(Image.new("L", (9, 9)), "GIF"),
    "TIFF": lambda: saved(Image.new("L", (9, 9)), "TIFF"),
    "one pixel": lambda: saved(Image.new("L", (1, 1)), "PNG"),
    "a line": lambda: saved(Image.new("L", (16_000, 1)), "PNG"),
    "a column": lambda: saved(Image.new("L", (1, 16_000)), "PNG"),
    "noise": lambda: saved(Image.fromarray(NOISE), "JPEG"),
    "stripes": lambda: saved(Image.fromarray(np.tile(NOISE[:1], (2000, 1))), "PNG"),
    "chequers": lambda: saved(Image.fromarray(NOISE[:500, :500] & 128).resize((2000, 2000), 0), "PNG"),
    **{f"corners of {8 * n} pixels": partial(corners, n) for n in (1, 2, 3, 5)},
    "a bomb of 4 gigapixels": lambda: bomb(65_500, 65_500),
    "a bomb of 100 megapixels": lambda: bomb(10_000, 10_000),
    "a bomb of 15 megapixels": lambda: bomb(3_900, 3_900),
    "a large JPEG": lambda: saved(Image.new("L", (12_000, 9_000)), "JPEG"),
    "a large moving WebP": lambda: moving(16_384),
    "a small moving WebP": lambda: moving(300),
    "a large progressive JPEG": lambda: saved(Image.new("L", (6_000, 4_000)), "JPEG", progressive=True),
    "many passes": lambda: saved(Image.new("L", (2000, 2000)), "JPEG") + b"\xff\xda" * 200,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_takes_little_time_and_memory(name):
    made = HOSTILE[name]()
    before, started = peak(), process_time()
    assert scan.scan(made) == ()
    assert process_time() - started < 2  # seconds of work: the machine may be busy
    assert peak() - before < 200 * 2**20


def peak():
    """Bytes of memory that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_picture_that_was_cut_off_is_as_one_without_a_code(receipt, share):
    assert scan.scan(receipt[: int(len(receipt) * share)]) in ((), (CODE,))


def test_broken_bytes_raise_nothing(receipt):
    for seed in range(40):
        broken = bytearray(receipt)
        for at in np.random.default_rng(seed).integers(0, len(broken), 20):
            broken[at] ^= 0xFF
        assert set(scan.scan(bytes(broken))) <= {CODE}


async def test_conversations_go_on_while_a_picture_is_read():
    reading = asyncio.create_task(scan.aside(HOSTILE["noise"]()))
    rounds = 0
    while not reading.done():
        await asyncio.sleep(0)
        rounds += 1
    assert rounds > 10  # two, if the loop had to wait for the picture


async def test_who_waits_too_long_gets_no_answer_from_the_picture(receipt, monkeypatch, caplog):
    monkeypatch.setattr(scan, "PATIENCE_S", 0)
    assert await scan.aside(receipt) == ()
    assert "scan given up" in caplog.messages


def test_nothing_of_a_picture_is_logged(receipt, caplog):
    caplog.set_level("DEBUG")
    scan.scan(receipt)
    scan.scan(receipt[:3000])
    assert CODE not in str([vars(record) for record in caplog.records])
