"""All that is known, read from the data files: what a conversation needs without any database."""

from pathlib import Path

from handlers.dossiers import NoDossiers
from handlers.ports import World
from knowledge import aspects, calendar, elsewhere, events, loading, office, talk
from knowledge.search import Index
from knowledge.targets import targets


def world(catalogue_dir: Path | None = None) -> World:
    """The world of the handlers; raises BadCatalogue."""
    catalogue = loading.load(catalogue_dir or loading.FIELDS)
    others, happenings = elsewhere.load(), events.load()
    return World(
        catalogue=catalogue,
        index=Index(targets(catalogue, others, talk.load(), happenings)),
        office=office.load(),
        holidays=calendar.load(),
        elsewhere=others,
        events=happenings,
        aspects=aspects.load(),
        dossiers=NoDossiers(),
    )
