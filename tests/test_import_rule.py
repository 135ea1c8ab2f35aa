"""bot -> handlers -> knowledge, never the other way; and what each package may not touch."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

STANDARD = {
    "binascii", "calendar", "collections", "contextlib", "dataclasses", "datetime", "enum", "functools",
    "hashlib", "heapq", "itertools", "json", "math", "pathlib", "re", "string", "tomllib", "types", "typing",
    "unicodedata",
}  # fmt: skip
MAY_IMPORT = {
    "knowledge": STANDARD | {"knowledge", "pydantic", "rapidfuzz", "numpy"},
    # pydantic_core: an action tells how it stands in the stored state
    "handlers": STANDARD | {"handlers", "knowledge", "babel", "gettext", "pydantic_core"},
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


def reads_the_environment(node: ast.AST) -> bool:
    """`os.environ`, `os.getenv`, or either imported by its name."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in ("environ", "getenv") for alias in node.names)
    is_of_os = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
    return isinstance(node, ast.Attribute) and is_of_os and node.attr in ("environ", "getenv")


def test_only_the_command_line_reads_the_environment_and_hands_it_on() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for package in ("bot", "handlers", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        if any(map(reads_the_environment, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert readers == {"bot/__main__.py"}
