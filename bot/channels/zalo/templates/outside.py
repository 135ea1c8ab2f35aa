"""A notice outside the window: by template, to the person's id, else to his phone; else the next channel."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import address as addresses
from bot.channels.zalo.oa.outgoing.api import Accepted, Api, Failed
from bot.channels.zalo.templates import tracking
from bot.channels.zalo.templates.infos import ENABLED, Info, Infos
from bot.channels.zalo.templates.mapping import Templates, Way
from bot.outbox.outcomes import Doubtful, Later, Outcome, Refused, Sent
from bot.watching.zalo_metrics import OaMetrics
from handlers.turn.messages import News, Reply

logger = logging.getLogger(__name__)

UID_PATH = "/v3.0/oa/message/template"
PHONE_PATH = "/message/template"
WAYS: tuple[Way, ...] = ("uid", "phone")
# After these another way may still go: it is this way, this template or the set-up that does not.
GOES_ON = frozenset({"window", "refused", "payload", "setup", "card", "upload"})
DECLINED = frozenset({-244})  # the person wants no such messages: not on a detour either

PhoneOf = Callable[[str, str], str | None]  # of address and dossier; asks the database


class TemplateApi(Api):
    """The API of templates by phone, and of what templates are."""

    codes = Path(__file__).with_name("errors.toml")


@dataclass(frozen=True)
class Outside:
    """Template messages of one Official Account."""

    by_uid: Api  # of the OpenAPI
    by_phone: Api  # of the template host
    book: Templates
    infos: Infos
    phone_of: PhoneOf
    counts: OaMetrics

    async def instead(self, address: str, reply: Reply, closed: Refused) -> Outcome:
        """Tells by template what may not be written freely; `closed` if no template can.

        What may have arrived before is never sent again so: no template says that it is a reminder.
        """
        news = reply.news
        if news is None or news.is_reminder:
            return closed
        result: Outcome = closed
        for way in WAYS:
            told = await self._by(way, address, news)
            if told is None:
                continue
            result = self._counted(way, told)
            if isinstance(told, Accepted) or told.kind not in GOES_ON or told.code in DECLINED:
                return result
        return result if isinstance(result, Refused) else closed

    async def _by(self, way: Way, address: str, news: News) -> Accepted | Failed | None:
        """None: this way is not for this person or this news."""
        found = self.book.fitting(news, way)
        to = await self._recipient(way, address, news) if found else None
        if found is None or to is None:
            return None
        template, values = found
        info = await self.infos.of(template)
        if not self._is_fit(template, info, values):
            return None
        told = await self._sent(way, {**to, "template_id": template, "template_data": values})
        if isinstance(told, Accepted):
            self.counts.template_dong.labels(way).inc(info.dong.get(way, 0) if info else 0)
        return told

    async def _recipient(self, way: Way, address: str, news: News) -> dict[str, str] | None:
        """Whom the request names, and what it is known by."""
        person = addresses.parse(address).person
        if way == "uid":  # whether it knows a mode for trying out is not established
            is_open = self.book.mode == "production" or person in self.book.testers
            return {"user_id": person} if is_open else None
        phone = await asyncio.to_thread(self.phone_of, address, news.code)
        if phone is None:
            return None
        to = {"phone": phone, "tracking_id": tracking.of(news)}
        return to if self.book.mode == "production" else {**to, "mode": self.book.mode}

    def _is_fit(self, template: str, info: Info | None, values: Mapping[str, str]) -> bool:
        """Whether Zalo would take it, as far as it tells."""
        if info is None:
            return True
        problems = list(info.unfit(values))
        if self.book.mode == "production" and info.status != ENABLED:
            problems.append(f"its state is {info.status}")
        if problems:
            logger.error("zalo template not used", extra={"template": template, "problems": problems})
        return not problems

    async def _sent(self, way: Way, body: Mapping[str, Any]) -> Accepted | Failed:
        if way == "uid":
            return await self.by_uid.post(UID_PATH, body)
        return await self.by_phone.post(PHONE_PATH, body)

    def _counted(self, way: Way, told: Accepted | Failed) -> Sent | Later | Refused | Doubtful:
        result: Sent | Later | Refused | Doubtful
        if isinstance(told, Accepted):
            self.counts.spent(told.data.get("quota"))
            result = Sent(str(told.data.get("message_id") or told.data.get("msg_id") or ""))
        else:
            result = told.outcome
        self.counts.templates.labels(way, type(result).__name__.lower()).inc()
        return result
