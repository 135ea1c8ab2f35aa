"""The pair of tokens as it is kept, and what follows from it: pure rules, all times in Unix seconds."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

# Of 25 hours. Five are left to notice that renewing fails, and to mend it.
RENEW_AFTER_S = 20 * 3600
LIFE_S = 25 * 3600  # where the answer does not say: `expires_in` is "90000"
MARGIN_S = 60  # an access token is not used in its last minute
LEASE_S = 120  # nobody asks so soon after another; an answer is waited for much shorter
# An outage of theirs has passed by then, and four of the old access token's hours are left.
AGAIN_S = 3600
MOST_ASKED = 2  # with one refresh token and no answer: once, and once more
LAG_S = 60  # so long a new access token may be unknown to some of their servers
DEAD = frozenset({-14014, -14020, -118})  # invalid; used before; invalid grant: this refresh token is no more


class Trouble(StrEnum):
    """Why a person has to look."""

    NONE = "none"  # nobody has logged in yet
    LOST = "lost"  # the refresh token is no more
    UNANSWERED = "unanswered"  # asked twice, and no answer came
    DENIED = "denied"  # the app, its secret or its permissions are not as they should be
    REFUSED = "refused"  # the API refuses an access token that is new


@dataclass(frozen=True)
class Pair:
    """An access token and the refresh token that brings the next pair."""

    access: str
    refresh: str
    got_at: int
    expires_at: int  # the access token
    by_refusal: bool = False  # the access token before was refused: this one's refusal brings no other
    spent: bool = False  # its refresh token has brought the next pair, or is not to be used any more

    def __repr__(self) -> str:
        return f"Pair({short_hash(self.refresh)})"


@dataclass(frozen=True)
class Kept:
    """All that is kept of an Official Account's grant."""

    number: int = 0  # of its pairs: who writes the next one must have seen this one
    pair: Pair | None = None
    previous: Pair | None = None
    asked: int = 0  # times that the refresh token was sent and no answer was written down
    asked_at: int = 0  # when last; 0: never
    refused_at: int = 0  # when the API refused the access token; 0: it did not
    error: int = 0  # why the refresh token brought nothing, as the server says; 0: it did not say so


def is_good(kept: Kept, now: int) -> bool:
    """Whether the access token may be used."""
    return kept.pair is not None and not kept.refused_at and now < kept.pair.expires_at - MARGIN_S


def is_due(kept: Kept, now: int) -> bool:
    """Whether the refresh token is to be sent now."""
    if kept.pair is None or kept.error in DEAD or kept.asked >= MOST_ASKED:
        return False
    if _asked_within(AGAIN_S if kept.error else LEASE_S, kept, now):
        return False
    if kept.refused_at and kept.pair.by_refusal:  # another pair would be refused as well
        return now >= kept.pair.got_at + RENEW_AFTER_S
    if not is_good(kept, now):
        return True
    if kept.asked:
        return not _asked_within(AGAIN_S, kept, now)
    return now >= kept.pair.got_at + RENEW_AFTER_S


def trouble(kept: Kept, now: int) -> Trouble | None:
    """What a person has to mend; None: nothing."""
    if kept.pair is None:
        return Trouble.NONE
    if kept.error:
        return Trouble.LOST if kept.error in DEAD else Trouble.DENIED
    if kept.asked >= MOST_ASKED and not _asked_within(LEASE_S, kept, now):
        return Trouble.UNANSWERED
    return Trouble.REFUSED if kept.refused_at and kept.pair.by_refusal else None


def good_for(kept: Kept, now: int) -> int:
    """Seconds until nothing can be sent any more, unless it is renewed."""
    return kept.pair.expires_at - MARGIN_S - now if kept.pair and is_good(kept, now) else 0


def short_hash(token: str) -> str:
    """By which a token is known again in the logs, and not found."""
    return sha256(token.encode()).hexdigest()[:8]


def _asked_within(seconds: int, kept: Kept, now: int) -> bool:
    """A moment far ahead was written before a clock was set back."""
    return abs(now - kept.asked_at) < seconds
