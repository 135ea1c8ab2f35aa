"""Papers that expire: read from clerks' tables, owed to their owners on the days before. Invented phones."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from bot import worker
from bot.clock import vietnam_now
from bot.commands.expiries import account
from bot.dossiers import apologies
from bot.notices import digest, expiries, expiry_reminders, expiry_store
from bot.notices.composing import Composer
from bot.notices.expiry_store import Expiry
from bot.notices.recipients import phone_mark
from bot.storage import database
from bot.turns import effects
from bot.turns.effects import By
from handlers.desk.faults import BadTable
from handlers.turn.abilities import Abilities
from handlers.turn.effects import Consent
from knowledge.notices import expiries as kinds
from tests.bot.commands.terminal import motcua
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import ADDRESS, NOW, VAULT, later

KINDS = kinds.load()
MONDAY = date(2026, 11, 23)
PHONE = "0901234567"
TABLE = """SỔ THEO DÕI GIẤY PHÉP;;;;
TT;Loại giấy (theo sổ);Ngày hết hạn;Điện thoại;Tài khoản
1;Giấy phép xây dựng nhà ở;01/03/2027;0901 234 567;
;;;;
2;Giấy phép nuôi chim yến;1.3.27;;telegram:4711
3;Thẻ căn cước;01/03/2020;0901234567;
4;Thẻ căn cước;mai;0901234567;
5;Thẻ căn cước;;0901234567;
6;;01/03/2027;0901234567;
7;Thẻ căn cước;01/03/2027;;
8;Thẻ căn cước;01/03/2027;12;
9;Thẻ căn cước;01/03/2027;;4711
"""
REFUSED = [
    (6, "expires_on", "over_already"),
    (7, "expires_on", "no_date"),
    (8, "expires_on", "empty"),
    (9, "paper", "empty"),
    (10, "phone", "no_phone_and_no_account"),
    (11, "phone", "no_phone"),
    (12, "account", "no_account"),
]


def read(path):
    refused = []

    def refuse(_sheet, row, error):
        refused.append((row, error.column, error.code))

    return list(expiries.read(path, KINDS, MONDAY, refuse, account)), refused


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_clerk_s_table_is_read_and_each_bad_row_told(tmp_path, encoding):
    path = tmp_path / "so.csv"
    path.write_text(TABLE, encoding=encoding)
    assert read(path) == (
        [
            Expiry("xay-dung", date(2027, 3, 1), PHONE, "", "Giấy phép xây dựng nhà ở"),
            Expiry("khac", date(2027, 3, 1), "", "telegram:4711", "Giấy phép nuôi chim yến"),
        ],
        REFUSED,
    )


def test_an_excel_table_is_read_with_its_dates_and_lost_zeros(tmp_path):
    book = Workbook()
    book.active.append(["Giấy tờ", "Hết hạn", "SĐT"])
    book.active.append(["can-cuoc", date(2027, 3, 1), 901234567])
    book.save(tmp_path / "so.xlsx")
    assert read(tmp_path / "so.xlsx") == (
        [Expiry("can-cuoc", date(2027, 3, 1), PHONE, "", "can-cuoc")],
        [],
    )


def test_a_table_without_its_headings_is_refused(tmp_path):
    path = tmp_path / "so.csv"
    path.write_text("Loại giấy,Ngày hết hạn\nThẻ căn cước,1/3/2027\n", encoding="utf-8")
    with pytest.raises(BadTable, match="loại giấy, ngày hết hạn"):
        read(path)


def add(engine, days=60, kind="xay-dung", **more):
    paper = Expiry(kind, MONDAY + timedelta(days=days), **more)
    with database.writing(engine) as connection:
        return expiry_store.add(connection, VAULT, [paper])


def owe(engine, now=NOW):
    with database.writing(engine) as connection:
        return expiry_reminders.owe_due(connection, VAULT, KINDS, now)


def share(engine, address=ADDRESS, phone=PHONE):
    """A person shared a phone, and follows something."""
    parts.recipient(engine, address, phone_mark(VAULT, phone))
    parts.follow(engine, address)


def test_the_same_row_again_is_kept_once(engine):
    row = {"phone": PHONE, "name": "Giấy phép xây dựng"}
    assert (add(engine, **row), add(engine, **row)) == (1, 0)
    share(engine)
    owe(engine)  # bound by now
    assert add(engine, **row) == 0
    assert add(engine, **(row | {"name": "Giấy phép số 2"})) == 1
    assert add(engine, address="telegram:2", name="Thẻ") == 1
    assert add(engine, address="telegram:2", name="Thẻ") == 0
    assert add(engine, address="telegram:3", name="Thẻ") == 1


def test_phone_and_name_are_sealed_and_listed_for_the_clerk(engine):
    add(engine, phone=PHONE, name="Giấy phép xây dựng")
    [stored] = parts.run(engine, "SELECT * FROM licence")
    assert PHONE not in str(tuple(stored))
    with database.reading(engine) as connection:
        [kept] = expiry_store.every(connection, VAULT)
    assert (kept.expiry.phone, kept.expiry.name, kept.is_reachable) == (PHONE, "Giấy phép xây dựng", False)


@pytest.mark.parametrize(
    ("days", "told"), [(61, 0), (60, 1), (59, 1), (30, 1), (7, 1), (1, 1), (0, 1), (-1, 0)]
)
def test_a_paper_is_told_from_sixty_days_before_to_its_last_day(engine, days, told):
    add(engine, days, address=ADDRESS)
    assert owe(engine) == told
    assert owe(engine) == 0


def test_each_of_the_three_days_is_told_once_and_then_the_paper_is_forgotten(engine):
    add(engine, 60, address=ADDRESS)
    told = [day for day in range(62) if owe(engine, later(days=day))]
    assert told == [0, 30, 53]
    assert parts.run(engine, "SELECT count(*) FROM licence") == [(0,)]


def test_a_paper_entered_again_is_not_told_again(engine):
    add(engine, 20, address=ADDRESS)
    owe(engine)
    parts.run(engine, "DELETE FROM licence")
    add(engine, 20, address=ADDRESS)
    assert owe(engine) == 0


def test_one_paper_comes_with_its_calendar_file(engine, world):
    add(engine, 20, address=ADDRESS)
    owe(engine)
    reply = Composer(engine, VAULT, world, lambda: NOW, apologies.told)(parts.claim(engine)[0])
    assert "Còn 20 ngày nữa" in reply.text
    assert [each.name for each in reply.enclosures] == ["het-han-xay-dung-20261213.ics"]


@pytest.mark.parametrize(
    ("can", "said", "files"),
    [
        (Abilities(files="linked"), "Tệp mở bằng liên kết gửi kèm, trong 48 giờ.", 1),
        (Abilities(files="none"), "tự ghi ngày vào lịch", 0),
        (Abilities(unsent=frozenset(("calendar",))), "tự ghi ngày vào lịch", 1),
    ],
)
def test_where_its_file_cannot_come_it_is_said_what_to_do(engine, world, can, said, files):
    add(engine, 20, address=ADDRESS)
    owe(engine)
    compose = Composer(engine, VAULT, world, lambda: NOW, apologies.told, {"telegram": can}.__getitem__)
    reply = compose(parts.claim(engine)[0])
    assert said in reply.text
    assert len(reply.enclosures) == files


def test_several_papers_of_a_person_are_one_message(engine, world):
    for kind in ("xay-dung", "can-cuoc"):
        add(engine, 20, kind, address=ADDRESS)
    add(engine, 20, address="telegram:2")
    assert owe(engine) == 3
    assert owe(engine) == 0
    found = {notice.address: notice for notice in parts.claim(engine)}
    assert {address: notice.kind for address, notice in found.items()} == {
        ADDRESS: "digest",
        "telegram:2": "expiring",
    }
    assert len(digest.items(VAULT, found[ADDRESS])) == 2
    assert "13/12/2026" in Composer(engine, VAULT, world, lambda: NOW, apologies.told)(found[ADDRESS]).text


def bound(engine):
    return [address for (address,) in parts.run(engine, "SELECT address FROM licence ORDER BY id")]


def test_a_phone_binds_the_paper_to_who_shared_it(engine):
    add(engine, phone=PHONE)
    assert (owe(engine), bound(engine)) == (0, [""])
    share(engine, "telegram:9", "0909999999")
    assert (owe(engine), bound(engine)) == (0, [""])
    share(engine)
    assert (owe(engine), bound(engine)) == (1, [ADDRESS])


def test_of_several_papers_only_the_own_one_is_bound(engine):
    for phone in ("0909999999", PHONE, ""):
        add(engine, phone=phone)
    share(engine)
    assert (owe(engine), bound(engine)) == (1, ["", ADDRESS, ""])


def test_who_stopped_everything_is_not_told_of_a_table_that_comes_again(engine):
    share(engine)
    parts.stop(engine)
    add(engine, phone=PHONE)
    assert (owe(engine), bound(engine)) == (0, [""])


def said(engine, *given, purpose="expiry"):
    """The person agreed, took it back, agreed again ..., in this order."""
    with database.writing(engine) as connection:
        consents = [Consent(purpose, f"{purpose}-2026-11", given=each) for each in given]
        effects.apply(By(connection, VAULT, ADDRESS, NOW), consents)


@pytest.mark.parametrize(
    ("given", "told"),
    [([False], 0), ([True, False], 0), ([False, True], 1), ([True, False, True], 1), ([], 1)],
)
def test_the_last_word_on_reminders_counts(engine, given, told):
    share(engine)
    said(engine, *given)
    add(engine, phone=PHONE)
    assert (owe(engine), bound(engine)) == (told, [ADDRESS if told else ""])


def test_what_was_said_of_other_things_ends_no_reminders(engine):
    share(engine)
    said(engine, False, purpose="follow")
    add(engine, phone=PHONE)
    assert owe(engine) == 1


def test_a_paper_of_nobody_known_is_given_to_nobody(engine):
    add(engine)  # without account and phone
    parts.recipient(engine, ADDRESS, b"")
    parts.follow(engine)
    assert (owe(engine), bound(engine)) == (0, [""])


def test_the_clerk_imports_again_and_again_and_lists(tmp_path):
    day = vietnam_now().date() + timedelta(days=90)
    table = f"Loại giấy,Ngày hết hạn,SĐT\nGiấy phép xây dựng,{day:%d/%m/%Y},{PHONE}\nThẻ căn cước,mai,12\n"
    (tmp_path / "so.csv").write_text(table, encoding="utf-8")
    first = motcua("expiries", "import", "so.csv", folder=tmp_path)
    assert (first.returncode, first.stdout) == (1, "1 giấy mới, 0 đã có, 1 dòng không nhận\n")
    assert first.stderr.startswith("dòng 3: điện thoại: không phải số điện thoại")
    assert first.stderr.endswith("[no_phone]\n")
    again = motcua("expiries", "import", "so.csv", folder=tmp_path)
    assert again.stdout == "0 giấy mới, 1 đã có, 1 dòng không nhận\n"
    english = motcua("expiries", "import", "so.csv", "--language", "en", folder=tmp_path)
    assert english.stdout == "0 new papers, 1 known, 1 rows refused\n"
    listed = motcua("expiries", "list", folder=tmp_path).stdout.splitlines()
    assert listed[1].split() == [f"{day:%d/%m/%Y}", "chưa", PHONE, "Giấy", "phép", "xây", "dựng"]


def test_the_worker_owes_papers_and_lists(engine, house_on, world):
    add(engine, 20, address=ADDRESS)
    worker.remind(replace(house_on(engine), world=world), NOW)
    assert parts.states(engine) == ["waiting"]
