"""A notice of a dossier as named facts, for a channel that may only fill in what was approved beforehand.

In Vietnamese whatever the follower's language, as what they are filled into is. No name of a person.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from handlers.dossiers.progress import title
from handlers.language.format import date_text, money
from handlers.language.i18n import Translate
from handlers.notices.notice import NAMES, Apology, Kind
from handlers.notices.occasion import Occasion
from handlers.ports.dossiers import Dossier
from knowledge.dossiers import statuses

# What they are called in the office's file, and what they are.
FACTS: Mapping[str, str] = {
    "code": "code of the dossier",
    "news": "what the notice is about, in a few words",
    "office": "name of the office",
    "day": "today",
    "state": "state of the dossier, as the national list has it",
    "procedure": "its procedure, for who wants to read that",
    "received": "day it was received",
    "due": "day it is due",
    "new_due": "new day, of an apology",
    "missing_until": "last day for papers that are missing",
    "fee": "what is to be paid, in đồng",
    "tracking": "number of the post",
}


def facts_of(kind: Kind, dossier: Dossier, on: Occasion, apology: Apology | None) -> dict[str, str]:
    """What is known of them and may be told to this follower."""
    vietnamese = Translate()
    facts = {
        "code": dossier.code,
        "news": vietnamese(NAMES[kind]),
        "office": on.world.office.name,
        "day": date_text(on.today),
    }
    if on.follower.proved:
        facts |= dict(_own(dossier, on, vietnamese, apology.new_due if apology else None))
    return facts


def _own(dossier: Dossier, on: Occasion, tr: Translate, new_due: date | None) -> Iterator[tuple[str, str]]:
    """What only its owner is told."""
    state = statuses.state_of(dossier.status)
    if name := state.name if state else dossier.status:
        yield "state", name
    if on.follower.detailed:
        yield "procedure", title(dossier, on.world, tr)
    days = {
        "received": dossier.received,
        "due": dossier.due,
        "new_due": new_due,
        "missing_until": dossier.missing_until,
    }
    yield from ((name, date_text(day)) for name, day in days.items() if day)
    if dossier.fee_due:
        yield "fee", money(dossier.fee_due)
    if dossier.tracking:
        yield "tracking", dossier.tracking
