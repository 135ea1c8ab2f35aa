"""Makes a clean question look typed in a hurry: no diacritics, slips, Telex left standing, slang."""

import random
import unicodedata
from collections.abc import Callable

TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
MARKS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
BESIDE = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl",
          "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
          "u": "yi", "v": "cb", "x": "zc", "y": "tu"}  # fmt: skip
SLANG = {
    "không": "ko k hông kg", "được": "dc đc", "gì": "j gi", "đăng ký": "đk dk", "người": "ng", "tôi": "t tui",
    "giấy tờ": "gt", "hồ sơ": "hs hso", "khai sinh": "ks", "kết hôn": "kh", "hộ khẩu": "hk", "thủ tục": "tt",
    "thường trú": "tt", "tạm trú": "tt", "giấy chứng nhận": "gcn", "hộ kinh doanh": "hkd", "chồng": "ck",
    "vợ": "vk", "em": "e", "anh": "a", "chứng thực": "ct", "những": "nh", "bao nhiêu": "bn bnhieu",
    "với": "vs", "xây dựng": "xd", "giấy phép": "gp", "khai tử": "kt", "xác nhận": "xn", "như thế nào": "ntn",
    "làm": "lm",
    "bao lâu": "bl",
}  # fmt: skip


def without_diacritics(text: str, _dice: random.Random) -> str:
    """All marks off."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def slips(text: str, dice: random.Random) -> str:
    """About every third word with a slip of the finger or with its Telex keys left standing."""
    return " ".join(_slip(word, dice) if dice.random() < 0.35 else word for word in text.split())


def slang(text: str, dice: random.Random) -> str:
    """Chat abbreviations wherever there is one."""
    padded = f" {text} "
    for long, shorts in SLANG.items():
        padded = padded.replace(f" {long} ", f" {dice.choice(shorts.split())} ")
    return padded.strip()


NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "nodia": without_diacritics,
    "typo": slips,
    "slang": slang,
}


def _slip(word: str, dice: random.Random) -> str:
    if dice.random() < 0.4:
        return _telex(word)
    at, kind = dice.randrange(len(word)), dice.randrange(4)
    if kind == 0 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1 and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    near = BESIDE.get(without_diacritics(word[at].lower(), dice), "")
    return word[:at] + dice.choice(near) + word[at + 1 :] if near else word


def _telex(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    keys = "".join(TELEX[c] for c in letters if c in TELEX)
    rest = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TELEX))
    return "".join(MARKS.get(c, c) for c in rest) + keys
