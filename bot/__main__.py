"""The command line: `motcua COMMAND`. Errors are one line on standard error that says what to do."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from bot import speaking
from bot.arguments import parser
from bot.commands.context import BadArguments, Command
from handlers.desk.refusals import Refused
from handlers.language.i18n import Translate
from knowledge.datafile import BadDataFile


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> None:
    """Runs one command and exits with its status."""
    tr = speaking.speaking(speaking.chosen(sys.argv[1:] if arguments is None else arguments))
    given = parser(tr).parse_args(arguments)
    try:
        run = Command(environ, given.catalogue, tr)
        _traced(given, run)
        status = command(given.run)(given, run)
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe has gone: nobody is left to tell
        status = 0
    except Refused as error:
        print(f"motcua: {error.told(tr)} [{error.code}]", file=sys.stderr)
        status = 2
    except (FileNotFoundError, IsADirectoryError) as error:
        print(f"motcua: {_no_file(error, tr)}", file=sys.stderr)
        status = 2
    except _mendable() as error:
        print(f"motcua: {_told(error)}", file=sys.stderr)
        status = 2
    raise SystemExit(status)


def _traced(given: Namespace, run: Command) -> None:
    """Notes who is about to open, change or take out what is held of people."""
    from bot.watching import (
        trace,  # only here: a talk in the terminal must not wait for the database's modules
    )

    name = given.run.removeprefix("bot.commands.")
    if name not in trace.ACTS or getattr(given, "dry_run", False):  # which writes nothing at all
        return
    from bot.clock import vietnam_now
    from bot.storage import database

    by, at = trace.who(run.environ, run.settings.clerk), int(vietnam_now().timestamp())
    with database.writing(run.engine) as connection:
        trace.note(connection, trace.Seen(at, by, trace.ACTS[name], name, trace.about(name, given)))


def command(run: str) -> Callable[..., int]:
    """The function that "module:function" names, imported only now: a chat must not wait for a web server."""
    module, _, function = run.partition(":")
    found: Callable[..., int] = getattr(import_module(module), function)
    return found


def _no_file(error: OSError, tr: Translate) -> str:
    return f"{Refused('no_such_file', file=error.filename).told(tr)} [no_such_file]"


def _told(error: BaseException) -> str:
    from sqlalchemy.exc import SQLAlchemyError

    from bot.storage.migrate import reason

    if isinstance(error, SQLAlchemyError):
        return f"the database: {reason(error)}; free space or mend it, then run this again"
    return str(error)


def _mendable() -> tuple[type[BaseException], ...]:
    """What the administrator can mend; its text is all that is shown."""
    import sqlite3

    from sqlalchemy.exc import SQLAlchemyError

    from bot.catalogues.dump import BadDump
    from bot.catalogues.files import NotOurs
    from bot.settings.values import BadSettings
    from bot.storage.migrate import BadDatabase  # only here: a command that ends well needs no database
    from bot.storage.sealing import WrongKey

    return (
        BadArguments, BadDataFile, BadDatabase, BadDump, BadSettings, NotOurs, OSError,
        SQLAlchemyError, WrongKey, sqlite3.Error,
    )  # fmt: skip


if __name__ == "__main__":
    main()
