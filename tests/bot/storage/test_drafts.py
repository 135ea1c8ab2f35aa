"""Drafts in the database: found by their code as people write it, for as long as they hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import database, drafts
from bot.storage.drafts import DraftsTable
from bot.storage.sealing import Vault, WrongKey
from bot.turns import effects
from handlers.turn.drafts import Draft
from handlers.turn.effects import DeleteDraft, SaveDraft

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
DRAFT = Draft("7K3F92QX", "khai-sinh", {"child.name": "Trần Thử", "copies": ""}, procedure="1.001193")


@pytest.fixture
def do(engine):
    def apply(*given, now=NOW):
        with database.writing(engine) as connection:
            effects.apply(connection, VAULT, "web:1", given, now)

    return apply


@pytest.fixture
def found(engine):
    """What is found on a day."""
    return lambda code=DRAFT.code, days=0: DraftsTable(
        engine, VAULT, lambda: NOW + timedelta(days=days)
    ).find(code)


def test_a_draft_is_found_as_it_was_kept(do, found):
    do(SaveDraft(DRAFT))
    assert found() == replace(DRAFT, version=1)
    do(SaveDraft(replace(DRAFT, version=1, printed=True)))
    assert found() == replace(DRAFT, version=2, printed=True)
    do(DeleteDraft(DRAFT.code))
    assert found() is None


@pytest.mark.parametrize("code", ["HS-7K3F-92QX", "hs 7k3f 92qx", "7k3f92qx", "HS7K3F92QX"])
def test_a_code_is_read_however_it_is_written(do, found, code):
    do(SaveDraft(DRAFT))
    assert found(code) == replace(DRAFT, version=1)


def test_letters_that_look_like_digits_are_read_as_them():
    assert drafts.normal("HS-OIL2-92QX") == "011292QX"
    assert drafts.normal("HSK3-92QX") == "HSK392QX"  # its own first letters


@pytest.mark.parametrize(("printed", "last_day"), [(False, 14), (True, 30)])
def test_a_draft_holds_14_days_and_a_printed_one_30(do, found, engine, printed, last_day):
    do(SaveDraft(replace(DRAFT, printed=printed)))
    assert found(days=last_day)
    assert found(days=last_day + 1) is None
    with database.writing(engine) as connection:
        assert drafts.purge(connection, NOW + timedelta(days=last_day)) == 0
        assert drafts.purge(connection, NOW + timedelta(days=last_day + 1)) == 1


def test_a_touch_prolongs_it(do, found):
    do(SaveDraft(DRAFT))
    do(SaveDraft(replace(DRAFT, version=1)), now=NOW + timedelta(days=10))
    assert found(days=20)


def test_another_key_opens_nothing(do, engine):
    do(SaveDraft(DRAFT))
    assert DraftsTable(engine, Vault(b"o" * 32), lambda: NOW).find(DRAFT.code) is None


def test_a_draft_moved_to_another_row_does_not_open(do, found, engine):
    do(SaveDraft(DRAFT), SaveDraft(replace(DRAFT, code="00000000")))
    mark = {"mark": drafts.draft_mark(VAULT, "00000000"), "own": drafts.draft_mark(VAULT, DRAFT.code)}
    with database.writing(engine) as connection:
        move = (
            "UPDATE draft SET content = (SELECT content FROM draft WHERE code_mark = :mark)"
            " WHERE code_mark = :own"
        )
        connection.execute(drafts.text(move), mark)
    with pytest.raises(WrongKey):
        found()


def test_codes_are_eight_letters_that_nobody_can_guess(engine):
    codes = {DraftsTable(engine, VAULT).new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {drafts.normal(code) for code in codes} == codes
    assert {len(code) for code in codes} == {8}
