"""What `motcua notices` understands; its command is imported when it runs."""

import argparse
import os


def add_to(notices: argparse.ArgumentParser) -> None:
    """Adds retry, calls, called and preview; without any of them it lists what is in trouble."""
    notices.set_defaults(run=_list)
    commands = notices.add_subparsers(metavar="COMMAND")

    retry = commands.add_parser("retry", help="try one again at once")
    retry.add_argument("id", type=int, metavar="ID")
    retry.set_defaults(run=_retry)

    calls = commands.add_parser("calls", help="whom to call: not reached, or a notice that was not read")
    calls.set_defaults(run=_calls)
    called = commands.add_parser("called", help="take one off the call list")
    called.add_argument("id", type=int, metavar="ID")
    called.set_defaults(run=_called)

    preview = commands.add_parser("preview", help="one kind of notice with invented facts")
    preview.add_argument("kind", metavar="KIND", help="done, missing, fee ...; a wrong one lists them all")
    preview.add_argument("--language", default="", metavar="vi|en")
    preview.add_argument("--detailed", action="store_true", help="for who wants the procedure named")
    preview.set_defaults(run=_preview)


def _list(_given: argparse.Namespace) -> int:
    from bot.commands import notices

    return notices.show(os.environ)


def _retry(given: argparse.Namespace) -> int:
    from bot.commands import notices

    return notices.retry(os.environ, given.id)


def _calls(_given: argparse.Namespace) -> int:
    from bot.commands import notices

    return notices.calls(os.environ)


def _called(given: argparse.Namespace) -> int:
    from bot.commands import notices

    return notices.called(os.environ, given.id)


def _preview(given: argparse.Namespace) -> int:
    from bot.commands import notices

    return notices.preview(given.kind, given.language, given.detailed)
