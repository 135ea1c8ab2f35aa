"""A loopback proxy that treats connections badly: delays, swallows, resets, before the answer and after."""

import asyncio
import random
import socket
import struct
from contextlib import asynccontextmanager, suppress

BAD_WAYS = ("pass", "pass", "delay", "swallow", "reset", "cut answer")


@asynccontextmanager
async def flaky_proxy(upstream, seed=1):
    """Listens and passes to that port; tells its own."""
    dice = random.Random(seed)

    async def serve(reader, writer):
        with suppress(OSError, asyncio.IncompleteReadError):
            await _treat(dice.choice(BAD_WAYS), reader, writer, upstream)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _treat(way, reader, writer, upstream):
    request = await reader.read(65_536)
    if way == "swallow":
        await asyncio.sleep(1)
        return
    if way == "reset":
        _reset(writer)
        return
    if way == "delay":
        await asyncio.sleep(0.1)
    there, back = await asyncio.open_connection("127.0.0.1", upstream)
    back.write(request.replace(b"Connection: keep-alive", b"Connection: close"))
    answer = await there.read(65_536)
    back.close()
    if way == "cut answer":
        _reset(writer)
        return
    writer.write(answer)
    await writer.drain()


def _reset(writer):
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
