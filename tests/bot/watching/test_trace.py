"""Who opened, changed or took out what: noted before it is shown, and never changed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.clock import VIETNAM
from bot.storage import database
from bot.watching import trace
from bot.watching.trace import Seen
from handlers.desk.notice_words import ACTS, COMMANDS
from tests.bot.commands.terminal import motcua

CODE = "H36.99-260706-0001"
NOW = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
SEEN = Seen(int(NOW.timestamp()), "lan", "opened", "desk.lists:show", CODE)


def test_each_act_of_a_clerk_is_noted_with_his_name(tmp_path):
    def run(*arguments, clerk="lan"):
        return motcua(*arguments, folder=tmp_path, MOTCUA_CLERK=clerk)

    taken = ("--code", CODE, "--procedure", "1.001193", "--name", "An Thử", "--phone", "0901234567")
    assert run("dossiers", "add", *taken).returncode == 0
    assert "An Thử" in run("dossiers", "show", CODE.lower(), clerk="minh").stdout
    run("drafts", "show", "HS-7K3F-92QX")
    told = run("trace").stdout.splitlines()
    assert [line.split()[2:] for line in told[1:]] == [
        ["lan", "xem", "tờ", "khai", "đang", "điền", "HS-7K3F…"],  # half a code opens nothing
        ["minh", "xem", "một", "hồ", "sơ", CODE],
        ["lan", "sửa", "tiếp", "nhận", CODE],
    ]
    assert len(run("trace", "--about", CODE, "--by", "minh").stdout.splitlines()) == 2
    assert "took in" in run("trace", "--by", "lan", "--language", "en").stdout
    assert run("trace", "--by", "nobody").stdout == "Không có việc nào như vậy.\n"
    assert "An Thử" not in run("trace").stdout


def test_without_a_clerk_s_name_it_is_the_login_also_behind_sudo():
    assert trace.who({"SUDO_USER": "hoa"}, "lan") == "lan"
    assert trace.who({"SUDO_USER": "hoa"}, "") == "hoa"
    assert trace.who({}, "") != ""


def test_every_traced_command_is_one_that_there_is():
    from bot.__main__ import command

    assert all(callable(command(f"bot.commands.{name}")) for name in trace.ACTS)
    assert set(COMMANDS) == {*trace.ACTS, "sync"}  # each has its words
    assert set(trace.ACTS.values()) == set(ACTS)


def test_nobody_changes_what_is_noted(engine):
    with database.writing(engine) as connection:
        trace.note(connection, SEEN)
    with pytest.raises(DatabaseError, match="only added to"), database.writing(engine) as connection:
        connection.execute(text("UPDATE trace SET who = 'minh'"))
    with database.reading(engine) as connection:
        assert trace.newest(connection) == [SEEN]


def test_it_is_kept_for_two_years(engine):
    with database.writing(engine) as connection:
        trace.note(connection, SEEN)
        assert trace.forget(connection, NOW + timedelta(days=730)) == 0
        assert trace.forget(connection, NOW + timedelta(days=731)) == 1


def test_what_cannot_be_noted_is_not_shown(tmp_path):
    motcua("dossiers", "locks", folder=tmp_path)
    engine = database.connect(f"sqlite:///{tmp_path}/data/motcua.db")
    with database.writing(engine) as connection:
        connection.execute(text("DROP TABLE trace"))
    engine.dispose()
    shown = motcua("dossiers", "show", CODE, folder=tmp_path)
    assert (shown.returncode, shown.stdout) == (2, "")
