"""A desk code alone opens nothing: it is said aloud at the counter and stands on the paper."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from handlers import router
from handlers.ports.drafts import PassingDrafts
from handlers.ports.guesses import Guesser, Verdict
from handlers.ports.world import World
from handlers.turn.effects import DeleteDraft, Guessed, SaveDraft
from handlers.turn.messages import Incoming
from handlers.turn.pending import DraftFactorAsked
from tests.dialogue import MONDAY, Player
from tests.handlers.intake.form_talks import MOTHER, begun

OWN, OTHERS = "HS-0000-0001", "HS-9999-9999"
ID_NUMBER = MOTHER[:12]


@dataclass(frozen=True)
class Of:
    """The drafts of one account, as another one sees them."""

    drafts: PassingDrafts
    began: bool | None = False

    def is_of(self, code: str, person: str) -> bool | None:
        return self.began if self.find(code) else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.drafts, name)


@pytest.fixture
def owner(world: World) -> Player:
    """Has begun a form, with a card in it."""
    player = begun(world, "khai-sinh", "Đồng ý, chụp thẻ")
    player.tap("Con trai của tôi")
    player.photograph(MOTHER)
    return player


@pytest.fixture
def stranger(world: World, owner: Player) -> Player:
    return Player(world, drafts=Of(owner.drafts))  # type: ignore[arg-type]


def test_the_account_that_began_it_goes_on_with_the_code(owner: Player) -> None:
    owner.type("để sau")
    owner.type(OWN)
    assert owner.state.draft == "00000001"


@pytest.mark.parametrize("code", [OWN, OTHERS])
def test_a_stranger_is_asked_for_the_end_of_an_id_number_in_it_whether_there_is_one_or_not(
    code: str, stranger: Player
) -> None:
    asked = stranger.type(code)
    assert "4 số cuối của một số căn cước" in asked
    assert stranger.state.draft == ""
    turn = router.respond(Incoming(at=MONDAY, text="0000"), stranger.state, stranger.world)
    assert "không khớp với tờ khai nào" in turn.replies[0].text
    assert turn.effects == (Guessed(code, False, Verdict()),)


def test_who_knows_an_id_number_in_it_goes_on(stranger: Player) -> None:
    stranger.type(OWN)
    turn = router.respond(Incoming(at=MONDAY, text=ID_NUMBER[-4:]), stranger.state, stranger.world)
    assert turn.state.draft == "00000001"
    assert turn.effects == (Guessed(OWN, True, Verdict()),)
    stranger.state = turn.state
    stranger.type("để sau")
    stranger.type(OWN)
    assert stranger.state.draft == "00000001"  # it is not asked for twice


def test_a_photographed_code_is_asked_for_the_fact_as_a_typed_one(stranger: Player) -> None:
    assert "4 số cuối của một số căn cước" in stranger.photograph(OWN)


def test_letters_that_look_like_digits_make_no_other_code(stranger: Player) -> None:
    stranger.type("HS-OOOO-OOOI")
    assert stranger.state.pending == DraftFactorAsked("00000001")


def test_an_empty_answer_opens_no_form_without_an_id_number(world: World) -> None:
    empty = begun(world, "khai-sinh")
    stranger = Player(world, drafts=Of(empty.drafts))  # type: ignore[arg-type]
    stranger.type(OWN)
    stranger.type("0000")
    assert stranger.state.draft == ""


class Judge:
    """Gives one verdict."""

    def __init__(self, verdict: Verdict) -> None:
        self.given = verdict

    def verdict(self, who: Guesser, code: str, now: object) -> Verdict:
        return self.given

    def recent(self, person: str) -> int:
        return 0


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict(6), "6 số cuối"), (Verdict(9), "đủ một số căn cước"), (Verdict(wait_hours=3), "đợi 3 giờ")],
)
def test_wrong_codes_count_as_wrong_facts_do(verdict: Verdict, words: str, stranger: Player) -> None:
    stranger.world = replace(stranger.world, guesses=Judge(verdict))
    assert words in stranger.type(OWN)
    turn = router.respond(Incoming(at=MONDAY, text=ID_NUMBER[-4:]), stranger.state, stranger.world)
    assert turn.state.draft == ""
    assert turn.effects == ()


def test_only_who_began_it_erases_it(owner: Player, stranger: Player) -> None:
    stranger.type(OWN)
    stranger.type(ID_NUMBER[-4:])
    assert "chỉ tài khoản đó xóa được" in stranger.say(Incoming(at=MONDAY, choice="fc"))
    forged = router.respond(Incoming(at=MONDAY, choice="fx"), stranger.state, stranger.world)
    assert not any(isinstance(effect, DeleteDraft) for effect in forged.effects)
    owner.say(Incoming(at=MONDAY, choice="fc"))
    assert "Không còn gì được giữ lại" in owner.tap("Xóa")
    assert owner.drafts.find("00000001") is None


def test_a_form_from_before_owners_were_kept_is_of_who_knows_it(owner: Player) -> None:
    owner.world = replace(owner.world, drafts=Of(owner.drafts, began=None))  # type: ignore[arg-type]
    owner.say(Incoming(at=MONDAY, choice="fc"))
    assert "Không còn gì được giữ lại" in owner.tap("Xóa")


def test_what_a_stranger_adds_is_kept_as_what_the_owner_does(stranger: Player) -> None:
    stranger.type(OWN)
    stranger.type(ID_NUMBER[-4:])
    turn = router.respond(Incoming(at=MONDAY, text="bỏ qua"), stranger.state, stranger.world)
    assert all(isinstance(effect, SaveDraft) for effect in turn.effects)
