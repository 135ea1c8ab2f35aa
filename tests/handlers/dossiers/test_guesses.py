"""What is taken for a code, for its second fact, and for neither."""

from dataclasses import replace

import pytest

from handlers.dossiers import status
from handlers.dossiers.codes import problem_text
from handlers.language import i18n
from handlers.ports.dossiers import Dossier, DossiersDown
from handlers.ports.guesses import Verdict
from handlers.ports.world import World
from handlers.turn.context import context
from handlers.turn.messages import Incoming, State
from handlers.turn.pending import SecondFactorAsked
from handlers.turn.shared import SmallTalk
from knowledge.dossiers.dossier_codes import BadCode, Reason
from knowledge.dossiers.guesses import WHOLE
from tests.dialogue import MONDAY, Player
from tests.handlers.dossiers.test_status import CODE, DOSSIER, FOREIGN, Desk, Judge


@pytest.fixture
def citizen(world: World) -> Player:
    return Player(replace(world, dossiers=Desk()))


@pytest.mark.parametrize("typed", ["261119-1377", "03706/2026/07906"])
def test_what_was_meant_as_a_code_is_no_second_fact(typed: str, citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type(typed)
    assert citizen.world.dossiers.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["H15.50-2611 19-1377", "H15. 50-261119-13 77", "H 15.50 - 261119 - 1377"])
def test_a_code_with_spaces_in_it_is_looked_up(typed: str, citizen: Player) -> None:
    citizen.type(typed)
    assert citizen.state.pending == SecondFactorAsked(CODE)


def test_of_two_codes_the_first_is_looked_up(citizen: Player) -> None:
    citizen.type(f"hồ sơ {CODE} và {FOREIGN}")
    assert citizen.state.pending == SecondFactorAsked(CODE)


@pytest.mark.parametrize("typed", [f"{CODE} 4 số cuối 4567", "hồ sơ H15.50 261119 1377, số cuối là 4567"])
def test_the_fact_beside_the_code_is_no_part_of_the_code(typed: str, citizen: Player) -> None:
    citizen.type(typed)
    assert citizen.state.proved == (CODE,)


def test_a_code_that_is_said_to_end_so_is_no_guess(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("tôi đã ghi 4 số cuối của H15.50 261119 1377")
    assert citizen.world.dossiers.asked == []  # type: ignore[attr-defined]


def test_so_many_proved_dossiers_are_kept_the_newest_first(citizen: Player) -> None:
    before = tuple(f"H15.50-261118-{number}" for number in range(60))
    citizen.state = replace(citizen.state, proved=before[:50])
    citizen.type(CODE)
    citizen.type("4567")
    assert citizen.state.proved == (CODE, *before[:49])


def test_too_few_digits_are_no_guess(citizen: Player) -> None:
    citizen.type(CODE)
    assert "thử sai" not in citizen.type("456")
    assert citizen.world.dossiers.asked == []  # type: ignore[attr-defined]
    assert "Tình trạng" in citizen.type("4567")


def test_the_fact_may_be_said_in_a_sentence(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("4 số cuối là 4567")
    assert citizen.state.proved == (CODE,)


def test_who_says_the_fact_again_sees_it_all_the_same(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("4567")
    assert "Tình trạng" in citizen.type(f"hồ sơ {CODE}, 4 số cuối là 4567")


@pytest.mark.parametrize(
    ("waiting", "text", "is_about_it"),
    [
        (SecondFactorAsked(CODE), "4567", True),
        (SecondFactorAsked(CODE), "45678", False),  # a longer number may answer what is asked
        (SecondFactorAsked(CODE), "19-1", False),
        (SecondFactorAsked(CODE), "Bình", False),
        (SecondFactorAsked(CODE), FOREIGN, True),
        (SecondFactorAsked(CODE, digits=6), "456789", True),
        (SecondFactorAsked(CODE, digits=6), "4567", False),
        (SecondFactorAsked(CODE, digits=WHOLE), "060198001234", True),
        (SecondFactorAsked(CODE, digits=WHOLE), "0601980012345", False),  # no number has so many
        (SecondFactorAsked(CODE, digits=WHOLE), "4567", False),
        (None, "4567", False),
        (None, CODE, True),
        (None, "hồ sơ của tôi tới đâu rồi", False),
    ],
)
def test_an_answer_to_something_else_is_only_taken_for_a_whole_code_or_the_fact(
    waiting: SecondFactorAsked | None, text: str, is_about_it: bool, citizen: Player
) -> None:
    ctx = context(Incoming(at=MONDAY, text=text), State(pending=waiting), citizen.world)
    assert (status.interjection(text, ctx) is not None) == is_about_it


@pytest.mark.parametrize(("codes", "found"), [((), None), ((CODE, FOREIGN), SecondFactorAsked(CODE))])
def test_the_first_dossier_in_a_photo_is_looked_up_if_there_is_one(
    codes: tuple[str, ...], found: SecondFactorAsked | None, citizen: Player
) -> None:
    citizen.say(Incoming(at=MONDAY, attachment="photo", scanned=("https://example.vn", *codes)))
    assert citizen.state.pending == found


def test_who_has_to_wait_is_not_asked_for_the_fact_of_another_code(citizen: Player) -> None:
    citizen.world = replace(citizen.world, guesses=Judge(Verdict(wait_hours=1)))
    assert "4 số cuối" not in citizen.type(FOREIGN)


@pytest.mark.parametrize("phone", ["", "84909999999"])
def test_a_contact_that_is_not_the_owner_s_shows_nothing(phone: str, citizen: Player) -> None:
    citizen.type(CODE)
    citizen.say(Incoming(at=MONDAY, attachment="contact", phone=phone))
    assert citizen.state.proved == ()
    assert citizen.state.pending == SecondFactorAsked(CODE)
    assert bool(citizen.replies[0].asks_contact) != bool(phone)  # the button is offered again


@pytest.mark.parametrize(("state", "offered"), [("9", True), ("4", False)])
def test_the_hours_are_offered_to_who_has_something_to_fetch(state: str, offered: bool, world: World) -> None:
    player = Player(replace(world, dossiers=Desk(replace(DOSSIER, status=state))))
    player.type(CODE)
    player.type("4567")
    assert player.replies[0].replaces
    assert (SmallTalk("hours") in {choice.action for choice in player.state.offered}) == offered


@pytest.mark.parametrize(
    ("proved", "typed", "shown"),
    [
        ((CODE,), "hồ sơ 19-1377", True),
        ((CODE,), "còn hồ sơ số 19-1377 của tôi thì sao rồi", True),
        ((CODE,), "hồ sơ 19-1378", False),
        ((CODE, "H15.51-261119-1377"), "hồ sơ 19-1377", False),  # which of the two?
        ((), "hồ sơ 19-1377", False),
        ((CODE,), "19-1377 ạ", True),
        ((CODE,), "19-1377 đồng nhé", False),
        ((CODE,), "tôi có 19-1377 đồng trong túi áo", False),
    ],
)
def test_a_short_form_is_the_one_proved_dossier_that_ends_so(
    proved: tuple[str, ...], typed: str, shown: bool, citizen: Player
) -> None:
    citizen.state = replace(citizen.state, proved=proved)
    assert ("Ngày hẹn trả" in citizen.type(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("mã 03706/2026/07906", "other_agency"),
        ("260706-1377", "no_unit"),
        ("mã H15.50-261319-1377", "bad_date"),
        ("mã H15.50-260706", "too_short"),
        ("mã H15.50-260706-137", "bad_number"),
    ],
)
def test_what_was_meant_as_a_code_is_told_what_is_wrong_with_it(
    typed: str, reason: Reason, citizen: Player
) -> None:
    citizen.type(typed)
    assert citizen.text.strip() == problem_text(
        BadCode(reason, typed), citizen.world.office, i18n.translator("vi")
    )


def test_who_is_wrong_is_led_to_the_desk(citizen: Player) -> None:
    citizen.type(CODE)
    citizen.type("0000")
    assert SmallTalk("human") in {choice.action for choice in citizen.state.offered}


class Open(Desk):
    """An office that opens the state to the bare code."""

    def glimpse(self, code: str, who: object, now: object) -> Dossier | None:
        return replace(DOSSIER, code=code) if code in (CODE, FOREIGN) else None


def test_what_the_office_opens_is_shown_and_the_fact_is_asked_for_the_rest(world: World) -> None:
    player = Player(replace(world, dossiers=Open()))
    told = player.type(CODE)
    assert "Tình trạng: Đang xử lý" in told
    assert "Đăng ký khai sinh" in player.replies[0].title
    assert (player.state.pending, player.state.proved) == (SecondFactorAsked(CODE), ())


class Down(Desk):
    """A one-stop system that does not answer when a number is compared."""

    def matches_phone(self, code: str, phone: str) -> bool:
        raise DossiersDown("time-out")


def test_a_number_that_cannot_be_compared_now_proves_nothing(world: World) -> None:
    player = Player(replace(world, dossiers=Down()))
    player.type(CODE)
    assert "thử lại sau" in player.say(Incoming(at=MONDAY, attachment="contact", phone="84901234567"))
    assert player.state.proved == ()


def test_a_number_that_nobody_asked_for_is_no_fact_of_a_dossier(citizen: Player) -> None:
    assert "mã hồ sơ trên giấy hẹn" not in citizen.type("500000")
