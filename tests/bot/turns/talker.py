"""A process that answers messages until it is killed, and prints each answer once it has it."""

import asyncio
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from bot.assemble import House
from bot.settings.settings import Settings
from bot.storage import database
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from bot.watching.metrics import Metrics
from handlers.turn.messages import Incoming, Reply, Turn


class Counting:
    def respond(self, incoming, state, world):
        number = str(int(state.answers.get("count", "0")) + 1)
        return Turn((Reply(number),), replace(state, answers={"count": number}))


KEY = b"k" * 32


async def main(url):
    house = House(Settings(secret_key=KEY), database.connect(url), None, Metrics(), Counting(), Vault(KEY))
    for number in count(1):
        replies = await converse(house, "web:1", f"m{number}", Incoming(datetime.now(UTC)))
        print(json.dumps({"id": f"m{number}", "text": replies[0].text}), flush=True)  # noqa: T201


asyncio.run(main(sys.argv[1]))
