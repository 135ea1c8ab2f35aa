"""Voice messages, with a model that only pretends; the real one is an optional extra."""

import asyncio
import json
import sys
import wave
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
from aiohttp import FormData

from bot import assemble
from bot.media import voice
from bot.media.voice import Heard, heard, listen, model
from bot.settings import settings
from bot.settings.values import BadSettings
from bot.turns.converse import converse
from handlers.turn.messages import Reply
from tests.bot.channels.telegram.bot_api_checks import bad
from tests.bot.channels.telegram.telegram_line import by_webhook
from tests.bot.channels.web.web_house import Talk, app

CHAT = 7
SAMPLES = voice.samples
WORDS = "làm khai sinh cho con"


@dataclass
class Said:
    text: str
    avg_logprob: float = -0.1
    no_speech_prob: float = 0.01


class Model:
    def __init__(self, *segments):
        self.segments = segments

    def transcribe(self, audio, **_options):
        return iter(self.segments), object()


@pytest.fixture(autouse=True)
def unpacked(monkeypatch):
    """PyAV is part of the extra."""

    def samples(audio):
        if audio == b"broken":
            raise ValueError("no audio")
        return np.zeros(16_000, np.float32)

    monkeypatch.setattr(voice, "samples", samples)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([Said(" làm khai sinh"), Said(" cho con ")], Heard(WORDS, True)),
        ([Said("làm khai sinh"), Said("cho con", avg_logprob=-1.2)], Heard(WORDS, False)),
        ([Said("cảm ơn các bạn đã xem", no_speech_prob=0.9)], Heard("cảm ơn các bạn đã xem", False)),
        ([], None),
        ([Said("  ")], None),
    ],
)
def test_speech_becomes_text_with_how_sure_it_is(segments, expected):
    assert heard(Model(*segments), b"ogg") == expected


async def test_a_broken_message_is_not_heard(caplog):
    assert await listen(Model(Said("a")), b"broken") is None
    assert "voice not heard" in caplog.text


async def test_two_messages_are_heard_one_after_the_other():
    speech = Model(Said("vâng"))
    assert await asyncio.gather(listen(speech, b"1"), listen(speech, b"2")) == [Heard("vâng", True)] * 2


def test_a_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(BadSettings, match="MOTCUA_VOICE_MODEL"):
        model(tmp_path)


@pytest.fixture
def placed(tmp_path, monkeypatch):
    """A folder with a model in it; what is loaded from there knows so many languages."""

    def place(is_multilingual):
        (tmp_path / "model.bin").touch()
        loaded = SimpleNamespace(model=SimpleNamespace(is_multilingual=is_multilingual))
        library = SimpleNamespace(WhisperModel=lambda folder, **_options: loaded)
        monkeypatch.setitem(sys.modules, "faster_whisper", library)
        return tmp_path, loaded

    return place


def test_a_model_is_loaded(placed):
    folder, loaded = placed(is_multilingual=True)
    assert model(folder) is loaded
    assert assemble.ear(settings.Settings(b"k" * 32, voice_model=folder)) is not None


def test_a_model_that_knows_english_only_is_told(placed):
    folder, _ = placed(is_multilingual=False)
    with pytest.raises(BadSettings, match="English only"):
        model(folder)


def test_only_the_first_minute_is_unpacked():
    file = BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setparams((2, 2, 44_100, 0, "NONE", ""))
        recording.writeframes(bytes(90 * 44_100 * 4))
    assert len(SAMPLES(file.getvalue())) == 60 * 16_000


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadSettings, match="no such folder"):
        settings.read({"MOTCUA_VOICE_MODEL": str(tmp_path / "nowhere")}, tmp_path)


def test_without_a_model_nobody_listens(tmp_path):
    assert assemble.ear(settings.read({}, tmp_path)) is None


def says(text, sure=True):
    """Something that hears this in whatever it gets."""
    listened = []

    async def ear(audio):
        listened.append(audio)
        return Heard(text, sure)

    ear.listened = listened
    return ear


def told(incoming):
    """What the conversation gets, as a reply."""
    return (Reply(f"{incoming.attachment}|{incoming.heard}|{incoming.heard_sure}"),)


async def test_a_voice_message_on_telegram_is_fetched_and_heard():
    ear = says(WORDS)
    async with by_webhook(told, ear) as line:
        await line.api.speak(CHAT, b"OggS")
        await line.settle()
        assert line.api.texts(CHAT) == [f"voice|{WORDS}|True"]
    assert ear.listened == [b"OggS"]


@pytest.mark.parametrize(("size", "duration"), [(4, 61), (20_000_001, 3)])
async def test_one_that_is_too_long_or_too_large_is_not_fetched(size, duration):
    async with by_webhook(told, says(WORDS)) as line:
        await line.api.speak(CHAT, bytes(size), duration)
        await line.settle()
        assert line.api.texts(CHAT) == ["voice||False"]
        assert line.api.called("getFile") == []


async def test_without_a_model_nothing_is_fetched():
    async with by_webhook(told) as line:
        await line.api.speak(CHAT, b"OggS")
        await line.settle()
        assert line.api.texts(CHAT) == ["voice||False"]
        assert line.api.called("getFile") == []


async def test_a_voice_message_that_cannot_be_fetched_is_as_one_not_heard():
    async with by_webhook(told, says(WORDS)) as line:
        line.api.refuse("getFile", bad("wrong file_id or the file is temporarily unavailable"))
        await line.api.speak(CHAT, b"OggS")
        await line.settle()
        assert line.api.texts(CHAT) == ["voice||False"]


def recording(kind="audio/mp4"):
    form = FormData()
    form.add_field("file", b"speech", filename="a.m4a", content_type=kind)
    return form


@pytest.mark.parametrize("kind", ["audio/mp4", "audio/ogg; codecs=opus", "audio/webm"])
async def test_a_recording_on_the_page_is_heard(kind, aiohttp_client):
    talk, ear = Talk(), says(WORDS, sure=False)
    page = await aiohttp_client(app(talk, listen=ear))
    await page.post("/chat/messages", data=recording(kind))
    assert (talk.last.attachment, talk.last.heard, talk.last.heard_sure) == ("voice", WORDS, False)
    assert ear.listened == [b"speech"]


async def test_without_a_model_a_recording_is_known_as_one(aiohttp_client):
    talk = Talk()
    page = await aiohttp_client(app(talk))
    await page.post("/chat/messages", data=recording())
    assert (talk.last.attachment, talk.last.heard) == ("voice", "")


@pytest.mark.parametrize(
    ("ear", "accepted"),
    [(None, "image/*,.heic,application/pdf"), (says(""), "image/*,.heic,application/pdf,audio/*")],
)
async def test_the_page_offers_recordings_if_somebody_listens(ear, accepted, aiohttp_client):
    page = await aiohttp_client(app(listen=ear))
    assert f'accept="{accepted}"' in await (await page.get("/chat")).text()


@pytest.mark.parametrize("key", ["heard", "heard_sure"])
async def test_nobody_can_say_what_was_heard(key, aiohttp_client):
    page = await aiohttp_client(app())
    body = {"text": "a", key: True if key == "heard_sure" else "b"}
    assert (await page.post("/chat/messages", data=json.dumps(body))).status in (400, 415)
    response = await page.post("/chat/messages", json=body)
    assert response.status == 400


async def test_nothing_of_a_voice_message_is_readable_in_logs_and_database(tmp_path, caplog):
    caplog.set_level("DEBUG", "bot")
    house = assemble.build(settings.read({}, tmp_path))
    async with by_webhook(partial(converse, house), says("tôi là Lê Văn Thử")) as line:
        await line.api.speak(CHAT, b"OggS")
        await line.settle()
        assert "Lê Văn Thử" in line.api.texts(CHAT)[-1]
    house.engine.dispose()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("motcua.db*"))
    logged = str([vars(record) for record in caplog.records if record.name.startswith("bot")])
    assert "Lê Văn Thử".encode() not in stored
    assert "Lê Văn Thử" not in logged
    assert "OggS" not in logged
