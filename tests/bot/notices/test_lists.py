"""Kept lists whose procedure has changed: owed once to who follows the list, with what went and what came."""

from dataclasses import replace

import pytest

from bot.dossiers import apologies
from bot.notices import lists
from bot.notices.composing import Composer
from bot.storage import conversations, database
from handlers import router
from handlers.turn.messages import Incoming, SavedList, State
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import ADDRESS, NOW, VAULT

CODE = "1.001193"
PAPERS = {"old": "Đơn cũ"}


def keep(engine, saved, address=ADDRESS):
    with database.writing(engine) as connection:
        assert conversations.save(connection, VAULT, address, State(lists=(saved,)), 0, NOW)
    parts.follow(engine, address, saved.code)


def owe(engine, world):
    with database.writing(engine) as connection:
        return lists.owe_changes(connection, VAULT, world.catalogue, NOW)


def without(world, document):
    """The world in which the procedure does not ask for that document any more, but for a new one."""
    procedure = world.catalogue.procedures[CODE]
    documents = [d for d in procedure.documents if d.id != document.id]
    new = document.model_copy(update={"id": "new", "name": "Giấy mới"})
    changed = procedure.model_copy(update={"documents": (*documents, new)})
    procedures = {**world.catalogue.procedures, CODE: changed}

    class Changed:
        def __init__(self):
            self.procedures = procedures

    return replace(world, catalogue=Changed())


@pytest.fixture
def seen(world):
    """A list as the conversation keeps it when it is shown, and its first paper."""
    turn = router.respond(Incoming(at=NOW, choice=f"p:{CODE}"), State(), world)
    while turn.state.lists == ():
        turn = router.respond(Incoming(at=NOW, choice=turn.replies[-1].choices[0].value), turn.state, world)
    [saved] = turn.state.lists
    documents = world.catalogue.procedures[CODE].documents
    return saved, next(d for d in documents if d.id in saved.papers)


def test_a_list_that_is_as_it_was_owes_nothing(engine, world, seen):
    keep(engine, seen[0])
    assert owe(engine, world) == 0


def test_what_went_and_what_came_is_told_once(engine, world, seen):
    saved, document = seen
    keep(engine, saved)
    now = without(world, document)
    assert (owe(engine, now), owe(engine, now)) == (1, 0)
    [claimed] = parts.claim(engine)
    text = Composer(engine, VAULT, world, lambda: NOW, apologies.told)(claimed).text
    assert f"Bỏ giấy: {saved.papers[document.id]}" in text
    assert "Thêm giấy: Giấy mới" in text


def test_a_later_change_takes_the_place_of_one_that_waits(engine, world, seen):
    saved, document = seen
    keep(engine, replace(saved, papers={**saved.papers, **PAPERS}))
    owe(engine, world)
    assert owe(engine, without(world, document)) == 1
    assert parts.states(engine) == ["superseded", "waiting"]


def test_only_who_follows_the_list_is_told(engine, world, seen):
    keep(engine, replace(seen[0], papers=PAPERS))
    parts.stop(engine, ADDRESS, CODE)
    assert owe(engine, world) == 0


@pytest.mark.parametrize(
    "saved",
    [
        SavedList(CODE),  # kept before papers were
        SavedList("9.999999", papers=PAPERS),  # a procedure that is not in the catalogue any more
    ],
)
def test_a_list_that_cannot_be_compared_owes_nothing(engine, world, saved):
    keep(engine, saved)
    assert owe(engine, world) == 0


def test_who_follows_without_a_kept_list_is_left_alone(engine, world):
    parts.follow(engine, ADDRESS, CODE)
    assert owe(engine, world) == 0


def test_a_paper_that_only_got_another_id_is_no_change(engine, world, seen):
    saved, document = seen
    papers = {name if name != document.id else "renamed": paper for name, paper in saved.papers.items()}
    keep(engine, replace(saved, papers=papers))
    assert owe(engine, world) == 0
