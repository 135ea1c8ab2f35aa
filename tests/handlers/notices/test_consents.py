"""What is agreed to is kept as it was said, given or taken back; a changed text is a new one."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from handlers import router
from handlers.intake import consent as form_consent
from handlers.notices import consent
from handlers.notices.actions import AgreeFollow, OfferPhone
from handlers.notices.consent import EXPIRY, FOLLOW
from handlers.ports.followers import Given, Manners, Reminder
from handlers.ports.world import World
from handlers.turn.actions import encode
from handlers.turn.effects import BindPhone, Consent, Follow, Unfollow
from handlers.turn.messages import Incoming
from tests.dialogue import MONDAY
from tests.handlers.notices.test_follow import CODE, OTHER, PHONE, Book, Citizen, Desk

PAPER = Reminder(1, "xay-dung", date(2027, 3, 1))


@dataclass
class Known(Book):
    """A book that also tells what was agreed to."""

    given: tuple[Given, ...] = ()

    def consents(self, address: str) -> tuple[Given, ...]:
        return self.given


@pytest.fixture
def book() -> Known:
    return Known()


@pytest.fixture
def citizen(world: World, book: Known) -> Citizen:
    return Citizen(replace(world, dossiers=Desk(), followers=book), book=book)


def test_who_agrees_to_all_without_a_number_binds_none(citizen: Citizen) -> None:
    citizen.say(Incoming(at=MONDAY, start="f-good"))
    citizen.choose("follow:all:yes")
    assert citizen.effects == (Consent("follow", FOLLOW), Follow(CODE, "vi", proved=False))
    assert [each for each in citizen.effects if isinstance(each, BindPhone)] == []


def test_who_agrees_to_one_dossier_has_not_agreed_that_his_number_is_kept(citizen: Citizen) -> None:
    citizen.say(Incoming(at=MONDAY, attachment="contact", phone=PHONE))
    citizen.choose(f"follow:{CODE}:yes")
    assert citizen.effects == (Consent("follow", FOLLOW), Follow(CODE, "vi", proved=False))


def test_to_stop_all_takes_back_both_consents(citizen: Citizen) -> None:
    citizen.book.codes, citizen.book.papers = [CODE], [PAPER]
    citizen.choose("stop")
    assert citizen.effects == (
        Unfollow(), Consent("follow", FOLLOW, given=False), Consent("expiry", EXPIRY, given=False),
    )  # fmt: skip


def test_to_stop_all_takes_back_no_consent_to_reminders_that_there_are_none_of(citizen: Citizen) -> None:
    citizen.book.codes = [CODE]
    citizen.choose("stop")
    assert citizen.effects == (Unfollow(), Consent("follow", FOLLOW, given=False))


def test_to_stop_one_of_two_takes_back_nothing(citizen: Citizen) -> None:
    citizen.book.codes, citizen.book.papers = [CODE, "1.001193"], [PAPER]
    citizen.choose(f"stop:{CODE}")
    assert citizen.effects == (Unfollow(CODE),)


def test_to_stop_the_only_one_takes_back_its_consent_and_leaves_the_reminders(citizen: Citizen) -> None:
    citizen.book.codes, citizen.book.papers = [CODE], [PAPER]
    citizen.choose(f"stop:{CODE}")
    assert citizen.effects == (Unfollow(CODE), Consent("follow", FOLLOW, given=False))


NO_MORE = Consent("follow", FOLLOW, given=False)


@pytest.mark.parametrize(
    ("words", "effects"),
    [
        (f"đừng báo tin hồ sơ {CODE} nữa, dừng báo tin {OTHER}", (Unfollow(CODE), Unfollow(OTHER), NO_MORE)),
        (f"dừng báo tin {CODE}", (Unfollow(CODE),)),
        (f"dừng báo tin H15.50-261119-0009 và {OTHER}", (Unfollow(OTHER),)),
        ("dừng báo tin H15.50-261119-0009", ()),
    ],
)
def test_every_followed_dossier_that_is_named_is_stopped_and_no_other(
    citizen: Citizen, words: str, effects: tuple
) -> None:
    citizen.book.codes = [CODE, OTHER]
    citizen.type(words)
    assert citizen.effects == effects
    assert [code for code in (CODE, OTHER) if code in citizen.text] == [
        each.code for each in effects if isinstance(each, Unfollow)
    ]


def test_who_is_only_reminded_of_papers_stops_by_the_same_word(citizen: Citizen) -> None:
    citizen.book.papers = [PAPER]
    told = citizen.type("dừng báo tin")
    assert "Mình không tự nhắn cho bạn nữa" in told  # of no one matter
    assert citizen.effects == (Unfollow(), NO_MORE, Consent("expiry", EXPIRY, given=False))


def test_who_has_proved_nothing_is_not_asked_to_agree(citizen: Citizen) -> None:
    citizen.choose(f"follow:{CODE}")
    assert not any(isinstance(choice.action, AgreeFollow) for choice in citizen.state.offered)


def test_where_nobody_can_be_written_to_nobody_is_asked_to_agree(citizen: Citizen) -> None:
    citizen.prove(CODE)
    citizen.book.is_chat = False
    citizen.choose(f"follow:{CODE}")
    assert not any(isinstance(choice.action, AgreeFollow) for choice in citizen.state.offered)


def test_who_follows_something_is_asked_for_the_next_all_the_same(citizen: Citizen) -> None:
    citizen.book.codes = [OTHER]
    citizen.prove(CODE)
    assert "Bạn có đồng ý không?" in citizen.choose(f"follow:{CODE}")
    citizen.type("có")
    assert citizen.effects == (Consent("follow", FOLLOW), Follow(CODE, "vi", proved=True))


def test_of_two_dossiers_one_not_proved_none_is_followed(citizen: Citizen) -> None:
    citizen.state = replace(citizen.state, invited=(CODE,))
    citizen.choose(f"follow:{OTHER}:yes")
    assert citizen.effects == ()


@pytest.mark.parametrize(("left", "more"), [((PAPER,), ()), ((), (Consent("expiry", EXPIRY, given=False),))])
def test_the_last_reminder_dropped_takes_back_its_consent(citizen: Citizen, left: tuple, more: tuple) -> None:
    citizen.book.papers = [replace(PAPER, number=2), *left]
    citizen.choose("forget:2")
    assert citizen.effects[1:] == more


@pytest.mark.parametrize(("given", "words"), [(True, "23/11/2026: đồng ý"), (False, "23/11/2026: rút lại")])
def test_the_export_tells_an_agreement_from_a_withdrawal(
    citizen: Citizen, book: Known, given: bool, words: str
) -> None:
    book.given = (Given("follow", FOLLOW, given, MONDAY),)
    turn = router.respond(Incoming(at=MONDAY, text="/dulieu"), citizen.state, citizen.world)
    content = turn.replies[0].enclosures[0].content
    assert words in content
    assert FOLLOW in content


# A text that somebody agreed to is not changed: it gets a new version, and its line here.
AGREED = {
    "follow-2026-11": "c470c7d6e5208205",
    "expiry-2026-11": "63ae53b56d5c15cd",
    "follow-2026-12": "198247a289d1a087",
    "expiry-2026-12": "05650f3a057136a1",
    "card-2026-11": "b626e8cd81b8b322",
    "card-2026-11-30": "ee92ba3c1c194240",
}


def test_a_changed_text_has_a_new_version() -> None:
    shown = {**consent.TEXTS, **form_consent.TEXTS}
    assert {
        version: hashlib.sha256(text.encode()).hexdigest()[:16] for version, text in shown.items()
    } == AGREED


def test_of_what_the_receipts_offered_only_the_chosen_one_is_agreed_to(citizen: Citizen) -> None:
    citizen.state = replace(citizen.state, invited=(CODE, OTHER))
    citizen.choose(f"follow:{CODE}:yes")
    assert (citizen.state.invited, citizen.book.codes) == ((OTHER,), [CODE])


@pytest.mark.parametrize("value", [f"follow:{CODE}:yes", "forget:1"])
def test_a_question_that_was_answered_is_not_left_standing(citizen: Citizen, value: str) -> None:
    citizen.prove(CODE)
    citizen.book.papers = [PAPER]
    citizen.choose(value)
    assert [reply.replaces for reply in citizen.replies] == [True]


def test_to_offer_one_s_number_is_not_to_prove_the_dossier_that_was_asked_for(citizen: Citizen) -> None:
    citizen.type(CODE)
    assert citizen.state.pending
    citizen.choose(encode(OfferPhone()))
    assert citizen.state.pending is None
    assert citizen.replies[0].asks_contact
    citizen.say(Incoming(at=MONDAY, attachment="contact", phone=PHONE))
    assert citizen.state.invited == (CODE, OTHER)
    assert citizen.state.proved == ()


@pytest.mark.parametrize(("phone", "is_chat"), [("", True), (PHONE, False)])
def test_a_contact_that_is_of_no_use_is_not_kept(citizen: Citizen, phone: str, is_chat: bool) -> None:
    citizen.book.is_chat = is_chat
    told = citizen.say(Incoming(at=MONDAY, attachment="contact", phone=phone))
    assert "không giữ số lại" not in told  # nothing was looked for
    assert (citizen.state.invited, citizen.state.phone, citizen.effects) == ((), "", ())


def test_who_is_told_at_any_hour_is_told_of_no_quiet_one(citizen: Citizen) -> None:
    citizen.prove(CODE)
    citizen.book.own = Manners()
    citizen.choose(f"follow:{CODE}:yes")
    assert CODE in citizen.text
    assert not re.search(r"\d\d:\d\d", citizen.text)
