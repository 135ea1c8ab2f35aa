"""What is told of a dossier."""

from datetime import date, datetime
from unicodedata import normalize

from bot.clock import VIETNAM
from bot.dossiers.held import Held
from handlers.dossiers import Dossier, Step


def told(held: Held, due: date | None) -> Dossier:
    """What may leave this module for a person who has proved the dossier is his: the name masked."""
    steps = tuple(Step(s, datetime.fromtimestamp(at, VIETNAM), note) for s, at, note in held.steps)
    return Dossier(
        code=held.code,
        procedure=held.procedure,
        title=held.title,
        status=held.status or ("2" if held.received else ""),
        postal=held.postal,
        received=held.received,
        due=due,
        finished=held.finished,
        missing=held.missing,
        note=held.note,
        fee_due=held.fee_due or None,
        tracking=held.tracking,
        applicant=masked(held.name),
        steps=steps,
    )


def masked(name: str) -> str:
    """First letters only, the rest as stars, at most three: "Nguyễn Văn An" -> "N*** V** A*"."""
    return " ".join(word[0] + "*" * min(max(len(word) - 1, 1), 3) for word in normalize("NFC", name).split())
