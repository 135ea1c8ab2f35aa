"""What `motcua dossiers` understands; its command is imported when it runs."""

import argparse
import os
from pathlib import Path

DATE = "day/month/year, with hour:minute if need be"
STATUS = "1 to 10 of the national list, or posted, in-transit, delivered, came-back"


def add_to(dossiers: argparse.ArgumentParser) -> None:
    """Adds import, add, move, apologise, receipt, show, stats and locks."""
    commands = dossiers.add_subparsers(required=True, metavar="COMMAND")

    table = commands.add_parser("import", help="a CSV or Excel table; safe to repeat")
    table.add_argument("file", type=Path, metavar="FILE")
    table.add_argument("--as-of", default="", metavar="DATE", help=f"when it was written, {DATE}")
    table.set_defaults(run=_import)

    add = commands.add_parser("add", help="take in one dossier")
    for name in ("code", "procedure", "name", "phone"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--id-number", default="", metavar="N")
    add.add_argument("--received", default="", metavar="DATE", help=f"{DATE}; now if not given")
    add.add_argument("--notify", action="store_true", help="the citizen agreed to be told by this phone")
    add.set_defaults(run=_add)

    move = commands.add_parser("move", help="bring a dossier to another state")
    move.add_argument("code", metavar="CODE")
    move.add_argument("status", metavar="STATUS", help=STATUS)
    move.add_argument(
        "--note", default="", metavar="TEXT", help="for the citizen; with 5 the papers that are missing"
    )
    move.add_argument("--until", default="", metavar="DATE", help=f"by when they have to come, {DATE}")
    move.add_argument("--fee", default="", metavar="AMOUNT", help="to be paid, in đồng; with 6")
    move.add_argument("--tracking", default="", metavar="S10")
    move.add_argument("--due", default="", metavar="DATE")
    move.set_defaults(run=_move)

    apologise = commands.add_parser(
        "apologise", help="what is late; with a code the apology, drafted or told"
    )
    apologise.add_argument("code", nargs="?", default="", metavar="CODE")
    apologise.add_argument("--reason", default="", metavar="TEXT", help="for the citizen")
    apologise.add_argument("--due", default="", metavar="DATE", help="the new date, day/month/year")
    apologise.add_argument("--release", action="store_true", help="the new date holds, followers are told")
    apologise.add_argument("--json", action="store_true", help="what is late, as JSON")
    apologise.set_defaults(run=_apologise)

    receipt = commands.add_parser("receipt", help="a slip with a code to scan to be told, PDF")
    receipt.add_argument("code", metavar="CODE")
    receipt.add_argument("--out", type=Path, metavar="DIR", help="data/receipts if it is not given")
    receipt.set_defaults(run=_receipt)

    show = commands.add_parser("show", help="one dossier, for the clerk")
    show.add_argument("code", metavar="CODE")
    show.set_defaults(run=_show)
    stats = commands.add_parser("stats", help="received, in time, late, open; by field")
    stats.add_argument("--json", action="store_true")
    stats.set_defaults(run=_stats)
    commands.add_parser("locks", help="codes that wait after wrong second facts").set_defaults(run=_locks)


def _import(given: argparse.Namespace) -> int:
    from bot.commands import dossiers

    return dossiers.import_table(os.environ, given.file, given.as_of)


def _add(given: argparse.Namespace) -> int:
    from bot.commands import dossiers

    return dossiers.add(
        os.environ,
        given.code,
        given.procedure,
        given.name,
        given.phone,
        given.id_number,
        given.received,
        given.notify,
    )


def _move(given: argparse.Namespace) -> int:
    from bot.commands import dossiers

    told = dossiers.Told(given.note, given.until, given.fee, given.tracking, given.due)
    return dossiers.move(os.environ, given.code, given.status, told)


def _apologise(given: argparse.Namespace) -> int:
    from bot.commands import apologies

    asked = apologies.Asked(given.code, given.reason, given.due, given.release, given.json)
    return apologies.apologise(os.environ, asked)


def _receipt(given: argparse.Namespace) -> int:
    from bot.commands import receipt

    return receipt.write(os.environ, given.code, given.out)


def _show(given: argparse.Namespace) -> int:
    from bot.commands import dossiers

    return dossiers.show(os.environ, given.code)


def _stats(given: argparse.Namespace) -> int:
    from bot.commands import dossiers

    return dossiers.figures(os.environ, given.json)


def _locks(_given: argparse.Namespace) -> int:
    from bot.commands import dossiers

    return dossiers.locks(os.environ)
