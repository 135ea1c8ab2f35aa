"""The commands as a person at a terminal meets them."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import command
from bot.arguments import parser
from tests import ROOT
from tests.bot.commands import terminal
from tests.bot.commands.terminal import motcua, process


def parsers(of: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield of
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers(below)


RUNS = sorted({run for each in parsers(parser()) if (run := each.get_default("run"))})


@pytest.mark.parametrize("run", RUNS)
def test_each_command_has_its_function(run: str) -> None:
    assert callable(command(run))


def test_each_command_that_runs_takes_another_catalogue() -> None:
    running = [each for each in parsers(parser()) if each.get_default("run")]
    assert [each.prog for each in running if "--catalogue" not in each.format_help()] == []


def test_a_talk_over_a_pipe() -> None:
    done = process("chat", said="đăng ký khai sinh\n1\n")
    assert done.returncode == 0
    assert "Bạn có giấy chứng sinh không?" in done.stdout
    assert "1. Có giấy chứng sinh" in done.stdout


def test_a_kept_talk_goes_on(tmp_path: Path) -> None:
    motcua("chat", "--as", "ba", said="đăng ký khai sinh\n", folder=tmp_path)
    again = process("chat", "--as", "ba", said="1\n", folder=tmp_path)
    assert "Bạn có giấy chứng sinh không?" in again.stdout


def test_one_question() -> None:
    done = motcua("ask", "đăng ký giám hộ cần giấy tờ gì")
    assert "Mã thủ tục 1.004837" in done.stdout


def test_a_batch_answers_each_line_and_tells_the_unreadable(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "text": "đăng ký giám hộ"}\nnonsense\n{"id": "b"}\n', encoding="utf-8")
    done = motcua("ask", "--batch", str(questions))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [set(row) for row in rows] == [{"id", "decision", "codes", "confidence", "ms"}]
    assert rows[0]["codes"][0] == "1.004837"
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "line 3" in done.stderr


def test_check_ends_with_its_count() -> None:
    done = motcua("check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("catalogue: ")
    assert done.stdout.splitlines()[-1].endswith(", 0 errors")


def test_check_names_file_key_and_value(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        'id = "X X"\nname = "X"\nabout = "x"\norder = 1\nprocedures = []\n', encoding="utf-8"
    )
    done = motcua("check", "--catalogue", str(tmp_path))
    assert done.returncode == 1
    assert "x.toml: id:" in done.stderr
    assert "'X X'" in done.stderr


def test_check_tells_a_wrong_setting_and_makes_no_key(tmp_path: Path) -> None:
    done = motcua("check", folder=tmp_path, PORT="high")
    assert done.returncode == 1
    assert "PORT='high'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_show_prints_a_procedure_in_full() -> None:
    done = motcua("show", "1.001193")
    assert "Thủ tục đăng ký khai sinh" in done.stdout
    assert "Trường hợp “Trẻ sinh do mang thai hộ”" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "1.999999"), "[no_such_procedure]"),
        (("ask",), "cần một trong"),
        (("ask", "--batch", "no-such-file"), "no-such-file"),
        (("serve", "--catalogue", "no-such-folder"), "no field files"),
        (("fly",), "không có 'fly'"),
    ],
)
def test_a_mistake_is_one_line_and_a_status(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = motcua(*arguments, folder=tmp_path)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_away_is_said_in_a_line(tmp_path: Path) -> None:
    done = process("migrate", folder=tmp_path, DATABASE_URL="postgresql://nobody:x@127.0.0.1:1/nothing")
    assert done.returncode == 2
    assert done.stderr.startswith("motcua: ")
    assert "Traceback" not in done.stderr


def test_a_reader_of_a_pipe_that_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "bot", "forms"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing) as closed:
        done = subprocess.run(
            command, cwd=ROOT, env=terminal.clean({}), stdout=closed, stderr=subprocess.PIPE, timeout=60
        )
    assert done.stderr == b""


def test_migrate_makes_the_database(tmp_path: Path) -> None:
    assert motcua("migrate", folder=tmp_path).returncode == 0
    assert (tmp_path / "data" / "motcua.db").exists()
