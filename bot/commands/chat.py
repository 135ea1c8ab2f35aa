"""`motcua chat` and `motcua ask`: the conversation in a terminal, and single questions."""

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter
from uuid import uuid4

from bot.clock import vietnam_now
from bot.commands.context import Command
from handlers import router
from handlers.ports.drafts import PassingDrafts
from handlers.ports.world import World
from handlers.procedures import ask as asking
from handlers.turn.context import context
from handlers.turn.effects import DeleteDraft, Effect, SaveDraft
from handlers.turn.messages import Incoming, Reply, State
from knowledge.search.search import Hit

CODES = 5  # procedures a batch line names

Answer = Callable[[Incoming], tuple[Reply, ...]]


def chat(given: Namespace, command: Command) -> int:
    """Talks until the end of the input. A person's name keeps the conversation in the database."""
    answer = _kept(command, given.person) if given.person else _passing(command.world)
    asked = sys.stdin.isatty()
    for text in _lines(asked, first="/start"):
        for reply in answer(Incoming(at=vietnam_now(), text=text, language=given.language)):
            print("\n".join([asking.reply_text(reply), *_written(reply)]), end="\n\n", flush=True)
    return 0


def _lines(asked: bool, first: str) -> Iterable[str]:
    if not asked:
        yield from (line.rstrip("\n") for line in sys.stdin)
        return
    yield first
    try:
        while True:
            yield input("> ")
    except (EOFError, KeyboardInterrupt):
        print()


def _written(reply: Reply) -> list[str]:
    """The files of a reply, in a folder of their own that only this user can open; their paths."""
    if not reply.enclosures:
        return []
    from bot.printing import enclosures  # only here: a talk without files starts sooner

    folder, paths = Path(mkdtemp(prefix="motcua-")), []
    for file in map(enclosures.draw, reply.enclosures):
        (folder / file.name).write_bytes(file.data)
        paths.append(str(folder / file.name))
    return paths


def _passing(known: World) -> Answer:
    state, drafts = State(), PassingDrafts()
    known = replace(known, drafts=drafts)

    def answer(incoming: Incoming) -> tuple[Reply, ...]:
        nonlocal state
        turn = router.respond(incoming, state, known)
        state = turn.state
        keep(turn.effects, drafts)
        return turn.replies

    return answer


def keep(effects: Iterable[Effect], drafts: PassingDrafts) -> None:
    """What a turn wants kept, as far as a talk without a database can keep it."""
    for effect in effects:
        match effect:
            case SaveDraft(draft):
                drafts.keep(draft)
            case DeleteDraft(code):
                drafts.drop(code)


def _kept(command: Command, person: str) -> Answer:
    from bot import assemble  # only here: a passing talk starts without a database
    from bot.turns.converse import converse

    house = assemble.build(command.settings, command.catalogue_dir)
    return lambda incoming: asyncio.run(converse(house, f"console:{person}", uuid4().hex, incoming))


def ask(given: Namespace, command: Command) -> int:
    """Prints the answer to one question, or those to a file of them."""
    if given.batch:
        return _batch(given.batch, command.world)
    print(asking.answer_text(given.question, context(Incoming(vietnam_now()), State(), command.world)))
    return 0


def _batch(path: Path, known: World) -> int:
    """A JSON line of answers for each JSON line of questions; exit status 1 if a line cannot be read."""
    unreadable = 0
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                name, text = row["id"], str(row["text"])
            except (ValueError, KeyError, TypeError):
                print(f'{path}: line {number}: no JSON object with "id" and "text"', file=sys.stderr)
                unreadable += 1
                continue
            print(json.dumps({"id": name, **_judged(text, known)}, ensure_ascii=False), flush=True)
    return 1 if unreadable else 0


def _judged(text: str, known: World) -> dict[str, object]:
    started = perf_counter()
    asked = context(Incoming(vietnam_now(), text=text), State(), known)
    found = asked.find(text)
    for reply in asking.answer(found, asked.aspect(text), asked).replies:
        asking.reply_text(reply)  # drawn, to be timed
    spent = perf_counter() - started
    codes = list(dict.fromkeys(code for hit in found.hits for code in _codes(hit, known)))[:CODES]
    kind = found.hits[0].kind if found.hits else ""
    elsewhere = kind == "talk" or (kind == "elsewhere" and found.decision == "answer") or not codes
    decision = "decline" if elsewhere else found.decision
    return {
        "decision": decision,
        "codes": codes,
        "confidence": round(found.confidence, 4),
        "ms": round(spent * 1000, 3),
    }


def _codes(hit: Hit, known: World) -> list[str]:
    """The procedures behind a hit; a life event stands for those that follow from it, in their order."""
    if hit.kind == "event":
        steps = known.events.event(hit.id).steps
        return [step.code for step in steps if step.code in known.catalogue.procedures and step.code]
    return [hit.id] if hit.kind == "procedure" else []
