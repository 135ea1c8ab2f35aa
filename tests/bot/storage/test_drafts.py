"""Drafts in the database: found by their code as people write it, for as long as they hold."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import database, drafts
from bot.storage.drafts import DraftsTable
from bot.storage.sealing import Vault, WrongKey
from bot.turns import effects
from bot.turns.effects import By
from handlers.ports.drafts import Draft
from handlers.turn.effects import DeleteDraft, SaveDraft
from knowledge.intake.interview import CardReading, Inconsistency, Interview

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
TOLD = Interview({"child.name": "Trần Thử", "copies": ""}, by_hand=True)
DRAFT = Draft("7K3F92QX", "khai-sinh", TOLD, procedure="1.001193")
# Sealed with this key by commit 8e79f4b, which kept answers, cards, what was confirmed and wishes in one
# mapping: a card whose address can be two communes, a year of birth confirmed, one answer being changed.
OLD = b64decode(
    "LVFQpWq6Uk6U+1TT9WoazdordcFtyaHHgBbMwkuJMJKhipEom99dxORx5wj2KD83mWZ602JnTjshrCWP/YUtWqaLmQHipkCN6/SQ"
    "NlJQ9sSgmpMTSZl3TY2CPH9yhAlkZxehvwp64t2yVU7WqxArEqIKnWMy5RDCP4CwTS0Dk0t0alVlYWJbnSr2WBDLck1xIrJjC61V"
    "oLOdDHvQAPgWX4DZMY2lWE+aW+ItcgAPgeePLkGx998bq1kVVmy0nAfAahprvnISnqyZhpPmiHVG/29cQhBGlc2MP6GosiMFr/05"
    "3UkzFOX+7tf1h2pCiydtIWUMoRq0LytQh0DYG3KSH95ias6Equ+tqTUaaqGcQXTSeUWenp25YA7qTmsWxdC3B650YnLdvDBzlroE"
    "Xm4szYbsbLK7VQu3k1B8LF5t5agzKg6+KpO8zR7UswKSmyXjfTAcv7E+ZMdH9/LwTsKMYRCCgpIv0caiEo0KpcviwtziBuKKRFdR"
    "8DEbcgKCaLpUXq38jHvNRG7m9zFa+F11mbEuuaV4H7+muHoBIimRTb9sWdT825PUqvFH9Og="
)


@pytest.fixture
def do(engine):
    def apply(*given, now=NOW):
        with database.writing(engine) as connection:
            effects.apply(By(connection, VAULT, "web:1", now), given)

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


def test_a_printed_form_holds_as_long_again_after_each_touch(do, found):
    """What is said under the paper, and when it is put aside, is then true."""
    do(SaveDraft(replace(DRAFT, printed=True)))
    do(SaveDraft(replace(DRAFT, version=1, printed=True)), now=NOW + timedelta(days=29))
    assert found(days=59)
    assert found(days=60) is None


def test_a_draft_of_the_first_version_of_this_program_goes_on(do, found, engine):
    do(SaveDraft(DRAFT))
    with database.writing(engine) as connection:
        connection.execute(drafts.text("UPDATE draft SET content = :content"), {"content": OLD})
    draft = found()
    year = Inconsistency(
        "id_year", ("requester.id_number", "requester.birth"), ("060195009999", "1961-02-01")
    )
    card = {"sex": "female", "name": "Đàng Thị Rở", "id_number": "060195009999"}
    assert (draft.procedure, draft.version) == ("1.001193", 1)
    assert draft.interview == Interview(
        answers={
            "who": "granddaughter",
            "requester.card": "scanned",
            "requester.birth": "1961-02-01",
            "requester.id_issued": "",
        },
        cards={"requester.card": CardReading(card, {"residence": "xã Tân Hà, Bình Thuận"})},
        acknowledged=(year,),
        changing="who",
        by_hand=True,
    )
    do(SaveDraft(draft))
    assert found() == replace(draft, version=2)


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
