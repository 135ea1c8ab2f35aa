"""The name of a try, which Zalo repeats when a template by phone has arrived: "mc-4711-1"."""

import re

from handlers.turn.messages import News

LONGEST = 48  # characters
NAMED = re.compile(r"mc-([0-9]{1,18})-[0-9]{1,9}", re.ASCII)


def of(news: News) -> str:
    """The same for the same try of the same notice, so that a repeat of it is known."""
    return f"mc-{news.number}-{news.tries}"


def notice_of(told: object) -> int | None:
    """The number of the notice; None for a name that is not ours."""
    found = NAMED.fullmatch(told) if isinstance(told, str) else None
    return int(found[1]) if found else None
