"""What a turn wants written beside its state: values, carried out by `bot.deeds` in the same transaction."""

from dataclasses import dataclass

from handlers.drafts import Draft


@dataclass(frozen=True)
class KeepDraft:
    """The draft as it is now; its version is the one that was read, 0 for a new one."""

    draft: Draft


@dataclass(frozen=True)
class DropDraft:
    """The draft is erased."""

    code: str


@dataclass(frozen=True)
class Consent:
    """What the person agreed to, or took back: the proof is kept."""

    purpose: str  # "card", "follow"
    text: str  # version of the text shown: "card-2026-11"
    given: bool = True


Deed = KeepDraft | DropDraft | Consent
