"""Which letters can be a Vietnamese syllable, marks and tone included."""

import re
import unicodedata
from functools import cache, lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave acute tilde hook dot
_CLOSED = frozenset("\u0301\u0323")  # a syllable ending in p, t, c, ch has one of these two
_ONSETS = "ngh ng nh gh gi ch kh ph qu th tr b c d đ g h k l m n p r s t v x"
_BEFORE_FRONT = {"k", "gh", "ngh"}  # written before e, ê, i, y only; c, g, ng before the others
_NOT_BEFORE_FRONT = {"c", "g", "ng"}
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn
uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y
yêm yên yêng yêt yêu
"""


@lru_cache(maxsize=20_000)
def is_vietnamese(word: str) -> bool:
    """Whether a word as typed, with or without capitals, can be a syllable with its marks and tone."""
    toneless, tone = _divided(word.lower())
    if tone is None:
        return False
    return any(
        _fits(onset, rhyme) and (tone in _CLOSED or not _is_closed(rhyme) or toneless.isascii())
        for onset, rhyme in _splits(toneless)
    )


def _divided(word: str) -> tuple[str, str | None]:
    """A word without its tone, and the tone; None for the tone of a word that has two."""
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in _TONES]
    rest = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return rest, (tones[0] if tones else "") if len(tones) < 2 else None


def _splits(word: str) -> list[tuple[str, str]]:
    found = [("", word)]
    found += [(onset, word[len(onset) :]) for onset in _onsets() if word.startswith(onset)]
    if word.startswith("gi"):  # "gì", "giêng": the i is the vowel too
        found.append(("gi", word[1:]))
    if word.startswith("qu"):  # "quy", "quyên": the u is the vowel too
        found.append(("qu", word[1:]))
    return found


def _fits(onset: str, rhyme: str) -> bool:
    if rhyme not in _rhymes():
        return False
    is_front = rhyme[0] in "eêiy"
    return not (onset in _BEFORE_FRONT and not is_front) and not (onset in _NOT_BEFORE_FRONT and is_front)


def _is_closed(rhyme: str) -> bool:
    return re.search(r"(?:p|t|c|ch)\Z", rhyme) is not None


@cache
def _onsets() -> tuple[str, ...]:
    return tuple(_ONSETS.split())


@cache
def _rhymes() -> frozenset[str]:
    return frozenset(_RHYMES.split())
