"""What is open on somebody's screen, as a mark: a line is an answer only to what its own screen asks."""

from hashlib import sha256

from handlers.turn.messages import State
from handlers.turn.pending import VoiceGuess

LENGTH = 12  # characters of each half


def mark(state: State, offered: bool = True) -> str:
    """Of what is asked and of the choices; a page that opens shows what is asked, and choices of its own."""
    pending = state.pending
    asked = pending.heard if isinstance(pending, VoiceGuess) else f"{state.draft} {pending}"
    choices = [choice.value for choice in state.offered] if offered else []
    return f"{_short(asked)}.{_short(str(choices))}"


def same_question(shown: str, state: State) -> bool:
    """Whether the screen asks what is asked by now."""
    return shown.partition(".")[0] == mark(state).partition(".")[0]


def same_choices(shown: str, state: State) -> bool:
    """Whether the screen offers what was offered last."""
    return shown.partition(".")[2] == mark(state).partition(".")[2]


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:LENGTH]
