"""Codes read from made-up photos: ours beside zxing-cpp alone, by what went wrong with the photo.

    python benchmarks/scan.py [photos of a kind of damage, 20 unless told]

The photos are those of tests/bot/photographs.py: receipts with a QR code, with a bar code, and ID cards.
The milliseconds are of processor time, as other programs may share the cores.
"""

import statistics
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from time import thread_time

import zxingcpp
from PIL import Image

from bot.media.scan import scan

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.bot.media import photographs  # noqa: E402

FORMATS = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128))


def alone(photo: bytes) -> tuple[str, ...]:
    """zxing-cpp on the picture as it comes."""
    codes = zxingcpp.read_barcodes(Image.open(BytesIO(photo)), FORMATS, text_mode=zxingcpp.TextMode.Plain)
    return tuple(code.text for code in codes)


@dataclass
class Score:
    """What one reader made of some photos."""

    read: int = 0
    wrong: int = 0
    ms: list[float] = field(default_factory=list)

    def take(self, reader: Callable[[bytes], tuple[str, ...]], payload: str, photo: bytes) -> None:
        """Has one photo read."""
        started = thread_time()
        texts = reader(photo)
        self.ms.append((thread_time() - started) * 1000)
        self.read += payload in texts
        self.wrong += any(text != payload for text in texts)

    def __str__(self) -> str:
        p50, p95 = statistics.median(self.ms), statistics.quantiles(self.ms, n=20)[-1]
        share = 100 * self.read / len(self.ms)
        return f"{share:5.0f} % {self.wrong:5} {p50:6.1f} {p95:6.1f}"


def summed(scores: Iterable[Score]) -> Score:
    """All of them as one."""
    every = list(scores)
    times = [ms for score in every for ms in score.ms]
    return Score(sum(score.read for score in every), sum(score.wrong for score in every), times)


def main(each: int) -> None:
    """Prints a table a kind of code."""
    for kind in photographs.KINDS:
        scores = []
        head = f"{kind}, {each} photos each"
        print(f"\n{head:<24}{'ours':>7} wrong p50 ms p95 ms | alone wrong p50 ms p95 ms")
        for spoilt in photographs.SPOILT:
            ours, theirs = Score(), Score()
            for payload, photo in photographs.photos(kind, spoilt, each):
                ours.take(scan, payload, photo)
                theirs.take(alone, payload, photo)
            scores.append((ours, theirs))
            print(f"{spoilt.name:<24}{ours} | {theirs}")
        print(f"{'all':<24}{summed(ours for ours, _ in scores)} | {summed(theirs for _, theirs in scores)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
