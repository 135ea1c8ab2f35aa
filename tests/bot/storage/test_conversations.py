from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.storage import conversations, database
from bot.storage.sealing import Vault, WrongKey
from handlers.procedures.actions import AnswerCase
from handlers.turn import actions, pending
from handlers.turn.actions import Stale
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply, SavedList, State
from handlers.turn.shared import Menu, ShowDossier

VAULT = Vault(b"k" * 32)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FULL = State(
    language="en",
    procedure="1.001193",
    answers={"cha-me": "chua-ket-hon"},
    via="online",
    offered=(Choice("Có", AnswerCase("1.001193", "child", "ordinary")),),
    pending=pending.CaseQuestion("1.001193", "child"),
    lists=(SavedList("1.001193", {"cha-me": "?"}, "post", ("id-card",), date(2026, 11, 1)),),
)


@pytest.fixture
def connection(engine):
    with database.writing(engine) as connection:
        yield connection


def test_a_new_person_has_an_empty_state(connection):
    assert conversations.load(connection, VAULT, "web:1") == (State(), 0)


def test_a_state_comes_back_as_it_was(connection):
    assert conversations.save(connection, VAULT, "web:1", FULL, 0, NOW)
    assert conversations.load(connection, VAULT, "web:1") == (FULL, 1)


def test_addresses_do_not_mix(connection):
    conversations.save(connection, VAULT, "web:1", FULL, 0, NOW)
    assert conversations.load(connection, VAULT, "web:2") == (State(), 0)


@pytest.mark.parametrize("version", [0, 1, 3])
def test_only_the_state_read_last_can_be_replaced(connection, version):
    conversations.save(connection, VAULT, "web:1", State(), 0, NOW)
    conversations.save(connection, VAULT, "web:1", FULL, 1, NOW)
    assert not conversations.save(connection, VAULT, "web:1", State(), version, NOW)
    assert conversations.load(connection, VAULT, "web:1") == (FULL, 2)


def test_a_message_is_known_again_with_its_replies(connection):
    replies = (
        Reply("Bạn cần:", "Khai sinh", (Choice("Xong", ShowDossier("H15.50-261119-1377")),), replaces=True),
        Reply("Hết"),
    )
    conversations.save(connection, VAULT, "web:1", State(), 0, NOW)
    conversations.record(connection, VAULT, "web:1", "7", replies, NOW)
    assert conversations.replies_to(connection, VAULT, "web:1", "7") == replies
    assert conversations.replies_to(connection, VAULT, "web:1", "8") is None
    assert conversations.replies_to(connection, VAULT, "web:2", "7") is None


def test_a_message_without_a_reply_is_known_again_too(connection):
    conversations.save(connection, VAULT, "web:1", State(), 0, NOW)
    conversations.record(connection, VAULT, "web:1", "7", (), NOW)
    assert conversations.replies_to(connection, VAULT, "web:1", "7") == ()


@pytest.mark.parametrize(
    "what",
    [
        pending.CaseQuestion("1.001193", "child"),
        pending.FormQuestion("name"),
        pending.SecondFactorAsked("H15.50-261119-1377", pending.FormQuestion()),
        pending.ExpiryDay("xay-dung"),
        pending.VoiceGuess("sao y", pending.CaseQuestion("1.001193", "child"), (Choice("Về đầu", Menu()),)),
        pending.Confirm("erase:yes"),
        None,
    ],
)
def test_what_is_open_comes_back_as_it_was(connection, what):
    conversations.save(connection, VAULT, "web:1", State(pending=what), 0, NOW)
    assert conversations.load(connection, VAULT, "web:1")[0].pending == what


def test_a_reply_of_another_version_is_sent_again_with_its_button(connection):
    conversations.save(connection, VAULT, "web:1", State(), 0, NOW)
    replies = (Reply("Chào", choices=(Choice("Cũ", Stale("verb-of-yesterday:1")),)),)
    conversations.record(connection, VAULT, "web:1", "7", replies, NOW)
    [again] = conversations.replies_to(connection, VAULT, "web:1", "7")
    assert [choice.value for choice in again.choices] == ["verb-of-yesterday:1"]


def test_what_another_version_had_open_is_asked_again(connection, monkeypatch):
    conversations.save(connection, VAULT, "web:1", FULL, 0, NOW)
    monkeypatch.setattr(conversations, "VERSION", actions.VERSION + 1)
    state, _version = conversations.load(connection, VAULT, "web:1")
    assert (state.offered, state.pending) == ((), None)
    assert (state.lists, state.answers) == (FULL.lists, FULL.answers)


def test_of_a_state_before_actions_what_was_not_open_is_kept(connection):
    """As commit 8e79f4b stored it."""
    old = (
        '{"language": "en", "procedure": "1.001193", "answers": {"child": "ordinary"}, "via": "desk",'
        ' "offered": [{"label": "Cha", "value": "a:1.001193:filer:parent"}], "dossier": "H15.50-261119-1377",'
        ' "lists": [{"code": "1.001193", "ticked": ["id-card"], "saved_on": "2026-11-01"}],'
        ' "proved": ["H15.50-261119-1378"], "drafts": ["7K3F92QX"], "expiring": "", "heard": "", "amid": []}'
    )
    conversations.save(connection, VAULT, "web:1", State(), 0, NOW)
    connection.execute(text("UPDATE conversation SET state = :stored"), {"stored": old})
    kept = SavedList("1.001193", ticked=("id-card",), saved_on=date(2026, 11, 1))
    assert conversations.load(connection, VAULT, "web:1")[0] == State(
        language="en",
        procedure="1.001193",
        answers={"child": "ordinary"},
        lists=(kept,),
        proved=("H15.50-261119-1378",),
        drafts=("7K3F92QX",),
        dossier="H15.50-261119-1377",  # not proved: nothing is told of it
    )


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ('{"language": "en", "mood": "x"}', State(language="en")),  # a key of a newer program
        ('{"language": "en", "via": "fax"}', State(language="en")),  # a value we no longer know
        ('{"procedure": 5, "answers": {"a": "b"}, "lists": [{}]}', State(answers={"a": "b"})),
        ("{}", State()),  # all keys are newer than it
        ("[1]", State()),
    ],
)
def test_of_a_state_that_does_not_fit_the_rest_is_kept(connection, stored, read, caplog):
    conversations.save(connection, VAULT, "web:1", State(), 0, NOW)
    connection.execute(text("UPDATE conversation SET state = :stored"), {"stored": stored})
    assert conversations.load(connection, VAULT, "web:1") == (read, 1)
    assert "fax" not in caplog.text


def test_what_people_say_cannot_be_read_in_the_database(connection):
    conversations.save(connection, VAULT, "web:1", State(answers={"name": "Nguyễn Thị Mận"}), 0, NOW)
    conversations.record(connection, VAULT, "web:1", "7", (Reply("Chào Nguyễn Thị Mận"),), NOW)
    kept = connection.execute(
        text("SELECT state, replies FROM conversation JOIN handled USING (address)")
    ).one()
    assert not [column for column in kept if "name" in column or "Mận" in column or "\\u" in column]


def test_a_state_sealed_with_another_key_is_not_overwritten(connection):
    conversations.save(connection, Vault(b"x" * 32), "web:1", FULL, 0, NOW)
    with pytest.raises(WrongKey):
        conversations.load(connection, VAULT, "web:1")


def test_silent_conversations_are_deleted_with_what_belongs_to_them(connection):
    for address, days in (("web:old", 181), ("web:new", 179)):
        seen = NOW - timedelta(days=days)
        conversations.save(connection, VAULT, address, FULL, 0, seen)
        conversations.record(connection, VAULT, address, "1", (), NOW)
        conversations.save(connection, VAULT, address, FULL, 1, seen)
    assert conversations.purge(connection, NOW - timedelta(days=180), NOW) == 1
    assert conversations.load(connection, VAULT, "web:old") == (State(), 0)
    assert conversations.load(connection, VAULT, "web:new") == (FULL, 2)
    assert conversations.replies_to(connection, VAULT, "web:old", "1") is None
    assert conversations.replies_to(connection, VAULT, "web:new", "1") == ()


def test_a_new_message_keeps_a_conversation_alive(connection):
    conversations.save(connection, VAULT, "web:1", FULL, 0, NOW - timedelta(days=300))
    conversations.save(connection, VAULT, "web:1", FULL, 1, NOW)
    assert conversations.purge(connection, NOW - timedelta(days=180), NOW) == 0


def test_replies_are_forgotten_and_the_conversation_stays(connection):
    conversations.save(connection, VAULT, "web:1", FULL, 0, NOW)
    conversations.record(connection, VAULT, "web:1", "old", (), NOW - timedelta(hours=49))
    conversations.record(connection, VAULT, "web:1", "new", (), NOW)
    assert conversations.forget(connection, NOW - timedelta(hours=48)) == 1
    assert conversations.replies_to(connection, VAULT, "web:1", "new") == ()
    assert conversations.load(connection, VAULT, "web:1") == (FULL, 1)


def test_sqlite_waits_for_other_writers_and_survives_a_killed_process(tmp_path):
    engine = database.connect(f"sqlite:///{tmp_path / 'new' / 'test.db'}")
    with database.reading(engine) as connection:
        modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                 ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")]  # fmt: skip
    assert modes == ["wal", 1, 1, 10_000]


def test_sqlite_readers_do_not_wait_for_a_writer(tmp_path):
    engine = database.connect(f"sqlite:///{tmp_path / 'test.db'}")
    with database.writing(engine), database.reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
