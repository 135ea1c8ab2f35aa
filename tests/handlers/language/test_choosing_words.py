"""What is said is right on every channel: where there are no buttons, nobody is told to tap one."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_dir

from handlers.language import i18n
from handlers.notices import consent
from tests import ROOT

TAPS = {
    "vi": re.compile(r"\b(bấm|nhấn vào|nút)\b", re.IGNORECASE),
    "en": re.compile(r"\b(taps?|press|click|buttons?)\b", re.IGNORECASE),
}
KEYWORDS = {"N_": None, "tr": None, "plural": (1, 1)}
# Files whose readers have something to tap, or the links of a swindler.
ELSEWHERE = ("office/page_texts.py", "office/danger.py", "desk/words.py")
# Asked for only where the channel can share the own number; a sign of the messenger's own.
BY_ITS_WORDS = ("gửi số của bạn", "📷")
# The consents that were given to these words; nobody is asked so any more.
OLD = [text for version, text in consent.TEXTS.items() if version not in (consent.FOLLOW, consent.EXPIRY)]


def said(language: str) -> Iterator[str]:
    tr = i18n.translator(language)
    for file, _line, found, _comments, _context in extract_from_dir(ROOT / "handlers", keywords=KEYWORDS):
        text = found if isinstance(found, str) else found[0]
        if file not in ELSEWHERE and text not in OLD and not any(words in text for words in BY_ITS_WORDS):
            yield from tr.forms.get(text, (text,))


@pytest.mark.parametrize("language", TAPS)
def test_no_text_tells_to_tap(language: str) -> None:
    texts = list(said(language))
    assert len(texts) > 500
    assert [text for text in texts if TAPS[language].search(text)] == []


@pytest.mark.parametrize(
    ("folder", "told"), [("fields", "bấm “"), ("in_english", "press “"), ("in_english", "tap “")]
)
def test_no_procedure_tells_to_tap(folder: str, told: str) -> None:
    files = sorted((ROOT / "knowledge/procedures" / folder).glob("*.toml"))
    assert files
    assert [file.name for file in files if told in file.read_text("utf-8").casefold()] == []
