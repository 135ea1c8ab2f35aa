"""What the command line understands: each command with its arguments, and the function that runs it.

`run` is "module:function" of `bot.commands`; it gets the arguments and a `Command`.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

Parser: TypeAlias = argparse.ArgumentParser
Group: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

DATE = "day/month/year, with hour:minute if need be"
STATUS = "1 to 10 of the national list, or posted, in-transit, delivered, came-back"
DUMP = "a dump of the national portal, JSON lines, .gz allowed"


def parser() -> Parser:
    """Of all commands; what it parses has `run` and `catalogue`."""
    top = Parser(prog="motcua", description="The assistant of the one-stop desk.")
    top.set_defaults(catalogue=None)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_processes(commands)
    _add_talk(commands)
    _add_knowledge(commands)
    copy = _add(commands, "backup", "backup:write", "a checked copy of the SQLite database in use")
    copy.add_argument("file", type=Path, metavar="FILE")
    _add_keys(
        commands.add_parser("keys", help="who may push dossiers: add, list, revoke; the sealing key: rotate")
    )
    _add_dossiers(commands.add_parser("dossiers", help="our own desk: take in, move, import, count"))
    _add_notices(_add(commands, "notices", "notices:show", "what did not arrive, and whom to call"))
    _add_expiries(commands.add_parser("expiries", help="papers that expire: import, list"))
    _add_forms(commands)
    _add_catalogue(commands.add_parser("catalogue", help="keep the catalogue true: import, diff, accept"))
    return top


def _add(commands: Group, name: str, run: str, told: str) -> Parser:
    added = commands.add_parser(name, help=told)
    folder = "another folder of field files"
    added.add_argument("--catalogue", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=folder)
    added.set_defaults(run=f"bot.commands.{run}")
    return added


def _add_out(command: Parser, folder: str) -> None:
    told = f"{folder} if it is not given"
    command.add_argument("--out", type=Path, metavar="DIR", default=Path(folder), help=told)


def _add_processes(commands: Group) -> None:
    serve = _add(commands, "serve", "serve:everything", "everything in one process")
    serve.add_argument("--port", type=int)
    serve.add_argument("--demo", action="store_true", help="with made-up data to try")
    web = _add(commands, "web", "serve:web_only", "the web chat and the webhooks")
    web.add_argument("--port", type=int)
    _add(commands, "worker", "serve:worker_only", "what runs beside")
    _add(commands, "migrate", "serve:migrate_database", "bring the database up to date")


def _add_talk(commands: Group) -> None:
    chat = _add(commands, "chat", "chat:chat", "a conversation in the terminal")
    chat.add_argument("--as", dest="person", default="", metavar="NAME", help="keep the conversation")
    chat.add_argument("--language", default="", metavar="vi|en")
    ask = _add(commands, "ask", "chat:ask", "the answer to one question, or to a file of them")
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", help='as people ask: "làm khai sinh cho con cần gì"')
    what.add_argument("--batch", type=Path, metavar="FILE", help='JSON lines {"id","text"}')


def _add_knowledge(commands: Group) -> None:
    _add(commands, "check", "check:check", "are catalogue, texts and settings sound")
    asked = _add(commands, "questions", "check:questions", "what people asked and we did not answer outright")
    asked.add_argument("--most", type=int, default=50, metavar="N")
    show = _add(commands, "show", "check:show", "one procedure in full")
    show.add_argument("code")
    sheet = _add(commands, "sheet", "sheet:write", "a printed sheet for the notice board, PDF")
    which = sheet.add_mutually_exclusive_group(required=True)
    which.add_argument("code", nargs="?", help="of one procedure")
    which.add_argument("--field", metavar="ID", help="of every procedure of a field")
    _add_out(sheet, "data/sheets")


def _add_keys(keys: Parser) -> None:
    commands = keys.add_subparsers(required=True, metavar="COMMAND")
    add = _add(commands, "add", "keys:add", "a new key, shown once")
    add.add_argument("name", help="what it is for: may-chu-igate")
    _add(commands, "list", "keys:show", "names, when they were made and last used")
    _add(
        commands,
        "rotate",
        "keys:rotate",
        "a new key to seal with; again, after a restart, to end the old one",
    )
    _add(commands, "revoke", "keys:revoke", "end a key at once").add_argument("name")


def _add_dossiers(dossiers: Parser) -> None:
    commands = dossiers.add_subparsers(required=True, metavar="COMMAND")
    table = _add(commands, "import", "dossiers:import_table", "a CSV or Excel table; safe to repeat")
    table.add_argument("file", type=Path, metavar="FILE")
    table.add_argument("--as-of", default="", metavar="DATE", help=f"when it was written, {DATE}")
    _add_taking_in(_add(commands, "add", "dossiers:add", "take in one dossier"))
    _add_moving(_add(commands, "move", "dossiers:move", "bring a dossier to another state"))
    apologise = "what is late; with a code the apology, drafted or told"
    _add_apology(_add(commands, "apologise", "apologise:apologise", apologise))
    receipt = _add(commands, "receipt", "receipt:write", "a slip with a code to scan to be told, PDF")
    receipt.add_argument("code", metavar="CODE")
    _add_out(receipt, "data/receipts")
    _add(commands, "show", "dossiers:show", "one dossier, for the clerk").add_argument("code", metavar="CODE")
    stats = _add(commands, "stats", "dossiers:figures", "received, in time, late, open; by field")
    stats.add_argument("--json", action="store_true")
    _add(commands, "locks", "dossiers:locks", "codes on which a longer fact is asked after wrong ones")
    unlock = _add(commands, "unlock", "dossiers:unlock", "forget the wrong facts tried on a code")
    unlock.add_argument("code", metavar="CODE")


def _add_taking_in(add: Parser) -> None:
    for name in ("code", "procedure", "name", "phone"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--id-number", default="", metavar="N")
    add.add_argument("--received", default="", metavar="DATE", help=f"{DATE}; now if not given")
    add.add_argument("--notify", action="store_true", help="the citizen agreed to be told by this phone")


def _add_moving(move: Parser) -> None:
    move.add_argument("code", metavar="CODE")
    move.add_argument("status", metavar="STATUS", help=STATUS)
    note = "for the citizen; with 5 the papers that are missing"
    move.add_argument("--note", default="", metavar="TEXT", help=note)
    move.add_argument("--until", default="", metavar="DATE", help=f"by when they have to come, {DATE}")
    move.add_argument("--fee", default="", metavar="AMOUNT", help="to be paid, in đồng; with 6")
    move.add_argument("--tracking", default="", metavar="S10")
    move.add_argument("--due", default="", metavar="DATE")


def _add_apology(apologise: Parser) -> None:
    apologise.add_argument("code", nargs="?", default="", metavar="CODE")
    apologise.add_argument("--reason", default="", metavar="TEXT", help="for the citizen")
    apologise.add_argument("--due", default="", metavar="DATE", help="the new date, day/month/year")
    apologise.add_argument("--release", action="store_true", help="the new date holds, followers are told")
    apologise.add_argument("--json", action="store_true", help="what is late, as JSON")


def _add_notices(notices: Parser) -> None:
    """Without a command of its own it lists what is in trouble."""
    commands = notices.add_subparsers(metavar="COMMAND")
    retry = _add(commands, "retry", "notices:retry", "try one again at once")
    retry.add_argument("id", type=int, metavar="ID")
    _add(commands, "calls", "notices:calls", "whom to call: not reached, or a notice that was not read")
    called = _add(commands, "called", "notices:called", "take one off the call list")
    called.add_argument("id", type=int, metavar="ID")
    preview = _add(commands, "preview", "notices:preview", "one kind of notice with invented facts")
    preview.add_argument("kind", metavar="KIND", help="done, missing, fee ...; a wrong one lists them all")
    preview.add_argument("--language", default="", metavar="vi|en")
    preview.add_argument("--detailed", action="store_true", help="for who wants the procedure named")


def _add_expiries(expiries: Parser) -> None:
    commands = expiries.add_subparsers(required=True, metavar="COMMAND")
    table = _add(commands, "import", "expiries:import_table", "a CSV or Excel table; safe to repeat")
    table.add_argument("file", type=Path, metavar="FILE")
    _add(commands, "list", "expiries:show", "all papers, first to expire first")


def _add_forms(commands: Group) -> None:
    _add(commands, "forms", "forms:show_all", "the official forms we fill in")
    form = _add(commands, "form", "forms:fill", "one form filled in from a file: PDF and PNG")
    form.add_argument("form", metavar="FORM", help="as `motcua forms` lists them: khai-sinh")
    what = form.add_mutually_exclusive_group(required=True)
    shown = "answers of invented people, as JSON"
    what.add_argument(
        "--example", dest="run", action="store_const", const="bot.commands.forms:example", help=shown
    )
    what.add_argument("--answers", type=Path, metavar="FILE", help="JSON as --example shows it")
    _add_out(form, "data/forms")
    drafts = commands.add_parser("drafts", help="forms that citizens fill in")
    show = _add(
        drafts.add_subparsers(required=True, metavar="COMMAND"), "show", "forms:show_draft",
        "a citizen's draft, by its desk code",
    )  # fmt: skip
    show.add_argument("code", metavar="CODE", help="HS-7K3F-92QX")
    show.add_argument("--out", type=Path, metavar="DIR", help="also write its PDF and PNG there, to print")


def _add_catalogue(catalogue: Parser) -> None:
    commands = catalogue.add_subparsers(required=True, metavar="COMMAND")
    taken = _add(commands, "import", "catalogue:import_dump", "write a dump as a folder of field files")
    taken.add_argument("file", type=Path, metavar="FILE", help=DUMP)
    _add_out(taken, "data/imported")
    taken.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of the dump")
    diff = _add(commands, "diff", "catalogue:diff", "what differs; exit status 0: nothing, 1: something")
    diff.add_argument("before", type=Path, metavar="A", help=f"a folder of field files, or {DUMP}")
    diff.add_argument("after", type=Path, metavar="B")
    diff.add_argument("--only", type=Path, metavar="DIR", help="only the procedures of this catalogue")
    diff.add_argument("--json", action="store_true")
    accept = _add(commands, "accept", "catalogue:accept", "our files now tell what this dump says")
    accept.add_argument("file", type=Path, metavar="FILE", help=DUMP)
    accept.add_argument("codes", nargs="*", metavar="CODE", help="only these procedures")
