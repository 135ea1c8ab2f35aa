"""The kinds of notices: one row each. Its text is in `handlers/notices`; `motcua check` compares the two."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.dossiers import statuses


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """How notices of one kind are treated."""

    name: str  # in keys and columns: "missing"
    post: str = ""  # the state of the post that it tells; "": none
    urgent: bool = False  # passes quiet hours
    # What costs a person time, money or a right if it is not read: asked for "Tôi đã nhận", else called.
    must_acknowledge: bool = False
    # Owed to nobody, because nobody follows: the clerk calls. A result waits for its due date on the receipt.
    calls_strangers: bool = False
    of_dossier: bool = True  # else of a paper, a kept list, several things, or a dossier that is no more


ROWS = (
    NoticeKind(name="received"),
    NoticeKind(name="refused", must_acknowledge=True, calls_strangers=True),
    NoticeKind(name="missing", must_acknowledge=True, calls_strangers=True),
    NoticeKind(name="fee", must_acknowledge=True, calls_strangers=True),
    NoticeKind(name="done", must_acknowledge=True),
    NoticeKind(name="returned"),
    NoticeKind(name="posted", post="posted"),
    NoticeKind(name="in-transit", post="in-transit"),
    NoticeKind(name="delivered", post="delivered"),
    NoticeKind(name="came-back", post="came-back", must_acknowledge=True, calls_strangers=True),
    NoticeKind(name="late", must_acknowledge=True, calls_strangers=True),
    # what was told before was a clerk's slip
    NoticeKind(name="corrected", must_acknowledge=True, calls_strangers=True),
    NoticeKind(name="stopped", must_acknowledge=True, calls_strangers=True),
    # urgent: somebody may have taken it back who should not
    NoticeKind(name="withdrawn", urgent=True, must_acknowledge=True, calls_strangers=True),
    NoticeKind(name="removed", of_dossier=False),  # a clerk took the dossier out of the desk's records
    NoticeKind(name="expiring", of_dossier=False),
    NoticeKind(name="list-changed", of_dossier=False),
    NoticeKind(name="digest", of_dossier=False),
    # urgent: somebody may have linked it who should not
    NoticeKind(name="linked", urgent=True, of_dossier=False),
)
KINDS: Mapping[str, NoticeKind] = {row.name: row for row in ROWS}
BY_POST: Mapping[str, str] = {row.post: row.name for row in ROWS if row.post}


def is_urgent(kind: str) -> bool:
    """Whether such notices pass quiet hours; not for what is no kind, as the line that says "stop"."""
    return kind in KINDS and KINDS[kind].urgent


def must_be_acknowledged(kind: str) -> bool:
    """Whether another way is tried if such a notice is not read."""
    return kind in KINDS and KINDS[kind].must_acknowledge


def calls_strangers(kind: str) -> bool:
    """Whether a person who follows nothing, but left a phone, is called about it."""
    return kind in KINDS and KINDS[kind].calls_strangers


@lru_cache(maxsize=1000)
def of_status(status: str) -> str:
    """The kind that tells of a state, by its national number or a local name; "" for none."""
    state = statuses.state_of(status)
    return state.notice if state else ""
