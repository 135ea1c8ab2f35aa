"""Sends to people through the Official Account: answers at once, notices where the window allows it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine

from bot import address as addresses
from bot.channels.zalo.kept import store
from bot.channels.zalo.oa import notes
from bot.channels.zalo.oa.outgoing import files, window
from bot.channels.zalo.oa.outgoing.api import Accepted, Api, Failed
from bot.channels.zalo.oa.outgoing.files import Uploads
from bot.channels.zalo.oa.outgoing.parts import Part, message, parts
from bot.outbox.outcomes import Later, Outcome, Refused, Sent
from bot.printing import enclosures
from bot.printing.enclosures import File
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from bot.watching.zalo_metrics import OaMetrics
from handlers.turn.messages import Choice, Enclosure, Reply

PATH = "/v3.0/oa/message/cs"
ANONYMOUS_PATH = "/v2.0/oa/message"

Recipient = Mapping[str, str]
Instead = Callable[[str, Reply, Refused], Awaitable[Outcome]]  # of address, notice and why it was not written


@dataclass(frozen=True)
class Sender:
    """Sends one message after the other, and counts them."""

    api: Api
    uploads: Uploads
    engine: Engine
    vault: Vault
    counts: OaMetrics
    now: Callable[[], datetime]
    instead: Instead | None = None  # how a notice goes where nothing may be written freely; None: not at all

    async def push(self, address: str, reply: Reply) -> Outcome:
        """Sends a reply that nobody asked for now; the outcome of its first message that did not arrive.

        Answers come first. Its choices go with it if their numbers will be understood.
        """
        if wait_s := self.api.pace.crowded_s():
            return Later(wait_s)
        closed = await window.closed(self.api, self.engine, address, self.now())
        result = closed or await self._push(address, reply)
        if self.instead and isinstance(result, Refused) and window.is_closed(result):
            return await self._noted(await self.instead(address, reply, result))
        return result

    async def _push(self, address: str, reply: Reply) -> Outcome:
        if reply.choices and not await asyncio.to_thread(self._offered, address, reply.choices):
            reply = replace(reply, choices=())
        result: Outcome = Refused("nothing to say")
        for part in parts([reply]):
            result = await self.send(address, part)
            if not isinstance(result, Sent):
                return result
        return result

    async def send(self, address: str, part: Part) -> Outcome:
        """Sends one message."""
        recipient = {"user_id": addresses.parse(address).person}
        if part.file:
            told = await self._send_file(recipient, part.file)
        elif part.buttons and not await asyncio.to_thread(self._without_cards):
            told = await self._send_card(recipient, part)
        else:
            told = await self._post(PATH, recipient, message(part, with_buttons=False))
        return await self._noted(self._counted(told))

    async def _noted(self, result: Outcome) -> Outcome:
        """What was sent is known for ours when Zalo tells us of it."""
        if isinstance(result, Sent) and result.receipt:
            await asyncio.to_thread(self._note_ours, result.receipt)
        return result

    async def send_anonymous(self, recipient: Recipient, part: Part) -> Outcome:
        """Sends a text to a visitor without an account."""
        return self._counted(await self._post(ANONYMOUS_PATH, recipient, message(part, with_buttons=False)))

    async def _send_card(self, recipient: Recipient, part: Part) -> Accepted | Failed:
        """With buttons; the same text without them where this account may not have any."""
        told = await self._post(PATH, recipient, message(part, with_buttons=True))
        if not (isinstance(told, Failed) and told.kind == "card"):
            return told
        plainly = await self._post(PATH, recipient, message(part, with_buttons=False))
        if isinstance(plainly, Accepted):  # so it was the buttons
            await asyncio.to_thread(self._note_no_cards, str(told.code))
        return plainly

    async def _send_file(self, recipient: Recipient, enclosure: Enclosure) -> Accepted | Failed:
        try:
            file = await asyncio.to_thread(enclosures.draw, enclosure)
        except ValidationError:  # made before an update of the program; sent again it would fail again
            return Failed(Refused("file of another version"))
        told = await self._send_drawn(recipient, file, enclosure.label)
        if isinstance(told, Failed) and told.kind == "upload":
            self.uploads.forget(file)
            return await self._send_drawn(recipient, file, enclosure.label)
        return told

    async def _send_drawn(self, recipient: Recipient, file: File, label: str) -> Accepted | Failed:
        uploaded = await self.uploads.id_of(file)
        if not isinstance(uploaded, str):
            return Failed(uploaded)
        return await self._post(PATH, recipient, files.message(file, uploaded, label))

    async def _post(self, path: str, recipient: Recipient, content: Mapping[str, Any]) -> Accepted | Failed:
        return await self.api.post(path, {"recipient": recipient, "message": content})

    def _counted(self, told: Accepted | Failed) -> Outcome:
        result: Outcome
        if isinstance(told, Failed):
            quota, result = "", told.outcome
        else:
            quota, result = (
                self.counts.spent(told.data.get("quota")),
                Sent(str(told.data.get("message_id", ""))),
            )
        self.counts.sends.labels(type(result).__name__.lower(), quota).inc()
        return result

    def _offered(self, address: str, choices: tuple[Choice, ...]) -> bool:
        with database.writing(self.engine) as connection:
            return conversations.offer(connection, self.vault, address, choices)

    def _without_cards(self) -> bool:
        with database.reading(self.engine) as connection:
            return notes.read(connection, "cards", self.now()) is not None

    def _note_no_cards(self, code: str) -> None:
        with database.writing(self.engine) as connection:
            notes.write(connection, "cards", code, self.now())

    def _note_ours(self, receipt: str) -> None:
        with database.writing(self.engine) as connection:
            store.note_sent(connection, self.vault, receipt, self.now())
