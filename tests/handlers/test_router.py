"""Whatever comes in: a clear sentence, never an exception, never a lost conversation."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import VIETNAM
from handlers import router
from handlers.language.i18n import languages, translator
from handlers.office import commands
from handlers.ports.world import World
from handlers.turn.choices import Choice, chosen
from handlers.turn.messages import Incoming, SavedList, State, Unmet
from handlers.turn.pending import CaseQuestion, SecondFactorAsked
from handlers.turn.shared import OpenProcedure
from tests.dialogue import MONDAY, Player

BIRTH = "1.001193"

HOSTILE = [
    "x" * 100_000,
    "😀👍🏽🎉",
    "\x00\x01\x1b[31m\u202e",
    "\u200f\u202eاكتب هنا",
    "'; DROP TABLE conversation; --",
    "<script>alert(1)</script><b>",
    "{code} %s {0} %(name)s",
    "/khong_co_lenh_nay",
    "/",
    "   \n\t ",
    "9" * 400,
    "-1",
    "١",
    "²",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_bad_text_gets_a_sentence_and_a_way_on(text: str, world: World) -> None:
    player = Player(world)
    assert player.type(text).strip()
    assert player.labels


@pytest.mark.parametrize("text", HOSTILE)
def test_bad_text_in_the_middle_of_the_cases_loses_no_list(text: str, world: World) -> None:
    kept = State(lists=(SavedList(BIRTH),), procedure=BIRTH, answers={"child": "ordinary"})
    turn = router.respond(Incoming(at=MONDAY, text=text), kept, world)
    assert turn.state.lists == kept.lists


def test_an_unknown_command_is_said_to_be_one_and_ends_nothing(world: World) -> None:
    player = Player(world)
    player.type("làm khai sinh cho con")
    before, offered = player.state, player.labels
    player.type("/huong_dan")
    player.expect("Mình không biết lệnh này.")
    assert (player.state.pending, player.labels) == (before.pending, offered)
    assert before.pending is not None


def test_every_command_that_is_shown_is_known(world: World) -> None:
    said = [Player(world).type(f"/{name}") for row in commands.COMMANDS for name in row[:2]]
    assert not [text for text in said if "không biết lệnh" in text]


def test_a_dossier_is_asked_for_by_a_command(world: World) -> None:
    player = Player(world)
    assert player.type("/hoso") == player.type("/status")
    player.expect("mã hồ sơ")


@pytest.mark.parametrize("command", ["/hoso", "/status", "/hoso@motcua_bot"])
def test_a_command_may_name_the_dossier(world: World, command: str) -> None:
    player = Player(world)
    player.type(f"{command} h36.99 260706 0001")
    assert isinstance(player.state.pending, SecondFactorAsked)
    assert player.state.pending.dossier == "H36.99-260706-0001"


FORGED = [
    "",
    ":",
    "p:",
    "p:9.999999",
    "a:1.001193:child:nobody",
    "a:1.001193:nothing:ordinary",
    "a:9.999999:child:ordinary",
    "v:1.001193:pigeon",
    "t:1.001193:no-such-paper",
    "field:nowhere:0",
    "field:ho-tich:99999999999999999999",
    "field:ho-tich:-5",
    "field:ho-tich:x",
    "fields:٣",
    "e:nothing",
    "talk:nothing",
    "talk:emergency-nothing",
    "language:xx",
    "l:1.001193:extra",
    "old-button-of-version-0",
    "x" * 500,
]


@pytest.mark.parametrize("value", FORGED)
def test_an_unknown_button_is_answered(value: str, world: World) -> None:
    turn = router.respond(Incoming(at=MONDAY, choice=value, text=value), State(), world)
    assert all(reply.text.strip() for reply in turn.replies)
    assert turn.outcome != "failed"


def test_decomposed_text_means_the_same(world: World) -> None:
    import unicodedata

    composed, decomposed = Player(world), Player(world)
    question = "đăng ký khai tử cần giấy tờ gì"
    assert composed.type(question) == decomposed.type(unicodedata.normalize("NFD", question))


@pytest.mark.parametrize("kind", ["photo", "file", "voice", "contact", "location", "other"])
def test_an_attachment_gets_a_polite_word(kind: str, world: World) -> None:
    player = Player(world)
    assert "Bạn" in player.say(Incoming(at=MONDAY, attachment=kind))  # type: ignore[arg-type]


def test_the_caption_of_a_photo_is_a_question(world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, attachment="photo", text="đăng ký giám hộ cần gì"))
    assert player.state.procedure == "1.004837"


@pytest.mark.parametrize("payload", ["p-1_001193", "1_001193"])
def test_a_deep_link_opens_its_procedure(payload: str, world: World) -> None:
    player = Player(world)
    player.say(Incoming(at=MONDAY, start=payload))
    assert player.state.procedure == BIRTH


def test_an_unknown_deep_link_greets(world: World) -> None:
    player = Player(world)
    assert "Chào bạn" in player.say(Incoming(at=MONDAY, start="gi-do"))


OFFERED = (
    Choice("Cha hoặc mẹ", OpenProcedure("1")),
    Choice("Ông, bà, người thân thích khác", OpenProcedure("2")),
    Choice("Tôi chưa rõ", OpenProcedure("3")),
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1", "1"),
        ("2.", "2"),
        ("3)", "3"),
        ("4", ""),
        ("0", ""),
        ("cha hoac me", "1"),
        ("CHA HOẶC MẸ", "1"),
        ("ông bà", "2"),
        ("chưa rõ", "3"),
        ("khác nữa cơ", ""),
        ("", ""),
    ],
)
def test_a_typed_choice_is_understood(typed: str, value: str) -> None:
    choice = chosen(typed, OFFERED)
    assert (choice.action.code if choice else "") == value


def test_an_old_button_works_without_its_conversation(world: World) -> None:
    turn = router.respond(Incoming(at=MONDAY, choice=f"a:{BIRTH}:child:ordinary"), State(), world)
    assert turn.state.answers == {"child": "ordinary"}


def test_changing_an_answer_forgets_what_it_makes_meaningless(world: World) -> None:
    state = State(procedure=BIRTH, answers={"child": "ordinary", "proof": "paper", "filer": "parent"})
    turn = router.respond(Incoming(at=MONDAY, choice=f"a:{BIRTH}:child:abandoned"), state, world)
    assert turn.state.answers == {"child": "abandoned", "filer": "parent"}


def test_a_kept_list_says_that_its_procedure_has_changed(world: World) -> None:
    checked = world.catalogue.procedures["2.000927"].checked
    kept = SavedList("2.000927", saved_on=checked - timedelta(days=1))
    turn = router.respond(Incoming(at=MONDAY, choice="l:2.000927"), State(lists=(kept,)), world)
    assert turn.replies[0].text.startswith("Thủ tục này đã được cập nhật")


def test_lists_are_kept_newest_first_and_not_without_end(world: World) -> None:
    codes = [p.code for p in world.catalogue.procedures.values() if not p.cases]
    state = State(lists=tuple(SavedList(f"0.{n:06}") for n in range(20)))
    turn = router.respond(Incoming(at=MONDAY, choice=f"p:{codes[0]}"), state, world)
    assert turn.state.lists[0].code == codes[0]
    assert len(turn.state.lists) == 20


@pytest.mark.parametrize("language", languages())
def test_the_app_s_language_decides_until_the_person_does(language: str, world: World) -> None:
    greeting = router.respond(Incoming(at=MONDAY, text="/start", language=f"{language}-XX"), State(), world)
    label = translator(language)("Tra cứu hồ sơ")
    assert greeting.replies[0].choices[0].label == label
    chosen = State(language="vi")
    again = router.respond(Incoming(at=MONDAY, text="/start", language=language), chosen, world)
    assert again.replies[0].choices[0].label == "Tra cứu hồ sơ"


def test_the_apology_keeps_the_state(world: World) -> None:
    state = State(procedure=BIRTH)
    turn = router.crash_reply(Incoming(at=MONDAY, text="x"), state, world)
    assert turn.state == state
    assert turn.outcome == "failed"


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)).map(lambda m: replace_zone(m))


def replace_zone(moment: datetime) -> datetime:
    return moment.replace(tzinfo=VIETNAM)


@given(
    messages=st.lists(
        st.one_of(st.text(max_size=60), st.sampled_from(["1", "2", "menu", "bao lâu", "khai sinh"]))
    )
)
@settings(max_examples=60, deadline=None)
def test_no_talk_ends_in_an_exception(messages: list[str], world: World) -> None:
    state = State()
    for text in messages:
        turn = router.respond(Incoming(at=MONDAY, text=text), state, world)
        assert turn.replies
        state = turn.state


@given(moment=MOMENTS, question=st.sampled_from(["giờ làm việc", "gặp cán bộ"]))
@settings(max_examples=60, deadline=None)
def test_the_hours_are_told_at_any_time(moment: datetime, question: str, world: World) -> None:
    assert router.respond(Incoming(at=moment, text=question), State(), world).replies


def test_every_procedure_can_be_walked_to_its_list(world: World) -> None:
    """The first and the last value of every case lead to a list, and every button fits Telegram."""
    for code in world.catalogue.procedures:
        for pick in (0, -2, -1):
            turn = router.respond(Incoming(at=MONDAY, choice=f"p:{code}"), State(), world)
            while turn.outcome == "asked":
                answers = [c.value for c in turn.replies[0].choices if c.value.startswith("a:")]
                turn = router.respond(Incoming(at=MONDAY, choice=answers[pick]), turn.state, world)
            assert turn.outcome == "answered", code
            assert all(len(c.value.encode()) <= 64 for r in turn.replies for c in r.choices), code
            ticks = router.respond(Incoming(at=MONDAY, choice=f"k:{code}"), turn.state, world)
            assert all(len(c.value.encode()) <= 64 for r in ticks.replies for c in r.choices), code
            assert router.respond(Incoming(at=MONDAY, choice=f"n:{code}"), turn.state, world).replies[0].text


def test_who_means_a_neighbour_gets_there_in_two_taps(world: World) -> None:
    turn = router.respond(Incoming(at=MONDAY, choice=f"p:{BIRTH}"), State(), world)
    assert f"o:{BIRTH}" in {c.value for c in turn.replies[0].choices}
    turn = router.respond(Incoming(at=MONDAY, choice=f"o:{BIRTH}"), turn.state, world)
    assert "p:1.000689" in {c.value for c in turn.replies[0].choices}


def test_a_question_that_was_offered_choices_is_noted_with_the_choice(world: World) -> None:
    asked = State(doubtful="giấy cho con", offered=(Choice("Khai sinh", OpenProcedure(BIRTH)),))
    turn = router.respond(Incoming(at=MONDAY, choice=f"p:{BIRTH}"), asked, world)
    assert turn.unmet == Unmet("giấy cho con", BIRTH, "", "offered")
    assert turn.state.doubtful == ""


def test_a_question_that_was_not_found_is_noted_without_its_names(world: World) -> None:
    turn = router.respond(Incoming(at=MONDAY, text="zxqv qwzx Nguyễn Văn Tèo"), State(), world)
    assert turn.unmet == Unmet("…", done="declined")  # neither syllables nor words of the catalogue


def test_a_question_that_was_not_found_is_noted_with_what_was_open(world: World) -> None:
    opened = router.respond(Incoming(at=MONDAY, choice=f"p:{BIRTH}"), State(), world).state
    turn = router.respond(Incoming(at=MONDAY, text="con chuồn chuồn bay ngang sân"), opened, world)
    assert isinstance(opened.pending, CaseQuestion)
    assert turn.unmet == Unmet(
        "con chuồn chuồn bay ngang sân", "", f"{BIRTH} {opened.pending.case}", turn.outcome
    )
