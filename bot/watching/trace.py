"""The table `trace`, and its only owner: who opened, changed or took out what, for two years.

The database refuses to change a row; this module has no statement that could.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from getpass import getuser
from typing import NamedTuple

from sqlalchemy import Connection, text

from knowledge.dossiers.dossier_codes import codes_in

KEPT = timedelta(days=730)  # a complaint about who looked comes late
LONGEST = 200  # letters of a name
HALF = 7  # letters of a desk code: "HS-7K3F"
NAMES = ("code", "file", "id", "name")  # of arguments that say what a command is about

# The commands that show, change or take out what is held of people, and what each does. A back-up is sealed
# as the database is, and must be taken from one that is busy or that another program holds.
ACTS: Mapping[str, str] = {
    "desk.lists:show": "opened",
    "desk.lists:listing": "opened",
    "desk.lists:export": "exported",
    "desk.acts:add": "changed",
    "desk.acts:move": "changed",
    "desk.acts:undo": "changed",
    "desk.mending:correct": "changed",
    "desk.mending:delete": "changed",
    "desk.papers:form": "exported",
    "desk.papers:hand_over": "exported",
    "desk.papers:dispatch": "changed",
    "desk.tables:import_table": "changed",
    "desk.tables:undo_import": "changed",
    "desk.office_words:show": "changed",
    "desk.compare:compare": "opened",
    "dossiers:unlock": "changed",
    "apologise:apologise": "changed",
    "receipt:write": "exported",
    "forms:show_draft": "opened",
    "expiries:show": "opened",
    "expiries:import_table": "changed",
    "notices:calls": "opened",
    "notices:called": "changed",
    "keys:add": "changed",
    "keys:revoke": "changed",
    "keys:rotate": "changed",
}
ADD = text("INSERT INTO trace (at, who, act, command, about) VALUES (:at, :who, :act, :command, :about)")
NEWEST = text(
    "SELECT at, who, act, command, about FROM trace"
    " WHERE (:about = '' OR about = :about) AND (:who = '' OR who = :who) ORDER BY id DESC LIMIT :most"
)
FORGET = text("DELETE FROM trace WHERE at < :before")


class Seen(NamedTuple):
    """One row."""

    at: int  # Unix seconds
    who: str  # a clerk, a login, "key:" and the name of a sync key
    act: str  # "opened", "changed", "exported"
    command: str  # "dossiers:show"; "sync": pushed by one-stop software
    about: str  # code of a dossier, the first half of a desk code, a file, of how many; "": all of it


def about(command: str, given: object) -> str:
    """What a command is about, from its arguments; of a desk code half, which opens nothing."""
    told = next((str(value) for name in NAMES if (value := getattr(given, name, None)) is not None), "")
    if (
        command == "desk.lists:show"
    ):  # a name or a phone is of a person: that somebody was looked for is noted
        return next(iter(codes_in(told)), "")
    if command == "forms:show_draft":
        return f"{told.upper()[:HALF]}…"
    return told.upper() if hasattr(given, "code") else told[:LONGEST]


def who(environ: Mapping[str, str], clerk: str) -> str:
    """The clerk that MOTCUA_CLERK names, else the login, also behind sudo."""
    return (clerk or environ.get("SUDO_USER") or getuser())[:LONGEST]


def note(connection: Connection, seen: Seen) -> None:
    """Keeps that this is done, before it is: what cannot be noted is not shown."""
    connection.execute(ADD, seen._asdict())


def newest(connection: Connection, *, about: str = "", by: str = "", most: int = 50) -> list[Seen]:
    """The newest rows first, of one thing or of one person."""
    return [Seen(*row) for row in connection.execute(NEWEST, {"about": about, "who": by, "most": most})]


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what its clock has ended; how many."""
    return connection.execute(FORGET, {"before": int((now - KEPT).timestamp())}).rowcount
