"""Languages: the source is Vietnamese, other languages are `.po` files read through Babel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "locale"
SOURCE = "vi"


def N_(text: str) -> str:  # noqa: N802  # the customary name, which Babel extracts
    """Marks a text of a table for translation; it is translated where it is used."""
    return text


def NP_(text: str) -> str:  # noqa: N802
    """As N_, for a text that counts: `Translate.plural` finds its form."""
    return text


@dataclass(frozen=True)
class Translate:
    """Vietnamese text -> text in one language; a text that is not translated stays Vietnamese."""

    language: str = SOURCE
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # one, or one for each plural form
    plural_form: Callable[[int], int] = lambda count: 0  # which of them a count takes

    def __call__(self, text: str) -> str:
        """The text of this language, its named places still open."""
        return self.forms[text][0] if text in self.forms else text

    def plural(self, text: str, count: int) -> str:
        """The form for that many; Vietnamese has one, so the source names it once."""
        forms = self.forms.get(text, (text,))
        return forms[min(self.plural_form(count), len(forms) - 1)]


@dataclass(frozen=True)
class Languages:
    """The languages that the program speaks: a folder each, the source first."""

    names: Mapping[str, str]  # by code, each in its own words: "en" -> "English"
    texts: Mapping[str, Translate]

    def of(self, chosen: str, app: str) -> str:
        """The person's choice, else the app's language ("en-GB"), else Vietnamese."""
        wanted = (chosen or app).lower().replace("_", "-").split("-")[0]
        return wanted if wanted in self.names else SOURCE

    def translator(self, language: str) -> Translate:
        """The texts of a language; of Vietnamese for one that the program does not speak."""
        return self.texts.get(language, self.texts[SOURCE])


@cache
def load(locale: Path = LOCALE) -> Languages:
    """Reads the folders: `<code>/name.txt` and, but for the source, `<code>/LC_MESSAGES/messages.po`."""
    folders = sorted(
        (path for path in locale.iterdir() if path.is_dir()), key=lambda p: (p.name != SOURCE, p)
    )
    codes = [SOURCE, *(path.name for path in folders if path.name != SOURCE)]
    return Languages(
        {code: _name(locale / code) for code in codes},
        {code: _read(code, messages(code, locale)) for code in codes},
    )


def messages(language: str, locale: Path = LOCALE) -> Path:
    """Where the texts of a language stand; the source has none."""
    return locale / language / "LC_MESSAGES" / "messages.po"


def languages() -> tuple[str, ...]:
    """The codes of the languages the program speaks, the source first."""
    return tuple(load().names)


def language_of(chosen: str, app: str) -> str:
    """The person's choice, else the app's language ("en-GB"), else Vietnamese."""
    return load().of(chosen, app)


def translator(language: str) -> Translate:
    """The texts of a language; of Vietnamese for one that the program does not speak."""
    return load().translator(language)


def _name(folder: Path) -> str:
    """The language's own name; its code while the file is missing, which `motcua check` tells."""
    path = folder / "name.txt"
    return path.read_text(encoding="utf-8").strip() if path.exists() else folder.name


def _read(language: str, path: Path) -> Translate:
    """The texts and the plural forms of a file; fuzzy texts are left out."""
    if not path.exists():
        return Translate(language)
    with path.open("rb") as file:
        catalogue = read_po(file)
    forms = {
        source(m.id): forms_of(m.string)
        for m in catalogue
        if m.id and not m.fuzzy and all(forms_of(m.string))
    }
    return Translate(language, forms, c2py(catalogue.plural_expr))


def source(msgid: str | Sequence[str]) -> str:
    """The Vietnamese text of a message, which is the same in all numbers."""
    return msgid if isinstance(msgid, str) else msgid[0]


def forms_of(string: str | Sequence[str] | None) -> tuple[str, ...]:
    """The translations of a message, one for each plural form that it has."""
    return (string or "",) if isinstance(string, str | None) else tuple(string)
