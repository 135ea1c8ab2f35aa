"""The part of the page that is there before any script: the greeting, and the way to the office."""

from collections.abc import Sequence
from html import escape

from handlers.office.way_in import Fact
from handlers.people.tones import tone
from handlers.turn.messages import Reply
from handlers.turn.shared import AskLanguage


def message(reply: Reply) -> str:
    """The greeting as the script will draw it; its buttons are only words until then."""
    told = [line for line in reply.text.split("\n") if line.removeprefix("• ") not in reply.examples]
    lines = "".join(f'<div class="line">{escape(line)}</div>' for line in told)
    examples = "".join(f'<span class="chip example">{escape(said)}</span>' for said in reply.examples)
    offered = [c for c in reply.choices if c.action != AskLanguage()]  # the head has it
    mains = "".join(f'<span class="chip">{escape(c.label)}</span>' for c in offered if not tone(c))
    ways = "".join(f'<span class="chip">{escape(c.label)}</span>' for c in offered if tone(c))
    return (
        f'<div class="message bot" id="greeting"><div class="text">{lines}</div>'
        f'<div class="choices examples">{examples}</div>'
        f'<div class="choices answers">{mains}</div><div class="choices ways">{ways}</div></div>'
    )


def facts(known: Sequence[Fact]) -> str:
    """The office's facts as a list of terms; a number that can be called is a link."""
    return "".join(f"<div><dt>{escape(fact.label)}</dt><dd>{_told(fact)}</dd></div>" for fact in known)


def in_brief(known: Sequence[Fact]) -> str:
    """The same on lines of their own, for a browser without scripts."""
    return "".join(f"<br>{escape(fact.label)}: {_told(fact)}" for fact in known)


def _told(fact: Fact) -> str:
    text = "<br>".join(escape(fact.text).split("\n"))
    if not fact.phone:
        return text
    called = "".join(letter for letter in fact.phone if letter.isdecimal())
    return f'<a href="tel:{called}">{text}</a>'
