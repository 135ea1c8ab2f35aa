"""A person at a terminal: runs the commands, in this process or as one of their own, and tells what came."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.__main__ import main
from tests import ROOT

OURS = ("MOTCUA", "TELEGRAM", "DATABASE", "PUBLIC", "PORT")


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def motcua(*arguments: str, said: str = "", folder: Path | str = ROOT, **environ: str) -> Ran:
    """Runs a command in this process, with no other settings than those given."""
    out, err, status = StringIO(), StringIO(), 0
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), _typing(said):
        try:
            main(arguments, environ)
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Ran(status, out.getvalue(), err.getvalue())


def process(*arguments: str, said: str = "", folder: Path | str = ROOT, **environ: str) -> Ran:
    """Runs a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=clean(environ),
        input=said,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with those settings of ours, and no others."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**others, "PYTHONPATH": str(ROOT), **environ}


@contextmanager
def _typing(said: str) -> Iterator[None]:
    before, sys.stdin = sys.stdin, StringIO(said)
    try:
        yield
    finally:
        sys.stdin = before
