"""Voice messages, with a model that only pretends; the real one is an optional extra."""

import asyncio
from dataclasses import dataclass

import pytest

from bot import voice
from bot.settings import BadSettings


@dataclass
class Said:
    text: str
    avg_logprob: float = -0.1
    no_speech_prob: float = 0.01
    start: float = 0.0
    end: float = 2.0


class Model:
    def __init__(self, *segments):
        self.segments = segments

    def transcribe(self, audio, **_options):
        if audio.read() == b"broken":
            raise ValueError("no audio")
        return iter(self.segments), object()


@pytest.mark.parametrize(
    ("segments", "heard"),
    [
        ([Said(" làm khai sinh"), Said(" cho con ", start=2)], voice.Heard("làm khai sinh cho con", True)),
        (
            [Said("làm khai sinh"), Said("cho con", avg_logprob=-1.2)],
            voice.Heard("làm khai sinh cho con", False),
        ),
        ([Said("cảm ơn các bạn đã xem", no_speech_prob=0.9)], voice.Heard("cảm ơn các bạn đã xem", False)),
        ([Said("một"), Said("hai", start=61)], voice.Heard("một", True)),  # the rest is too long
        ([], None),
        ([Said("  ")], None),
    ],
)
def test_speech_becomes_text_with_how_sure_it_is(segments, heard):
    assert voice.heard(Model(*segments), b"ogg") == heard


async def test_a_broken_message_is_not_heard(caplog):
    assert await voice.listen(Model(Said("a")), b"broken") is None
    assert "voice not heard" in caplog.text


async def test_two_messages_are_heard_one_after_the_other():
    model = Model(Said("vâng"))
    assert (
        await asyncio.gather(voice.listen(model, b"1"), voice.listen(model, b"2"))
        == [voice.Heard("vâng", True)] * 2
    )


def test_a_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(BadSettings, match="MOTCUA_VOICE_MODEL"):
        voice.model(tmp_path)
