"""`motcua notices`: what did not arrive, whom to call, and how each kind reads."""

import sys
from argparse import Namespace
from collections.abc import Iterable

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.outbox import ledger
from bot.outbox.ledger import Entry
from bot.storage import database
from handlers.notices.notice import KINDS, Kind
from handlers.notices.occasion import Follower, Occasion
from handlers.notices.preview import preview as notice_preview
from handlers.procedures.ask import reply_text

WIDTHS = (7, 24, 12, 10, 11, 13, 6)
HEAD = ("id", "code", "kind", "channel", "state", "since", "tries")


def show(_given: Namespace, command: Command) -> int:
    """Prints the newest notices that wait, are doubtful, were refused or given up."""
    with database.reading(command.engine) as connection:
        _print(ledger.listing(connection))
    return 0


def calls(_given: Namespace, command: Command) -> int:
    """Prints whom to call, longest waiting first; `motcua dossiers show CODE` tells the phone."""
    with database.reading(command.engine) as connection:
        _print(_with_call(entry) for entry in ledger.calls(connection))
    return 0


def retry(given: Namespace, command: Command) -> int:
    """Lets a notice be tried again at once."""
    with database.writing(command.engine) as connection:
        if not ledger.retry(connection, given.id, vietnam_now()):
            return _fail(f"{given.id}: nothing to try again; `motcua notices` shows what is")
    print(f"{given.id}: goes out with the next round of the worker")
    return 0


def called(given: Namespace, command: Command) -> int:
    """Notes that the clerk has called."""
    with database.writing(command.engine) as connection:
        if not ledger.called(connection, given.id, vietnam_now()):
            return _fail(f"{given.id}: not on the call list; `motcua notices calls` shows who is")
    print(f"{given.id}: off the call list")
    return 0


def preview(given: Namespace, command: Command) -> int:
    """Prints a notice as a follower gets it, and as its reminder; needs no database."""
    kinds: dict[str, Kind] = {known: known for known in KINDS}
    if given.kind not in kinds:
        return _fail(f"{given.kind}: no such kind; use one of {', '.join(KINDS)}")
    follower, now = Follower(given.language, given.detailed), vietnam_now()
    for reminder in (False, True):
        reply = notice_preview(kinds[given.kind], Occasion(command.world, now, follower, reminder))
        files = [f"[{enclosed.name}]" for enclosed in reply.enclosures]
        print("\n".join([reply_text(reply), *files]), end="\n\n")
    return 0


def _with_call(entry: Entry) -> Entry:
    return entry._replace(owed_at=entry.call_at or entry.owed_at)


def _print(entries: Iterable[Entry]) -> None:
    _print_line((*HEAD, "reason"))
    for entry in entries:
        since, about = f"{entry.owed_at:%d/%m %H:%M}", (entry.code, entry.kind, entry.channel, entry.state)
        _print_line((str(entry.id), *about, since, str(entry.tries), entry.reason))


def _print_line(cells: tuple[str, ...]) -> None:
    *sized, last = cells
    print(("".join(f"{cell:<{width}}" for cell, width in zip(sized, WIDTHS, strict=True)) + last).rstrip())


def _fail(what: str) -> int:
    print(f"motcua: {what}", file=sys.stderr)
    return 2
