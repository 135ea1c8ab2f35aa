"""A reply as Telegram messages: HTML within its limits, and buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from handlers.turn.messages import Choice, Enclosure, Reply

TEXT_LIMIT: int = MessageLimit.MAX_TEXT_LENGTH  # 4096 UTF-16 units once the markup is read
CAPTION_LIMIT: int = MessageLimit.CAPTION_LENGTH  # 1024 of them below a file
DATA_LIMIT: int = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # 64 bytes of a button's value
BUTTON_LIMIT: int = InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER  # 100 a message
LABEL_LIMIT = 64  # characters; a phone shows fewer
SHORT_LABEL = 20  # characters of which two fit side by side on a phone


@dataclass(frozen=True)
class Part:
    """One message as Telegram takes it."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    replaces: bool = False  # may be an edit of the tapped message
    contact: ReplyKeyboardMarkup | None = None  # instead of the keyboard: shares the own number
    enclosure: Enclosure | None = None  # a file of which the text is the caption


def parts(replies: Sequence[Reply]) -> list[Part]:
    """All messages of a turn. Only the first may replace the tapped message: a second would wipe it out."""
    made = [part for reply in replies for part in _of_reply(reply)]
    return [replace(part, replaces=part.replaces and number == 0) for number, part in enumerate(made)]


def _of_reply(reply: Reply) -> Iterator[Part]:
    """Files first, so that the buttons end the talk; a text that fits is the caption of the last file."""
    buttons, lines = _fitting(reply.choices)
    text = "\n".join(filter(None, (reply.title, reply.text)))
    whole = "\n\n".join(filter(None, (text, "\n".join(lines))))
    files = list(reply.enclosures)
    captioned = files.pop() if files and len(split(whole, CAPTION_LIMIT)) == 1 else None
    yield from (Part("", enclosure=file) for file in files)
    pieces = split(whole)
    for number, piece in enumerate(pieces):
        html = _html(piece, reply.title) if number == 0 else escape(piece, quote=False)
        is_last = number == len(pieces) - 1
        if reply.asks_contact and is_last:
            yield Part(html, contact=_contact_keyboard(reply.asks_contact, buttons))
            continue
        keyboard = _keyboard(buttons) if buttons and is_last else None
        replaces = reply.replaces and number == 0 and not reply.enclosures
        yield Part(html, keyboard, replaces, enclosure=captioned)


def _html(text: str, title: str) -> str:
    if not title or not text.startswith(title):
        return escape(text, quote=False)
    return f"<b>{escape(title, quote=False)}</b>{escape(text[len(title) :], quote=False)}"


def _fitting(choices: Sequence[Choice]) -> tuple[list[Choice], list[str]]:
    """What can be a button, and numbered lines for the rest: the number is understood as the answer."""
    buttons: list[Choice] = []
    lines: list[str] = []
    for number, choice in enumerate(choices, start=1):
        if len(choice.value.encode()) <= DATA_LIMIT and len(buttons) < BUTTON_LIMIT:
            buttons.append(choice)
        else:
            lines.append(f"{number}. {choice.label}")
    return buttons, lines


def _keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup:
    labels = [_cut_label(choice.label) for choice in choices]
    width = 1 if any(len(label) > SHORT_LABEL for label in labels) else 2
    buttons = [
        InlineKeyboardButton(label, callback_data=choice.value)
        for label, choice in zip(labels, choices, strict=True)
    ]
    return InlineKeyboardMarkup([buttons[at : at + width] for at in range(0, len(buttons), width)])


def _contact_keyboard(label: str, choices: Sequence[Choice]) -> ReplyKeyboardMarkup:
    """Only such a keyboard can share the number; its other buttons say their label, which is understood."""
    share = KeyboardButton(label, request_contact=True)
    others = [[KeyboardButton(_cut_label(choice.label))] for choice in choices]
    return ReplyKeyboardMarkup([[share], *others], resize_keyboard=True)


def _cut_label(label: str) -> str:
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1].rstrip() + "…"


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, cut between paragraphs, else lines, else words."""
    pieces = []
    rest = text.strip()
    while len(window := _prefix(rest, limit)) < len(rest):
        at = _cut_at(window)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def _prefix(text: str, units: int) -> str:
    """The longest beginning of at most `units` UTF-16 units; a pair of surrogates is not torn."""
    if len(text) * 2 <= units:
        return text
    cut = text[:units].encode("utf-16-le", "surrogatepass")[: units * 2]
    begin = cut.decode("utf-16-le", "surrogatepass")
    return begin[:-1] if "\ud800" <= begin[-1:] <= "\udbff" else begin


def _cut_at(window: str) -> int:
    """Where to cut: not in the first half, for a stray blank line should not leave a tiny message."""
    for mark in ("\n\n", "\n", " "):
        at = window.rfind(mark)
        if at >= len(window) // 2:
            return at
    return len(window)
