"""The channels: one row each, read by all that treats them alike. A new one is a folder and a row here.

What runs a channel is imported when it is set up: Telegram's library alone takes 0.3 s and 20 MB.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot import address as addresses
from bot.outbox.channel import IN_FLIGHT, Send
from bot.outbox.pace import Rate
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from bot.supervisor import Loop
from bot.watching.metrics import Metrics
from handlers.turn.abilities import Abilities
from handlers.turn.messages import Incoming, Reply

if TYPE_CHECKING:
    from aiohttp import web

    from bot.media.voice import Listen

Answer = Callable[[str, str, Incoming], Awaitable[tuple[Reply, ...]]]  # of address, message id, message

Sending = AbstractAsyncContextManager[Send]


class NoLink(Exception):
    """A channel cannot tell now where a person opens it; says why."""


@dataclass(frozen=True)
class Process:
    """What a channel may use to receive, and what this process is for."""

    settings: Settings
    answer: Answer
    now: Callable[[], datetime]
    engine: Engine
    vault: Vault
    metrics: Metrics
    listen: "Listen | None" = None
    has_web: bool = False  # serves routes
    has_worker: bool = False  # of which one may poll


@dataclass(frozen=True)
class Receiving:
    """How a channel's messages come in."""

    routes: "tuple[web.RouteDef, ...]" = ()
    loops: Mapping[str, Loop] = field(default_factory=dict)  # by name


@dataclass(frozen=True, kw_only=True)
class ChannelRow:
    """All that differs from one channel to the next, outside of its folder."""

    name: str  # in addresses: "telegram"
    is_set_up: Callable[[Settings], bool]
    can: Abilities
    receiving: Callable[[Process], Receiving]
    # how messages are handed over while the context lasts
    sending: Callable[[Settings, Engine, Vault, Metrics], Sending]
    rate: Rate | None = None  # None: as fast as it answers
    in_flight: int = IN_FLIGHT
    account: str = ""  # a pattern of the persons that a clerk may write down; "": nobody knows his own
    account_example: str = ""  # "telegram:NUMBER"
    # what opens the channel with that payload, or bare where none is carried: the payload's letters are typed
    # then (bot/people/short_links.py); "": nothing yet. May ask the network. Raises NoLink
    follow_link: Callable[[Settings, str], str] = lambda _settings, _payload: ""
    # what an administrator should know of it, told by `motcua check`; may ask the network
    warnings: Callable[[Settings, Engine, datetime], Iterable[str]] | None = None


def _has_telegram(settings: Settings) -> bool:
    return bool(settings.telegram_bot_token)


def _telegram_receiving(process: Process) -> Receiving:
    from bot.channels.telegram import start

    return start.receiving(process)


def _telegram_sending(settings: Settings, _engine: Engine, _vault: Vault, _metrics: Metrics) -> Sending:
    from bot.channels.telegram import start

    return start.sending(settings)


def _telegram_link(settings: Settings, payload: str) -> str:
    from bot.channels.telegram import start

    return start.follow_link(settings, payload)


def _has_zalo(settings: Settings) -> bool:
    return bool(settings.zalo_oa_id)


def _zalo_receiving(process: Process) -> Receiving:
    from bot.channels.zalo.oa import start

    return start.receiving(process)


def _zalo_sending(settings: Settings, engine: Engine, vault: Vault, metrics: Metrics) -> Sending:
    from bot.channels.zalo.oa import start

    return start.sending(settings, engine, vault, metrics.zalo_oa)


def _zalo_link(settings: Settings, _payload: str) -> str:
    return f"https://zalo.me/{settings.zalo_oa_id}" if settings.zalo_oa_id else ""


def _has_zalobot(settings: Settings) -> bool:
    return bool(settings.zalo_bot_token)


def _zalobot_receiving(process: Process) -> Receiving:
    from bot.channels.zalo.platform import start

    return start.receiving(process)


def _zalobot_sending(settings: Settings, engine: Engine, vault: Vault, _metrics: Metrics) -> Sending:
    from bot.channels.zalo.platform import start

    return start.sending(settings, engine, vault)


def _zalobot_warnings(settings: Settings, engine: Engine, now: datetime) -> Iterable[str]:
    from bot.channels.zalo.platform import start

    return start.warnings(settings, engine, now)


def _web_sending(settings: Settings, engine: Engine, vault: Vault, _metrics: Metrics) -> Sending:
    from bot.channels.web import inbox

    return inbox.sending(engine, vault, settings.public_url)


def _web_link(settings: Settings, payload: str) -> str:
    from bot.printing import sheets

    return sheets.link(settings.public_url, payload) if settings.public_url else ""


def _nothing(_process: Process) -> Receiving:
    """The page is the server's own, and what is not served receives nothing."""
    return Receiving()


ROWS = (
    ChannelRow(
        name="telegram",
        is_set_up=_has_telegram,
        can=Abilities(text_limit=4096, contact=True),
        receiving=_telegram_receiving,
        sending=_telegram_sending,
        # the limit is 30, https://core.telegram.org/bots/faq: half a message is for clocks that tick unevenly
        rate=Rate(29.5, 1),
        account="[0-9]{1,20}",
        account_example="telegram:NUMBER",
        follow_link=_telegram_link,
    ),
    ChannelRow(
        name="zalo",
        is_set_up=_has_zalo,
        can=Abilities(
            text_limit=2000,
            buttons=5,
            folds=False,
            unsent=frozenset(("calendar", "text")),
            file_days=7,
        ),
        receiving=_zalo_receiving,
        sending=_zalo_sending,
        # ours: half of the calls a minute that the smallest package has are for answers
        rate=Rate(0.5, 1),
        account="[0-9A-Za-z_-]{1,40}",
        account_example="zalo:NUMBER",
        follow_link=_zalo_link,
    ),
    ChannelRow(
        name="zalobot",
        is_set_up=_has_zalobot,
        can=Abilities(text_limit=2000, buttons=0, folds=False, files="linked"),
        receiving=_zalobot_receiving,
        sending=_zalobot_sending,
        rate=Rate(1, 1),  # ours: no page states a limit, and a month has 3,000 messages
        warnings=_zalobot_warnings,
    ),
    ChannelRow(
        name="web",
        is_set_up=lambda _settings: True,
        can=Abilities(),
        receiving=_nothing,
        sending=_web_sending,
        follow_link=_web_link,
    ),
)
CHANNELS: Mapping[str, ChannelRow] = {row.name: row for row in ROWS}


def abilities(channel: str, settings: Settings) -> Abilities:
    """What a channel can in this deployment: without a public address there is nothing to link to."""
    row = CHANNELS.get(channel)
    can = row.can if row else Abilities()
    is_nowhere = can.files == "linked" and not settings.public_url
    return replace(can, files="none") if is_nowhere else can


def served(settings: Settings) -> tuple[ChannelRow, ...]:
    """The channels that are set up, on which people can be written to unasked."""
    return tuple(row for row in ROWS if row.is_set_up(settings))


def is_account(text: str) -> bool:
    """Whether a clerk may write this down as somebody's account."""
    try:
        written = addresses.parse(text)
    except addresses.BadAddress:
        return False
    row = CHANNELS.get(written.channel)
    return bool(row and row.account and re.fullmatch(row.account, written.person, re.ASCII))


def account_examples() -> str:
    """What a clerk may write: "telegram:NUMBER or zalo:NUMBER"."""
    return " or ".join(row.account_example for row in ROWS if row.account)
