from bot import assemble
from bot.clock import vietnam_now
from bot.dossiers import guesses
from bot.settings.settings import Settings
from bot.storage import database
from bot.turns.converse import converse
from bot.watching.metrics import Metrics
from handlers.ports.guesses import Guesser, Verdict
from handlers.turn.effects import Guessed
from knowledge.procedures import loading


async def test_turns_are_counted_by_channel_and_outcome(engine, house_on, message):
    house = house_on(engine)
    await converse(house, "telegram:1", "m1", message())
    await converse(house, "telegram:1", "m1", message())
    await converse(house, "web:1", "m1", message())
    told = house.metrics.text().decode()
    assert 'motcua_turns_total{channel="telegram",outcome="answered"} 1.0' in told
    assert 'motcua_turns_total{channel="telegram",outcome="repeated"} 1.0' in told
    assert 'motcua_turns_total{channel="web",outcome="answered"} 1.0' in told
    assert 'motcua_turn_seconds_count{channel="telegram"} 2.0' in told


def test_locked_codes_are_counted_when_the_metrics_are_told(tmp_path):
    settings = Settings(b"k" * 32, database_url=f"sqlite:///{tmp_path / 'test.db'}")
    house = assemble.build(settings)
    assert b"motcua_locked_codes 0.0" in house.metrics.text()
    with database.writing(house.engine) as connection:
        for number in range(5):
            who, guessed = Guesser(f"web:{number}"), Guessed("H36.99-260706-0001", False, Verdict())
            guesses.judged(connection, house.vault, who, guessed, vietnam_now())
    assert b"motcua_locked_codes 1.0" in house.metrics.text()
    with database.writing(house.engine) as connection:
        connection.exec_driver_sql("DROP TABLE guess")
    assert b"motcua_locked_codes NaN" in house.metrics.text()


def test_two_houses_count_apart():
    first, second = Metrics(), Metrics()
    first.errors.labels("turn").inc()
    assert b'where="turn"' not in second.text()


def test_the_size_of_the_catalogue_is_told():
    metrics, catalogue = Metrics(), loading.load()
    metrics.describe(catalogue)
    assert (
        f'motcua_catalogue{{part="procedures"}} {float(len(catalogue.procedures))}' in metrics.text().decode()
    )
