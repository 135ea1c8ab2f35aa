"""The dialogues of tests/conversations, each played from its first line to its last."""

from pathlib import Path

import pytest

from handlers.ports.world import World
from tests.dialogue import Wrong, play

DIALOGUES = sorted(Path(__file__).with_name("conversations").glob("*.txt"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_dialogue(path: Path, world: World) -> None:
    play(path, world)


def test_a_wrong_line_is_told_with_its_number(tmp_path: Path, world: World) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text("Dân: xin chào\nMáy: Tạm biệt\n", encoding="utf-8")
    with pytest.raises(Wrong, match=r"wrong\.txt:2: 'Tạm biệt' is not in the reply"):
        play(path, world)
