"""Messages that are broken, hostile, repeated and out of order: nothing is raised, nothing turned back."""

import copy
import json
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.dossiers import embedded
from bot.one_stop import sync
from bot.one_stop.taking import take
from bot.storage import database
from bot.storage.sealing import Vault
from tests.bot.one_stop.sync_messages import (
    CODE,
    NOW,
    STATES,
    full,
    moved,
    progress,
    state_of_ministry,
    steps_of_ministry,
)

VAULT = Vault(b"k" * 32)
NUMBERS = count(1)
QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HOSTILE = st.sampled_from(
    ["'; DROP TABLE dossier; --", "<script>alert(1)</script>", "{0.__class__}", "%s %d ?", "\x00", "\ud800",
     "a\u202eb", "𠮷" * 50, "\\", "${jndi:ldap://x}", "NULL", "1e999", "٣٤٥", "=1+1", "x" * 3000]
)  # fmt: skip
LEAVES = st.one_of(
    HOSTILE, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
APPLICANT = {"name": "Nguyễn Thị Lan", "phone": "0901234567", "id_number": "060190001234"}
MESSAGES = (
    moved("4", "2026-07-07", applicant=APPLICANT, received="2026-07-06", due="2026-07-13", note="x",
          tracking="AB123456"),
    full(DanhSachHoSoBoSung=[{"NoiDungBoSung": "x", "NgayBoSung": "20260708100000"}]),
    progress(),
    steps_of_ministry(),
    state_of_ministry(5),
)  # fmt: skip


def places(message, here=()):
    """The path of every value inside."""
    inner = (
        message.items()
        if isinstance(message, dict)
        else enumerate(message)
        if isinstance(message, list)
        else ()
    )
    for key, value in inner:
        yield (*here, key)
        yield from places(value, (*here, key))


@st.composite
def damaged(draw):
    """A good message of which one to three values were replaced."""
    message = copy.deepcopy(draw(st.sampled_from(MESSAGES)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(list(places(message)) or [()]))
        within = message
        for key in way:
            within = within[key]
        within[last] = draw(JSON)
    return message


def dossier(connection, code):
    return embedded.read(connection, VAULT, code)


def told(body):
    try:
        return sync.read(body, NOW, STATES)
    except (sync.BadMessage, sync.TooManyRows):
        return None


def stored(engine, message):
    """Takes a message in and gives the dossiers afterwards."""
    take(engine, VAULT, message.news, NOW)
    with database.reading(engine) as connection:
        return [dossier(connection, each.update.code) for each in message.news]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
@example(b'{"dossiers": [' + b"[" * 50_000)
@example(b'[{"MaHoSo": ' + b"1" * 5000 + b"}]")
def test_any_bytes_are_read_or_refused(body):
    told(body)


@settings(max_examples=300, deadline=None)
@given(damaged())
def test_a_damaged_message_tells_each_row_once(message):
    if read := told(json.dumps(message).encode()):
        rows = [each.row for each in (*read.news, *read.refused)]
        assert sorted(rows) == list(range(len(rows)))


@QUICK
@given(message=damaged())
def test_a_damaged_message_taken_twice_changes_nothing_the_second_time(engine, message):
    if read := told(json.dumps(message).encode()):
        first = stored(engine, read)
        assert take(engine, VAULT, read.news, NOW).taken == 0
        assert stored(engine, read) == first


@QUICK
@given(text=HOSTILE, field=st.sampled_from(["title", "note", "missing", "status", "procedure"]))
def test_hostile_text_is_stored_as_text(engine, text, field):
    code = f"H15.50-260706-{next(NUMBERS):07}"
    message = {"dossiers": [{"code": code, field: text, "applicant": {"name": text}}]}
    if read := told(json.dumps(message).encode()):
        stored(engine, read)
        stored(engine, told(json.dumps(moved("9", "2026-11-01")).encode()))


@QUICK
@given(st.data())
def test_in_any_order_and_repeated_the_newest_state_stands(engine, data):
    code = f"H15.50-260706-{next(NUMBERS):07}"
    states = data.draw(st.lists(st.sampled_from("2456"), min_size=1, max_size=6))
    rows = [
        {"MaHoSo": code, "TrangThai": state, "ThoiDiemXuLy": f"{NOW - timedelta(days=30 - day):%Y%m%d%H%M%S}"}
        for day, state in enumerate(states)
    ]
    sent = data.draw(st.permutations(rows + data.draw(st.lists(st.sampled_from(rows), max_size=4))))
    for row in sent:
        (held,) = stored(engine, sync.read(json.dumps([row]).encode(), NOW, STATES))
    assert held.status == states[-1]
    assert [status for status, *_ in held.steps] == states


@QUICK
@given(st.data())
def test_messages_without_a_date_never_take_a_dossier_back(engine, data):
    """Whatever of the past is sent again after the last state, in whatever order."""
    code = f"H15.50-260706-{next(NUMBERS):07}"
    way = ["2", "4", "9", "10"]
    rows = [{**full()["data"][0], "MaHoSo": code, "TrangThaiHoSo": state} for state in way]
    sent = [*rows, *data.draw(st.lists(st.sampled_from(rows), max_size=6))]
    for row in sent:
        (held,) = stored(engine, sync.read(json.dumps([row]).encode(), NOW, STATES))
    assert held.status == "10"


def test_rows_of_one_dossier_in_one_message_count_in_their_order(engine):
    rows = [{"code": CODE, "status": state} for state in ("2", "4", "9")]
    assert stored(engine, sync.read(json.dumps({"dossiers": rows}).encode(), NOW, STATES))[-1].status == "9"
