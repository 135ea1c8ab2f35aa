"""What a stranger tried to learn, to close or to erase, against a whole house: each worked once."""

from datetime import timedelta

import pytest

from bot import assemble
from bot.clock import vietnam_now
from bot.dossiers import apologies, embedded
from bot.dossiers.record import Update
from bot.notices import followers
from bot.notices.composing import Composer
from bot.settings.settings import Settings
from bot.storage import database
from bot.turns.converse import converse
from handlers.turn.messages import Incoming

CODE = "H36.99-260706-0009"
WORDS = "Bà Trần Thị Bímật, căn cước 075190001234, nộp lại trích lục khai tử của chồng là ông Lê Bímật"
OWNER, STRANGER = "web:owner", "web:stranger"


@pytest.fixture
def house(tmp_path):
    built = assemble.build(Settings(b"k" * 32, database_url=f"sqlite:///{tmp_path / 'test.db'}"))
    tell(built, status="2", procedure="1.001193", name="Trần Thị Bímật", phone="0901233333")
    yield built
    built.engine.dispose()


def tell(house, minutes=0, **news):
    at = vietnam_now() + timedelta(minutes=minutes)
    with database.writing(house.engine) as connection:
        embedded.record(connection, house.vault, Update(CODE, at, since=at, **news))


async def say(house, person, *steps, network=""):
    """The texts of the replies to the last of these messages: a text, a @button, or a >link."""
    for step in steps:
        kind = {"@": "choice", ">": "start"}.get(step[0], "text")
        said = {kind: step.lstrip("@>")}
        incoming = Incoming(at=vietnam_now(), network=network, **said)
        replies = await converse(house, person, f"{person}{vietnam_now().timestamp()}", incoming)
    return "\n".join(f"{reply.title} {reply.text}" for reply in replies)


def link(house):
    return f">{followers.payload(house.vault, CODE)}"


def notice_to(house, person):
    """The newest notice that is owed to this person, as it would go out."""
    compose = Composer(house.engine, house.vault, house.world, vietnam_now, apologies.told)
    with database.reading(house.engine) as connection:
        sql = "SELECT id, key, code, address, kind, content, reminder, tries FROM notice ORDER BY id DESC"
        rows = [row for row in connection.exec_driver_sql(sql) if row.address == person]
    reply = compose(rows[0])  # type: ignore[arg-type]  # of a claimed notice only what its text needs
    return f"{reply.title} {reply.text}" if reply else ""


async def test_a_receipt_s_link_pushes_no_word_of_the_clerk_to_a_stranger(house):
    await say(house, STRANGER, link(house), f"@follow:{CODE}:yes", "@detailed:1")
    tell(house, 1, status="5", missing=WORDS)
    told = notice_to(house, STRANGER)
    assert "Có tin mới" in told
    assert not any(word in told for word in ("Bímật", "0751", "trích lục", "khai sinh"))


async def test_who_proved_it_hears_the_clerk_s_words_without_the_names_and_numbers_in_them(house):
    await say(house, OWNER, link(house), f"@follow:{CODE}:yes", CODE, "3333")
    tell(house, 1, status="5", missing=WORDS)
    told = notice_to(house, OWNER)
    assert "trích lục khai tử" in told
    assert not any(word in told for word in ("Bímật", "0751"))


async def test_to_open_a_link_follows_nothing(house):
    await say(house, STRANGER, "@follow:1.001193", "@follow:1.001193:yes")
    assert "Bạn có đồng ý không?" in await say(house, STRANGER, link(house))
    assert CODE not in house.world.followers.followed(STRANGER)


async def test_a_link_ends_when_the_dossier_is_handed_over(house):
    old = link(house)
    tell(house, 1, status="10")
    assert "gõ mã hồ sơ" in await say(house, STRANGER, old)


async def test_twenty_wrong_guesses_of_strangers_close_nothing_to_the_owner(house):
    for n in range(4):
        for _ in range(5):
            await say(house, f"web:{n}", CODE, "0000", network=f"192.0.2.{n}")
    assert "đủ số điện thoại" in await say(house, OWNER, CODE, "3333", network="198.51.100.1")
    assert "Tình trạng" in await say(house, OWNER, "0901 233 333", network="198.51.100.1")


async def test_new_sessions_of_one_client_do_not_begin_to_guess_anew(house):
    told = [
        await say(house, f"web:{n}", f"H36.99-260706-{n:04}", "0000", network="192.0.2.7")
        for n in range(1, 31)
    ]
    assert sum("không khớp" in text for text in told) == 20
    assert all("đợi 1 giờ" in text for text in told[20:])


async def test_desk_codes_are_slowed_down_as_dossiers_are(house):
    told = [await say(house, f"web:{n}", f"HS-0000-{n:04}", "0000", network="192.0.2.7") for n in range(30)]
    assert sum("không khớp" in text for text in told) == 20
