"""The letters on a receipt: they open what its link opens, by the same rules."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.media import scan
from bot.notices import followers, receipt_links
from bot.people import short_links
from bot.printing import slip
from bot.storage import database
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from handlers.dossiers import slip as words
from handlers.language.i18n import SOURCE, translator
from handlers.ports.dossiers import Dossier
from handlers.turn.messages import Incoming
from tests.bot.conftest import NOW
from tests.dialogue import MONDAY

VAULT = Vault(b"k" * 32)
CODE = "H36.99-260706-0009"
OFFER = "mình nhắn cho bạn ngay tại đây"


def test_the_letters_of_a_link_are_the_same_each_time_and_open_it(do):
    first = do(short_links.code_for, VAULT, "f-abc", NOW)
    assert do(short_links.code_for, VAULT, "f-abc", NOW + timedelta(days=9)) == first
    assert do(short_links.find, VAULT, first) == "f-abc"
    assert do(short_links.find, VAULT, f"{first[:4]}-{first[4:]}".lower()) == "f-abc"
    assert do(short_links.find, VAULT, "AAAA1111") == ""
    assert do(short_links.find, Vault(b"x" * 32), first) == ""


def test_other_links_have_other_letters_also_where_two_would_be_alike(do):
    made = {do(short_links.code_for, VAULT, f"f-{number}", NOW) for number in range(60)}
    assert len(made) == 60
    assert all(any(letter.isdigit() for letter in code) for code in made)


def test_letters_that_another_link_has_are_not_given_again(do, monkeypatch):
    drawn = iter(["AAAA1111", "AAAA1111", "BBBB2222"])
    monkeypatch.setattr(short_links, "_codes", lambda _vault, _payload: drawn)
    assert do(short_links.code_for, VAULT, "f-one", NOW) == "AAAA1111"
    assert do(short_links.code_for, VAULT, "f-two", NOW) == "BBBB2222"


def test_neither_letters_nor_link_lie_open(do, engine):
    code = do(short_links.code_for, VAULT, "f-secret", NOW)
    with database.reading(engine) as connection:
        held = b"".join(map(bytes, connection.execute(text("SELECT mark, payload FROM short_link")).one()))
    assert b"f-secret" not in held
    assert code.encode() not in held


def test_they_are_forgotten_two_years_after_the_last_print(do):
    do(short_links.code_for, VAULT, "f-abc", NOW)
    do(short_links.code_for, VAULT, "f-abc", NOW + timedelta(days=9))
    assert do(short_links.forget, NOW + short_links.KEPT + timedelta(days=9)) == 0
    assert do(short_links.forget, NOW + short_links.KEPT + timedelta(days=10)) == 1


@pytest.fixture
def desk(small_house):
    """Brings the dossier to a state."""

    def move(status, at=1):
        with database.writing(small_house.engine) as connection:
            news = Update(CODE, MONDAY + timedelta(hours=at), status=status, phone="0901234567")
            embedded.record(connection, small_house.vault, news)

    move("2")
    return move


@pytest.fixture
def letters(small_house, desk):
    payload = followers.payload(small_house.vault, CODE)
    with database.writing(small_house.engine) as connection:
        code = short_links.code_for(connection, small_house.vault, payload, MONDAY)
    return f"{code[:4]}-{code[4:]}"


@pytest.fixture
def say(small_house):
    def send(person, words="", **more):
        incoming = Incoming(**{"at": MONDAY, "text": words, **more})
        replies = asyncio.run(converse(small_house, person, uuid4().hex, incoming))
        return "\n".join(reply.text for reply in replies)

    return send


@pytest.mark.parametrize("typed", ["tra cứu {}", "Tra cuu {}", "TC {}", "tra cứu: {}."])
def test_typed_they_open_what_the_link_opens(typed, letters, say, small_house):
    by_link = say("web:1", start=followers.payload(small_house.vault, CODE))
    assert OFFER in by_link
    assert say("web:2", typed.format(letters)) == by_link
    assert say("web:3", typed.format(letters.lower().replace("-", ""))) == by_link


def test_who_typed_them_is_told_the_kind_of_news_only(letters, say, small_house):
    say("web:1", f"tra cứu {letters}")
    say("web:1", "đồng ý")
    with database.reading(small_house.engine) as connection:
        assert connection.execute(text("SELECT code, proved FROM follow")).all() == [(CODE, 0)]
    assert "số cuối" in say("web:1", f"hồ sơ {CODE}")  # all the rest by the second fact


def test_they_open_nothing_once_the_result_is_handed_over(letters, say, desk):
    desk("10", at=2)
    assert OFFER not in say("web:1", f"tra cứu {letters}")


def test_letters_of_a_slip_whose_link_was_renewed_open_nothing(letters, say, small_house):
    with database.writing(small_house.engine) as connection:
        receipt_links.renew(connection, CODE, MONDAY)
    assert OFFER not in say("web:1", f"tra cứu {letters}")


def test_wrong_letters_are_counted_as_wrong_facts(letters, say):
    for number in range(5):
        assert "Mã tra cứu này không đúng" in say("web:1", f"tra cứu AAAA-000{number}")
    assert "quá nhiều lần thử" in say("web:1", f"tra cứu {letters}")
    assert "quá nhiều lần thử" in say("web:1", attachment="photo", scanned=(f"tra cứu {letters}",))


def test_two_words_of_four_letters_are_no_letters_of_a_receipt(say):
    assert "Mã tra cứu" not in say("web:1", "tra cứu giấy khai")


@pytest.mark.parametrize("host", ["https://t.me/motcua_bot", "https://motcua.example.vn/chat"])
def test_a_photo_of_a_link_of_ours_opens_it_on_any_channel(host, letters, say, small_house):
    payload = followers.payload(small_house.vault, CODE)
    assert OFFER in say("web:1", attachment="photo", scanned=(f"{host}?start={payload}",))


def test_a_photo_of_the_whole_slip_asks_the_second_fact_and_lets_follow(letters, say, small_house, world):
    dossier = Dossier(CODE, procedure="1.004884", received=date(2026, 7, 6))
    told = words.slip(dossier, ("zalo",), letters.replace("-", ""), world, translator(SOURCE))
    [page] = slip.pages(told, ("https://zalo.me/1",), 200)
    assert "số cuối" in say("web:1", attachment="photo", scanned=scan.scan(page))
    assert OFFER in say("web:1", choice=f"follow:{CODE}")


def test_a_photo_of_the_letters_alone_opens_the_link(letters, say):
    assert OFFER in say("web:1", attachment="photo", scanned=(f"tra cứu {letters}",))


def test_a_photo_of_a_linking_code_asks_what_typing_it_asks(say):
    code = say("telegram:1", "/lienket").partition("LK-")[2][:9].replace("-", "")
    link = f"https://motcua.example.vn/chat?start=lk-{code}"
    assert "muốn liên kết với kênh này" in say("web:1", attachment="photo", scanned=(link,))
