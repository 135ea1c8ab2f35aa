"""How people want to be told, whose addresses are one person's, and when all that is forgotten."""

from datetime import date

import pytest

from bot.notices import consents, expiry_store, follows, recipients
from bot.notices.recipients import Wants, phone_mark
from bot.storage import conversations
from handlers.turn.effects import Consent
from handlers.turn.messages import State
from knowledge.notices.quiet_hours import QuietHours
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import ADDRESS, NOW, VAULT, later

ANYTIME = QuietHours()
NUMBER, OTHER = phone_mark(VAULT, "0901234567"), phone_mark(VAULT, "0907654321")


def test_addresses_are_found_by_the_number_they_shared_and_by_none_if_they_shared_none(engine, do):
    shared = {"web:1": NUMBER, ADDRESS: NUMBER, "web:2": OTHER, "web:3": b"", "web:4": b""}
    for address, number in shared.items():
        parts.recipient(engine, address, number)
    assert do(recipients.by_phone) == {NUMBER: [ADDRESS, "web:1"], OTHER: ["web:2"]}
    assert [do(recipients.same_person, one) for one in (ADDRESS, "web:2", "web:3")] == [
        [ADDRESS, "web:1"], ["web:2"], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choose", "what", "wants"),
    [
        (recipients.set_quiet, ANYTIME, Wants(quiet=ANYTIME)),
        (recipients.set_detailed, True, Wants(detailed=True)),
        (recipients.set_language, "en", Wants(language="en")),
    ],
)
def test_who_chooses_one_thing_has_chosen_no_other_and_for_nobody_else(do, choose, what, wants):
    do(recipients.set_phone, "web:1", NUMBER, "vi")
    do(choose, ADDRESS, what)
    assert (do(recipients.wants, ADDRESS), do(recipients.wants, "web:1")) == (wants, Wants(language="vi"))
    assert do(recipients.same_person, ADDRESS) == []


@pytest.mark.parametrize("kept", ["nothing", "conversation", "follow", "paper", "notice"])
def test_what_was_chosen_is_forgotten_with_all_else(engine, do, kept):
    for address in (ADDRESS, "web:1"):
        do(recipients.set_quiet, address, ANYTIME)
    if kept == "conversation":
        do(conversations.save, VAULT, ADDRESS, State(), 0, NOW)
    if kept == "paper":
        do(expiry_store.keep, ADDRESS, "tam-tru", date(2027, 3, 1))
    if kept in ("follow", "notice"):
        parts.follow(engine)
    if kept == "notice":
        parts.owe(engine)
        parts.run(engine, "DELETE FROM follow")
    assert do(recipients.purge) == (2 if kept == "nothing" else 1)
    assert do(recipients.wants, ADDRESS) == (Wants() if kept == "nothing" else Wants(quiet=ANYTIME))


def test_without_a_yes_there_is_no_proof_and_the_last_yes_is_it(do):
    assert do(consents.proof, VAULT, ADDRESS, "follow") == 0
    numbers = []
    for version in ("one", "two"):
        do(consents.note, VAULT, ADDRESS, Consent("follow", version), NOW)
        numbers.append(do(consents.proof, VAULT, ADDRESS, "follow"))
    do(consents.note, VAULT, ADDRESS, Consent("follow", "two", given=False), later(hours=1))
    assert do(consents.proof, VAULT, ADDRESS, "follow") == numbers[1] > numbers[0] > 0
    others = (("web:1", "follow"), (ADDRESS, "expiry"))
    assert [do(consents.proof, VAULT, *other) for other in others] == [0, 0]


def test_the_last_word_is_whether_it_was_taken_back(do):
    said = [do(consents.is_taken_back, VAULT, ADDRESS, "expiry")]
    for given in (True, False, True):
        do(consents.note, VAULT, ADDRESS, Consent("expiry", "v", given=given), NOW)
        do(consents.note, VAULT, "web:1", Consent("expiry", "v", given=not given), NOW)
        said.append(do(consents.is_taken_back, VAULT, ADDRESS, "expiry"))
    assert said == [False, False, True, False]
    assert [(row.purpose, row.given) for row in do(consents.every, VAULT, ADDRESS)] == [
        ("expiry", 1), ("expiry", 0), ("expiry", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("purpose", "days", "followed", "is_kept"),
    [
        ("follow", 3 * 365, False, True),
        ("follow", 3 * 365 + 1, False, False),
        ("follow", 20 * 365, True, True),  # what it allows goes on
        ("card", 3 * 365 + 1, True, False),  # of another purpose
        ("expiry", 16 * 365, False, True),
        ("expiry", 16 * 365 + 1, False, False),
    ],
)
def test_a_proof_is_kept_for_its_time_or_while_something_stands_on_it(
    engine, do, purpose, days, followed, is_kept
):
    do(consents.note, VAULT, ADDRESS, Consent(purpose, "v"), later(days=-days))
    do(consents.note, VAULT, "web:1", Consent("follow", "young"), NOW)
    if followed:
        proof = do(consents.proof, VAULT, ADDRESS, "follow") or 99
        do(follows.follow, ADDRESS, parts.CODE, follows.Terms("vi", proof, NOW))
    assert do(consents.forget, NOW) == (not is_kept)
    assert len(do(consents.every, VAULT, ADDRESS)) == is_kept
    assert len(do(consents.every, VAULT, "web:1")) == 1
