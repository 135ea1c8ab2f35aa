"""The procedures that are translated, in English: all of it, and as much as in Vietnamese."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from handlers.guidance.answer import answer
from handlers.guidance.facts import exempts, names_another
from handlers.guidance.matter import Matter
from handlers.guidance.papers import COPY, is_card
from handlers.language.i18n import translator
from handlers.language.written import unbracketed
from handlers.ports.world import World
from handlers.procedures.ticks import asks
from handlers.router import respond
from handlers.turn.blocks import plain
from handlers.turn.messages import Incoming, Reply, State
from knowledge.procedures.catalogue import Procedure
from knowledge.procedures.leaves import leaves
from tests.dialogue import MONDAY
from tests.handlers.guidance.leaves import TODAY

CODES = (
    "1.000894", "2.000806",  # marriage
    "1.001193", "2.000528",  # birth
    "1.000656",  # death
    "1.004194", "2.001159",  # temporary residence, stay
    "2.000815", "2.000884",  # copies, signatures
    "1.004873", "2.000635",  # single status, extracts
    "1.001022",  # recognition
    "2.001263", "2.002363",  # adoption
)  # fmt: skip
NAMES = {"Tiến", "Thành", "Tết"}  # what has no English
ASKED = (
    "how much does it cost", "how long does it take", "where do I file", "can I do it online",
    "can I send it by post", "who must come", "can somebody else do it for me", "do we both have to come",
    "what is the legal basis", "do I need my passport", "do I need a birth certificate", "what do I get",
    "when can I pick it up", "what papers do I need", "what time is the office open", "what if it is late",
    "I do not speak Vietnamese", "what are the conditions", "who decides", "do I need originals or copies",
)  # fmt: skip


def matters(code: str, world: World) -> Iterator[tuple[Matter, Matter]]:
    """In each case by each way: the same in English and in Vietnamese."""
    english = world.spoken("en")
    vietnamese = world.procedure(code)
    for via in vietnamese.methods:
        for answers in (*leaves(vietnamese, via), {}):
            here = Matter(vietnamese, answers, via, TODAY, world.office, translator("vi"))
            there = english.procedure(code)
            yield replace(here, procedure=there, office=english.office, tr=translator("en")), here


def vietnamese(text: str) -> list[str]:
    """The lines that have a Vietnamese word outside of brackets; codes of laws have one, and are no words."""
    return [line for line in text.splitlines() if _words(line) - NAMES]


def _words(line: str) -> set[str]:
    said = (piece for piece in unbracketed(line).split() if "/" not in piece)
    return {word for word in re.findall(r"[^\W\d_]+", " ".join(said)) if not word.isascii()}


def asked(code: str, line: str, world: World) -> tuple[Reply, ...]:
    """What is replied to a line about a procedure that was opened in English."""
    state = State(language="en", procedure=code)
    return respond(Incoming(at=MONDAY, text=line), state, world).replies


@pytest.mark.parametrize("code", CODES)
def test_all_of_it_is_in_english(code: str, world: World) -> None:
    texts = [plain(answer(english)) for english, _vietnamese in matters(code, world)]
    assert [line for text in texts for line in vietnamese(text)] == []


@pytest.mark.parametrize("code", CODES)
def test_it_tells_as_much_as_in_vietnamese(code: str, world: World) -> None:
    told = [(plain(answer(one)), plain(answer(other))) for one, other in matters(code, world)]
    assert [one.count("\n") for one, _other in told] == [other.count("\n") for _one, other in told]


@pytest.mark.parametrize("code", CODES)
def test_its_questions_and_buttons_are_in_english(code: str, world: World) -> None:
    told, state = [], State(language="en")
    pressed = f"p:{code}"
    for _question in range(6):
        turn = respond(Incoming(at=MONDAY, choice=pressed), state, world)
        state, [*_others, last] = turn.state, turn.replies
        told += [text for r in turn.replies for text in (r.title, r.text, *(c.label for c in r.choices))]
        pressed = last.choices[0].value
        if turn.outcome != "asked":
            break
    assert vietnamese("\n".join(told)) == []


@pytest.mark.parametrize("line", ASKED)
@pytest.mark.parametrize("code", CODES)
def test_what_is_asked_of_it_is_answered_in_english(code: str, line: str, world: World) -> None:
    replies = asked(code, line, world)
    told = [text for r in replies for text in (r.title, r.text, *(choice.label for choice in r.choices))]
    assert vietnamese("\n".join(told)) == []


def test_the_detector_sees_vietnamese() -> None:
    assert vietnamese("Birth certificate (Giấy khai sinh (bản sao))\nLaw 60/2014/NĐ-CP\nGiấy khai sinh") == [
        "Giấy khai sinh"
    ]


def test_a_name_is_in_both_languages_to_be_shown_at_the_desk(world: World) -> None:
    procedure = world.spoken("en").procedure("1.001193")
    assert procedure.short == "Birth registration (Đăng ký khai sinh)"
    assert procedure.documents[0].name == "Declaration for birth registration (Tờ khai đăng ký khai sinh)"


def test_sums_are_written_as_in_english(world: World) -> None:
    [reply] = asked("2.000815", "how much does it cost", world)
    assert "2,000 VND/page" in reply.text


def test_what_is_not_translated_is_said_to_be_in_vietnamese(world: World) -> None:
    [reply] = respond(Incoming(at=MONDAY, choice="p:1.010028"), State(language="en"), world).replies
    assert reply.title == "Removing temporary residence (Xóa tạm trú)"
    assert "What follows is in Vietnamese only: you may show this screen to the officer." in reply.text
    [reply] = respond(Incoming(at=MONDAY, choice="p:1.010028"), State(language="vi"), world).replies
    assert "tiếng Việt" not in reply.text


def test_every_procedure_has_an_english_name_and_sentence(world: World) -> None:
    procedures = world.spoken("en").catalogue.procedures.values()
    assert [p.code for p in procedures if vietnamese(f"{p.short}\n{p.about}")] == []


def test_an_office_without_english_keeps_its_names(world: World) -> None:
    ours = replace(world, office=world.office.model_copy(update={"english": {}}))
    assert ours.spoken("en").office.places == world.office.places


@pytest.mark.parametrize("code", CODES)
def test_what_words_of_the_data_decide_is_decided_alike(code: str, world: World) -> None:
    vietnamese, english = world.procedure(code), world.spoken("en").procedure(code)
    pairs = list(zip(vietnamese.documents, english.documents, strict=True))
    assert [d.name.startswith(COPY) for d, _ in pairs] == [d.name.startswith(COPY) for _, d in pairs]
    assert [is_card(d) for d, _ in pairs] == [is_card(d) for _, d in pairs]
    assert [exempts(fee) for fee in vietnamese.fees] == [exempts(fee) for fee in english.fees]
    assert [names_another(where) for where in _wheres(vietnamese)] == [
        names_another(where) for where in _wheres(english)
    ]
    told = zip(_told_of_papers(vietnamese), _told_of_papers(english), strict=True)
    assert [(one, other) for one, other in told if asks(one) != asks(other)] == []


def _told_of_papers(procedure: Procedure) -> list[str]:
    return [note.text for note in procedure.notes if note.lead and note.topic == "documents"]


def _wheres(procedure: Procedure) -> list[str]:
    return [procedure.where or "", *(spot.where or "" for spot in procedure.spots)]
