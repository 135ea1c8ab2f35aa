"""A reply as Telegram messages: HTML within its limits, and buttons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from bot.channels.telegram.blocks import TICKS, drawn
from bot.channels.telegram.cutting import messages
from handlers.people.tones import tone
from handlers.turn.blocks import Block, Items, Text
from handlers.turn.messages import Choice, Enclosure, Reply

TEXT_LIMIT: int = MessageLimit.MAX_TEXT_LENGTH  # 4096 UTF-16 units once the markup is read
CAPTION_LIMIT: int = MessageLimit.CAPTION_LENGTH  # 1024 of them below a file
DATA_LIMIT: int = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # 64 bytes of a button's value
BUTTON_LIMIT: int = InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER  # 100 a message
LABEL_LIMIT = 64  # characters; a phone shows fewer
TICKS_A_ROW = 4
TONES = (("",), ("way",), ("danger", "final"))  # answers, ways around them, what deletes: rows of their own
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
    ticked = _ticked(reply.blocks)
    ticking = frozenset(choice.value for choice in buttons) & frozenset(ticked)
    rest = (Text("\n".join(lines)),) if lines else ()
    blocks = list(drawn(reply.title, (*reply.blocks, *rest), ticking))
    files = list(reply.enclosures)
    captioned = files.pop() if files and len(messages(blocks, CAPTION_LIMIT)) <= 1 else None
    yield from (Part("", enclosure=file) for file in files)
    pieces = messages(blocks, TEXT_LIMIT) or [""] * bool(captioned)
    for number, html in enumerate(pieces):
        is_last = number == len(pieces) - 1
        if reply.asks_contact and is_last:
            yield Part(html, contact=_contact_keyboard(reply.asks_contact, buttons))
            continue
        keyboard = _keyboard(buttons, ticked) if buttons and is_last else None
        replaces = reply.replaces and number == 0 and not reply.enclosures
        yield Part(html, keyboard, replaces, enclosure=captioned)


def _ticked(blocks: Iterable[Block]) -> Mapping[str, bool]:
    """Whether it is ticked, by the value of the button that ticks it."""
    items = (item for block in blocks if isinstance(block, Items) for item in block.items)
    return {item.value: bool(item.ticked) for item in items if item.value}


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


def _keyboard(choices: Sequence[Choice], ticked: Mapping[str, bool]) -> InlineKeyboardMarkup:
    """Ticks by their numbers, four a row, as their names stand in the text; then the others."""
    ticks = [
        _button(TICKS[ticked[choice.value]] + str(number), choice)
        for number, choice in enumerate(choices, 1)
        if choice.value in ticked
    ]
    rows = _rows(ticks, TICKS_A_ROW)
    for tones in TONES:
        some = [choice for choice in choices if choice.value not in ticked and tone(choice) in tones]
        buttons = [_button(_cut_label(choice.label), choice) for choice in some]
        rows += _rows(buttons, 1 if any(len(button.text) > SHORT_LABEL for button in buttons) else 2)
    return InlineKeyboardMarkup(rows)


def _button(label: str, choice: Choice) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=choice.value)


def _rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Sequence[InlineKeyboardButton]]:
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def _contact_keyboard(label: str, choices: Sequence[Choice]) -> ReplyKeyboardMarkup:
    """Only such a keyboard can share the number; its other buttons say their label, which is understood."""
    share = KeyboardButton(label, request_contact=True)
    others = [[KeyboardButton(_cut_label(choice.label))] for choice in choices]
    return ReplyKeyboardMarkup([[share], *others], resize_keyboard=True)


def _cut_label(label: str) -> str:
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1].rstrip() + "…"
