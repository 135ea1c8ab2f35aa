"""Opening a page reads what is open, and writes nothing."""

from dataclasses import replace

from bot.storage import conversations, database
from bot.storage.sealing import Vault
from bot.turns.welcoming import welcomed
from handlers.turn.messages import State

VAULT = Vault(b"k" * 32)


def kept(engine, address):
    with database.reading(engine) as connection:
        return conversations.load(connection, VAULT, address)


async def test_what_is_open_is_told_to_its_person_only(engine, house_on, message, world):
    house = replace(house_on(engine), world=world)
    with database.writing(engine) as connection:
        conversations.save(connection, VAULT, "web:1", State(procedure="1.001193"), 0, message().at)
    before = kept(engine, "web:1")
    [mine] = await welcomed(house, "web:1", message())
    [other] = await welcomed(house, "web:2", message())
    assert "Bạn đang làm dở: Đăng ký khai sinh." in mine.text
    assert "Chào bạn, mình là trợ lý" in other.text
    assert kept(engine, "web:1") == before
    assert kept(engine, "web:2") == (State(), 0)


async def test_the_language_of_the_person_comes_before_that_of_the_browser(engine, house_on, message, world):
    house = replace(house_on(engine), world=world)
    with database.writing(engine) as connection:
        conversations.save(connection, VAULT, "web:1", State(language="en"), 0, message().at)
    [mine] = await welcomed(house, "web:1", message(language="vi"))
    assert mine.text.startswith("Hello")
