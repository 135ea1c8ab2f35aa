"""What a question can mean: our procedures, things that others do, and talk."""

from dataclasses import dataclass
from typing import Literal

from knowledge.procedures.catalogue import Catalogue, Procedure
from knowledge.procedures.life_events import Events
from knowledge.procedures.signposts import Elsewhere
from knowledge.search.small_talk import Talk

Kind = Literal["procedure", "elsewhere", "talk", "event"]


@dataclass(frozen=True)
class Target:
    """One meaning of a question with the ways people put it."""

    kind: Kind
    id: str
    names: tuple[str, ...]
    asks: tuple[str, ...]
    variant_of: str | None = None  # the plain procedure that is meant unless a qualifier is named
    qualifiers: tuple[str, ...] = ()  # "lưu động"
    is_literal: bool = False  # meant only where one of its phrasings is said word for word


def of_procedure(procedure: Procedure) -> Target:
    """The target of one procedure of the catalogue."""
    return Target(
        kind="procedure",
        id=procedure.code,
        names=tuple(dict.fromkeys((procedure.short, procedure.name))),
        asks=procedure.asks,
        variant_of=procedure.variant_of,
        qualifiers=procedure.qualifiers,
    )


def targets(
    catalogue: Catalogue,
    elsewhere: Elsewhere | None = None,
    talk: Talk | None = None,
    events: Events | None = None,
) -> list[Target]:
    """Everything that competes for a question: procedures, what others do, talk, life events."""
    ours = [of_procedure(p) for p in catalogue.procedures.values()]
    theirs = [Target("elsewhere", e.id, (e.name,), e.asks) for e in (elsewhere.entries if elsewhere else ())]
    said = [
        Target("talk", k.id, (), k.phrases, is_literal=k.is_literal) for k in (talk.kinds if talk else ())
    ]
    lived = [Target("event", e.id, (e.name,), e.asks) for e in (events.events if events else ())]
    return ours + theirs + said + lived
