"""Languages: the source is Vietnamese, other languages are `.po` files read through Babel."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

Translate = Callable[[str], str]
LOCALE = Path(__file__).parents[1] / "locale"
SOURCE = "vi"


def N_(text: str) -> str:  # noqa: N802  # the customary name, which Babel extracts
    """Marks a text of a table for translation; it is translated where it is used."""
    return text


def languages() -> tuple[str, ...]:
    """The languages the program speaks, the source first."""
    return (SOURCE, *sorted(path.name for path in LOCALE.iterdir() if path.is_dir()))


def language_of(chosen: str, app: str) -> str:
    """The person's choice, else the app's language ("en-GB"), else Vietnamese."""
    wanted = (chosen or app).lower().replace("_", "-").split("-")[0]
    return wanted if wanted in languages() else SOURCE


@cache
def translator(language: str) -> Translate:
    """Vietnamese text -> text in that language; a text that is not translated stays Vietnamese."""
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if language == SOURCE or not path.exists():
        return N_
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    texts = {str(m.id): str(m.string) for m in catalogue if m.id and m.string and not m.fuzzy}
    return lambda text: texts.get(text, text)
