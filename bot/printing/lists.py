"""Sets a citizen's own list: one page of paper, or a picture for the phone."""

from pathlib import Path

from bot.printing import typeset

TEMPLATE = Path(__file__).with_name("list.typ")
SIZES = ("13", "12", "11", "10", "9")  # points; the first with which it fits one page
FLOWING = "11"  # where none does: all cases of a procedure at once
PICTURE_SIZE, DPI = "11", 200  # some 1,000 pixels wide: as wide as a phone


def pdf(content: str) -> bytes:
    """The list as PDF; `content` is handlers.procedures.take_along.TakenList as JSON."""
    sized = [{"list": content, "body": size} for size in SIZES]
    fits = (each for each in sized if typeset.asked(TEMPLATE, each, "<pages>") == 1)
    return typeset.pdf(TEMPLATE, next(fits, {"list": content, "body": FLOWING}))


def picture(content: str) -> bytes:
    """The list as PNG, as long as it is."""
    return typeset.pages(TEMPLATE, {"list": content, "body": PICTURE_SIZE, "picture": "yes"}, DPI)[0]
