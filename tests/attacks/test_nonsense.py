"""What no page and no person sends: it is answered like any other message, and is no error of ours."""

import pytest

from bot import assemble
from bot.clock import vietnam_now
from bot.settings.settings import Settings
from bot.turns.converse import converse
from handlers.turn.messages import Incoming

HALF = "\ud800"  # half a letter, which UTF-8 does not have
HUGE = "9" * 20
MESSAGES = [
    *(
        Incoming(vietnam_now(), choice=f"{verb}:{number}")
        for verb in ("got", "forget")
        for number in (HUGE, "-1")
    ),
    *(Incoming(vietnam_now(), choice=f"expiry:gplx:{day}") for day in ("9999-12-31", "0001-01-01", HUGE)),
    Incoming(vietnam_now(), choice=f"fo:a:{HUGE}"),
    Incoming(vietnam_now(), choice=f"p:{HALF}"),
    Incoming(vietnam_now(), start=f"p-{HALF}"),
    Incoming(vietnam_now(), text=f"làm khai sinh {HALF} cho con"),
    Incoming(vietnam_now(), text="x", language=HALF),
    Incoming(vietnam_now(), attachment="voice", heard=f"làm khai {HALF}sinh", heard_sure=True),
    Incoming(vietnam_now(), attachment="image", scanned=(HALF, HUGE)),
]


@pytest.fixture
def house(tmp_path):
    built = assemble.build(Settings(b"k" * 32, database_url=f"sqlite:///{tmp_path / 'test.db'}"))
    yield built
    built.engine.dispose()


@pytest.mark.parametrize("state", [[], ["form:khai-sinh", "fb:khai-sinh:hand"]])
async def test_nonsense_is_answered_and_counts_as_no_failure(house, state):
    for choice in state:
        await converse(house, "web:1", choice, Incoming(vietnam_now(), choice=choice))
    answers = [await converse(house, "web:1", str(n), message) for n, message in enumerate(MESSAGES)]
    assert [n for n, replies in enumerate(answers) if replies[0].failed] == []
    assert b'motcua_errors_total{where="turn"}' not in house.metrics.text()
