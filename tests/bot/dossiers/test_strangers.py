"""Whoever goes through the codes one after the other learns nothing: not by words, not by work done.

The codes of an office run in sequence. Half of those tried here are dossiers of invented people, the others
do not exist. How long an answer takes is measured in `benchmarks/strangers.py`; here its work is counted.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.clock import VIETNAM
from bot.dossiers import bulk, guesses
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.guesses import GuessesTable
from bot.dossiers.record import Update
from bot.dossiers.views import Glimpses
from bot.one_stop.pull import Pulled
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from handlers import router
from handlers.ports.guesses import Guesser, Verdict
from handlers.turn.effects import Guessed
from handlers.turn.messages import Incoming, State

CODES = 10_000
NOW = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
GUESS = "0000"
SECRETS = re.compile(r"Nguyễn|N\*|090123|4567|\d/\d|Đang|Đã (nhận|xử lý|trả)|Khai sinh|➤|✔", re.IGNORECASE)


def code(number):
    return f"H36.99-2607{number // 500 + 6:02}-{number % 500 + 1:04}"


def exists(number):
    return number % 2 == 0


def news(number):
    day = datetime(2026, 7, number // 500 + 6, 8, tzinfo=VIETNAM)
    return Update(
        code(number), day, status="4", since=day, procedure="1.001193", received=day.date(),
        due=date(2026, 12, 9), name="Nguyễn Văn An", phone="0901234567", id_number="060190004567",
    )  # fmt: skip


class CountingVault(Vault):
    """Counts what is hashed, sealed and opened."""

    def __init__(self):
        super().__init__(b"k" * 32)
        self.work = Counter()

    def keyed_hash(self, *parts):
        self.work["mark"] += 1
        return super().keyed_hash(*parts)

    def open(self, sealed, place):
        self.work["open"] += 1
        return super().open(sealed, place)

    def seal(self, content, place):
        self.work["seal"] += 1
        return super().seal(content, place)


@dataclass
class Office:
    """An office of its own on SQLite whose statements are counted, as the driver runs them."""

    engine: object
    vault: CountingVault
    world: object
    statements: list = field(default_factory=list)

    def work_of(self, act):
        """The statements and the cryptography that `act` causes, and what it answers."""
        self.statements.clear()
        self.vault.work.clear()
        answer = act()
        return answer, [sql.partition(" VALUES")[0] for sql in self.statements], dict(self.vault.work)


@pytest.fixture(scope="module")
def office(tmp_path_factory, world):
    vault, statements = CountingVault(), []
    engine = database.connect(f"sqlite:///{tmp_path_factory.mktemp('office') / 'test.db'}")
    migrate.upgrade(engine)
    bulk.load(engine, vault, (news(number) for number in range(CODES) if exists(number)))
    engine.dispose()

    @event.listens_for(engine, "connect")
    def trace(connection, _record):
        connection.set_trace_callback(lambda sql: statements.append(re.sub(r"'[^']*'|\d+", "?", sql)))

    desk = Embedded(engine, vault, DueDates(world.catalogue, world.holidays))
    known = replace(world, dossiers=desk, guesses=GuessesTable(engine, vault))
    yield Office(engine, vault, known, statements)
    engine.dispose()


@pytest.fixture(autouse=True)
def forgiven(office):
    """No wrong try of another test."""
    with database.writing(office.engine) as connection:
        guesses.forget(connection, NOW + timedelta(days=10_000))


def opened(office):
    """The same office with state and procedure opened to the bare code."""
    promises = DueDates(office.world.catalogue, office.world.holidays)
    desk = Embedded(office.engine, office.vault, promises, Glimpses(is_open=True))
    return replace(office.world, dossiers=desk)


def said(turn, number):
    """All that a person sees, without the code that he typed himself; and what is measured of it."""
    seen = "|".join(f"{r.title} {r.text} {r.choices} {r.asks_contact}" for r in turn.replies)
    return seen.replace(code(number), "CODE"), turn.outcome


def asked(world, number, state, now=NOW):
    """A person types a code and guesses its second fact."""
    first = router.respond(Incoming(at=now, text=f"hồ sơ {code(number)} tới đâu rồi"), state, world)
    second = router.respond(Incoming(at=now, text=GUESS), first.state, world)
    return second.state, (said(first, number), said(second, number))


def test_ten_thousand_codes_from_as_many_people_tell_nothing(office):
    answers = {asked(office.world, number, State())[1] for number in range(CODES)}
    assert len(answers) == 1
    assert not SECRETS.search(str(answers))


@pytest.mark.parametrize("way", ["text", "button", "photo", "contact"])
def test_every_way_to_ask_gives_foreign_and_unknown_codes_the_same(office, way):
    def ask(number):
        entrances = {
            "text": Incoming(at=NOW, text=code(number)),
            "button": Incoming(at=NOW, choice=f"s:{code(number)}"),
            "photo": Incoming(at=NOW, attachment="photo", scanned=(code(number),)),
        }
        first = router.respond(entrances.get(way, entrances["text"]), State(), office.world)
        fact = Incoming(at=NOW, attachment="contact", phone="84909999999")
        guess = fact if way == "contact" else Incoming(at=NOW, text=GUESS)
        second = router.respond(guess, first.state, office.world)
        return said(first, number), said(second, number)

    foreign, unknown = (office.work_of(lambda n=n: ask(n)) for n in (100, 101))
    assert foreign == unknown


@pytest.mark.parametrize("text", [GUESS, "0909999999"])
async def test_a_whole_turn_works_as_much_for_a_foreign_as_for_an_unknown_code(office, house_on, text):
    house = replace(house_on(office.engine, router=router), world=office.world, vault=office.vault)
    work = []
    for number in (199, 200, 201, 202, 203):
        office.statements.clear()
        office.vault.work.clear()
        for message in (code(number), text):
            incoming = Incoming(at=NOW, text=message)
            await converse(house, f"web:{number}", f"{number} {message}", incoming)
        work.append((list(office.statements), dict(office.vault.work)))
    _first, foreign, *others = work  # the first turn also opens connections
    assert others == [foreign] * 3
    assert any("INTO guess" in sql for sql in foreign[0])
    assert foreign[1]["mark"] >= 3


def test_the_look_up_elsewhere_works_as_much_for_a_foreign_as_for_an_unknown_code(office):
    class OneStop:
        def rows(self, code):
            row = {"MaHoSo": code, "TrangThaiHoSo": "4", "SoDienThoai": "0901234567"}
            return [row] if code == self.foreign else []

    one_stop = OneStop()
    one_stop.foreign = "H36.99-260805-0001"
    pulled = Pulled(office.world.dossiers, office.engine, office.vault, one_stop, now=lambda: NOW)
    pulled.matches("H36.99-260805-0009", GUESS)  # opens the connection
    foreign, unknown = (
        office.work_of(lambda code=code: pulled.matches(code, GUESS))
        for code in (one_stop.foreign, "H36.99-260805-0002")
    )
    assert foreign == unknown
    assert not any(sql.startswith(("INSERT", "UPDATE")) for sql in foreign[1])
    assert pulled.matches(one_stop.foreign, "4567")


@pytest.mark.parametrize(("wrong", "words"), [(5, "đủ số điện thoại"), (0, "4 số cuối")])
def test_after_five_guesses_foreign_and_unknown_codes_ask_for_the_same_longer_fact(office, wrong, words):
    with database.writing(office.engine) as connection:
        for number in (300, 301):
            for guess in range(wrong):
                who, free = Guesser(f"web:{number}-{guess}"), Verdict()
                guessed = Guessed(code(number), False, free)
                guesses.judged(connection, office.vault, who, guessed, NOW)
    answers = {str(asked(office.world, number, State())[1]) for number in (300, 301)}
    assert len(answers) == 1
    assert words in answers.pop()


def test_an_office_that_opens_the_state_shows_no_more_than_that(office):
    told, _ = said(router.respond(Incoming(at=NOW, text=code(400)), State(), opened(office)), 400)
    assert "Tình trạng: Đang xử lý" in told
    assert "Đăng ký khai sinh" in told
    assert "4 số cuối" in told
    assert not re.search(r"N\*|\d/\d|4567|Ngày", told)


def seen_by(world, askers, at=NOW):
    """How many codes show their state to these, of whom each types one."""
    asks = [Incoming(at=at, text=code(2 * n), **who) for n, who in enumerate(askers)]
    return sum("Tình trạng" in router.respond(ask, State(), world).replies[0].text for ask in asks)


def test_where_the_state_is_open_one_person_sees_five_codes_an_hour(office):
    world, one = opened(office), [{"address": "telegram:1"}] * 50
    assert seen_by(world, one) == 5
    assert seen_by(world, one, NOW + timedelta(hours=1)) == 5


def test_where_the_state_is_open_a_network_sees_thirty_codes_an_hour_and_closes_it_to_nobody_else(office):
    world = opened(office)
    strangers = [{"address": f"web:{n}", "network": "192.0.2.7"} for n in range(400)]
    assert seen_by(world, strangers) == 30
    assert seen_by(world, [{"address": "web:owner", "network": "192.0.2.8"}]) == 1


def test_who_looks_again_at_his_own_code_is_not_counted(office):
    world, state = opened(office), State()
    for _ in range(10):
        turn = router.respond(Incoming(at=NOW, text=code(700)), state, world)
        state = turn.state
    assert "Tình trạng" in turn.replies[0].text
    proved = router.respond(Incoming(at=NOW, text="4567"), state, world)
    assert "Ngày hẹn trả: 09/12/2026" in proved.replies[0].text
