"""`motcua dossiers` as a clerk at a terminal meets it. The people are invented."""

import json
from datetime import timedelta

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


def test_a_tracking_code_that_was_forgotten_is_asked_for_and_taken(desk):
    add(desk)
    desk("move", CODE, "9")
    assert "chưa ghi mã bưu gửi" in desk("move", CODE, "posted").stderr
    assert desk("move", CODE, "posted", "--tracking", "EE123456785VN").stderr == ""
    assert "mã bưu gửi         EE123456785VN" in desk("show", CODE).stdout


def test_a_dossier_with_all_that_is_told_of_it(desk):
    soon = f"{vietnam_now() + timedelta(days=20):%d/%m/%Y}"
    assert "hẹn trả 13/07/2026" in add(desk, "--received", "06/07/2026 08:30").stdout
    assert desk("move", CODE, "5", "--note", "Giấy khai sinh cũ", "--until", soon).returncode == 0
    assert f"hạn bổ sung        {soon}" in desk("show", CODE).stdout
    assert desk("move", CODE, "6", "--fee", "15.000 đ").returncode == 0
    assert "còn phải nộp       15000" in desk("show", CODE).stdout
    assert desk("move", CODE, "9").stdout.startswith(f"{CODE}: Đã xử lý xong\n")
    assert desk("move", CODE, "posted", "--tracking", "EE123456785VN").returncode == 0
    shown = desk("show", CODE).stdout
    assert "mã bưu gửi         EE123456785VN" in shown
    assert "5 Yêu cầu bổ sung giấy tờ  Giấy khai sinh cũ" in shown
    assert "00008888" not in shown
    assert json.loads(desk("stats", "--json").stdout)["received"] == 1
    assert "Hộ tịch" in desk("stats").stdout
    assert desk("locks").stdout == "số lần khóa  phải cho biết cả số đến  mã hồ sơ\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("move", "H36.99-260706-0009", "4"), "[no_such_dossier]"),
        (("move", CODE, "11"), "[bad_state]"),
        (("move", CODE, "4", "--due", "mai"), "--due: “mai” không đọc được"),
        (("show", "H36"), "[nobody_found]"),
        (
            ("add", "--code", CODE, "--procedure", "1.999999", "--name", "A", "--phone", "0901234567"),
            "[no_procedure]",
        ),
        (
            ("add", "--code", CODE, "--procedure", "1.004884", "--name", "A", "--phone", "12"),
            "[bad_phone]",
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
    assert "[dossier_exists]" in add(desk).stderr


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
    assert sorted(line.split("  ")[-1].strip() for line in told) == ["(không có hồ sơ này)", CODE]
    assert all(line.startswith("1 ") for line in told)
    assert desk("unlock", CODE).stdout == f"{CODE}: đã mở khóa\n"
    assert len(desk("locks").stdout.splitlines()) == 2
    assert "[not_locked]" in desk("unlock", CODE).stderr


def test_years_whose_holidays_nobody_knows_yet_have_no_due_date_and_no_rating(desk):
    told = add(desk, "--received", "05/01/2035 08:30", "--anyway")
    assert "không rõ ngày hẹn trả" in told.stdout
    shown = desk("show", CODE).stdout
    assert "ngày nhận          05/01/2035" in shown
    assert "due " not in shown
    assert desk("move", CODE, "9").returncode == 0
    counted = json.loads(desk("stats", "--json").stdout)
    assert (counted["received"], counted["on_time"], counted["late"]) == (1, 0, 0)
