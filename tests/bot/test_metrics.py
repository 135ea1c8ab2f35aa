from bot.converse import converse
from bot.metrics import Metrics
from knowledge import loading


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
