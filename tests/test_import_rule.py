"""bot -> handlers -> knowledge, never the other way; and what each package may not touch."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

STANDARD = {
    "binascii", "calendar", "collections", "contextlib", "dataclasses", "datetime", "enum", "functools", "heapq",
    "itertools", "json", "math", "pathlib", "re", "string", "tomllib", "typing", "unicodedata",
}  # fmt: skip
MAY_IMPORT = {
    "knowledge": STANDARD | {"knowledge", "pydantic", "rapidfuzz", "numpy"},
    "handlers": STANDARD | {"handlers", "knowledge", "babel"},
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_it_may(package: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / package).rglob("*.py")
        for name in imported(path)
        if name not in MAY_IMPORT[package]
    }
    assert wrong == set()


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_no_package_below_the_edge_knows_async_or_the_clock(package: str) -> None:
    banned = re.compile(r"\basync\b|\bawait\b|\.(now|today|utcnow)\(")
    wrong = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in (ROOT / package).rglob("*.py")
        if (found := banned.search(path.read_text(encoding="utf-8")))
    }
    assert wrong == set()


def test_only_the_settings_and_the_command_line_read_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for package in ("bot", "handlers", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        if "environ" in {name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                         if isinstance(node, ast.Attribute) for name in [node.attr]}
    }  # fmt: skip
    # they hand the environment to bot/settings.py
    assert readers == {
        "bot/__main__.py",
        *(f"bot/commands/{name}_arguments.py" for name in ("dossier", "form", "licence", "notice")),
    }
