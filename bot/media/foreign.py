"""HEIC photos and the pages of a PDF, unpacked in a process of its own.

What they unfold cannot be foreseen from the file, so the process has limits of memory and of time.
"""

import math
import pickle
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO

from PIL import Image
from PIL.Image import Image as Picture

PDF = b"%PDF-"
BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"))  # of ISO/IEC 23008-12
LARGEST = 51_000_000  # pixels of a HEIC: a phone's 8064 x 6048
MOST = 4_000_000  # pixels of what comes out
PAGES = 3  # of a PDF that are looked at
DPI = 250  # at which a page is drawn at most: a QR of 18 mm has then 180 pixels
POINTS = 72  # of a PDF in an inch
MEMORY = 700_000_000  # bytes of address space; of them a photo of 51 million pixels fills half
SECONDS = 8  # of a processor
WALL_SECONDS = 20  # on a machine that is busy with others


def is_foreign(data: bytes) -> bool:
    """Whether a file is a HEIC photo or a PDF, by how it begins."""
    return _is_pdf(data) or _is_heic(data)


def pictures(data: bytes) -> list[Picture]:
    """What it shows, in grey and of some MOST pixels; nothing if it is damaged or takes too much."""
    command = [sys.executable, "-m", "bot.media.foreign"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return []
    found = pickle.loads(done.stdout)  # noqa: S301  # of our own process
    return [Image.frombytes("L", size, content) for size, content in found]


def _is_pdf(data: bytes) -> bool:
    return PDF in data[:1024]  # some programs write a few bytes before it


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in BRANDS


def _write(data: bytes) -> None:
    """The other process: size and pixels of each picture, in one pickle."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    made = _pages(data) if _is_pdf(data) else _photo(data)
    sys.stdout.buffer.write(pickle.dumps([(picture.size, picture.tobytes()) for picture in made]))


def _photo(data: bytes) -> Iterator[Picture]:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    photo = Image.open(BytesIO(data), formats=("HEIF",))
    if photo.width * photo.height <= LARGEST:
        grey = photo.convert("L")
        yield grey.reduce(math.ceil(math.sqrt(grey.width * grey.height / MOST)) or 1)


def _pages(data: bytes) -> Iterator[Picture]:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), PAGES)):
        page = document[number]
        scale = min(DPI / POINTS, math.sqrt(MOST / (page.get_width() * page.get_height())))
        yield page.render(scale=scale, grayscale=True).to_pil().convert("L")


if __name__ == "__main__":
    _write(sys.stdin.buffer.read())
