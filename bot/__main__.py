"""The command line: `motcua COMMAND`. Errors are one line on standard error that says what to do."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.commands import dossier_arguments, form_arguments, licence_arguments, notice_arguments
from knowledge.datafile import BadDataFile


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and exits with its status."""
    given = _parser().parse_args(arguments)
    try:
        status = given.run(given)
    except KeyboardInterrupt:
        status = 130
    except _mendable() as error:
        print(f"motcua: {error}", file=sys.stderr)
        status = 2
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe has gone: nobody is left to tell
        status = 0
    raise SystemExit(status)


def _mendable() -> tuple[type[BaseException], ...]:
    """What the administrator can mend; its text is all that is shown."""
    from bot.catalogues.dump import BadDump
    from bot.catalogues.files import NotOurs
    from bot.commands.context import BadArguments
    from bot.settings.settings import BadSettings
    from bot.spreadsheets.table import BadTable
    from bot.storage.migrate import BadDatabase  # only here: a command that ends well needs no database
    from bot.storage.sealing import WrongKey

    return (
        BadArguments, BadDataFile, BadDatabase, BadDump, BadSettings, BadTable, NotOurs, OSError, WrongKey
    )  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="The assistant of the one-stop desk.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    other = argparse.ArgumentParser(add_help=False)
    other.add_argument("--catalogue", type=Path, metavar="DIR", help="another directory of field files")

    serve = commands.add_parser("serve", parents=[other], help="everything in one process")
    serve.add_argument("--port", type=int)
    serve.add_argument("--demo", action="store_true", help="with made-up data to try")
    serve.set_defaults(run=_serve)
    web = commands.add_parser("web", parents=[other], help="the web chat and the webhooks")
    web.add_argument("--port", type=int)
    web.set_defaults(run=_web)
    commands.add_parser("worker", parents=[other], help="what runs beside").set_defaults(run=_worker)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)

    chat = commands.add_parser("chat", parents=[other], help="a conversation in the terminal")
    chat.add_argument("--as", dest="person", default="", metavar="NAME", help="keep the conversation")
    chat.add_argument("--language", default="", metavar="vi|en")
    chat.set_defaults(run=_chat)
    ask = commands.add_parser("ask", parents=[other], help="the answer to one question, or to a file of them")
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", help='as people ask: "làm khai sinh cho con cần gì"')
    what.add_argument("--batch", type=Path, metavar="FILE", help='JSON lines {"id","text"}')
    ask.set_defaults(run=_ask)
    check = commands.add_parser("check", parents=[other], help="are catalogue, texts and settings sound")
    check.set_defaults(run=_check)
    asked = commands.add_parser("questions", help="what people asked and we did not answer outright")
    asked.add_argument("--most", type=int, default=50, metavar="N")
    asked.set_defaults(run=_questions)
    copy = commands.add_parser("backup", help="a checked copy of the SQLite database while it is in use")
    copy.add_argument("file", type=Path, metavar="FILE")
    copy.set_defaults(run=_backup)
    show = commands.add_parser("show", parents=[other], help="one procedure in full")
    show.add_argument("code")
    show.set_defaults(run=_show)
    sheet = commands.add_parser("sheet", parents=[other], help="a printed sheet for the notice board, PDF")
    which = sheet.add_mutually_exclusive_group(required=True)
    which.add_argument("code", nargs="?", help="of one procedure")
    which.add_argument("--field", metavar="ID", help="of every procedure of a field")
    sheet.add_argument("--out", type=Path, metavar="DIR", help="data/sheets if it is not given")
    sheet.set_defaults(run=_sheet)
    _add_keys(commands.add_parser("keys", help="who may push dossiers: add, list, revoke"))
    dossier_arguments.add_to(
        commands.add_parser("dossiers", help="our own desk: take in, move, import, count")
    )
    notice_arguments.add_to(commands.add_parser("notices", help="what did not arrive, and whom to call"))
    licence_arguments.add_to(commands.add_parser("licences", help="papers that expire: import, list"))
    commands.add_parser("forms", help="the official forms we fill in").set_defaults(
        run=form_arguments.show_all
    )
    form_arguments.add_to(commands.add_parser("form", help="one form filled in from a file: PDF and PNG"))
    form_arguments.add_drafts_to(commands.add_parser("drafts", help="forms that citizens fill in"))
    _add_catalogue(commands.add_parser("catalogue", help="keep the catalogue true: import, diff, accept"))
    return parser


def _add_keys(keys: argparse.ArgumentParser) -> None:
    commands = keys.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="a new key, shown once")
    add.add_argument("name", help="what it is for: may-chu-igate")
    add.set_defaults(run=_key_add)
    commands.add_parser("list", help="names, when they were made and last used").set_defaults(run=_key_list)
    revoke = commands.add_parser("revoke", help="end a key at once")
    revoke.add_argument("name")
    revoke.set_defaults(run=_key_revoke)


def _add_catalogue(catalogue: argparse.ArgumentParser) -> None:
    commands = catalogue.add_subparsers(required=True, metavar="COMMAND")
    dump = "a dump of the national portal, JSON lines, .gz allowed"
    taken = commands.add_parser("import", help="write a dump as a directory of field files")
    taken.add_argument("file", type=Path, metavar="FILE", help=dump)
    taken.add_argument("--out", type=Path, metavar="DIR", help="data/imported if it is not given")
    taken.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of the dump")
    taken.set_defaults(run=_import)
    diff = commands.add_parser("diff", help="what differs; exit status 0: nothing, 1: something")
    diff.add_argument("before", type=Path, metavar="A", help=f"a directory of field files, or {dump}")
    diff.add_argument("after", type=Path, metavar="B")
    diff.add_argument("--only", type=Path, metavar="DIR", help="only the procedures of this catalogue")
    diff.add_argument("--json", action="store_true")
    diff.set_defaults(run=_diff)
    accept = commands.add_parser("accept", help="our files now tell what this dump says")
    accept.add_argument("file", type=Path, metavar="FILE", help=dump)
    accept.add_argument("codes", nargs="*", metavar="CODE", help="only these procedures")
    accept.add_argument("--catalogue", type=Path, metavar="DIR", help="another directory of field files")
    accept.set_defaults(run=_accept)


# Each command imports what it needs when it runs: a chat must not wait for the web server's modules.


def _serve(given: argparse.Namespace) -> int:
    from bot.commands import serve

    return serve.everything(os.environ, given.catalogue, given.port, given.demo)


def _web(given: argparse.Namespace) -> int:
    from bot.commands import serve

    return serve.web_only(os.environ, given.catalogue, given.port)


def _worker(given: argparse.Namespace) -> int:
    from bot.commands import serve

    return serve.worker_only(os.environ, given.catalogue)


def _migrate(_given: argparse.Namespace) -> int:
    from bot.commands import serve

    return serve.migrate_database(os.environ)


def _chat(given: argparse.Namespace) -> int:
    from bot.commands import chat

    return chat.chat(os.environ, given.catalogue, given.person, given.language)


def _ask(given: argparse.Namespace) -> int:
    from bot.commands import chat

    if given.batch:
        return chat.batch(given.batch, given.catalogue)
    return chat.ask(given.question, given.catalogue)


def _check(given: argparse.Namespace) -> int:
    from bot.commands import check

    return check.check(given.catalogue, os.environ)


def _questions(given: argparse.Namespace) -> int:
    from bot.commands import check

    return check.questions(os.environ, given.most)


def _backup(given: argparse.Namespace) -> int:
    from bot.commands import backup

    return backup.write(os.environ, given.file)


def _show(given: argparse.Namespace) -> int:
    from bot.commands import check

    return check.show(given.code, given.catalogue)


def _sheet(given: argparse.Namespace) -> int:
    from bot.commands import sheets

    return sheets.write(given.code, given.field, given.out, given.catalogue, os.environ)


def _import(given: argparse.Namespace) -> int:
    from bot.commands import catalogue

    return catalogue.import_dump(given.file, given.out, given.as_of)


def _diff(given: argparse.Namespace) -> int:
    from bot.commands import catalogue

    return catalogue.diff(given.before, given.after, given.only, given.json)


def _accept(given: argparse.Namespace) -> int:
    from bot.commands import catalogue

    return catalogue.accept(given.file, given.catalogue, given.codes)


def _key_add(given: argparse.Namespace) -> int:
    from bot.commands import keys

    return keys.add(os.environ, given.name)


def _key_list(_given: argparse.Namespace) -> int:
    from bot.commands import keys

    return keys.show(os.environ)


def _key_revoke(given: argparse.Namespace) -> int:
    from bot.commands import keys

    return keys.revoke(os.environ, given.name)


if __name__ == "__main__":
    main()
