"""All that a turn may look at besides the message and the state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from handlers.language.i18n import Languages
from handlers.ports.dossiers import Dossiers
from handlers.ports.drafts import Drafts
from handlers.ports.errors import StaleButton
from handlers.ports.followers import Followers
from handlers.ports.guesses import Guesses
from handlers.ports.links import Links
from knowledge.intake.form import Form
from knowledge.notices.expiries import Expiries
from knowledge.office.calendar import Holidays
from knowledge.office.office import Office
from knowledge.procedures.aspects import Aspects
from knowledge.procedures.catalogue import Catalogue, CatalogueField, Procedure
from knowledge.procedures.life_events import Event, Events
from knowledge.procedures.signposts import Elsewhere, Entry
from knowledge.scrub import Vocabulary, scrubbed
from knowledge.search.english import EnglishIndex
from knowledge.search.search import Index


@dataclass(frozen=True)
class World:
    """Knowledge, the ports to the rest, and the languages."""

    catalogue: Catalogue
    index: Index
    english: EnglishIndex
    office: Office
    holidays: Holidays
    elsewhere: Elsewhere
    events: Events
    aspects: Aspects
    expiries: Expiries
    dossiers: Dossiers
    guesses: Guesses
    followers: Followers
    links: Links
    forms: Mapping[str, Form]  # those that citizens are offered, by id
    drafts: Drafts
    languages: Languages
    # minutes between our questions to the one-stop software; 0: none; None: what happens is told by itself
    asks_every: int | None = None
    source: "World | None" = None  # the same in Vietnamese, where this one is in another language

    def spoken(self, language: str) -> "World":
        """With what is known in that language in it; in Vietnamese where that is nothing."""
        source = self.source or self
        catalogue = source.catalogue.others.get(language)
        if catalogue is None:
            return source
        return replace(source, catalogue=catalogue, office=source.office.told(language), source=source)

    def scrubbed(self, text: str) -> str:
        """A line without personal data, as it is kept for the editors."""
        reader = self.index.evidence.reader
        words = self.english.vocabulary if self.english.is_english(text) else reader.known
        return scrubbed(text, Vocabulary(words, reader.pairs))

    def procedure(self, code: str) -> Procedure:
        """The procedure that a button names; raises StaleButton if the catalogue has it no more."""
        return _known(self.catalogue.procedures, code)

    def field(self, field_id: str) -> CatalogueField:
        """The field that a button names; raises StaleButton."""
        return _known({field.id: field for field in self.catalogue.fields}, field_id)

    def life_event(self, event_id: str) -> Event:
        """The life event that a button names; raises StaleButton."""
        return _known({event.id: event for event in self.events.events}, event_id)

    def signpost(self, entry_id: str) -> Entry:
        """What others do, as a button names it; raises StaleButton."""
        return _known({entry.id: entry for entry in self.elsewhere.entries}, entry_id)

    def form_for(self, procedure: str, today: date) -> Form | None:
        """The form that a procedure's list of papers asks for; None if it cannot be filled in here."""
        return next((form for form in self.usable_forms(today) if procedure in form.procedures), None)

    def usable_forms(self, today: date) -> tuple[Form, ...]:
        """The forms that are offered and in force."""
        return tuple(form for form in self.forms.values() if form.holds_on(today))


T = TypeVar("T")


def _known(entries: Mapping[str, T], key: str) -> T:
    if key not in entries:
        raise StaleButton(key)
    return entries[key]
