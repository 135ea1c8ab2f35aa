"""`motcua dossiers` as a clerk at a terminal meets it. The people are invented."""

import json
import os

import pytest

from bot.clock import vietnam_now
from bot.dossiers import guesses
from bot.settings import settings
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.ports.guesses import Guesser, Verdict
from handlers.turn.effects import Guessed
from tests.bot.commands.terminal import motcua

CODE = "H36.99-260706-0001"


@pytest.fixture
def desk(tmp_path):
    def run(*arguments):
        return motcua("dossiers", *arguments, folder=tmp_path)

    run.folder = tmp_path
    return run


def add(desk, *more):
    person = ("--name", "Nguyễn Văn An", "--phone", "0901 234 567", "--id-number", "000000008888")
    return desk("add", "--code", "h36.99 260706 0001", "--procedure", "1.004884", *person, *more)


def test_a_dossier_from_receipt_to_post(desk):
    assert add(desk, "--received", "06/07/2026 08:30").stdout == f"{CODE}: added, due 2026-07-13\n"
    asked = ("--note", "Giấy khai sinh cũ", "--until", "31/07/2026")
    assert desk("move", CODE, "5", *asked).returncode == 0
    assert "until      2026-07-31" in desk("show", CODE).stdout
    assert desk("move", CODE, "6", "--fee", "15.000 đ").returncode == 0
    assert "fee due    15000" in desk("show", CODE).stdout
    assert desk("move", CODE, "9").stdout == f"{CODE}: 9 Đã xử lý xong\n"
    assert desk("move", CODE, "posted", "--tracking", "EE123456785VN").returncode == 0
    shown = desk("show", CODE).stdout
    assert "posted EE123456785VN" in shown
    assert "5 Yêu cầu bổ sung giấy tờ  Giấy khai sinh cũ" in shown
    assert "00008888" not in shown
    assert json.loads(desk("stats", "--json").stdout)["received"] == 1
    assert "Hộ tịch" in desk("stats").stdout
    assert desk("locks").stdout == "locked  whole number until  code\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("move", "H36.99-260706-0009", "4"), "no such dossier"),
        (("move", CODE, "11"), "use 1 to 10, posted"),
        (("move", CODE, "4", "--due", "mai"), "--due: no date"),
        (("show", "H36"), "no dossier code"),
        (
            ("add", "--code", CODE, "--procedure", "1.999999", "--name", "A", "--phone", "0901234567"),
            "no such procedure",
        ),
        (
            ("add", "--code", CODE, "--procedure", "1.004884", "--name", "A", "--phone", "12"),
            "no phone number",
        ),
        (("import", "no-such-file.csv"), "no-such-file.csv"),
    ],
)
def test_a_mistake_is_one_line_and_a_status(desk, arguments, told):
    done = desk(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_dossier_is_not_taken_in_twice(desk):
    add(desk)
    assert "there is such a dossier" in add(desk).stderr


def test_the_clerk_sees_which_codes_wait_after_wrong_second_facts(desk):
    add(desk)
    chosen = settings.read({}, desk.folder / "data")
    engine = database.connect(chosen.database_url)
    with database.writing(engine) as connection:
        for number in range(10):
            who, code = Guesser(f"web:{number}"), (CODE, "H36.99-260706-0002")[number % 2]
            guessed = Guessed(code, False, Verdict())
            guesses.judged(connection, Vault(chosen.secret_key), who, guessed, vietnam_now())
    engine.dispose()
    told = desk("locks").stdout.splitlines()[1:]
    assert sorted(line.split("  ")[-1].strip() for line in told) == ["(no such dossier)", CODE]
    assert all(line.startswith("    1x") for line in told)
    assert desk("unlock", CODE).stdout == f"{CODE}: unlocked\n"
    assert len(desk("locks").stdout.splitlines()) == 2
    assert "not locked" in desk("unlock", CODE).stderr


def test_a_table_is_taken_in_again_and_again(desk):
    table = desk.folder / "so.csv"
    table.write_text(
        f"Mã hồ sơ,Họ tên,SĐT,Ngày nhận\n{CODE},An,0901234567,6/7/2026\nsai,B,,\n", encoding="utf-8"
    )
    first = desk("import", "so.csv")
    assert first.stdout == "1 new, 0 changed, 0 unchanged, 1 refused\n"
    assert first.stderr == "row 3: code: no dossier code (not_a_code)\n"
    assert first.returncode == 1
    assert desk("import", "so.csv").stdout == "0 new, 0 changed, 1 unchanged, 1 refused\n"


def test_an_old_table_does_not_bring_back_an_old_state(desk):
    table = desk.folder / "so.csv"
    table.write_text(f"Mã hồ sơ,Họ tên,Tình trạng\n{CODE},An,Đang xử lý\n", encoding="utf-8")
    os.utime(table, (1_750_000_000, 1_750_000_000))
    add(desk)
    desk("move", CODE, "9")
    desk("import", "so.csv")
    assert f"{CODE}: 9" in desk("show", CODE).stdout


def test_years_whose_holidays_nobody_knows_yet_have_no_due_date_and_no_rating(desk):
    told = add(desk, "--received", "05/01/2035 08:30")
    assert told.stdout == f"{CODE}: added, due not known: the catalogue names no days\n"
    shown = desk("show", CODE).stdout
    assert "received   2035-01-05" in shown
    assert "due " not in shown
    assert desk("move", CODE, "9").returncode == 0
    counted = json.loads(desk("stats", "--json").stdout)
    assert (counted["received"], counted["on_time"], counted["late"]) == (1, 0, 0)
