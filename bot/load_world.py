"""All that is known, read from the data files: what a conversation needs without any database."""

from collections.abc import Iterator
from pathlib import Path

from handlers.language import i18n
from handlers.missing import missing
from handlers.ports.dossiers import NoDossiers
from handlers.ports.drafts import PassingDrafts
from handlers.ports.followers import NoFollowers
from handlers.ports.guesses import NoGuesses
from handlers.ports.links import NoLinks
from handlers.ports.world import World
from knowledge.intake import forms
from knowledge.notices import expiries
from knowledge.office import calendar, office
from knowledge.procedures import aspects, english, life_events, loading, signposts, translation
from knowledge.search import small_talk
from knowledge.search.english import EnglishIndex
from knowledge.search.intents import targets
from knowledge.search.search import Index


def load_world(catalogue_dir: Path | None = None, office_file: Path | None = None) -> World:
    """The world of the handlers, from other files than those that ship if given; raises BadDataFile."""
    known = english.load()
    read = loading.load(catalogue_dir or loading.FIELDS)
    catalogue = translation.with_english(read, known, translation.load())
    others, happenings = signposts.load(), life_events.load()
    desk = office.load(office_file or office.DEFAULT)
    return World(
        catalogue=catalogue,
        english=EnglishIndex(known, {p.code: p.variant_of for p in read.procedures.values()}),
        index=Index(targets(catalogue, others, small_talk.load(), happenings)),
        office=desk,
        holidays=calendar.load(),
        elsewhere=others,
        events=happenings,
        aspects=aspects.load(),
        expiries=expiries.load(),
        dossiers=NoDossiers(),
        guesses=NoGuesses(),
        followers=NoFollowers(),
        links=NoLinks(),
        forms=forms.offered(forms.load(), desk.confirmed_forms),
        drafts=PassingDrafts(),
        languages=i18n.load(),
    )


def unanswered() -> Iterator[str]:
    """What the data name and no text of the program answers, a line each; people get a general answer."""
    return missing(small_talk.load(), office.load())
