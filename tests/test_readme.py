"""The README's tables against the code."""

import argparse
import re

import pytest

from bot.arguments import parser
from bot.settings.variables import TABLE
from tests import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DEPENDENCIES = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")


def rows(heading: str, text: str = README) -> list[list[str]]:
    section = text.split(f"# {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.replace("\\|", "\0").strip("|").split("|")] for line in lines]


def test_the_settings_table_is_the_code_s() -> None:
    assert rows("Settings") == [[f"`{v.name}`", v.default, v.unit, v.meaning] for v in TABLE]


def test_every_command_stands_in_the_readme() -> None:
    known = set(re.findall(r"^    (\w+)", parser().format_help(), re.MULTILINE)) - {"COMMAND"}
    told = set(re.findall(r"`motcua (\w+)", README))
    assert told == known


def test_every_command_of_the_desk_stands_in_its_page() -> None:
    page = (ROOT / "docs/desk.md").read_text(encoding="utf-8")
    [groups] = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    [commands] = [a for a in groups.choices["dossiers"]._actions if isinstance(a, argparse._SubParsersAction)]
    assert [name for name in commands.choices if not re.search(rf"`{name}[ `]", page)] == []


def test_every_dependency_says_what_it_spares_us() -> None:
    table = rows("What each dependency spares us", DEPENDENCIES)
    named = {name.lower() for row in table for name in row[0].split(", ")}
    section = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("]\n")[0]
    assert set(re.findall(r'"([\w-]+)', section)) <= named


def test_the_readme_fits_two_screens_and_leads_to_what_there_is() -> None:
    read = [line for line in README.splitlines() if not line.startswith("|")]  # tables are looked up in
    assert len(read) <= 80
    linked = re.findall(r"\]\(([\w./-]+)\)", README)
    assert [path for path in linked if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/*.md", "docs/decisions/*.md"])
def test_the_files_that_are_named_exist(document: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob(document)]
    named = re.compile(r"`((?:bot|handlers|knowledge|tests|tools|benchmarks|docs)/[\w./*-]+)`")
    paths = {path for text in texts for path in named.findall(text)}
    assert texts
    assert [path for path in sorted(paths) if not any(ROOT.glob(path.rstrip("/")))] == []


def test_the_locks_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        lines = (ROOT / name).read_text().splitlines()
        assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
