from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.storage import database, migrate
from bot.storage.tables import SCHEMA


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
