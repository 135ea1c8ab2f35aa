"""The faults that tools/mutants.py puts in: each is one slip that runs, and none is a change of nothing."""

import ast
import tomllib

import pytest

from tests import ROOT
from tools.faults import faults

TABLE = tomllib.loads((ROOT / "tools/mutants.toml").read_text(encoding="utf-8"))
NAMED = {path: tests for group in TABLE["groups"].values() for path, tests in group.items()}


def becomes(source: str) -> set[str]:
    return {fault.becomes for fault in faults(source)}


@pytest.mark.parametrize(
    ("line", "slips"),
    [
        ("a < b", {"(a <= b)", "pass"}),
        ("x = not a", {"x = bool(a)"}),
        ("x = a and b", {"x = (True and b)", "x = (a and True)"}),
        ("x = a or b", {"x = (False or b)", "x = (a or False)"}),
        ("x = 7", {"x = 8", "x = (6)"}),
        ("x = True", {"x = False"}),
        ("x = 'đỏ'", {"x = 'zzqq'"}),
        ("x = a + b", {"x = (a - b)"}),
        ("x = a.strip()", {"x = a"}),
        ("note(a)", {"pass"}),
        ("x = t.where(a, b)", {"x = t", "x = t.where(a)", "x = t.where(b)"}),
        ("raise Wrong", {"pass"}),
        ("while a: f(b)", {"while a: pass", "while (not (a)): f(b)", "while ((a) and False): f(b)"}),
        ("q = 'SELECT a FROM t WHERE n > 0'", {"q = 'SELECT a FROM t WHERE n >= 0'"}),
    ],
)  # fmt: skip
def test_each_kind_of_slip_is_made(line: str, slips: set[str]) -> None:
    assert becomes(line) == slips


@pytest.mark.parametrize(
    "line", ['"""Says it."""', "import os", "x: int", "from a import b", "x = f'{a:02}'", "__all__ = ['a']"]
)
def test_what_does_not_run_or_cannot_be_placed_is_left_alone(line: str) -> None:
    assert faults(line) == []


def test_a_fault_names_its_line_after_letters_of_two_bytes() -> None:
    found = [fault for fault in faults('name = "Đỗ"\nage = "ăâ" + str(3 if old < 4 else 5)\n')]
    assert {fault.line for fault in found} == {1, 2}
    assert 'age = "ăâ" + str(3 if (old <= 4) else 5)' in {fault.becomes for fault in found}


def test_every_fault_of_a_module_of_ours_parses_and_differs() -> None:
    source = (ROOT / "knowledge/dossiers/vietqr.py").read_text(encoding="utf-8")
    texts = [fault.text for fault in faults(source)]
    assert len(texts) == len(set(texts)) > 20
    assert source not in texts
    assert [text for text in texts if not ast.parse(text)] == []


@pytest.mark.parametrize("path", NAMED)
def test_what_the_table_names_is_there(path: str) -> None:
    assert [name for name in (path, *NAMED[path]) if not (ROOT / name).exists()] == []


def test_a_fault_called_harmless_is_still_one_of_its_module() -> None:
    unknown = {
        f"{path}: {key}"
        for path, keys in TABLE["harmless"].items()
        for key in set(keys) - {fault.key for fault in faults((ROOT / path).read_text(encoding="utf-8"))}
    }
    assert unknown == set()
