"""The dialogues of tests/conversations/nhieu-kenh: one person on several channels, on a whole house.

As tests.dialogue says, and besides:

Kênh: zalo:7                     from here on the citizen writes there
Kênh: web:x (dùng chung)         a browser on a computer that others use
Dân: {mã}                        the code that was shown last
Báo: vừa được liên kết           a notice that waits for this channel holds these words
Tệp: khai sinh                   the file of the reply holds these words
"""

import asyncio
import re
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bot.clock import VIETNAM
from bot.dossiers import apologies
from bot.notices.composing import Composer
from bot.outbox.claim import Claimer, claim
from bot.storage import database
from bot.turns.converse import converse
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY, Wrong

TALKS = sorted(Path(__file__).with_name("conversations").joinpath("nhieu-kenh").glob("*.txt"))
SHARED = " (dùng chung)"
CODE = re.compile(r"LK-\w{4}-\w{4}")


class Player:
    """One citizen, or several, in front of a house."""

    def __init__(self, house):
        self.house, self.now, self.address, self.session, self.code = house, MONDAY, "", "", ""
        self.replies = {}

    def go(self, where):
        self.address = where.removesuffix(SHARED)
        self.session = "shared" if where.endswith(SHARED) else ""

    def set_clock(self, moment):
        self.now = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)

    def say(self, **what):
        incoming = Incoming(**{"at": self.now, "session": self.session, **what})
        self.replies[self.address] = asyncio.run(converse(self.house, self.address, uuid4().hex, incoming))
        if found := CODE.search(self.text()):
            self.code = found[0]

    def text(self):
        return "\n".join(f"{reply.title}\n{reply.text}" for reply in self.replies[self.address])

    def type(self, words):
        self.say(text=words.replace("{mã}", self.code))

    @property
    def values(self):
        return {c.label: c.value for reply in self.replies[self.address] for c in reply.choices}

    def expect_button(self, label):
        if label not in self.values:
            raise Wrong(f"no button {label!r}; there are {list(self.values)}")

    def expect_no_button(self, label):
        if label in self.values:
            raise Wrong(f"there is a button {label!r}")

    def tap(self, label):
        self.expect_button(label)
        self.say(choice=self.values[label])

    def expect(self, words):
        hold(words, self.text())

    def expect_not(self, words):
        if words in self.text():
            raise Wrong(f"{words!r} is in the reply:\n{self.text()}")

    def expect_file(self, words):
        hold(words, "\n".join(e.content for reply in self.replies[self.address] for e in reply.enclosures))

    def expect_notice(self, words):
        house, channel = self.house, self.address.partition(":")[0]
        compose = Composer(house.engine, house.vault, house.world, lambda: self.now, apologies.told)
        with database.writing(house.engine) as connection:
            claimed = claim(connection, Claimer(channel, "w"), 10, self.now).notices
        hold(words, "\n".join(compose(each).text for each in claimed if each.address == self.address))


def hold(words, text):
    if words not in text:
        raise Wrong(f"{words!r} is not in:\n{text}")


VERBS = {
    "Lúc": Player.set_clock,
    "Kênh": Player.go,
    "Dân": Player.type,
    "Nút": Player.tap,
    "Máy": Player.expect,
    "Không": Player.expect_not,
    "Có nút": Player.expect_button,
    "Không nút": Player.expect_no_button,
    "Tệp": Player.expect_file,
    "Báo": Player.expect_notice,
}


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_talk_on_channels(path, small_house):
    player = Player(small_house)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        verb, _colon, rest = line.partition(":")
        if line.strip() and not line.startswith("#"):
            try:
                VERBS[verb](player, rest.strip())
            except Wrong as wrong:
                raise Wrong(f"{path.name}:{number}: {wrong}") from None
