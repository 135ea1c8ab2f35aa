"""The catalogue in English: names and one sentence of every procedure, and all of those in `in_english/`."""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from pydantic import Field

from knowledge.datafile import BadDataFile, Model, Slug, Text, read
from knowledge.procedures.catalogue import (
    Announced,
    Case,
    Catalogue,
    CatalogueField,
    Deadline,
    Document,
    Fee,
    Neighbour,
    Note,
    Procedure,
    Source,
    Spot,
    Value,
)
from knowledge.procedures.english import English
from knowledge.translated import Fields, Texts, both, sources, translated

DIRECTORY = Path(__file__).with_name("in_english")
SHARED = "shared.toml"
LANGUAGE = "en"
SAID: Fields = {
    Procedure: ("about", "who", "where", "legal_basis", "doubts"),
    Document: ("reason", "only_if", "note"),
    Deadline: ("note",),
    Fee: ("unit", "note", "basis"),
    Note: ("text",),
    Spot: ("where",),
    Announced: ("text",),
    Neighbour: ("label",),
}
NAMED: Fields = {
    Procedure: ("name", "agency", "result"),
    Case: ("question",),
    Value: ("label",),
    Document: ("name", "options"),
    Fee: ("name",),
    Spot: ("agency",),
    Source: ("name",),
}


class Translation(Model):
    """One file: the English of one procedure, or of what several of them say."""

    code: str | None = None  # national code; None: shared
    texts: Mapping[Text, Text]
    says: Mapping[Slug, Mapping[Slug, tuple[Text, ...]]] = Field(default_factory=dict)  # by case and value


Translations = Mapping[str, Translation]  # by the name of their file


def load(directory: Path = DIRECTORY) -> Translations:
    """Reads the directory; raises BadDataFile with all problems at once."""
    found: dict[str, Translation] = {}
    problems: list[str] = []
    for path in sorted(directory.glob("*.toml")):
        try:
            found[path.name] = read(path, Translation)
        except BadDataFile as error:
            problems += error.problems
    if problems:
        raise BadDataFile(problems)
    return found


def with_english(catalogue: Catalogue, english: English, translations: Translations) -> Catalogue:
    """The catalogue, knowing itself in English."""
    shared = translations[SHARED].texts
    whole = {each.code: each for each in translations.values() if each.code}

    def told(procedure: Procedure) -> Procedure:
        translation = whole.get(procedure.code)
        if translation:
            procedure = _whole(procedure, translation, {**shared, **translation.texts})
        return _named(procedure, english)

    def told_field(field: CatalogueField) -> CatalogueField:
        return field.model_copy(update={"procedures": tuple(map(told, field.procedures))})

    other = Catalogue(fields=tuple(map(told_field, catalogue.fields)))
    return catalogue.model_copy(update={"others": {LANGUAGE: other}})


def problems(catalogue: Catalogue, english: English, translations: Translations) -> Iterator[str]:
    """Texts that have no English, and English whose text is gone or was changed."""
    shared = translations[SHARED].texts
    said_anywhere: set[str] = set()
    whole = {each.code for each in translations.values()}
    nameless = [p.code for p in english.procedures if p.about is None and p.code not in whole]
    yield from (f"english.toml: {code}: about is missing" for code in nameless)
    for name, translation in translations.items():
        procedure = catalogue.procedures.get(translation.code or "")
        if procedure:
            said = set(sources(procedure, SAID, NAMED))
            said_anywhere |= said
            yield from (f"{name}: {line}" for line in _differing(said, translation.texts, shared))
            yield from (f"{name}: says: {line}" for line in _strange(translation, procedure))
        elif translation.code:
            yield f"{name}: {translation.code}: no such procedure"
    yield from (f"{SHARED}: {text!r} is not said any more" for text in shared if text not in said_anywhere)


def _differing(said: Set[str], own: Texts, shared: Texts) -> Iterator[str]:
    yield from (f"{text!r} is not translated" for text in sorted(said - own.keys() - shared.keys()))
    yield from (f"{text!r} is not said any more" for text in own if text not in said)
    yield from (f"{text!r} stands in {SHARED} too" for text in own if text in shared)


def _strange(translation: Translation, procedure: Procedure) -> Iterator[str]:
    known = {(case.id, value.id) for case in procedure.cases for value in case.values}
    named = {(case, value) for case, values in translation.says.items() for value in values}
    yield from (f"{case}.{value}: no such choice" for case, value in sorted(named - known))
    yield from (f"{case}.{value}: no phrase" for case, value in sorted(known - named))


def _whole(procedure: Procedure, translation: Translation, texts: Texts) -> Procedure:
    """All of it in English; a choice is understood in both languages."""
    cases = tuple(_understood(case, translation.says.get(case.id, {}), texts) for case in procedure.cases)
    told = translated(procedure.model_copy(update={"cases": cases}), texts, SAID, NAMED)
    return told.model_copy(update={"language": LANGUAGE})


def _understood(case: Case, says: Mapping[str, tuple[str, ...]], texts: Texts) -> Case:
    values = (
        value.model_copy(update={"says": (*value.says, *_labels(value, texts), *says.get(value.id, ()))})
        for value in case.values
    )
    return case.model_copy(update={"values": tuple(values)})


def _labels(value: Value, texts: Texts) -> tuple[str, ...]:
    """Its label in each language: the button has both in one."""
    return tuple(dict.fromkeys((value.label, texts.get(value.label, value.label))))


def _named(procedure: Procedure, english: English) -> Procedure:
    """With its English name before the everyday one, its sentence, and how one asks for it in English."""
    known = english.by_code.get(procedure.code)
    if known is None:
        return procedure
    changes = {
        "short": both(known.name, procedure.short),
        "about": known.about or procedure.about,
        "asks": (*known.asks, *procedure.asks),
    }
    return procedure.model_copy(update=changes)
