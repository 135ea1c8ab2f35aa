"""`motcua dossiers`: the embedded desk of a commune without one-stop software of its own."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.clock import VIETNAM, vietnam_now
from bot.commands import context
from bot.commands.context import BadArguments, Command
from bot.dossiers import apologies, bulk, embedded, guesses, rows, stats, store
from bot.dossiers.record import DossierRecord, Update
from bot.spreadsheets import cells
from bot.storage import database
from bot.storage.sealing import Vault
from bot.turns import effects
from bot.turns.effects import By
from handlers.dossiers import slip
from handlers.turn.effects import Consent
from knowledge.dossiers import postal, second_factor, statuses
from knowledge.dossiers.fields import ABOUT

BAR = 40  # characters


def import_table(given: Namespace, command: Command) -> int:
    """Takes in a CSV or Excel table; exit status 1 if rows were refused, each told by number and reason."""
    path, now, refused = given.file, vietnam_now(), 0
    written = context.moment("--as-of", given.as_of) or datetime.fromtimestamp(path.stat().st_mtime, VIETNAM)
    find_procedure = rows.procedures(command.catalogue)

    def refuse(reason: str) -> None:
        nonlocal refused
        refused += 1
        print(f"{_wiped()}{reason}", file=sys.stderr)

    news = rows.read(path, find_procedure, min(written, now), refuse, _draw)
    counts = bulk.load(command.engine, command.vault, news)
    print(_wiped(), end="", file=sys.stderr)
    print(f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {refused} refused")
    return 1 if refused else 0


def add(given: Namespace, command: Command) -> int:
    """Takes in one dossier and prints the date for its receipt; `notify`: the citizen agreed to be told."""
    now, vault = vietnam_now(), command.vault
    update = _taken_in(given, command, now)
    with database.writing(command.engine) as connection:
        if embedded.read(connection, vault, update.code):
            raise BadArguments(f"{update.code}: there is such a dossier; `motcua dossiers move` changes it")
        after = embedded.record(connection, vault, update).after
        if given.notify:
            _note_phone(connection, vault, after, now)
    print(f"{update.code}: added, due {update.due or 'not known: the catalogue names no days'}")
    return 0


def _taken_in(given: Namespace, command: Command, now: datetime) -> Update:
    """As the clerk typed it. Raises BadArguments."""
    procedure, received = given.procedure, context.moment("--received", given.received) or now
    if procedure not in command.catalogue.procedures:
        raise BadArguments(
            f"--procedure: {procedure}: no such procedure; `motcua ask` finds one by its words"
        )
    return Update(
        context.argument("--code", cells.code, given.code),
        now,
        status=statuses.first_of("received").wire,
        since=received,
        procedure=procedure,
        received=received.date(),
        due=command.promises.due(procedure, received),
        name=given.name,
        phone=context.argument("--phone", cells.phone, given.phone),
        id_number=context.argument("--id-number", cells.id_number, given.id_number) or None,
    )


def _note_phone(connection: Connection, vault: Vault, held: DossierRecord, now: datetime) -> None:
    """Keeps what the citizen agreed to; the phone itself was noted with the dossier."""
    if not held.phone:
        raise BadArguments("--notify needs --phone")
    consent = Consent("follow", slip.AT_DESK)
    effects.apply(By(connection, vault, f"phone:{held.phone}", now), [consent])
    print(f"agreed to: {slip.CONSENTS[slip.AT_DESK]}")


def move(given: Namespace, command: Command) -> int:
    """Brings a dossier to another national or postal state."""
    vault, news = command.vault, _moved(given, vietnam_now())
    with database.writing(command.engine) as connection:
        held = embedded.read(connection, vault, news.code)
        if held is None:
            raise BadArguments(f"{news.code}: no such dossier; `motcua dossiers add` takes it in")
        # whatever came before, the clerk's word is the newest
        at = max(news.at, datetime.fromtimestamp(held.changed_at + 1, VIETNAM))
        news = replace(news, at=at, since=news.since and at)
        after = embedded.record(connection, vault, news).after
    print(_line(after))
    return 0


def _moved(given: Namespace, now: datetime) -> Update:
    """As the clerk typed it. Raises BadArguments."""
    status, note = given.status, given.note or None
    posted = status if status in postal.IDS else None
    state = statuses.state_of(status) if status.isdecimal() else None
    if not posted and not state:
        raise BadArguments(f"STATUS: {status}: use 1 to 10, {', '.join(postal.IDS)}")
    due, until = context.moment("--due", given.due), context.moment("--until", given.until)
    news = Update(
        context.argument("CODE", cells.code, given.code),
        now,
        postal=posted,
        tracking=_tracking(given.tracking),
        due=due and due.date(),
        missing_until=until and until.date(),
        fee_due=context.argument("--fee", cells.amount, given.fee),
    )
    if state:
        news = replace(news, status=state.wire, since=now, remark=given.note)
    asks = state is not None and state.awaits == "papers"
    return replace(news, missing=note) if asks else replace(news, note=note)


def show(given: Namespace, command: Command) -> int:
    """Prints a dossier as the clerk may see it: the ID number by its end only."""
    code = context.argument("CODE", cells.code, given.code)
    with database.reading(command.engine) as connection:
        held = embedded.read(connection, command.vault, code)
    if held is None:
        raise BadArguments(f"{code}: no such dossier")
    due = command.promises.due_of(held)
    print(_line(held))
    for label, value in _shown(replace(held, due=due)):
        print(f"  {label:<11}{value}")
    for status, at, remark in held.steps:
        print(f"  {datetime.fromtimestamp(at, VIETNAM):%Y-%m-%d %H:%M}  {_named(status)}  {remark}".rstrip())
    return 0


def _shown(held: DossierRecord) -> Iterator[tuple[str, str]]:
    """What is known of it, a line a label; the ID number by its end only."""
    ends = second_factor.SECOND_FACTOR.of(held.id_number or "")
    clear = replace(held, id_number=ends and f"…{ends}")
    for label in dict.fromkeys(about.label for about in ABOUT.values() if about.label):
        values = (getattr(clear, name) for name, about in ABOUT.items() if about.label == label)
        if told := " ".join(str(value) for value in values if value):
            yield label, told
    if held.finished:
        yield "finished", str(held.finished)


def figures(given: Namespace, command: Command) -> int:
    """Prints how many came and how many were answered in time."""
    catalogue = command.catalogue
    with database.reading(command.engine) as connection:
        first_dues = apologies.first_dues(connection)
        judge = stats.Judge(command.promises, command.holidays, vietnam_now().date(), first_dues)
        counted = stats.stats(store.every(connection, command.vault), catalogue, judge)
    if given.json:
        print(json.dumps(counted.as_json(), ensure_ascii=False))
        return 0
    names = {field.id: field.name for field in catalogue.fields} | {"": "(other)"}
    print(f"{'':28} received  before time  on time  late  unrated  open  open late")
    _print_line("all", counted.total)
    for title, group, is_linked in (
        ("one-stop desk", counted.one_stop, False),
        ("linked", counted.linked, True),
    ):
        _print_line(title, group)
        for field, line in counted.fields.items():
            if (field in stats.LINKED) == is_linked:
                _print_line(f"  {names[field]}", line)
    return 0


def locks(_given: Namespace, command: Command) -> int:
    """Prints the codes on which a longer fact is asked for, after too many wrong ones."""
    with database.reading(command.engine) as connection:
        found = guesses.locks(connection, command.vault, vietnam_now())
    print("locked  whole number until  code")
    for lock in found:
        print(f"{lock.locks:5}x  {lock.until:%Y-%m-%d %H:%M}    {lock.code or '(no such dossier)'}")
    return 0


def unlock(given: Namespace, command: Command) -> int:
    """Forgets the wrong guesses on a code: its last four digits are enough again."""
    code = context.argument("CODE", cells.code, given.code)
    with database.writing(command.engine) as connection:
        if not guesses.unlock(connection, command.vault, code):
            raise BadArguments(f"{code}: not locked; `motcua dossiers locks` shows those that are")
    print(f"{code}: unlocked")
    return 0


def _tracking(code: str) -> str | None:
    if not code:
        return None
    found = postal.parse(code)
    if isinstance(found, postal.BadTracking):
        print(f"warning: {code}: no S10 code ({found.reason}); kept as it is", file=sys.stderr)
        return code
    return found.code


def _line(held: DossierRecord) -> str:
    return f"{held.code}: {' '.join(filter(None, (_named(held.status), held.postal)))}"


def _named(status: str) -> str:
    state = statuses.state_of(status)
    return f"{state.code} {state.name}" if state else status


def _print_line(title: str, line: stats.Figures) -> None:
    widths = (9, 13, 9, 6, 9, 6, 11)
    print(f"{title:<28}" + "".join(f"{n:>{w}}" for n, w in zip(astuple(line), widths, strict=True)))


def _draw(share: float) -> None:
    if sys.stderr.isatty():
        done = round(share * BAR)
        print(f"\r[{'#' * done}{'.' * (BAR - done)}] {share:4.0%}", end="", file=sys.stderr, flush=True)


def _wiped() -> str:
    return f"\r{' ' * (BAR + 8)}\r" if sys.stderr.isatty() else ""
