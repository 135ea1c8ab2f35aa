"""The half-year of the seeds adds up from a clerk's table as it does from the demo."""

from datetime import date, datetime

from openpyxl import Workbook

from bot.clock import VIETNAM
from bot.dossiers import demo, stats, store
from bot.dossiers.due_dates import DueDates
from bot.dossiers.record import merged
from bot.dossiers.tables import importing
from bot.dossiers.tables.columns import Choices
from bot.dossiers.tables.procedures import procedures
from bot.dossiers.tables.remarks import Remarks
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from knowledge.dossiers import statuses
from knowledge.office import calendar
from knowledge.procedures import loading

TODAY = date(2026, 11, 30)
VAULT = Vault(b"k" * 32)
CATALOGUE = loading.load(loading.FIELDS)
HOLIDAYS = calendar.load()
HEADINGS = ["Mã hồ sơ", "Mã TTHC", "Họ tên", "SĐT", "Ngày nhận", "Ngày hẹn", "Ngày xong", "Tình trạng"]


def held():
    """What the demo leaves, as records."""
    records = {}
    for update in demo.news(HOLIDAYS, TODAY):
        records[update.code] = merged(records.get(update.code), update)
    return records.values()


def figures(dossiers):
    judge = stats.Judge(DueDates(CATALOGUE, HOLIDAYS), HOLIDAYS, TODAY)
    total = stats.stats(dossiers, CATALOGUE, judge).total
    return total.received, total.before_time, total.on_time, total.late, total.open


def test_the_half_year_adds_up_from_a_table(tmp_path) -> None:
    book = Workbook()
    book.worksheets[0].append(HEADINGS)
    for each in held():
        state = statuses.state_of(each.status)
        assert state
        row = [
            each.code,
            each.procedure,
            each.name,
            each.phone,
            each.received,
            each.due,
            each.finished,
            state.name,
        ]
        book.worksheets[0].append(row)
    book.save(tmp_path / "so.xlsx")
    engine = migrate.opened(f"sqlite:///{tmp_path}/motcua.db")
    now = datetime(2026, 11, 30, 17, tzinfo=VIETNAM)
    choices = Choices(as_of=now)
    table = importing.opened(tmp_path / "so.xlsx", choices, procedures(CATALOGUE), now, lambda share: None)
    preview, _ = importing.take(table, engine, VAULT, lambda refused, row: None)
    assert (preview.counts.new, preview.counts.refused) == (408, 0)
    with database.reading(engine) as connection:
        assert figures(store.every(connection, VAULT)) == (408, 339, 17, 30, 22)
    engine.dispose()


def test_dossiers_that_ended_on_no_known_day_are_unrated(tmp_path) -> None:
    path = tmp_path / "so.csv"
    row = "{},Nguyễn An,0901230361,02/11/2026,04/11/2026,{}\n"
    path.write_text(
        "Mã hồ sơ,Họ tên,SĐT,Ngày nhận,Ngày hẹn,Tình trạng\n"
        + row.format("H36.50-261102-0001", "Đã trả kết quả")
        + row.format("H36.50-261102-0002", "Đã có kết quả"),
        encoding="utf-8",
    )
    now = datetime(2026, 11, 30, 17, tzinfo=VIETNAM)
    table = importing.opened(path, Choices(as_of=now), procedures(CATALOGUE), now, lambda share: None)
    news = [update for _, update, _ in table.rows(Remarks(), lambda refused, row: None)]
    records = [merged(None, update) for update in news]
    assert [record.finished for record in records] == [None, None]
    judge = stats.Judge(DueDates(CATALOGUE, HOLIDAYS), HOLIDAYS, TODAY)
    total = stats.stats(records, CATALOGUE, judge).total
    assert (total.received, total.unrated, total.late, total.open) == (2, 2, 0, 0)
