"""What the data name and no text answers, or the other way round: told by `motcua check` and at the start."""

from collections.abc import Collection, Iterator

from handlers.dossiers import answers
from handlers.intake import acting, reading, texts
from handlers.language import translations
from handlers.notices import preview
from handlers.office import danger, emergencies, small_talk
from handlers.people.acts import ACTS
from knowledge.office.office import Office
from knowledge.reading import acts, ongoing
from knowledge.reading import danger as dangers
from knowledge.search.small_talk import Talk


def missing(talk: Talk, office: Office) -> Iterator[str]:
    """A line for each gap of a family: small talk, dangers, acts, questions, notices, names of languages."""
    yield from small_talk.missing(talk)
    yield from emergencies.missing(talk, office)
    yield from danger.missing(dangers.load())
    yield from preview.missing()
    yield from translations.nameless()
    yield from acts_missing()
    yield from _gaps("ongoing", ongoing.asks("dossier"), answers.ANSWERS)
    form = {*texts.ABOUT_FORM, *reading.ASPECTS, *reading.AS_ACTS}
    yield from _gaps("ongoing", ongoing.asks("form"), form)


def acts_missing() -> Iterator[str]:
    """Acts that neither the conversation nor a form does, and what they would do and nobody says."""
    known = {row.act for row in acts.load().rows}
    yield from _gaps("acts.toml", known, {*ACTS, *acting.STEP, *texts.SAID, *acting.ACTED})


def _gaps(file: str, known: Collection[str], answered: Collection[str]) -> Iterator[str]:
    yield from (f"{file}: {name}: no answer in handlers" for name in sorted(set(known) - set(answered)))
    idle = sorted(set(filter(None, answered)) - set(known))
    yield from (f"{file}: {name}: is missing, its answer stands ready" for name in idle)
