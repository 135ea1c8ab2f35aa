"""A voice message as text, by a speech model that the administrator places in a folder; an optional extra."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.settings.values import BadSettings

logger = logging.getLogger(__name__)

PATIENCE_S = 40  # the person is waiting; 30 s of speech take a small model about as long on two cores
LONGEST_S = 60  # of speech; the rest is not unpacked, as 20 MB may hold seven hours
RATE = 16_000  # samples a second that models take
SURE = 0.6  # mean probability of a piece of a word, from which a transcript is offered


Samples = NDArray[np.float32]  # one channel, -1 to 1


class Segment(Protocol):
    """What is used of a segment of faster-whisper."""

    text: str
    avg_logprob: float
    no_speech_prob: float


class Model(Protocol):
    """What is used of faster_whisper.WhisperModel."""

    def transcribe(
        self, audio: Samples, *, language: str, vad_filter: bool, condition_on_previous_text: bool
    ) -> tuple[Iterable[Segment], object]: ...


@dataclass(frozen=True)
class Heard:
    """What somebody probably said."""

    text: str
    sure: bool


def model(folder: Path) -> Model:
    """Loads the model in this folder (CTranslate2 format). Raises BadSettings."""
    try:
        load = import_module("faster_whisper").WhisperModel
    except ImportError as error:
        raise BadSettings('MOTCUA_VOICE_MODEL: run `pip install "motcua[voice]"`, or unset it') from error
    if not (folder / "model.bin").is_file():
        raise BadSettings(
            f"MOTCUA_VOICE_MODEL={str(folder)!r}: no model.bin there; place a model, or unset it"
        )
    try:
        loaded = load(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    except (RuntimeError, ValueError, OSError) as error:
        raise BadSettings(f"MOTCUA_VOICE_MODEL={str(folder)!r}: {error}") from error
    if not loaded.model.is_multilingual:
        raise BadSettings(f"MOTCUA_VOICE_MODEL={str(folder)!r}: knows English only; place a multilingual one")
    found: Model = loaded
    return found


Listen = Callable[[bytes], Awaitable[Heard | None]]  # `listen` with its model


async def listen(model: Model, audio: bytes) -> Heard | None:
    """As `heard`, one message at a time in a thread of its own; None if that takes too long or fails."""
    try:
        working = asyncio.get_running_loop().run_in_executor(_worker(), heard, model, audio)
        return await asyncio.wait_for(working, PATIENCE_S)
    except Exception as error:  # the decoder raises whatever a broken file makes it stumble over
        logger.warning("voice not heard", extra={"bytes": len(audio), "error": type(error).__name__})
        return None


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "voice")  # a model uses all cores itself


def heard(model: Model, audio: bytes) -> Heard | None:
    """The transcript of a voice message in any usual format; None if nobody speaks in it. Nothing is kept."""
    segments, _ = model.transcribe(
        samples(audio), language="vi", vad_filter=True, condition_on_previous_text=False
    )
    spoken = list(segments)
    text = " ".join(segment.text.strip() for segment in spoken).strip()
    if not text:
        return None
    return Heard(text, min(map(_likely, spoken)) >= SURE)


def samples(audio: bytes) -> Samples:
    """The first LONGEST_S of it; raises whatever PyAV makes of a broken file."""
    av: Any = import_module("av")  # comes with faster-whisper
    found, length = [np.empty(0, np.int16)], 0
    to_mono = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(BytesIO(audio), metadata_errors="ignore") as container:
        for frame in container.decode(audio=0):
            for piece in to_mono.resample(frame):
                found.append(piece.to_ndarray()[0])
                length += piece.samples
            if length >= LONGEST_S * RATE:
                break
    return np.concatenate(found)[: LONGEST_S * RATE].astype(np.float32) / np.float32(2**15)


def _likely(segment: Segment) -> float:
    return math.exp(segment.avg_logprob) * (1 - segment.no_speech_prob)
