"""What `motcua licences` understands; its command is imported when it runs."""

import argparse
import os
from pathlib import Path


def add_to(licences: argparse.ArgumentParser) -> None:
    """Adds import and list."""
    commands = licences.add_subparsers(required=True, metavar="COMMAND")
    table = commands.add_parser("import", help="a CSV or Excel table; safe to repeat")
    table.add_argument("file", type=Path, metavar="FILE")
    table.set_defaults(run=_import)
    commands.add_parser("list", help="all papers, first to expire first").set_defaults(run=_list)


def _import(given: argparse.Namespace) -> int:
    from bot.commands import licences

    return licences.import_table(os.environ, given.file)


def _list(_given: argparse.Namespace) -> int:
    from bot.commands import licences

    return licences.show(os.environ)
