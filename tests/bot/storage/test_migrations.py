from hashlib import sha256
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.storage import database, migrate
from bot.storage.schema.tables import SCHEMA

LANDED = {
    "0001_conversations.py": "8994231039b9f34421016cb315148e2c2c21a229064bea23fc2e0d773cc472d9",
    "0002_questions.py": "b75ea6ecc7ad5700959e5fae67a0ec588737dc36a89bfc152997a5ade16075db",
    "0003_dossiers.py": "431bc29793c1fa0521469731a47495321fdcb7667a8922aca674831b449d8083",
    "0004_sync_keys.py": "e345be04f4a8cc96a578a606e230cbe66e1f4b371347a5863913202c09d15de0",
    "0005_notices.py": "dca38c7a2173a6b2a4e5930a4c8817c573336bac00d980cccfde1dc2204e2462",
    "0006_seal_keys.py": "c69c82815852a478249db13101948e1858b0cc62b6023fd0a48cd03b3f3092ae",
    "0007_guesses.py": "6b2ba2f00d4a2c3bb589cba426ec7251ad1f9838c6f536ef321d7d56970d5885",
    "0008_owners.py": "2377f85bea8661cdad1eb07a3ef8f310f4be09786ffed5ecbaf87488fe0459d3",
    "0009_proved.py": "db44f5886361185d8e88cd4ee671040201a1f501606ac432152c64984e3b66d7",
    "0010_trace.py": "ecf7e444f3aa8606867dd9b27ebdf562abff6355c5b832ccda7fcafcdfda9559",
    "0011_question_context.py": "dbbf9a98895453511bcd00b4994b204516325915dd9b154660703032d7a28456",
    "0012_sessions.py": "704aaa00f2b0236c1feb69f350ee915e829810f15b6fa8a751e5f6890c9b7106",
    "0013_last_change.py": "fc7ea7825de27d003ae4b43ce56d8b213b73f9f067e8118e8ff2b18d93c7ba97",
    "0014_take_ins.py": "17645d241f315ae3305e4643a943181be535cfe76863c163173a3bd809c74530",
    "0015_zalo_events.py": "a03c8ee01348c8e49b2dbefc52e67583e15e967230199d4eee43804aa91a1b7a",
    "0016_zalo_token.py": "3d3c5af01e1175e1b7ae6494f05dd7f915374ea4b078173a0138b27e6daa18fd",
    "0017_telegram_updates.py": "d1cc3dc586aa662ace489723ae5d39d3e959c65df3b7d585719eac6ea7caab20",
    "0018_zalobot.py": "7ad5b4f512587a5f554f9d8411675fc6319007a2b5f48aef206b49f9b9c58de8",
    "0019_links.py": "2a14e9c98094a434f81cde373cd5fe7582958ba78e4fa90d82fd36be64ac1e07",
    "0020_push.py": "12b1c2ce147e72c3cd87089be92e14e70017c64fcace447f64551267feae9f5d",
    "0021_polls_and_links.py": "13b655ee624e8ce3852ffe097c9d20b4a61af57d63117a220c77c60520578573",
    "0022_short_links.py": "7eb98f1ed87ca2c919c222a52e9bd936c30ea6c9587a47df967e5282e3b45fd1",
    "0023_lost_follows.py": "e8c87e3d720d7288ad3ba7a9cec7726687c74962a811444e48c5acda7776c435",
    "0024_zalo_channels.py": "9469203fd49b7fd04976f27c43ba5cca54c13e4198c7bd476cb354be0de0c335",
}  # file of a migration -> SHA-256: offices have run it, so it is never edited; a new one is added below


def test_no_migration_that_has_landed_was_edited():
    versions = migrate.HERE / "versions"
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in versions.glob("[0-9]*.py")} == LANDED


def test_the_migrations_build_what_the_tables_declare(engine):
    with database.reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), SCHEMA) == []


def test_an_up_to_date_database_passes_the_check(engine):
    migrate.check(engine)
    assert migrate.revision(engine) == migrate.newest()


def test_migrating_again_changes_nothing(engine):
    migrate.upgrade(engine)
    migrate.check(engine)


def test_every_step_can_be_undone(engine):
    with database.writing(engine) as connection:
        from alembic import command

        command.downgrade(migrate._config(connection), "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert migrate.revision(engine) == ""


def test_a_database_without_schema_says_how_to_get_one(empty):
    with pytest.raises(migrate.BadDatabase, match="motcua migrate"):
        migrate.check(empty)


def test_a_database_of_a_newer_program_is_left_alone(engine):
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrate.BadDatabase, match="start a newer one"):
        migrate.upgrade(engine)


def test_programs_that_start_together_migrate_once(empty, empty_url):
    problems = []

    def start():
        engine = database.connect(empty_url)
        try:
            migrate.upgrade(engine)
        except Exception as error:
            problems.append(error)
        engine.dispose()

    threads = [Thread(target=start) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert problems == []
    migrate.check(empty)


def test_an_unreachable_server_is_named_without_its_password():
    engine = database.connect("postgresql+psycopg://clerk:geheim@127.0.0.1:1/motcua")
    with pytest.raises(migrate.BadDatabase, match=r"clerk:\*\*\*@127.0.0.1:1.*check DATABASE_URL"):
        migrate.check(engine)


def test_a_failing_step_leaves_nothing_behind(empty):
    def fail():
        with database.writing(empty) as connection:
            from alembic import command

            command.upgrade(migrate._config(connection), "head")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert inspect(empty).get_table_names() == []
