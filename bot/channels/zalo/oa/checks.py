"""What `motcua check` says of the Official Account: what is mixed up, and what Zalo itself says."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime

from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy import Engine

from bot.channels.zalo.oa import notes
from bot.channels.zalo.oa.incoming.webhook import PATH
from bot.channels.zalo.oa.outgoing import errors
from bot.channels.zalo.oa.outgoing.api import Accepted, Api, Failed
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.pair import Kept
from bot.clock import VIETNAM, vietnam_now
from bot.settings.settings import Settings
from bot.storage import database

ACCOUNT = "/v2.0/oa/getoa"
STEP = ClientTimeout(total=10)  # seconds
ZALO = "Java/17.0.8"  # how Zalo's client calls itself; a firewall may let everybody in but such a one

MISTAKES: Mapping[str, str] = {
    "app secret": "the app secret stands in ZALO_OA_SECRET, the OA secret key in ZALO_APP_SECRET: swap them",
    "oa id": "it begins with the OA's number: set ZALO_SIGNS_WITH_OA_ID=yes",
    "": "copy ZALO_OA_SECRET again from the webhook page of Zalo's console",
}


def of_settings(settings: Settings) -> Iterator[str]:
    """What is set wrongly, as far as that can be seen."""
    if settings.zalo_oa_secret == settings.zalo_app_secret:
        yield "ZALO_OA_SECRET is the app secret: the OA secret key is on the webhook page of Zalo's console"
    if not settings.public_url:
        yield "PUBLIC_URL is not set: Zalo cannot send us what people write"


def noted(engine: Engine, now: datetime) -> Iterator[str]:
    """What the service has met."""
    with database.reading(engine) as connection:
        refused = notes.read(connection, "refused", now)
        cards = notes.read(connection, "cards", now)
    if refused:
        at = datetime.fromtimestamp(refused.until, VIETNAM) - notes.LASTS["refused"]
        wrong = f"a Zalo webhook was refused on {at:%d/%m at %H:%M}, as its signature is wrong"
        yield f"{wrong}: {MISTAKES[refused.value]}"
    if cards:
        yield f"Zalo refuses messages with buttons ({cards.value}): for a week people choose by number"


def asked(settings: Settings, kept: Kept) -> Iterator[str]:
    """What Zalo itself says, and whether its client would get through to us."""
    yield from filter(None, asyncio.run(_asked(settings, kept)))


async def _asked(settings: Settings, kept: Kept) -> list[str]:
    async with ClientSession(timeout=STEP) as session:
        return [await _way_in(session, settings.public_url), await _account(session, settings, kept)]


async def _way_in(session: ClientSession, public_url: str) -> str:
    """Whether Zalo's client would get through to us; an unsigned probe is answered with 200."""
    if not public_url:
        return ""
    try:
        async with session.post(public_url + PATH, data=b"{}", headers={"User-Agent": ZALO}) as answer:
            if answer.status == 200:
                return ""
            reason = f"answers {answer.status}"
    except (ClientError, TimeoutError) as error:
        reason = f"does not answer ({type(error).__name__})"
    client = f"a client that calls itself {ZALO}, as Zalo's does"
    return f"{public_url}{PATH} {reason} to {client}: look at the firewall before it"


async def _account(session: ClientSession, settings: Settings, kept: Kept) -> str:
    now = vietnam_now()
    if kept.pair is None or not rules.is_good(kept, int(now.timestamp())):
        return ""  # told with the token
    api = Api(session, settings.zalo_api_url, Held(kept.pair.access), Pace(60), vietnam_now)
    match await api.ask(ACCOUNT):
        case Failed(code=0):
            return "Zalo does not answer: nothing was learnt of the account"
        case Failed(code=code):
            return f"Zalo refuses ({code}): {errors.meaning(code).do}"
        case Accepted(data) if not data.get("is_verified"):
            return f"Zalo says the OA is not verified: {errors.meaning(-221).do}"
    return ""


class Held:
    """The token as it lies there: a check renews nothing."""

    def __init__(self, access: str) -> None:
        self._access = access

    async def current(self) -> str:
        """That one."""
        return self._access

    async def refused(self, _access: str) -> None:
        """The service will notice by itself."""
