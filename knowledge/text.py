"""Vietnamese made comparable: tidied for storage, folded for search."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

SYNONYMS = Path(__file__).parent / "search" / "synonyms.toml"

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, bidi and zero-width marks, lone surrogates, unassigned
_WORD = re.compile(r"[a-z0-9]+")
_VOWELS = "aeiouy"
_TONES = "sfrxj"  # the Telex keys for the five tones; no Vietnamese syllable ends in one
_FOREIGN = frozenset(
    {"as", "box", "bus", "fax", "fix", "gas", "is", "max", "mix", "os", "tax", "us"}
)  # no Telex

_ONSET = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|r|s|t|th|tr|v|x"
_RHYME = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng"
    "|iep|iet|ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oan|oang|oanh|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong"
    "|op|ot|u|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up"
    "|ut|uu|uy|uya|uych|uyen|uyet|uynh|uyt|uyu|y|yem|yen|yeng|yet|yeu"
)
_ETH = str.maketrans({"ð": "đ", "Ð": "Đ"})  # Icelandic; what older tools and PDFs have for Đ
_EITHER_I = re.compile(r"\A([hklmst]|qu|)i\Z")  # syllables that are written with i and with y alike
_SYLLABLE = re.compile(
    rf"(?:(?:{_ONSET})?(?:{_RHYME})"
    r"|qu(?:a|ac|ach|ai|an|ang|anh|ao|ap|at|au|ay|e|en|eo|et|eu|i|in|it|o|oc|on|ot|y|yen|yet|ynh|yt)"
    r"|gi(?:n|m|p|et|eng)?)\Z"
)


_LONG_WORD = re.compile(r"(\S{120})\S+")


def tidy(text: str, limit: int = 2000) -> str:
    """The text composed, without invisible characters, whitespace collapsed, at most `limit` letters."""
    seen = text = text.translate(_ETH)
    if not text.isprintable():
        seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_unseen(c))
    return " ".join(unicodedata.normalize("NFC", seen).split())[:limit].rstrip()


def fold(text: str) -> str:
    """Only a-z, 0-9 and single spaces: no diacritics, Telex and VNI mended, abbreviations spelled out.

    "kí" and "ký" are one word, with y. Folding twice changes nothing. Anything that is no Latin letter or
    digit becomes a space.
    """
    return " ".join(filter(None, map(_folded, _split(_composed(text)))))


class Word(NamedTuple):
    """One folded word as it was written."""

    folded: str
    marks: str  # with its diacritics, tone last ("hoà" and "hòa" alike); "" if it has none or was mended


def words(text: str) -> list[Word]:
    """The folded words of a text with the diacritics they had."""
    return list(chain.from_iterable(map(_read, _split(_composed(text)))))


def is_syllable(word: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


@cache
def synonyms() -> Mapping[str, Any]:
    """The tables of `synonyms.toml`, read once."""
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case without diacritics, nothing else mended: the first half of folding."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.lower().translate(_ETH).replace("đ", "d")))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower()).translate(_ETH)


def _split(composed: str) -> list[str]:
    return re.findall(r"[^\W_]+", composed)


@lru_cache(maxsize=20_000)
def _read(written: str) -> tuple[Word, ...]:
    """One lower-case word; an abbreviation may be several."""
    folded = _folded(written).split()
    marks = _accented(written) if len(folded) == 1 else ""
    return tuple(Word(each, marks) for each in folded)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """One lower-case word folded; an abbreviation may become several."""
    known = _abbreviations()
    if word in known:
        return known[word]
    mended = (_mended(part) for part in plain(word).split())
    return " ".join(known.get(part, _with_y(part)) for part in mended)


@cache
def _abbreviations() -> Mapping[str, str]:
    spelled = {short: plain(str(long)) for short, long in synonyms()["abbreviations"].items()}
    return {short: " ".join(map(_with_y, long.split())) for short, long in spelled.items()}


def _with_y(word: str) -> str:
    """A folded word with y where dictionaries have i as well as y: "ki" -> "ky"."""
    return _EITHER_I.sub(r"\1y", word)


def _mended(word: str) -> str:
    """A folded word without what Telex or VNI left in it; the word itself if that gives no syllable."""
    if is_syllable(word) or word in _FOREIGN or len(word) > 12:
        return word
    without = re.sub(r"[1-9]", "", word) if re.match(r"[a-z]{2,}|d9", word) else word  # VNI: "d9a8ng"
    for attempt in (_undoubled(without), _undoubled(_without_telex(without))):
        if len(attempt) > 1 and is_syllable(attempt):
            return attempt
    return word


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def _without_telex(word: str) -> str:
    """Drops w after its vowel and tone keys that no vowel follows: "chuwngs" -> "chung"."""
    bare = re.sub(rf"(?<=[{_VOWELS}])w", "", word)
    return re.sub(rf"(?<=[a-z])[{_TONES}](?=[^{_VOWELS}]*\Z)", _drop_after_vowel, bare)


def _drop_after_vowel(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    return "" if any(c in _VOWELS for c in before) else found.group()


def _accented(word: str) -> str:
    """The word with its tone mark moved to the end, so that both ways to place it compare equal.

    Hỏi and ngã are one tone in the south, and mixed up in writing: they compare equal too.
    """
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in letters if c in "\u0300\u0301\u0303\u0309\u0323")  # grave acute tilde hook dot
    rest = _with_y(unicodedata.normalize("NFC", "".join(c for c in letters if c not in tone)))
    return "" if rest.isascii() and not tone else rest + tone.replace("\u0303", "\u0309")


def without_long_words(text: str) -> str:
    """With what is longer than any word, code or address cut off: such a run of letters says nothing more."""
    return _LONG_WORD.sub(r"\1", text)


def shortened(text: str, length: int) -> str:
    """The first two thirds and the last third of what is longer than `length` characters, between words."""
    if len(text) <= length:
        return text
    head, tail = text[: length * 2 // 3].rpartition(" "), text[-(length // 3) :].partition(" ")
    return f"{head[0] or head[2]} {tail[2] or tail[0]}"
