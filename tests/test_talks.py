"""Short talks as people hold them, in tests/talks: of each kind at least so many end well, and never fewer.

Talks are parted by an empty line and written as those of tests/conversations, with these verbs beside:
Mở: p:1.001193                   the citizen presses the button with that value
Như: Cha hoặc mẹ                 the reply says and offers whatever a tap on that button would have
Một trong: lừa đảo | Đừng bấm    the reply holds one of these
Đầu tiên: 113                    within what is read before one scrolls
Không nhận                       no procedure is opened, no papers are listed
Chỉ tiếng Anh:                   from here on nothing is said in Vietnamese, but for names in brackets
"""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from handlers.language.written import written_in
from handlers.ports.dossiers import Dossier, NoDossiers
from handlers.ports.world import World
from handlers.turn.messages import Incoming, Reply, State
from tests.dialogue import VERBS, Player, Wrong

TALKS = Path(__file__).with_name("talks")
FIRST = 200  # letters
TAKEN_UP = ("PHẢI NỘP", "XUẤT TRÌNH", "Để biết đúng giấy tờ của bạn", "Nơi nộp:", "Chi phí:", "Cách nộp:")
# Talks of each kind that end well now. These numbers only go up.
REACHED = {
    "chon": 31,
    "doc-lai": 116,
    "doi-viec": 25,
    "dua-day": 8,
    "giay-to": 123,
    "ho-so": 21,
    "hoi-tiep": 22,
    "khong-phai-viec": 10,
    "lua-dao": 10,
    "nguy-cap": 17,
    "tieng-anh": 13,
    "tieng-anh-tron": 17,
    "to-khai": 25,
    "viet-sai": 8,
}

_WAITING = Dossier(
    "H15.50-261116-2001",
    procedure="1.001193",
    status="5",
    received=date(2026, 11, 16),
    missing="Giấy chứng sinh",
    missing_until=date(2026, 12, 4),
)
_READY = Dossier(
    "H15.50-261116-2002",
    procedure="2.000635",
    status="9",
    received=date(2026, 11, 16),
    due=date(2026, 11, 20),
    finished=date(2026, 11, 20),
)
_WORKED = Dossier(
    "H15.50-261116-2003",
    procedure="1.001612",
    status="4",
    received=date(2026, 11, 16),
    due=date(2026, 11, 27),
)
_OWING = Dossier(
    "H15.50-261116-2004",
    procedure="1.013225",
    status="6",
    received=date(2026, 11, 16),
    due=date(2026, 12, 7),
    fee_due=75_000,
)
DOSSIERS = {dossier.code: dossier for dossier in (_WAITING, _READY, _WORKED, _OWING)}


class Desk(NoDossiers):
    """Some dossiers, all proved by 4567."""

    def find(self, code: str) -> Dossier | None:
        return DOSSIERS.get(code)

    def matches(self, code: str, digits: str) -> bool:
        return code in DOSSIERS and digits == "4567"


@dataclass
class Talker(Player):
    """A citizen whose last line can be compared with a tap."""

    before: tuple[State, tuple[Reply, ...], object] = field(default=(State(), (), None))
    is_english: bool = False  # whether nothing may be said in Vietnamese

    def say(self, incoming: Incoming) -> str:
        self.before = (self.state, self.replies, deepcopy(self.drafts))
        said = super().say(incoming)
        foreign = [line for line in (*said.splitlines(), *self.labels) if written_in(line) == "vi"]
        if self.is_english and foreign:
            raise Wrong(f"after {incoming.text or incoming.choice!r} in Vietnamese: {foreign}")
        return said

    def expect_english(self, _words: str) -> None:
        self.is_english = True

    def press(self, value: str) -> None:
        self.say(Incoming(at=self.now, choice=value))

    def expect_as(self, label: str) -> None:
        state, replies, drafts = self.before
        other = Talker(self.world, self.now, state, replies, deepcopy(drafts))  # type: ignore[arg-type]
        other.tap(label)
        left = [line for line in other.text.splitlines() if line.strip() and line not in self.text]
        gone = [name for name in other.labels if name not in self.labels]
        if left or gone:
            raise Wrong(f"after {label!r} there would be {[*left, *gone]} in the reply:\n{self.text}")

    def expect_one(self, words: str) -> None:
        if not any(each in self.text for each in words.split(" | ")):
            raise Wrong(f"none of {words!r} is in the reply:\n{self.text}")

    def expect_first(self, words: str) -> None:
        if words not in self.text.strip()[:FIRST]:
            raise Wrong(f"{words!r} does not come first in the reply:\n{self.text}")

    def expect_declined(self, _words: str) -> None:
        for mark in TAKEN_UP:
            self.expect_not(mark)


MORE = {
    "Mở": Talker.press,
    "Như": Talker.expect_as,
    "Một trong": Talker.expect_one,
    "Đầu tiên": Talker.expect_first,
    "Không nhận": Talker.expect_declined,
    "Chỉ tiếng Anh": Talker.expect_english,
}


def wrongs(path: Path, world: World) -> tuple[int, list[str]]:
    """How many talks a file has, and what is wrong in those that do not end well."""
    talks = [talk.splitlines() for talk in path.read_text(encoding="utf-8").split("\n\n")]
    known = [[line for line in talk if line and not line.startswith("#")] for talk in talks]
    played = [told for talk in known if talk and (told := _wrong(talk, world)) is not None]
    return len(played), [told for told in played if told]


def _wrong(talk: list[str], world: World) -> str:
    player = Talker(replace(world, dossiers=Desk()))
    try:
        for line in talk:
            verb, _colon, rest = line.partition(":")
            (VERBS | MORE)[verb](player, rest.strip())  # type: ignore[operator]
    except Wrong as wrong:
        return f"{' / '.join(talk)}\n  {wrong}"
    return ""


def test_every_kind_has_its_number() -> None:
    assert {path.stem for path in TALKS.glob("*.txt")} == set(REACHED)


@pytest.mark.parametrize("kind", sorted(path.stem for path in TALKS.glob("*.txt")))
def test_as_many_end_well_as_before(kind: str, world: World) -> None:
    count, wrong = wrongs(TALKS / f"{kind}.txt", world)
    assert count - len(wrong) >= REACHED[kind], "\n\n".join(wrong)


def test_a_talk_that_ends_badly_is_counted(tmp_path: Path, world: World) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("Dân: xin chào\nMáy: Tạm biệt\n\nDân: xin chào\nMáy: Chào bạn\n", encoding="utf-8")
    count, [wrong] = wrongs(path, world)
    assert count == 2
    assert "'Tạm biệt' is not in the reply" in wrong
