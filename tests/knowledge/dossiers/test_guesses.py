"""What guessing at second facts can reach, computed from the rules themselves."""

from fractions import Fraction

import pytest

from knowledge.dossiers import guesses
from knowledge.dossiers.guesses import (
    CLOSED,
    DAY,
    HOUR,
    LONG,
    RULES,
    SUM_LONG,
    SUM_SPAN,
    SUM_WHOLE,
    WHOLE,
    Rule,
    Tally,
    counted,
    digits,
    most,
)  # fmt: skip

WEEK = 7 * DAY
DOSSIERS = 1_000  # of a small office; the more there are, the less of them is opened
ADDRESSES = 10_000
# One guess fits the end of a phone or that of an ID number. Of a whole number the guesser knows the usual
# beginnings: 12 prefixes of phones and 10,000,000 numbers each; of an ID number the last six digits behind
# the likeliest of 80 years of birth. No number is both.
SHORT_FITS, LONG_FITS = Fraction(2, 10**4), Fraction(2, 10**6)
WHOLE_FITS = max(Fraction(1, 12 * 10**7), Fraction(1, 80 * 10**6))


def opened_in_a_week(addresses: int) -> Fraction:
    """How many dossiers are opened at most: each guess at the shortest fact that is still taken."""
    all_guesses = addresses * most(RULES["network"], WEEK)
    short = min(SUM_LONG, all_guesses)
    long = min(SUM_WHOLE, all_guesses) - short
    return short * SHORT_FITS + long * LONG_FITS + (all_guesses - short - long) * WHOLE_FITS


def test_ten_thousand_addresses_open_less_than_one_of_ten_thousand_dossiers_in_a_week() -> None:
    assert opened_in_a_week(ADDRESSES) / DOSSIERS < Fraction(1, 10_000)


def test_one_named_dossier_is_opened_by_all_of_them_with_one_chance_in_five_hundred() -> None:
    rule = RULES["code"]
    long = most(rule, WEEK)
    chance = rule.burst * SHORT_FITS + long * LONG_FITS + CLOSED * WHOLE_FITS
    assert chance < Fraction(1, 500)


def test_a_week_is_within_what_is_remembered() -> None:
    assert SUM_SPAN >= WEEK
    assert min(rule.memory_s for rule in RULES.values()) >= WEEK


@pytest.mark.parametrize("kind", ["person", "network", "code"])
@pytest.mark.parametrize("pause_s", [0, 60, HOUR, 4 * HOUR - 1, 4 * HOUR, 4 * HOUR + 1, DAY])
def test_no_rhythm_fits_more_guesses_into_a_week_than_computed(kind: guesses.Kind, pause_s: int) -> None:
    rule, tally, now, taken = RULES[kind], Tally(), 0, 0
    while now < WEEK:
        tally, taken = counted(tally, rule, now), taken + 1
        now = max(tally.until, now + pause_s)
        now += now == tally.at  # one a second
    assert taken <= most(rule, WEEK)


def test_waits_grow_and_are_remembered() -> None:
    rule, tally, waits = Rule(burst=2, forgiven_s=DAY, memory_s=7 * DAY), Tally(), []
    for _ in range(7):
        for _ in range(2):
            tally = counted(tally, rule, max(tally.until, tally.at))
        waits.append((tally.until - tally.at) // HOUR)
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert counted(tally, rule, tally.until + 7 * DAY - 1).locks == 7
    assert counted(tally, rule, tally.until + 7 * DAY).locks == 0


def test_a_wrong_guess_is_forgiven_in_time() -> None:
    rule = Rule(burst=3, forgiven_s=HOUR, memory_s=DAY)
    assert counted(Tally(tries=2, at=0), rule, 0).locks == 1
    assert counted(Tally(tries=2, at=0), rule, HOUR) == Tally(tries=2, at=HOUR)
    assert counted(Tally(tries=2, at=0), rule, 5 * HOUR) == Tally(tries=1, at=5 * HOUR)


@pytest.mark.parametrize(
    ("on_code", "of_all", "asked"),
    [
        (Tally(), 0, 4),
        (Tally(tries=4, at=90), SUM_LONG - 1, 4),
        (Tally(), SUM_LONG, LONG),
        (Tally(), SUM_WHOLE, WHOLE),
        (Tally(locks=1, until=101, at=90), 0, WHOLE),  # it waits
        (Tally(locks=1, until=100, at=90), 0, LONG),  # it was locked before
        (Tally(locks=1, until=100 - RULES["code"].memory_s, at=0), 0, 4),  # long ago
    ],
)
def test_more_digits_are_asked_for_the_more_were_wrong(on_code: Tally, of_all: int, asked: int) -> None:
    assert digits(on_code, of_all, 100) == asked


def test_a_code_is_closed_only_to_a_thousand_wrong_guesses_and_while_it_waits() -> None:
    locks = CLOSED // RULES["code"].burst
    assert guesses.is_closed(Tally(locks=locks, until=101), 100)
    assert not guesses.is_closed(Tally(locks=locks - 1, until=101), 100)
    assert not guesses.is_closed(Tally(locks=locks, until=100), 100)
