"""`motcua notices`: the ledger for the clerk, and every kind to read."""

from datetime import UTC, datetime

import pytest

from bot.outbox import enqueue
from bot.outbox.store import Owed
from bot.storage import database, migrate
from handlers.notices.notice import KINDS
from tests.bot.commands import terminal

CODE = "H15.50-261119-1377"


def set_up(folder):
    return {"DATABASE_URL": f"sqlite:///{folder / 'm.db'}", "MOTCUA_SECRET_KEY": "k" * 44}


@pytest.fixture
def motcua(tmp_path):
    """Runs a command on a database of its own: exit status, output, errors."""
    environ = set_up(tmp_path)

    def run(*arguments):
        done = terminal.motcua("notices", *arguments, **environ)
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def refused(tmp_path, motcua):
    """One notice that the channel refused, on the call list."""
    engine = database.connect(f"sqlite:///{tmp_path / 'm.db'}")
    migrate.upgrade(engine)
    with database.writing(engine) as connection:
        enqueue.write(
            connection, [Owed("e", CODE, "telegram:4711", "done")], datetime(2026, 11, 23, tzinfo=UTC)
        )
        connection.exec_driver_sql("UPDATE notice SET state = 'refused', receipt = 'Forbidden', call_at = 1")
    engine.dispose()


def test_what_did_not_arrive_is_listed_without_the_person(refused, motcua):
    status, out, _err = motcua()
    assert status == 0
    assert out.splitlines()[1].split() == [
        "1", CODE, "có", "kết", "quả", "telegram", "kênh", "không", "gửi", "được", "23/11", "07:00", "0",
        "Forbidden",
    ]  # fmt: skip
    assert "4711" not in out


def test_whom_to_call_and_that_it_was_done(refused, motcua):
    assert CODE in motcua("calls")[1]
    assert motcua("called", "1")[:2] == (0, "Tin 1: đã gọi, bỏ khỏi danh sách gọi.\n")
    assert motcua("calls")[1] == "Không phải gọi cho ai.\n"
    assert motcua("called", "1")[0] == 2


def test_who_is_to_be_called_is_told_with_the_phone_of_the_dossier(refused, motcua, tmp_path):
    taken = ("--code", CODE, "--procedure", "1.001193", "--name", "An Thử", "--phone", "0901234567")
    terminal.motcua("dossiers", "add", *taken, **set_up(tmp_path))
    assert "An Thử  0901234567" in motcua("calls")[1]
    assert "0901234567" not in motcua()[1]


def test_one_is_tried_again_once(refused, motcua):
    assert motcua("retry", "1")[0] == 0
    assert "đang chờ gửi" in motcua()[1]
    status, _out, err = motcua("retry", "2")
    assert status == 2
    assert err.endswith("[nothing_to_retry]\n")


def test_a_kind_is_read_before_it_is_sent(motcua):
    status, out, _err = motcua("preview", "done")
    assert status == 0
    assert motcua("preview", "Có kết quả")[1] == out
    assert "Hồ sơ đã có kết quả" in out
    assert "Nhắc lại: Hồ sơ đã có kết quả" in out


def test_a_wrong_kind_is_told_all_kinds(motcua):
    status, _out, err = motcua("preview", "xong")
    assert status == 2
    assert [kind for kind in KINDS if f"{kind} (" not in err] == []
    assert err.endswith("[no_such_kind]\n")
