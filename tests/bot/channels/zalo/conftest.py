"""A database of one engine: what differs between the two is in `test_stored.py`."""

from shutil import copyfile

import pytest

from bot.storage import database


@pytest.fixture
def kept(tmp_path, migrated_file):
    made = database.connect(f"sqlite:///{copyfile(migrated_file, tmp_path / 'test.db')}")
    yield made
    made.dispose()


@pytest.fixture
def do_kept(kept):
    """One change, or question, in a transaction of its own."""

    def change(act, *values):
        with database.writing(kept) as connection:
            return act(connection, *values)

    return change
