"""A process that answers messages until it is killed, and prints each answer once it has it."""

import asyncio
import json
from datetime import UTC, datetime
from itertools import count

from bot import assemble, settings
from bot.converse import converse
from handlers.messages import Incoming


async def main():
    house = assemble.build(settings.read())
    for number in count():
        incoming = Incoming(datetime.now(UTC), text="làm khai sinh cho con cần gì")
        replies = await converse(house, "web:1", f"m{number}", incoming)
        print(json.dumps({"id": f"m{number}", "text": replies[0].text}), flush=True)  # noqa: T201


asyncio.run(main())
