"""What a handler may use of the outside: knowledge, and narrow ports to the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.turn.dossiers import Dossiers
from handlers.turn.drafts import Drafts
from handlers.turn.followers import Followers
from knowledge.intake.form import Form
from knowledge.notices.expiries import Licences
from knowledge.office.calendar import Holidays
from knowledge.office.office import Office
from knowledge.procedures.aspects import Aspects
from knowledge.procedures.catalogue import Catalogue
from knowledge.procedures.life_events import Events
from knowledge.procedures.signposts import Elsewhere
from knowledge.search.search import Index


@dataclass(frozen=True)
class World:
    """All that a turn may look at besides the message and the state."""

    catalogue: Catalogue
    index: Index
    office: Office
    holidays: Holidays
    elsewhere: Elsewhere
    events: Events
    aspects: Aspects
    licences: Licences
    dossiers: Dossiers
    followers: Followers
    forms: Mapping[str, Form]  # those that citizens are offered, by id
    drafts: Drafts
