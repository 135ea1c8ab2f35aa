"""`motcua notices`: what did not arrive, whom to call, and how each kind reads."""

from argparse import Namespace
from collections.abc import Sequence

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.desk.told import print_table
from bot.dossiers import store as dossiers
from bot.dossiers.record import DossierRecord
from bot.outbox import ledger
from bot.outbox.ledger import Entry
from bot.outbox.store import DESK
from bot.storage import database
from handlers.desk.notice_words import AT_DESK, HEADS, SAID, STATES, WHY_CALL, kind_text
from handlers.desk.refusals import Refused
from handlers.language.i18n import Translate
from handlers.notices.notice import KINDS, NAMES, Kind
from handlers.notices.occasion import Follower, Occasion
from handlers.notices.preview import preview as notice_preview
from handlers.procedures.ask import reply_text
from knowledge.text import plain

LISTED = ("id", "code", "kind", "channel", "state", "since", "tries", "reason")
CALLS = ("id", "code", "kind", "since", "why", "name", "phone")


def show(_given: Namespace, command: Command) -> int:
    """Prints the newest notices that wait, are doubtful, were refused or given up."""
    with database.reading(command.engine) as connection:
        found = ledger.listing(connection)
    _print(command, LISTED, [_listed(each, command.tr) for each in found], "no_notices")
    return 0


def calls(_given: Namespace, command: Command) -> int:
    """Prints whom to call and why, longest waiting first."""
    with database.reading(command.engine) as connection:
        found = ledger.calls(connection)
        people = dossiers.among(connection, command.vault, sorted({each.code for each in found}))
    rows = [_call(each, people.get(each.code), command) for each in found]
    _print(command, CALLS, rows, "no_calls")
    return 0


def retry(given: Namespace, command: Command) -> int:
    """Lets a notice be tried again at once."""
    with database.writing(command.engine) as connection:
        if not ledger.retry(connection, given.id, vietnam_now()):
            raise Refused("nothing_to_retry", id=given.id)
    print(command.tr(SAID["retried"]).format(id=given.id))
    return 0


def called(given: Namespace, command: Command) -> int:
    """Notes that the clerk has called."""
    with database.writing(command.engine) as connection:
        if not ledger.called(connection, given.id, vietnam_now()):
            raise Refused("not_to_call", id=given.id)
    print(command.tr(SAID["called"]).format(id=given.id))
    return 0


def preview(given: Namespace, command: Command) -> int:
    """Prints a notice as a follower gets it, and as its reminder; needs no database."""
    kind, tr = _kind(given.kind), command.tr
    if kind is None:
        names = ", ".join(f"{known} ({tr(NAMES[known])})" for known in KINDS)
        raise Refused("no_such_kind", value=given.kind, names=names)
    follower, now = Follower(given.language, given.detailed), vietnam_now()
    for reminder in (False, True):
        reply = notice_preview(kind, Occasion(command.world, now, follower, reminder))
        files = [f"[{enclosed.name}]" for enclosed in reply.enclosures]
        print("\n".join([reply_text(reply), *files]), end="\n\n")
    return 0


def _kind(said: str) -> Kind | None:
    """By its id, or by its name: "có kết quả"."""
    return next((known for known in KINDS if plain(said) in (plain(known), plain(NAMES[known]))), None)


def _listed(entry: Entry, tr: Translate) -> tuple[str, ...]:
    channel, state, reason = entry.channel, tr(STATES[entry.state]), entry.reason
    if channel == DESK:  # no channel reaches anybody: the clerk calls
        channel, state, reason = tr(AT_DESK), tr(WHY_CALL["nobody"]), ""
    since = f"{entry.owed_at:%d/%m %H:%M}"
    return (
        str(entry.id), entry.code, kind_text(entry.kind, tr), channel, state, since, str(entry.tries), reason,
    )  # fmt: skip


def _call(entry: Entry, held: DossierRecord | None, command: Command) -> tuple[str, ...]:
    tr, since = command.tr, entry.call_at or entry.owed_at
    why = tr(WHY_CALL["nobody" if entry.channel == DESK else entry.state])
    who = (held.name or "", held.phone or "") if held else ("", "")
    return (str(entry.id), entry.code, kind_text(entry.kind, tr), f"{since:%d/%m %H:%M}", why, *who)


def _print(command: Command, heads: Sequence[str], rows: Sequence[Sequence[str]], none: str) -> None:
    if rows:
        print_table([command.tr(HEADS[name]) for name in heads], rows)
    else:
        print(command.tr(SAID[none]))
