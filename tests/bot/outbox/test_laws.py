"""The laws of the outbox, whatever happens in whatever order."""

from contextlib import suppress
from datetime import timedelta
from itertools import count, product
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.exc import IntegrityError

from bot.dossiers import announce
from bot.notices import follows
from bot.outbox.claim import claim
from bot.outbox.outcomes import Doubtful, Later, Refused, Sent
from bot.outbox.settle import Settled, settle
from bot.outbox.sweep import sweep
from bot.outbox.timing import TIMING
from bot.storage import database
from tests.bot.outbox.notice_parts import NOW, VAULT, by, follow, held, recipient, run

PEOPLE = st.sampled_from(["telegram:1", "telegram:2"])
CODES = st.sampled_from(["A", "B"])
WORKERS = st.sampled_from(["w1", "w2"])
STATES = st.sampled_from(["2", "5", "7", "9"])  # 7: withdrawn, which is urgent
FATES = st.sampled_from(  # whether it arrives, and what the worker hears of that
    [
        (True, Sent("m")),
        (True, Doubtful()),
        (False, Doubtful()),
        (False, Later(1)),
        (False, Refused("Forbidden: blocked", gone=True)),
    ]
)
SECONDS = st.sampled_from([1, 30, 61, 61, 1000, 15_000, 50_000, -3600])
STEPS = (
    *("move", "move", "work", "work", "work", "work", "pass_time", "pass_time", "sweep", "crash"),
    *("follow", "stop", "choose_quiet_hours"),
)
OPEN = ("waiting", "claimed", "doubtful")


def goes_before(row, notice):
    """Whether an open notice holds up a later one of the same person."""
    same = row.address == notice.address and row.state in OPEN and row.urgent >= notice.urgent
    return same and (row.state == "claimed" or row.id < notice.id)


class Outbox(RuleBasedStateMachine):
    """Two workers, two people, two dossiers, and a clock that may be set back."""

    template = ""

    @initialize()
    def start(self):
        """Both follow both, so that there is much to do."""
        self.folder = TemporaryDirectory()
        path = f"{self.folder.name}/laws.db"
        copyfile(Outbox.template, path)
        self.engine = database.connect(f"sqlite:///{path}")
        self.now, self.events = NOW, count(1)
        self.hands = {"w1": [], "w2": []}  # claimed notices, each with the end of its lease
        self.outcomes = {"w1": [], "w2": []}
        self.arrived, self.owed = [], {}  # (id, marked); id -> (address, code)
        self.status = {}
        for person, code in product(("telegram:1", "telegram:2"), ("A", "B")):
            follow(self.engine, person, code)

    def teardown(self):
        if hasattr(self, "engine"):
            self.everything_arrives_in_the_end()
            self.engine.dispose()
            self.folder.cleanup()

    @rule(what=st.sampled_from(STEPS), data=st.data())
    def step(self, what, data):
        """One rule for all: hypothesis would leave out some rules in each run, and we need them together."""
        getattr(self, what)(lambda strategy: data.draw(strategy))

    def follow(self, draw):
        follow(self.engine, draw(PEOPLE), draw(CODES))

    def stop(self, draw):
        code = draw(st.sampled_from(["A", "B", ""]))
        with database.writing(self.engine) as connection:
            follows.stop(connection, draw(PEOPLE), self.now, code)

    def choose_quiet_hours(self, draw):
        with suppress(IntegrityError):  # has chosen already
            recipient(self.engine, draw(PEOPLE), quiet="21:00-07:00")

    def move(self, draw):
        """A dossier comes to another state, which its followers are owed to know."""
        code = draw(CODES)
        before = self.status.get(code)
        after = held(draw(STATES), next(self.events), code)
        if before and before.status == after.status:
            return
        with database.writing(self.engine) as connection:
            announce.announce(connection, VAULT, [(before, after)], self.now)
        self.status[code] = after
        self.owed |= {row.id: (row.address, row.code) for row in self.rows()}

    def work(self, draw):
        """Claims, sends some of what is in hand, and settles unless it is slow; a crash may follow."""
        worker, lease_end = draw(WORKERS), self.now + timedelta(seconds=TIMING.lease_s)
        self.hands[worker] += [(notice, lease_end) for notice in self.claimed(worker, 3)]
        while self.hands[worker] and draw(st.integers(0, 3)):
            self.outcomes[worker].append(self.send(*self.hands[worker].pop(0), draw(FATES)))
        if draw(st.booleans()):
            self.settle(worker)

    def send(self, notice, lease_end, fate):
        if self.now >= lease_end:  # the loop does not send so late
            return Settled(notice, Later(0))
        arrives, outcome = fate
        if arrives:
            self.arrive(notice)
        return Settled(notice, outcome)

    def settle(self, worker):
        with database.writing(self.engine) as connection:
            gone = settle(connection, self.outcomes[worker], self.now)
            if gone:
                follows.drop(connection, gone)
        self.outcomes[worker] = []

    def crash(self, draw):
        worker = draw(WORKERS)
        self.hands[worker], self.outcomes[worker] = [], []

    def sweep(self, _draw=None):
        with database.writing(self.engine) as connection:
            sweep(connection, {"telegram"}, self.now, follows.other_channels)

    def pass_time(self, draw):
        self.now += timedelta(seconds=draw(SECONDS))

    def claimed(self, worker, most):
        before = self.rows()
        with database.writing(self.engine) as connection:
            claims = claim(connection, by(worker=worker), most, self.now).notices
        follows = set(map(tuple, run(self.engine, "SELECT address, code FROM follow")))
        for notice in claims:
            assert (notice.address, notice.code) in follows, "to who stopped"
            assert not [row for row in before if goes_before(row, notice)], "out of order"
        return claims

    def arrive(self, notice):
        assert notice.reminder or notice.id not in dict(self.arrived), "twice unmarked"
        self.arrived.append((notice.id, notice.reminder > 0))

    @invariant()
    def nothing_is_lost(self):
        if not hasattr(self, "engine"):
            return
        rows, arrived = {row.id: row for row in self.rows()}, {number for number, _ in self.arrived}
        for number, (address, code) in self.owed.items():
            row = rows[number]
            newer = [r.id for r in rows.values() if (r.address, r.code) == (address, code) and r.id > number]
            assert (
                row.state in (*OPEN, "stopped")
                or number in arrived
                or (row.state in ("refused", "given_up") and (row.call_at or newer or self.stopped(row)))
                or (row.state == "superseded" and newer)
            ), row

    def stopped(self, row):
        """Who stops after we gave up needs no call."""
        key = f"stop/{row.code}/{row.address}"
        return run(self.engine, "SELECT 1 FROM notice WHERE key = {0}", key)

    def everything_arrives_in_the_end(self):
        """Without further trouble every open notice is sent or on the call list."""
        self.hands, self.outcomes = {}, {}
        for _ in range(20):
            self.now += timedelta(hours=5)
            self.sweep()
            claims = self.claimed("w3", 10)
            for notice in claims:
                self.arrive(notice)
            with database.writing(self.engine) as connection:
                settle(connection, [Settled(notice, Sent("m")) for notice in claims], self.now)
        assert not [row for row in self.rows() if row.state in OPEN]
        self.nothing_is_lost()

    def rows(self):
        columns = "id, address, code, state, urgent, call_at"
        return run(self.engine, f"SELECT {columns} FROM notice WHERE kind <> 'stop'")


@pytest.fixture(scope="module", autouse=True)
def template(migrated_file):
    """To copy: a database for each example, without migrating for each."""
    Outbox.template = str(migrated_file)


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
