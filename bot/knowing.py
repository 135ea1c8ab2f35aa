"""All that is known, read from the data files: what a conversation needs without any database."""

from collections.abc import Iterable
from pathlib import Path

from handlers.turn.dossiers import NoDossiers
from handlers.turn.drafts import PassingDrafts
from handlers.turn.effects import DeleteDraft, Effect, SaveDraft
from handlers.turn.followers import NoFollowers
from handlers.turn.ports import World
from knowledge.intake import forms
from knowledge.notices import expiries
from knowledge.office import calendar, office
from knowledge.procedures import aspects, life_events, loading, signposts
from knowledge.search import small_talk
from knowledge.search.intents import targets
from knowledge.search.search import Index


def world(catalogue_dir: Path | None = None) -> World:
    """The world of the handlers; raises BadDataFile."""
    catalogue = loading.load(catalogue_dir or loading.FIELDS)
    others, happenings = signposts.load(), life_events.load()
    desk = office.load()
    return World(
        catalogue=catalogue,
        index=Index(targets(catalogue, others, small_talk.load(), happenings)),
        office=desk,
        holidays=calendar.load(),
        elsewhere=others,
        events=happenings,
        aspects=aspects.load(),
        licences=expiries.load(),
        dossiers=NoDossiers(),
        followers=NoFollowers(),
        forms=forms.offered(forms.load(), desk.confirmed_forms),
        drafts=PassingDrafts(),
    )


def apply(effects: Iterable[Effect], drafts: PassingDrafts) -> None:
    """What a turn wants kept, as far as a talk without a database can keep it."""
    for effect in effects:
        match effect:
            case SaveDraft(draft):
                drafts.keep(draft)
            case DeleteDraft(code):
                drafts.drop(code)
