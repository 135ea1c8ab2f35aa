"""What the data name and no text answers, or the other way round: told by `motcua check` and at the start."""

from collections.abc import Iterator

from handlers.notices import preview
from handlers.office import emergencies, small_talk
from handlers.turn import translations
from knowledge.office.office import Office
from knowledge.search.small_talk import Talk


def missing(talk: Talk, office: Office) -> Iterator[str]:
    """A line for each gap of a family: small talk, emergencies, notices, names of languages."""
    yield from small_talk.missing(talk)
    yield from emergencies.missing(talk, office)
    yield from preview.missing()
    yield from translations.nameless()
