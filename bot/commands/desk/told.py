"""How the desk's commands print, and how they read what a clerk has typed."""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.desk.moving import Desk
from bot.dossiers.record import DossierRecord
from bot.dossiers.tables.procedures import procedures
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell
from handlers.desk import words
from handlers.desk.refusals import Refused
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State
from knowledge.dossiers import moves, postal, statuses

V = TypeVar("V")


def say(command: Command, what: str, **values: object) -> None:
    """Prints a sentence of `words.SAID`."""
    print(command.tr(words.SAID[what]).format(**values))


def warn(command: Command, what: str, **values: object) -> None:
    """The same on standard error."""
    print(command.tr(words.SAID[what]).format(**values), file=sys.stderr)


def desk(command: Command, connection: Connection) -> Desk:
    """The desk of this moment."""
    return Desk(connection, command.vault, command.holidays, vietnam_now())


def typed(name: str, kind: str, parse: Callable[[str], V], value: str) -> V:
    """The value as `parse` reads it. Raises Refused."""
    try:
        return parse(value)
    except BadCell as error:
        raise Refused(f"bad_{kind}", name=name, value=value) from error


def code(value: str) -> str:
    """A dossier code. Raises Refused."""
    return typed("CODE", "code", cells.code, value)


def day(name: str, value: str) -> date | None:
    """A day; None for an empty one. Raises Refused."""
    moment = typed(name, "date", cells.moment, value)
    return moment and moment.date()


def procedure(written: str, command: Command) -> str:
    """The procedure by its code, its name, or by words that mean one. Raises Refused."""
    code, _ = procedures(command.catalogue)(written)
    if code in command.catalogue.procedures:
        return code
    if code:  # one that the catalogue lacks means no other
        raise Refused("no_procedure", value=written)
    asked = context(Incoming(vietnam_now(), text=written), State(), command.world).find(written)
    found = [
        hit.id for hit in asked.hits if hit.kind == "procedure" and hit.id in command.catalogue.procedures
    ]
    if found and asked.decision == "answer" and asked.hits[0].kind == "procedure":
        return found[0]
    if asked.decision == "decline":
        raise Refused("no_procedure", value=written)
    near = "; ".join(f"{each} {command.catalogue.procedures[each].short}" for each in found[:4])
    if near:
        raise Refused("which_procedure", value=written, near=near)
    raise Refused("no_procedure", value=written)


def state_text(held: DossierRecord) -> str:
    """Its state, where it waits in it, and where it is in the post."""
    state, posted = held.state, postal.state_of(held.postal or "")
    stage = moves.stage_of(held.stage or "")
    told = (state.name if state else held.status, stage and stage.name, posted and posted.name)
    return ", ".join(name for name in told if name)


def named(status: str) -> str:
    """A state with its number."""
    state = statuses.state_of(status)
    return f"{state.code} {state.name}" if state else status


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as what stands in them."""
    lines = [heads, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    for line in lines:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())
