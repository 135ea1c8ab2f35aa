"""A language is a folder: its name, its texts, its plural forms. No code knows which there are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from babel.messages.extract import extract_from_dir

from bot.channels.web import page
from handlers.dossiers.codes import PROBLEMS
from handlers.intake import consent
from handlers.language import i18n, translations
from handlers.language.i18n import Languages
from handlers.office.page_texts import FILE_LIMIT_MB
from handlers.ports.dossiers import FACTOR_DIGITS
from handlers.ports.world import World
from handlers.turn import retention
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State
from knowledge.dossiers.guesses import WAITS_H
from tests import ROOT
from tests.dialogue import MONDAY, Player

TRANSLATED = re.compile(r"""\btr\((?:"([^"]+)"|'([^']+)')\)""")
LEFT = "Còn {count} ngày làm việc."
# K'Ho, which Babel does not know: two forms more than Vietnamese has.
PO = """
msgid ""
msgstr ""
"Language: kpm\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"

msgid "Về đầu"
msgstr "VE-DAU-KPM"

msgid "Giờ làm việc"
msgstr "GIO-KPM"

msgid "Gửi"
msgstr "GUI-KPM"

msgid "Còn {count} ngày làm việc."
msgid_plural "Còn {count} ngày làm việc."
msgstr[0] "một-kpm {count}"
msgstr[1] "đôi-kpm {count}"
msgstr[2] "nhiều-kpm {count}"
"""


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """The languages that there are, and a third."""
    folder = copytree(i18n.LOCALE, tmp_path / "locale")
    (folder / "kpm" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "kpm" / "name.txt").write_text("K’Ho\n", encoding="utf-8")
    i18n.messages("kpm", folder).write_text(PO, encoding="utf-8")
    return folder


@pytest.fixture
def three(locale: Path) -> Languages:
    return i18n.load(locale)


def test_a_third_language_is_a_folder(three: Languages) -> None:
    assert dict(three.names) == {"vi": "Tiếng Việt", "en": "English", "kpm": "K’Ho"}
    assert three.of("", "kpm-VN") == "kpm"


def test_what_it_does_not_translate_stays_vietnamese(three: Languages) -> None:
    assert three.translator("kpm")("Điền tờ khai") == "Điền tờ khai"


@pytest.mark.parametrize(("count", "text"), [(1, "một-kpm 1"), (2, "đôi-kpm 2"), (5, "nhiều-kpm 5")])
def test_it_has_its_own_plural_forms(count: int, text: str, three: Languages) -> None:
    assert three.translator("kpm").plural(LEFT, count).format(count=count) == text


def test_english_counts_one_and_more() -> None:
    tr = i18n.translator("en")
    assert tr.plural(LEFT, 1) != tr.plural(LEFT, 2)


def test_vietnamese_counts_in_one_form() -> None:
    tr = i18n.translator("vi")
    assert tr.plural(LEFT, 1) == tr.plural(LEFT, 2) == LEFT


def page_in(language: str, world: World) -> str:
    return page.html(context(Incoming(MONDAY, language=language), State(), world))


@pytest.mark.parametrize("shown", ["vi", "en", "kpm"])
def test_the_page_offers_every_other_language(shown: str, world: World, three: Languages) -> None:
    html = page_in(shown, replace(world, languages=three))
    offered = re.findall(r'<a class="language" href="\?lang=(\w+)" lang="\1" hreflang="\1">([^<]+)</a>', html)
    assert dict(offered) == {code: name for code, name in three.names.items() if code != shown}


def test_the_page_speaks_it(world: World, three: Languages) -> None:
    assert "GUI-KPM" in page_in("kpm", replace(world, languages=three))


def test_a_conversation_is_held_in_it(world: World, three: Languages) -> None:
    player = Player(replace(world, languages=three))
    player.type("menu")
    player.tap("Ngôn ngữ / Language")
    player.tap("K’Ho")
    assert "GIO-KPM" in player.labels
    player.tap("GIO-KPM")
    assert player.state.language == "kpm"
    player.type("/language vi")
    assert "Giờ làm việc" in player.labels


def test_the_app_may_ask_for_it(world: World, three: Languages) -> None:
    player = Player(replace(world, languages=three))
    player.say(Incoming(at=MONDAY, text="menu", language="kpm"))
    assert "GIO-KPM" in player.labels


def test_a_language_without_a_name_is_told(locale: Path) -> None:
    (locale / "kpm" / "name.txt").unlink()
    assert list(translations.nameless(locale)) == ["locale/kpm/name.txt is missing"]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('msgstr "GUI-KPM"', 'msgstr ""', "'Gửi' is not translated"),
        ('msgid "Gửi"', '#, fuzzy\nmsgid "Gửi"', "'Gửi' is not translated"),
        ("đôi-kpm {count}", "đôi-kpm {number}", "has other places in braces"),
        ('msgstr[2] "nhiều-kpm {count}"\n', "", "is not translated"),
    ],
)
def test_a_gap_in_a_language_is_told(before: str, after: str, problem: str, locale: Path) -> None:
    i18n.messages("kpm", locale).write_text(PO.replace(before, after), encoding="utf-8")
    assert [line for line in translations.untranslated(locale) if "(kpm)" in line and problem in line]


def test_the_languages_that_there_are_have_no_gap() -> None:
    assert [*translations.nameless(), *translations.untranslated()] == []


def msgids() -> Iterator[str]:
    """Every text that `make texts` finds."""
    words = {"N_": None, "tr": None, "plural": (1, 1)}
    for _file, _line, found, _comments, _context in extract_from_dir(ROOT / "handlers", keywords=words):
        yield found if isinstance(found, str) else found[0]


def test_every_text_is_said_in_every_language() -> None:
    said = [set(i18n.translator(code).forms) for code in i18n.languages() if code != i18n.SOURCE]
    assert said
    assert [text for text in msgids() if not all(text in forms for forms in said)] == []


def test_no_text_stands_where_it_is_not_found() -> None:
    found = set(msgids())
    texts = [
        text
        for path in (ROOT / "bot").rglob("*.py")
        for pair in TRANSLATED.findall(path.read_text("utf-8"))
        for text in pair
        if text
    ]
    assert [text for text in texts if text not in found] == []


def test_no_text_holds_a_number_that_the_program_knows(world: World) -> None:
    days = (retention.DRAFT_DAYS, retention.PRINTED_DAYS, retention.REPLY_DAYS)
    told = [rf"{n} ngày" for n in days] + ["một giờ", "hai ngày", rf"{WAITS_H[0]} giờ rồi"]
    told += [rf"{FACTOR_DIGITS} số cuối", rf"{FILE_LIMIT_MB} MB", re.escape(world.office.example_code)]
    known = re.compile(rf"\b({'|'.join(told)})\b")
    agreed = {text for version, text in consent.TEXTS.items() if version != consent.CURRENT}  # kept as proof
    assert [text for text in msgids() if known.search(text) and text not in agreed] == []


def test_no_text_knows_what_kind_of_commune_it_is() -> None:
    kind = re.compile(r"\b(phường|đặc khu)\b|\b[Xx]ã\b(?! hội)")
    assert [text for text in msgids() if kind.search(text)] == []


def test_the_texts_are_found() -> None:
    found = set(msgids())
    assert {LEFT, *PROBLEMS.values(), "Về đầu"} <= found
