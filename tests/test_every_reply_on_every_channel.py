"""One contract: every list of the catalogue is drawn by every channel within its limits, and whole."""

import json
from collections.abc import Sequence
from html import unescape
from re import sub

import pytest

from bot.channels import plain as plain_texts
from bot.channels.telegram.text import BUTTON_LIMIT, DATA_LIMIT, TEXT_LIMIT, parts
from bot.channels.web.blocks import as_json
from handlers.guidance import sheet
from handlers.guidance.answer import answer
from handlers.guidance.matter import Matter
from handlers.language.i18n import SOURCE, translator
from handlers.ports.world import World
from handlers.procedures import checklist, ticks
from handlers.procedures.ask import reply_text
from handlers.procedures.take_along import taken
from handlers.turn.blocks import Block, Facts, Fold, Heading, Items, Steps, Text, plain, words
from handlers.turn.context import Context, context
from handlers.turn.messages import Incoming, Reply, State
from tests.bot.channels.telegram.bot_api_checks import checked_keyboard, formatted, units
from tests.dialogue import MONDAY
from tests.handlers.guidance.leaves import every_leaf

ENTITIES = 100  # of a Telegram message; what is more is shown plain
PLAIN_LIMIT = 2000  # letters of a message on Zalo
PAGE_LIMIT = 64 * 1024  # bytes of one answer, which a slow phone still gets in seconds


def context_of(m: Matter, world: World) -> Context:
    state = State(procedure=m.procedure.code, answers=dict(m.answers), via=m.via)
    return context(Incoming(MONDAY), state, world)


def texts(blocks: Sequence[Block]) -> list[str]:
    """Every text of the blocks, each as it is read."""
    told: list[str] = []
    for block in blocks:
        match block:
            case Text() | Heading():
                told.append(words(block.text))
            case Items():
                told += [text for item in block.items for text in (words(item.text), *item.note.splitlines())]
            case Facts():
                told += [text for f in block.facts for text in (f.label, *words(f.text).splitlines())]
            case Fold():
                told += [block.title, *texts(block.blocks)]
            case Steps():
                told += [step.text for step in block.steps]
    return [text for text in told if text]


def read(html: str) -> str:
    return " ".join(unescape(sub(r"<[^<>]+>", "", html)).split())


@pytest.fixture(scope="module")
def widest(world: World) -> list[Matter]:
    """Of each procedure by each way of filing: the longest list of all its cases, and the one left open."""
    sizes: dict[tuple[str, str], tuple[int, Matter]] = {}
    left_open = []
    for m in every_leaf(world):
        key, size = (m.procedure.code, m.via), len(plain(answer(m)))
        if not m.answers:
            left_open.append(m)
        elif key not in sizes or sizes[key][0] < size:
            sizes[key] = (size, m)
    return [*left_open, *(m for _size, m in sizes.values())]


@pytest.fixture(scope="module")
def replies(widest: Sequence[Matter], world: World) -> list[Reply]:
    """The list and the tick view of each."""
    made = []
    for m in widest:
        ctx = context_of(m, world)
        turns = (checklist.show_list(ctx), ticks.tick_view(m.procedure.code, ctx))
        made += [turn.replies[-1] for turn in turns]
    return made


def test_every_procedure_by_every_way_is_among_them(widest: Sequence[Matter], world: World) -> None:
    wanted = {(p.code, via) for p in world.catalogue.procedures.values() for via in p.methods}
    assert {(m.procedure.code, m.via) for m in widest} == wanted


def test_telegram_takes_every_reply_whole(replies: Sequence[Reply]) -> None:
    for reply in replies:
        made = parts([reply])
        plain, entities = zip(*(formatted(part.html, "HTML") for part in made), strict=True)
        assert max(map(units, plain)) <= TEXT_LIMIT
        assert max(map(len, entities)) <= ENTITIES
        said = " ".join(" ".join(text.split()) for text in plain)
        assert [t for t in texts(reply.blocks) if " ".join(t.split()) not in said] == []


def test_telegram_cuts_between_blocks(replies: Sequence[Reply]) -> None:
    cut = [reply for reply in replies if len(parts([reply])) > 1]
    assert cut
    for reply in cut:
        messages = [read(part.html) for part in parts([reply])]
        blocks = [texts([block]) for block in reply.blocks]
        ends = [(block[0], block[-1]) for block in blocks if sum(map(len, block)) < 3000]
        torn = [(a, b) for a, b in ends if not any(_line(a) in m and _line(b) in m for m in messages)]
        assert torn == []


def _line(text: str) -> str:
    return " ".join(text.split())


def test_telegram_takes_every_button(replies: Sequence[Reply]) -> None:
    for reply in replies:
        (last,) = [part for part in parts([reply]) if part.keyboard]
        keyboard = last.keyboard.to_dict() if last.keyboard else {}
        checked_keyboard(keyboard)
        buttons = [button for row in keyboard["inline_keyboard"] for button in row]
        assert len(buttons) == len(reply.choices) <= BUTTON_LIMIT
        assert max(len(button["callback_data"].encode()) for button in buttons) <= DATA_LIMIT
        labels = [button["text"] for button in buttons]
        assert len(set(labels)) == len(labels)


def test_plain_texts_tell_all(replies: Sequence[Reply]) -> None:
    for reply in replies:
        made = plain_texts.parts([reply], PLAIN_LIMIT)
        assert max(map(units, made)) <= PLAIN_LIMIT
        said = _line(" ".join(made)).casefold()  # a heading is told in capitals
        told = [*texts(reply.blocks), *(choice.label for choice in reply.choices)]
        assert [t for t in told if _line(t).casefold() not in said] == []


def test_the_page_is_told_all_as_json(replies: Sequence[Reply]) -> None:
    for reply in replies:
        body = json.dumps(as_json(reply, []), ensure_ascii=False)
        assert len(body.encode()) <= PAGE_LIMIT
        told = json.loads(body)
        assert told["text"] == reply.text
        assert {block["kind"] for block in told["blocks"]} <= {"text", "heading", "items", "facts", "fold"}


def test_no_box_is_painted_into_a_text(replies: Sequence[Reply]) -> None:
    painted = {reply.title for reply in replies if set("☐☑☒✗") & set(reply_text(reply))}
    assert painted == set()


def test_the_terminal_tells_all(replies: Sequence[Reply]) -> None:
    for reply in replies:
        text = reply_text(reply)
        assert [t for t in texts(reply.blocks) if t not in text] == []
        assert text.count("\n\n\n") == 0


def test_paper_is_told_all(widest: Sequence[Matter], world: World) -> None:
    tr = translator(SOURCE)
    for m in widest:
        open_ones = [b for b in taken(m, ()).blocks if isinstance(b, Fold)]
        assert open_ones == []
    for procedure in world.catalogue.procedures.values():
        told = sheet.sheet(procedure, "", MONDAY.date(), world.office, tr)
        assert told.front
        assert not any(isinstance(block, Fold) for block in (*told.front, *told.back))
