"""The states of a notice, and the groups of them that questions are about.

    waiting ──claim──▶ claimed ──settle──▶ sent
       ▲                 │ │
       └── not sent ─────┘ └── nobody knows ──▶ doubtful ──claim (as a reminder)──▶ claimed

From any of the three open ones a notice may also end as refused, given_up, superseded or stopped.
"""

from enum import StrEnum


class NoticeState(StrEnum):
    """What has become of a notice; the values stand in the database."""

    WAITING = "waiting"  # to be sent, or sent again
    CLAIMED = "claimed"  # being sent now
    DOUBTFUL = "doubtful"  # sent or not, nobody knows: it goes out once more, as a reminder
    SENT = "sent"
    REFUSED = "refused"  # the channel says that it cannot be delivered
    GIVEN_UP = "given_up"  # tried for hours
    SUPERSEDED = "superseded"  # something newer was told instead
    STOPPED = "stopped"  # the person did not want it any more


# In this order in the partial indexes of the database: SQLite uses one only for the same list again.
OPEN = (NoticeState.WAITING, NoticeState.CLAIMED, NoticeState.DOUBTFUL)  # still to be delivered
DUE = (NoticeState.WAITING, NoticeState.DOUBTFUL)  # can be claimed
ON_ITS_WAY = (NoticeState.CLAIMED, NoticeState.DOUBTFUL)  # can be settled
TROUBLED = (NoticeState.WAITING, NoticeState.DOUBTFUL, NoticeState.REFUSED, NoticeState.GIVEN_UP)
RETRIED = TROUBLED  # what a clerk may have tried again at once
