"""A database of one engine: what differs between the two is in `test_stored.py`."""

import pytest

from bot.storage import database, migrate


@pytest.fixture
def kept(tmp_path):
    made = database.connect(f"sqlite:///{tmp_path / 'test.db'}")
    migrate.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def do_kept(kept):
    """One change, or question, in a transaction of its own."""

    def change(act, *values):
        with database.writing(kept) as connection:
            return act(connection, *values)

    return change
