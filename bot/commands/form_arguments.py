"""What `motcua form` and `motcua drafts` understand; their command is imported when it runs."""

import argparse
import os
from pathlib import Path


def add_to(form: argparse.ArgumentParser) -> None:
    """Adds --example, and --answers with --out."""
    form.add_argument("form", metavar="FORM", help="as `motcua forms` lists them: khai-sinh")
    what = form.add_mutually_exclusive_group(required=True)
    what.add_argument("--example", action="store_true", help="answers of invented people, as JSON")
    what.add_argument("--answers", type=Path, metavar="FILE", help="JSON as --example shows it")
    form.add_argument(
        "--out", type=Path, metavar="DIR", default=Path("data/forms"), help="data/forms if absent"
    )
    form.set_defaults(run=_form)


def add_drafts_to(drafts: argparse.ArgumentParser) -> None:
    """Adds show."""
    commands = drafts.add_subparsers(required=True, metavar="COMMAND")
    show = commands.add_parser("show", help="a citizen's draft, by its desk code")
    show.add_argument("code", metavar="CODE", help="HS-7K3F-92QX")
    show.add_argument("--out", type=Path, metavar="DIR", help="also write its PDF and PNG there, to print")
    show.set_defaults(run=_draft)


def show_all(_given: argparse.Namespace) -> int:
    """Runs `motcua forms`."""
    from bot.commands import forms

    return forms.show_all()


def _form(given: argparse.Namespace) -> int:
    from bot.commands import forms

    return forms.example(given.form) if given.example else forms.fill(given.form, given.answers, given.out)


def _draft(given: argparse.Namespace) -> int:
    from bot.commands import forms

    return forms.show_draft(os.environ, given.code, given.out)
