"""An argument parser that speaks the clerk's language: help, usage and what it refuses."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from handlers.language.i18n import N_, SOURCE, Translate, translator

Group: TypeAlias = "argparse._SubParsersAction[Parser]"

OPTION = "--language"
LANGUAGES = N_("nói tiếng Việt (mặc định) hay tiếng Anh")
# what argparse says by itself
OWN = {
    "usage: ": N_("cách dùng: "),
    "positional arguments": N_("tham số"),
    "options": N_("tùy chọn"),
    "show this help message and exit": N_("xem hướng dẫn này"),
}
# what it refuses, and how that is said; the places are the pattern's groups
REFUSED = (
    (r"the following arguments are required: (.+)", N_("còn thiếu {0}")),
    (r"one of the arguments (.+) is required", N_("cần một trong các tham số {0}")),
    (r"unrecognized arguments: (.+)", N_("không hiểu {0}")),
    (r"argument (.+): not allowed with argument (.+)", N_("{0} không dùng chung với {1}")),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", N_("{0}: không có {1}; chọn trong {2}")),
    (r"argument (.+): invalid \S+ value: (.+)", N_("{0}: không đọc được {1}")),
    (r"argument (.+): expected .+", N_("{0}: thiếu giá trị")),
)


def chosen(arguments: Sequence[str]) -> str:
    """The language that is asked for on the command line, needed before the line can be read."""
    for here, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if here == OPTION:
            return following
        if here.startswith(f"{OPTION}="):
            return here.partition("=")[2]
    return SOURCE


def speaking(language: str) -> Translate:
    """The texts of a language; of the source without reading any file, for a command must start quickly."""
    return Translate() if language in ("", SOURCE) else translator(language)


class Parser(argparse.ArgumentParser):
    """One that speaks Vietnamese; see `of` for another language. Helps are msgids."""

    tr = Translate()

    @classmethod
    def of(cls, tr: Translate, **more: Any) -> "Parser":
        """A parser in that language; its commands are of its own kind, so they speak it too."""
        kind: type[Parser] = type(cls.__name__, (cls,), {"tr": tr})
        return kind(**more)

    def __init__(self, *positional: Any, **more: Any) -> None:
        tr = self.tr

        class Formatter(_Formatter):
            translate = tr

        super().__init__(*positional, **{"formatter_class": Formatter, **more})

    def error(self, message: str) -> NoReturn:
        """Says in one line what is wrong with the arguments, with how they are used above it."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {_told(message, self.tr)}\n")


class _Formatter(argparse.HelpFormatter):
    translate = Translate()

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        own = self.translate(OWN["usage: "]) if prefix is None else prefix
        super().add_usage(usage, actions, groups, own)

    def add_text(self, text: str | None) -> None:
        super().add_text(text and self.translate(text))

    def start_section(self, heading: str | None) -> None:
        super().start_section(self.translate(OWN.get(heading or "", heading or "")))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        told = super()._get_help_string(action)
        return told and self.translate(OWN.get(told, told))


def add(commands: Group, name: str, run: str, told: str) -> Parser:
    """A command; `run` is "module:function" of `bot.commands`."""
    added = commands.add_parser(name, help=told)
    folder = N_("thư mục khác chứa các tệp lĩnh vực")
    added.add_argument("--catalogue", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=folder)
    added.add_argument(OPTION, metavar="vi|en", default=argparse.SUPPRESS, help=LANGUAGES)
    added.set_defaults(run=f"bot.commands.{run}")
    return added


def add_out(command: Parser, folder: str) -> None:
    """Where its files are written."""
    command.add_argument(
        "--out", type=Path, metavar="DIR", default=Path(folder), help=N_("ghi vào thư mục này")
    )


def _told(message: str, tr: Translate) -> str:
    for pattern, text in REFUSED:
        if found := re.fullmatch(pattern, message):
            return tr(text).format(*found.groups())
    return message
