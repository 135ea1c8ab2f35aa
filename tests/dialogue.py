"""Plays a dialogue that an officer can read and write.

# Lines with # are remarks, empty lines are skipped.
Lúc: 2026-11-23 09:00            the clock of the office; Monday morning if it is not said
Dân: làm khai sinh cho con       the citizen types
Nút: Trẻ bình thường             the citizen taps the button with that label
Ảnh: H15.50-260706-1377          the citizen sends a photo with a code that says so; nothing: it is not read
Máy: Bạn có giấy chứng sinh      the reply holds these words
Không: Giấy chứng sinh           the reply does not hold these words
Có nút: Về đầu                   the reply offers that button
Không nút: Nộp trực tuyến        the reply does not offer that button
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import get_args

from bot.clock import VIETNAM
from bot.commands.chat import keep
from handlers import router
from handlers.ports.drafts import PassingDrafts
from handlers.ports.world import World
from handlers.turn.messages import Incoming, Outcome, Reply, State, Turn

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


class Wrong(AssertionError):
    """A line of a dialogue that does not hold."""


@dataclass
class Player:
    """One citizen in front of the conversation."""

    world: World
    now: datetime = MONDAY
    state: State = field(default_factory=State)
    replies: tuple[Reply, ...] = ()
    drafts: PassingDrafts = field(default_factory=PassingDrafts)

    def __post_init__(self) -> None:
        self.world = replace(self.world, drafts=self.drafts)

    def say(self, incoming: Incoming) -> str:
        """Sends a message; the text of the replies."""
        turn = self.respond(incoming)
        self.state, self.replies = turn.state, turn.replies
        keep(turn.effects, self.drafts)
        return self.text

    def respond(self, incoming: Incoming) -> Turn:
        """What comes of a message, told as the metrics count it."""
        turn = router.respond(replace(incoming, at=self.now), self.state, self.world)
        assert turn.outcome in get_args(Outcome)
        return turn

    def type(self, text: str) -> str:
        return self.say(Incoming(at=self.now, text=text))

    def photograph(self, code: str) -> str:
        return self.say(Incoming(at=self.now, attachment="photo", scanned=(code,) if code else ()))

    def tap(self, label: str) -> str:
        values = [c.value for r in self.replies for c in r.choices if c.label == label]
        if not values:
            raise Wrong(f"no button {label!r}; there are {self.labels}")
        return self.say(Incoming(at=self.now, choice=values[0]))

    @property
    def text(self) -> str:
        return "\n".join(f"{reply.title}\n{reply.text}" for reply in self.replies)

    @property
    def labels(self) -> list[str]:
        return [choice.label for reply in self.replies for choice in reply.choices]

    def expect(self, words: str) -> None:
        if words not in self.text:
            raise Wrong(f"{words!r} is not in the reply:\n{self.text}")

    def expect_not(self, words: str) -> None:
        if words in self.text:
            raise Wrong(f"{words!r} is in the reply:\n{self.text}")

    def expect_button(self, label: str) -> None:
        if label not in self.labels:
            raise Wrong(f"no button {label!r}; there are {self.labels}")

    def expect_no_button(self, label: str) -> None:
        if label in self.labels:
            raise Wrong(f"there is a button {label!r}")

    def set_clock(self, moment: str) -> None:
        self.now = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)


VERBS = {
    "Lúc": Player.set_clock,
    "Dân": Player.type,
    "Nút": Player.tap,
    "Ảnh": Player.photograph,
    "Máy": Player.expect,
    "Không": Player.expect_not,
    "Có nút": Player.expect_button,
    "Không nút": Player.expect_no_button,
}


def play(path: Path, world: World) -> None:
    """Plays a file; raises Wrong with file and line."""
    player = Player(world)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        verb, _colon, rest = line.partition(":")
        try:
            VERBS[verb](player, rest.strip())
        except KeyError:
            raise Wrong(f"{path.name}:{number}: {verb!r} is none of {', '.join(VERBS)}") from None
        except Wrong as wrong:
            raise Wrong(f"{path.name}:{number}: {wrong}") from None
