"""The command line in the clerk's own language, and in English when asked."""

import pytest

from bot.arguments import parser
from bot.speaking import chosen
from handlers.language.i18n import translator
from tests.bot.commands.terminal import motcua
from tests.bot.commands.test_command_line import parsers


def test_helps_are_vietnamese() -> None:
    told = motcua("dossiers", "move", "--help").stdout
    assert told.startswith("cách dùng: motcua dossiers move")
    assert "hạn bổ sung, ngày/tháng/năm" in told
    assert "usage" not in told
    assert "show this help" not in told


@pytest.mark.parametrize(
    "line", [("--language", "en", "dossiers", "move"), ("dossiers", "move", "--language=en")]
)
def test_english_is_spoken_when_asked(line: tuple[str, ...]) -> None:
    told = motcua(*line, "--help").stdout
    assert told.startswith("usage: motcua dossiers move")
    assert "by when they have to come" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("dossiers", "move"), "còn thiếu CODE, STATUS"),
        (("dossiers", "show", "X", "--fast"), "không hiểu --fast"),
        (("notices", "retry", "x"), "ID: không đọc được 'x'"),
        (("dossiers", "move", "X", "4", "--due"), "--due: thiếu giá trị"),
        (("ask",), "cần một trong các tham số question --batch"),
        (("ask", "a", "--batch", "b"), "--batch không dùng chung với question"),
        (("hồ sơ",), "COMMAND: không có 'hồ sơ'; chọn trong 'serve'"),
    ],
)
def test_what_argparse_refuses_is_said_in_vietnamese(line: tuple[str, ...], told: str) -> None:
    done = motcua(*line)
    assert done.returncode == 2
    assert told in done.stderr


def test_every_help_has_its_english() -> None:
    tr = translator("en")
    helps = {action.help for each in parsers(parser()) for action in each._actions if action.help}
    assert {told for told in helps if tr(told) == told and not told.isascii()} == set()


def test_the_language_is_known_before_the_line_is_read() -> None:
    assert chosen(["dossiers", "show", "X"]) == "vi"
    assert chosen(["ask", "x", "--language"]) == ""
