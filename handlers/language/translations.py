"""Whether the languages are whole: each has a name, and each text its words and named places."""

import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from handlers.language.i18n import LOCALE, SOURCE, forms_of, load, messages, source


def nameless(locale: Path = LOCALE) -> Iterator[str]:
    """Languages whose folder does not tell what they are called."""
    codes = load(locale).names
    yield from (f"{locale.name}/{code}/name.txt is missing" for code in codes if not _has_name(locale / code))


def untranslated(locale: Path = LOCALE) -> Iterator[str]:
    """Texts of the program that a language lacks, or whose named places differ."""
    for language in load(locale).names:
        if language != SOURCE:
            yield from _of_language(language, messages(language, locale))


def _has_name(folder: Path) -> bool:
    path = folder / "name.txt"
    return path.exists() and bool(path.read_text(encoding="utf-8").strip())


def _of_language(language: str, path: Path) -> Iterator[str]:
    if not path.exists():
        yield f"{path.name} ({language}) is missing"
        return
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            what = _problem(message, catalogue.num_plurals)
            yield from [f"{path.name} ({language}): {source(message.id)!r} {what}"] if what else []


def _problem(message: Message, plurals: int) -> str:
    forms = forms_of(message.string)
    if message.fuzzy or not all(forms):
        return "is not translated"
    if message.pluralizable and len(forms) != plurals:
        return f"has {len(forms)} forms, the language {plurals}"
    differ = any(_places(form) != _places(source(message.id)) for form in forms)
    return "has other places in braces" if differ else ""


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}
