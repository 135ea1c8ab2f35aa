"""The first person must not wait for what is made once: tables of words are put together on first use."""

import logging
from functools import partial

from bot.assemble import House
from bot.clock import vietnam_now
from handlers.turn.messages import Incoming, State

logger = logging.getLogger(__name__)

NOBODY = "web:nobody"
# What people say first, and what they say then.
TALK = (
    "đăng ký khai sinh cho con cần giấy tờ gì, hết bao nhiêu tiền",
    "vậy có cần giấy chứng sinh không, nộp ở đâu",
    "hồ sơ của tôi tới đâu rồi",
    "how do I register a marriage?",
)


async def warm_up(house: House) -> None:
    """Talks with nobody; nothing is kept. That it fails is logged, and nothing stops for it."""
    try:
        await house.turns.run(partial(_talk, house))
    except Exception:
        logger.exception("warm up failed")


def _talk(house: House) -> None:
    state = State()
    for text in TALK:
        incoming = Incoming(vietnam_now(), text=text, address=NOBODY)
        state = house.router.respond(incoming, state, house.world).state
