"""How often what only its owner knows may be guessed: who waits then, and what is asked instead.

A wrong guess is counted for whoever made it and for the code it was made on. The guesser waits; on the code a
longer fact is asked for, and while it waits the whole number, so that nobody closes a dossier to its owner.
`tests/knowledge/dossiers/test_guesses.py` computes what all that leaves to somebody with many addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.dossiers.second_factor import SECOND_FACTOR

HOUR, DAY = 3600, 24 * 3600  # seconds, as all times here; moments are Unix seconds

WAITS_H = (1, 2, 4, 8, 16, 24)  # of the first lock, the second ...; then always the last
LONG = 6  # last digits, once a code was locked or many were wrong
WHOLE = 9  # the whole number: a phone without its zero, an old ID number; of a new one the end

# Wrong guesses of all people within SUM_SPAN from which strangers are asked for more digits.
SUM_SPAN = 7 * DAY
SUM_LONG, SUM_WHOLE = 100, 5_000
CLOSED = 1_000  # wrong guesses on one code, from which not even the whole number is taken while it waits

Kind = Literal["person", "network", "code"]


@dataclass(frozen=True)
class Rule:
    """How wrong guesses of one kind add up."""

    burst: int  # so many, then a wait
    forgiven_s: int  # in so long one of them is forgiven
    memory_s: int  # after so long without any the waits begin anew


# A network may be a whole village behind one address of its carrier: it is given more. What is of a code is
# remembered for longer: who comes back next week finds the longer fact still asked for.
RULES: Mapping[Kind, Rule] = {
    "person": Rule(burst=5, forgiven_s=4 * HOUR, memory_s=7 * DAY),
    "network": Rule(burst=20, forgiven_s=4 * HOUR, memory_s=7 * DAY),
    "code": Rule(burst=5, forgiven_s=DAY, memory_s=30 * DAY),
}
MEMORY_S = max(rule.memory_s for rule in RULES.values())


@dataclass(frozen=True)
class Tally:
    """The wrong guesses of one person, from one network, or on one code."""

    tries: int = 0  # since the last lock, without those forgiven
    locks: int = 0
    until: int = 0  # end of the last lock
    at: int = 0  # of the last wrong guess


def counted(tally: Tally, rule: Rule, now: int) -> Tally:
    """With one more wrong guess."""
    if now - max(tally.at, tally.until) >= rule.memory_s:
        tally = Tally()
    tries = max(0, tally.tries - (now - tally.at) // rule.forgiven_s) + 1
    if tries < rule.burst:
        return Tally(tries, tally.locks, tally.until, now)
    locks = tally.locks + 1
    return Tally(0, locks, now + wait_s(locks), now)


def wait_s(locks: int) -> int:
    """How long the last of so many locks holds."""
    return WAITS_H[min(locks, len(WAITS_H)) - 1] * HOUR


def left_s(tally: Tally, now: int) -> int:
    """How long is still to be waited; 0: not at all."""
    return max(0, tally.until - now)


def digits(on_code: Tally, of_all: int, now: int) -> int:
    """How many last digits a stranger must know; `of_all`: wrong guesses of all people within SUM_SPAN."""
    if left_s(on_code, now) or of_all >= SUM_WHOLE:
        return WHOLE
    is_remembered = on_code.locks and now - on_code.until < RULES["code"].memory_s
    return LONG if is_remembered or of_all >= SUM_LONG else SECOND_FACTOR.digits


def is_closed(on_code: Tally, now: int) -> bool:
    """Whether a code waits to which not even the whole number is taken."""
    return bool(left_s(on_code, now)) and on_code.locks * RULES["code"].burst >= CLOSED


def most(rule: Rule, span_s: int) -> int:
    """No more wrong guesses than these fit into a span that the rule remembers, however they are timed.

    Each lock takes a burst, and what is forgiven meanwhile comes on top.
    """
    spent, locks = 0, 1
    while spent + wait_s(locks) <= span_s:
        spent += wait_s(locks)
        locks += 1
    return locks * rule.burst + span_s // rule.forgiven_s
