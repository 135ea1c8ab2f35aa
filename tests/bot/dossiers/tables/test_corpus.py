"""Each table of tests/tables has one fault, and beside it what the clerk is shown. Invented people."""

from argparse import Namespace
from datetime import datetime

import pytest

from bot.arguments import parser
from bot.clock import VIETNAM
from bot.commands.desk import tables as command
from bot.dossiers import bulk
from bot.dossiers.record import Update
from bot.dossiers.tables import importing
from bot.dossiers.tables.parsing import KINDS
from bot.dossiers.tables.procedures import procedures
from bot.notices import follows
from bot.notices.follows import Terms
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from handlers.desk.refusals import Refused
from handlers.desk.table_preview import LABELS, preview_lines
from handlers.language.i18n import Translate
from knowledge.dossiers.fields import ABOUT
from knowledge.procedures import loading
from tests.bot.dossiers.tables import written

NOW = datetime(2026, 11, 30, 9, tzinfo=VIETNAM)
VAULT = Vault(b"k" * 32)
FIND = procedures(loading.load(loading.FIELDS))
CASES = sorted(path.stem for path in written.FOLDER.glob("*.table"))


def options(given: list[str]) -> Namespace:
    return parser().parse_args(["dossiers", "import", "so.csv", *given])


def shown(case: str, folder) -> str:
    """What the command prints of that table."""
    table = written.read(written.FOLDER / f"{case}.table")
    engine = migrate.opened(f"sqlite:///{folder}/motcua.db")
    try:
        hold(engine, table)
        choices = command.choices(options(table.options), engine)
        opened = importing.opened(table.file(folder), choices, FIND, NOW, lambda share: None)
        return "\n".join(preview_lines(importing.look(opened, engine, VAULT), Translate()))
    except Refused as refused:
        return f"{refused.told(Translate())} [{refused.code}]"
    finally:
        engine.dispose()


def hold(engine, table) -> None:
    news = [
        Update(code, at, status=state, since=at, name=name, phone=phone)
        for code, name, phone, state, day in table.held
        for at in [datetime.strptime(day, "%d/%m/%Y").replace(tzinfo=VIETNAM)]
    ]
    bulk.load(engine, VAULT, news)
    with database.writing(engine) as connection:
        for number, code in enumerate(table.followed):
            follows.follow(connection, f"telegram:{number}", code, Terms("vi", 0, NOW))


@pytest.mark.parametrize("case", CASES)
def test_the_clerk_is_shown_what_is_wrong(case, tmp_path) -> None:
    expected = (written.FOLDER / f"{case}.preview").read_text(encoding="utf-8")
    assert shown(case, tmp_path) + "\n" == expected


def test_there_are_tables_enough() -> None:
    assert len(CASES) >= 80


def test_each_field_and_column_has_a_label() -> None:
    assert {*ABOUT, *KINDS} <= set(LABELS)
