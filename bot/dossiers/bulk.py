"""Many dossiers at once: as fast as the engine allows, in batches that nobody has to wait for."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine

from bot.clock import vietnam_now
from bot.dossiers import announce, store
from bot.dossiers.record import DossierRecord, Update, differs, merged
from bot.storage import database
from bot.storage.sealing import Vault

BATCH = 10_000  # rows a transaction: on SQLite other writers wait for it, about 0.2 s

T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    """What became of the news."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0  # known already, or older than what is held

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
        )


@dataclass(frozen=True)
class Done:
    """What a batch wrote."""

    new: Sequence[DossierRecord]
    changed: Sequence[tuple[DossierRecord, DossierRecord]]  # before and after


def load(engine: Engine, vault: Vault, news: Iterable[Update]) -> Counts:
    """Takes in the news, in constant memory.

    Loading the same again changes nothing. An error keeps the batches before it: mend it and load again.
    """
    counts = sum((_load_batch(engine, vault, batch) for batch in batches(news)), Counts())
    if counts.new + counts.changed:
        store.settle(engine)
    return counts


def _load_batch(engine: Engine, vault: Vault, batch: list[Update]) -> Counts:
    with without_collector(), database.writing(engine) as connection:
        store.lock(connection)
        before = store.among(connection, vault, [update.code for update in batch])
        done = write(connection, vault, before, batch)
    told = sum(differs(one, other) for one, other in done.changed)
    return Counts(len(done.new), told, len(batch) - len(done.new) - told)


def write(
    connection: Connection, vault: Vault, before: Mapping[str, DossierRecord], batch: Iterable[Update]
) -> Done:
    """Writes news of dossiers of which `before` holds those that there are, and what is owed with it."""
    after = dict(before)
    for update in batch:
        after[update.code] = merged(after.get(update.code), update)
    new = [each for code, each in after.items() if code not in before]
    changed = [
        (before[code], each) for code, each in after.items() if code in before and each != before[code]
    ]
    store.add_all(connection, vault, new)
    store.change_all(connection, vault, [each for _, each in changed])
    announce.announce(connection, vault, changed, vietnam_now())
    # nobody follows what was not there
    announce.remember_phones(connection, vault, [(None, each) for each in new], vietnam_now())
    return Done(new, changed)


@contextmanager
def without_collector() -> Iterator[None]:
    """What a batch makes refers to nothing that refers to it: to look for that took a fifth of an import."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """So many as one transaction takes."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
