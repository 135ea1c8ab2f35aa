"""`motcua dossiers`: the embedded desk of a commune without one-stop software of its own."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import VIETNAM, vietnam_now
from bot.commands import context
from bot.commands.context import BadArguments
from bot.dossiers import apologies, bulk, embedded, rows, stats
from bot.dossiers.due_dates import Promises
from bot.dossiers.held import Held, Update
from bot.spreadsheets import cells, table
from bot.storage import database
from bot.storage.sealing import Vault
from bot.turns import effects
from handlers.dossiers import slip
from handlers.turn.effects import Consent
from knowledge.dossiers import postal, statuses
from knowledge.office import calendar
from knowledge.procedures import loading

BAR = 40  # characters
MISSING_PAPERS = "5"


def import_table(environ: Mapping[str, str], path: Path, as_of: str) -> int:
    """Takes in a CSV or Excel table; exit status 1 if rows were refused, each told by number and reason."""
    engine, vault = context.opened(environ)
    now, refused = vietnam_now(), 0
    written = context.moment("--as-of", as_of) or datetime.fromtimestamp(path.stat().st_mtime, VIETNAM)
    find_procedure = rows.procedures(loading.load(loading.FIELDS))

    def refuse(reason: str) -> None:
        nonlocal refused
        refused += 1
        print(f"{_wiped()}{reason}", file=sys.stderr)

    news = table.read(path, find_procedure, min(written, now), refuse, _draw)
    counts = bulk.load(engine, vault, news)
    print(_wiped(), end="", file=sys.stderr)
    print(f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {refused} refused")
    return 1 if refused else 0


def add(
    environ: Mapping[str, str],
    code: str,
    procedure: str,
    name: str,
    phone: str,
    id_number: str,
    received: str,
    notify: bool,
) -> int:
    """Takes in one dossier and prints the date for its receipt; `notify`: the citizen agreed to be told."""
    engine, vault = context.opened(environ)
    catalogue, now = loading.load(loading.FIELDS), vietnam_now()
    if procedure not in catalogue.procedures:
        raise BadArguments(
            f"--procedure: {procedure}: no such procedure; `motcua ask` finds one by its words"
        )
    taken_in = context.moment("--received", received) or now
    due = Promises(catalogue, calendar.load()).due(procedure, taken_in)
    update = Update(
        context.argument("--code", cells.code, code),
        now,
        status="2",
        since=taken_in,
        procedure=procedure,
        received=taken_in.date(),
        due=due,
        name=name,
        phone=context.argument("--phone", cells.phone, phone),
        id_number=context.argument("--id-number", cells.id_number, id_number) or None,
    )
    with database.writing(engine) as connection:
        if embedded.read(connection, vault, update.code):
            raise BadArguments(f"{update.code}: there is such a dossier; `motcua dossiers move` changes it")
        after = embedded.record(connection, vault, update).after
        if notify:
            _note_phone(connection, vault, after, now)
    print(f"{update.code}: added, due {due or 'not known: the catalogue names no days'}")
    return 0


def _note_phone(connection: Connection, vault: Vault, held: Held, now: datetime) -> None:
    """Keeps what the citizen agreed to; the phone itself was noted with the dossier."""
    if not held.phone:
        raise BadArguments("--notify needs --phone")
    consent = Consent("follow", slip.AT_DESK)
    effects.apply(connection, vault, f"phone:{held.phone}", [consent], now)
    print(f"agreed to: {slip.CONSENTS[slip.AT_DESK]}")


@dataclass(frozen=True)
class Told:
    """What a clerk tells with a new state; "" is nothing."""

    note: str = ""  # with state 5 the papers that are missing
    until: str = ""  # day/month/year by which they have to come
    fee: str = ""  # đồng
    tracking: str = ""
    due: str = ""  # day/month/year


def move(environ: Mapping[str, str], code: str, status: str, told: Told) -> int:
    """Brings a dossier to another national or postal state."""
    engine, vault = context.opened(environ)
    code, posted = context.argument("CODE", cells.code, code), status if status in postal.IDS else None
    if not posted and not re.fullmatch(r"[1-9]|10", status):
        raise BadArguments(f"STATUS: {status}: use 1 to 10, {', '.join(postal.IDS)}")
    day, until = context.moment("--due", told.due), context.moment("--until", told.until)
    fee, now = context.argument("--fee", cells.amount, told.fee), vietnam_now()
    with database.writing(engine) as connection:
        held = embedded.read(connection, vault, code)
        if held is None:
            raise BadArguments(f"{code}: no such dossier; `motcua dossiers add` takes it in")
        # whatever came before, the clerk's word is the newest
        at = max(now, datetime.fromtimestamp(held.changed_at + 1, VIETNAM))
        news = Update(
            code,
            at,
            postal=posted,
            tracking=_tracking(told.tracking),
            due=day and day.date(),
            missing_until=until and until.date(),
            fee_due=fee,
        )
        if not posted:
            news = news._replace(status=status, since=at, remark=told.note)
        asks, note = status == MISSING_PAPERS, told.note or None
        news = news._replace(missing=note) if asks else news._replace(note=note)
        after = embedded.record(connection, vault, news).after
    print(_line(after))
    return 0


def show(environ: Mapping[str, str], code: str) -> int:
    """Prints a dossier as the clerk may see it: the ID number by its end only."""
    engine, vault = context.opened(environ)
    with database.reading(engine) as connection:
        held = embedded.read(connection, vault, context.argument("CODE", cells.code, code))
    if held is None:
        raise BadArguments(f"{code}: no such dossier")
    due = Promises(loading.load(loading.FIELDS), calendar.load()).due_of(held)
    shown = {
        "procedure": " ".join(filter(None, (held.procedure, held.title))),
        "applicant": held.name,
        "phone": held.phone,
        "ID number": held.id_number and f"…{held.id_number[-4:]}",
        "received": held.received,
        "due": due,
        "finished": held.finished,
        "missing": held.missing,
        "until": held.missing_until,
        "fee due": held.fee_due or None,
        "post": " ".join(filter(None, (held.postal, held.tracking))),
        "note": held.note,
    }
    print(_line(held))
    for label, value in shown.items():
        if value:
            print(f"  {label:<11}{value}")
    for status, at, remark in held.steps:
        print(f"  {datetime.fromtimestamp(at, VIETNAM):%Y-%m-%d %H:%M}  {_named(status)}  {remark}".rstrip())
    return 0


def figures(environ: Mapping[str, str], as_json: bool) -> int:
    """Prints how many came and how many were answered in time."""
    engine, vault = context.opened(environ)
    catalogue, holidays = loading.load(loading.FIELDS), calendar.load()
    with database.reading(engine) as connection:
        first_dues = apologies.first_dues(connection)
        judge = stats.Judge(Promises(catalogue, holidays), holidays, vietnam_now().date(), first_dues)
        counted = stats.stats(stats.every(connection, vault), catalogue, judge)
    if as_json:
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


def locks(environ: Mapping[str, str]) -> int:
    """Prints the codes that wait because too many wrong facts were tried on them."""
    engine, vault = context.opened(environ)
    with database.reading(engine) as connection:
        found = embedded.locks(connection, vault, vietnam_now())
    print("tries  code")
    for lock in found:
        print(f"{lock.tries:5}  {lock.code or '(no such dossier)'}")
    return 0


def _tracking(code: str) -> str | None:
    if not code:
        return None
    found = postal.parse(code)
    if isinstance(found, postal.BadTracking):
        print(f"warning: {code}: no S10 code ({found.reason}); kept as it is", file=sys.stderr)
        return code
    return found.code


def _line(held: Held) -> str:
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
