"""What tests of notices share: dossiers that move, people who follow, and looks into the outbox."""

from datetime import UTC, datetime, timedelta

from aiohttp import web

from bot.dossiers import announce
from bot.dossiers.record import DossierRecord
from bot.notices import follows
from bot.outbox import claim as claiming
from bot.outbox import settle as settling
from bot.outbox import store
from bot.outbox.claim import Claimer
from bot.outbox.outcomes import Sent
from bot.outbox.settle import Settled
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.notices import quiet_hours

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, ten in the morning in Vietnam
VAULT = Vault(b"k")
CODE = "H36.99-261123-0001"
ADDRESS = "telegram:1"
FOLLOW = (
    "INSERT INTO follow (code, address, language, since, consent, detailed, proved)"
    " VALUES ({0}, {0}, '', 0, 0, 0, 1)"
    " ON CONFLICT DO NOTHING"
)
RECIPIENT = (
    "INSERT INTO recipient (address, phone_mark, quiet, language, detailed, digest)"
    " VALUES ({0}, {0}, {0}, '', 0, 1)"
)


def later(**span):
    return NOW + timedelta(**span)


async def listening(take):
    """A server of this machine that gives what is posted to `take`; to be cleaned up."""
    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


def by(channel="telegram", worker="w1", quiet="", **more):
    return Claimer(channel, worker, quiet_hours.parse(quiet), **more)


def run(engine, statement, *values):
    """One statement with the driver's own places."""
    mark = "?" if database.is_sqlite(engine) else "%s"
    with database.writing(engine) as connection:
        result = connection.exec_driver_sql(statement.replace("{0}", mark), values)
        return result.all() if result.returns_rows else result.rowcount


def follow(engine, address=ADDRESS, code=CODE):
    run(engine, FOLLOW, code, address)
    with database.writing(engine) as connection:
        store.resume(connection, address, code)


def recipient(engine, address=ADDRESS, phone=b"", quiet=""):
    run(engine, RECIPIENT, address, phone, quiet)


def held(status, at=1, code=CODE, **more):
    return DossierRecord(code, changed_at=at, stated_at=at, status=status, steps=((status, at, ""),), **more)


def owe(engine, status="9", at=1, code=CODE, now=NOW, before=None, **more):
    """A dossier comes to that state."""
    with database.writing(engine) as connection:
        return announce.announce(connection, VAULT, [(before, held(status, at, code, **more))], now)


def claim(engine, count=10, now=NOW, claimer=None):
    with database.writing(engine) as connection:
        return list(claiming.claim(connection, claimer or by(), count, now).notices)


def settle(engine, notice, outcome=None, now=NOW, ack_by=0):
    with database.writing(engine) as connection:
        gone = settling.settle(connection, [Settled(notice, outcome or Sent("m1"), ack_by)], now)
        if gone:
            follows.drop(connection, gone)


def stop(engine, address=ADDRESS, code="", now=NOW):
    with database.writing(engine) as connection:
        return follows.stop(connection, address, now, code)


def states(engine):
    """The states in the order of the notices, without the lines that say that somebody stopped."""
    return [row[0] for row in run(engine, "SELECT state FROM notice WHERE kind <> 'stop' ORDER BY id")]


def one(engine, columns):
    """Columns of the first notice."""
    return tuple(run(engine, f"SELECT {columns} FROM notice ORDER BY id LIMIT 1")[0])
