"""Who is told of what, and for how long; phones that the desk noted wait for their owner."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.clock import VIETNAM
from bot.dossiers import announce, bulk
from bot.dossiers.record import Update
from bot.notices import follows, phone_follows, receipt_links
from bot.notices.followers import FollowersOnDatabase, payload
from bot.notices.recipients import phone_mark
from bot.storage import conversations
from bot.storage.sealing import Vault
from handlers.turn.messages import State
from knowledge.notices.quiet_hours import QuietHours
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import ADDRESS, CODE, NOW, VAULT, later

OLD, NEW = "0901234567", "0907654321"


def remembered(do, before, after):
    """The phones for which the dossier waits after that change."""
    do(announce.remember_phones, VAULT, [(before, after)], NOW)
    return [phone for phone in (OLD, NEW) if do(phone_follows.waiting_for, phone_mark(VAULT, phone))]


@pytest.mark.parametrize(
    ("before", "after", "waits"),
    [
        (None, parts.held("2", phone=OLD), [OLD]),
        (parts.held("2", phone=OLD), parts.held("2", phone=NEW), [NEW]),  # another one was given
        (parts.held("2"), parts.held("2", phone=NEW), [NEW]),
        (parts.held("2", phone=OLD), parts.held("4", phone=OLD), []),  # was remembered when it was given
        (None, parts.held("2"), []),
        (None, parts.held("10", phone=OLD), []),  # nothing more will happen
    ],
)
def test_a_phone_waits_from_when_it_was_given(do, before, after, waits):
    assert remembered(do, before, after) == waits


@pytest.mark.parametrize(("seconds", "left"), [(0, (CODE,)), (1, ())])
def test_a_phone_waits_for_a_time(do, seconds, left):
    mark = phone_mark(VAULT, OLD)
    do(phone_follows.remember_phones, [(mark, CODE)], NOW)
    assert do(phone_follows.forget_phones, later(seconds=seconds)) == 1 - len(left)
    assert do(phone_follows.waiting_for, mark) == left


def test_the_newest_comes_first_and_each_once(do):
    mark = phone_mark(VAULT, OLD)
    for hours, code in enumerate(("H2", "H1", "H3", "H2")):
        do(phone_follows.remember_phones, [(mark, code)], later(hours=hours))
    assert do(phone_follows.waiting_for, mark) == ("H3", "H1", "H2")


def test_a_number_that_was_noted_long_ago_is_still_known():
    assert phone_mark(Vault(b"k"), "+84 901 234 567").hex() == "fcf15ab3ab93bb46d32cbb5cdf468cb3"


def dossier(**more):
    day = datetime(2026, 7, 6, 8, tzinfo=VIETNAM)
    return Update(CODE, day, received=day.date(), **more)


LIST = "1.001193"


@pytest.mark.parametrize(
    ("code", "days", "held", "kept"),
    [
        (CODE, 40, dossier(status="4"), True),  # still open
        (CODE, 40, dossier(status="10", ended=date(2026, 11, 1)), True),  # ended not long ago
        (CODE, 40, dossier(status="10", ended=date(2026, 10, 1)), False),
        (CODE, 40, dossier(status="10"), False),  # ended, nobody told when, and silent since July
        (CODE, 40, None, False),  # the desk does not have it
        (CODE, 20, None, True),  # may come yet
        (LIST, 40, None, False),  # whose list it was does not talk any more
        (LIST, 20, None, True),
    ],
)
def test_what_can_bring_no_news_any_more_is_followed_no_longer(engine, do, code, days, held, kept):
    if held:
        bulk.load(engine, VAULT, [held])
    parts.follow(engine, "telegram:2", "H-of-another")
    for address in (ADDRESS, "telegram:2"):
        parts.follow(engine, address, code)
    parts.run(engine, "UPDATE follow SET since = {0}", int(later(days=-days).timestamp()))
    parts.run(engine, "UPDATE follow SET since = {0} WHERE code = 'H-of-another'", int(NOW.timestamp()))
    assert do(follows.purge, later(days=-30)) == (0 if kept else 2)
    assert do(follows.followed, ADDRESS) == ((code,) if kept else ())
    assert "H-of-another" in do(follows.followed, "telegram:2")


def test_a_list_is_followed_while_its_owner_talks(do, engine):
    parts.follow(engine, ADDRESS, LIST)
    do(conversations.save, VAULT, ADDRESS, State(), 0, NOW)
    assert do(follows.purge, later(days=1)) == 0
    assert do(follows.lists) == [(LIST, ADDRESS)]


def test_who_wants_more_detail_wants_it_for_nobody_else(engine, do):
    for address in (ADDRESS, "telegram:2"):
        parts.follow(engine, address)
    do(follows.set_detailed, ADDRESS, True)
    assert parts.run(engine, "SELECT address, detailed FROM follow ORDER BY address") == [
        (ADDRESS, 1), ("telegram:2", 0),
    ]  # fmt: skip


def test_a_language_is_chosen_for_one_matter_and_by_one_person(do):
    do(follows.follow, ADDRESS, CODE, follows.Terms("en", 0, NOW))
    do(follows.follow, ADDRESS, LIST, follows.Terms("vi", 0, NOW))
    asked = [(ADDRESS, CODE), (ADDRESS, LIST), ("telegram:2", CODE)]
    assert [do(follows.language, *each) for each in asked] == ["en", "vi", ""]


STRANGER, OWN_OTHER = "telegram:2", "web:1"


@pytest.mark.parametrize(
    ("address", "code", "is_proved"),
    [
        (ADDRESS, CODE, True),
        (OWN_OTHER, CODE, True),  # the same number was shared there
        (STRANGER, CODE, False),
        (ADDRESS, "H2", False),
        (OWN_OTHER, "H2", False),
    ],
)
def test_a_fact_was_given_for_one_dossier_by_one_person(engine, do, address, code, is_proved):
    for number, person in ((b"1", ADDRESS), (b"1", OWN_OTHER), (b"", STRANGER)):
        parts.recipient(engine, person, number)
        for each in (CODE, "H2"):
            parts.follow(engine, person, each)
    parts.run(engine, "UPDATE follow SET proved = 0")
    do(follows.prove, ADDRESS, CODE)
    assert do(follows.is_proved, address, code) == is_proved


@pytest.mark.parametrize(
    ("held", "opens"),
    [
        (None, True),  # may still come
        (dossier(status="4"), True),
        (dossier(status="9"), True),
        (dossier(status="10"), False),
        (dossier(status="7"), False),
        (dossier(status="Trình ký"), True),
    ],
)
def test_a_link_opens_until_nothing_more_can_happen(engine, held, opens):
    if held:
        bulk.load(engine, VAULT, [held])
    bulk.load(engine, VAULT, [replace(dossier(status="10"), code="H36.99-260706-0002")])
    book = FollowersOnDatabase(engine, VAULT, QuietHours(), ("telegram",))
    assert book.code_of(payload(VAULT, CODE)) == (CODE if opens else None)


def test_a_new_link_ends_the_ones_before_it_and_no_other(engine, do):
    book = FollowersOnDatabase(engine, VAULT, QuietHours(), ("telegram",))
    other = "000.00.00.H15-20260706-0092637"  # as long as a code can be
    first, of_other = payload(VAULT, CODE), payload(VAULT, other)
    assert (book.code_of(first), book.code_of(of_other)) == (CODE, other)
    second = payload(VAULT, CODE, do(receipt_links.renew, CODE, NOW))
    assert (book.code_of(first), book.code_of(second), book.code_of(of_other)) == (None, CODE, other)
    third = payload(VAULT, CODE, do(receipt_links.renew, CODE, NOW))
    assert (book.code_of(second), book.code_of(third)) == (None, CODE)
    renewed = payload(VAULT, other, do(receipt_links.renew, other, NOW))
    assert (len(renewed), book.code_of(renewed), book.code_of(of_other)) == (64, other, None)


def test_a_renewed_link_ends_with_its_dossier_too(engine, do):
    number = do(receipt_links.renew, CODE, NOW)
    bulk.load(engine, VAULT, [dossier(status="10")])
    book = FollowersOnDatabase(engine, VAULT, QuietHours(), ("telegram",))
    assert book.code_of(payload(VAULT, CODE, number)) is None
