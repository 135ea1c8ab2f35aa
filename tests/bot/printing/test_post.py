"""The list for the post: each item as bars that a scanner reads."""

import json

import zxingcpp
from PIL import Image

from bot.printing import post, typeset
from bot.printing.post import Item


def test_the_bars_are_read_back(tmp_path):
    """As a scanner at the post would: from the printed page."""
    codes = ["EE123456785VN", "RR000000005VN", ""]
    items = [Item(f"H36.99-261123-000{n}", "An Thử", "0901234567", code) for n, code in enumerate(codes)]
    texts = {
        "office": "A",
        "title": "B",
        "heads": ["", "1", "2", "3", "4"],
        "count": "3",
        "signatures": ["C", "D"],
    }
    assert post.pdf(texts, items).startswith(b"%PDF")
    rows = [{**item._asdict(), "bars": post.bars(item.tracking) if item.tracking else ""} for item in items]
    inputs = {"list": json.dumps({**texts, "rows": rows})}
    [page] = typeset.pages(post.TEMPLATE, inputs, 200)
    path = tmp_path / "page.png"
    path.write_bytes(page)
    read = zxingcpp.read_barcodes(Image.open(path))
    assert sorted(each.text for each in read) == sorted(filter(None, codes))
