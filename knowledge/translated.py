"""Data in another language, keyed by the text: what is changed has no translation until it is read again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from knowledge.datafile import Model

Texts = Mapping[str, str]  # as the data have it -> in the other language
Fields = Mapping[type[Model], tuple[str, ...]]

M = TypeVar("M", bound=Model)


def translated(part: M, texts: Texts, said: Fields, named: Fields) -> M:
    """The same in the other language; what has no translation stays as it is.

    `said` are the fields of sentences. Those of names, `named`, keep the Vietnamese behind the translation:
    it is what stands on the paper and what one can show at the desk.
    """
    changes: dict[str, object] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in said.get(type(part), ()):
            changes[name] = _each(value, texts)
        elif name in named.get(type(part), ()):
            changes[name] = _each(value, {text: both(other, text) for text, other in texts.items()})
        elif isinstance(value, Model):
            changes[name] = translated(value, texts, said, named)
        elif isinstance(value, tuple) and value and isinstance(value[0], Model):
            changes[name] = tuple(translated(each, texts, said, named) for each in value)
        elif isinstance(value, Mapping) and all(isinstance(each, Model) for each in value.values()):
            changes[name] = {key: translated(each, texts, said, named) for key, each in value.items()}
    return part.model_copy(update=changes)


def sources(part: Model, said: Fields, named: Fields) -> Iterator[str]:
    """All texts of it that want a translation."""
    for name in type(part).model_fields:
        values = _values(getattr(part, name))
        if name in (*said.get(type(part), ()), *named.get(type(part), ())):
            yield from (text for text in values if isinstance(text, str))
        else:
            inside = (each for each in values if isinstance(each, Model))
            yield from (text for each in inside for text in sources(each, said, named))


def _values(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, tuple) else (value,)


def both(translation: str, text: str) -> str:
    """A name in both languages: "Birth certificate (Giấy khai sinh)"."""
    return translation if translation == text else f"{translation} ({text})"


def _each(value: object, texts: Texts) -> object:
    if isinstance(value, tuple):
        return tuple(texts.get(each, each) for each in value)
    return texts.get(value, value) if isinstance(value, str) else value
