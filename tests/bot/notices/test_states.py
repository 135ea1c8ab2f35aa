from typing import get_args

from bot.storage.schema.outbox import state_in
from handlers.ports.followers import Fate
from knowledge.notices.states import DUE, OPEN, NoticeState


def test_the_conversation_knows_every_state():
    assert set(get_args(Fate)) == set(NoticeState)


def test_what_is_due_is_open():
    assert set(DUE) < set(OPEN)


def test_a_state_is_written_out_as_the_indexes_have_it():
    assert state_in(OPEN) == "state IN ('waiting', 'claimed', 'doubtful')"
