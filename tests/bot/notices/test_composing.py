"""The text of a notice is made when it goes out: it tells what is true then, or nothing."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic_core import to_json

from bot.dossiers import apologies
from bot.notices import recipients
from bot.notices.composing import Composer
from bot.storage import database
from handlers.ports.dossiers import Dossier, DossiersDown
from tests.bot.outbox import notice_parts as parts
from tests.bot.outbox.notice_parts import CODE, NOW, VAULT


class Nobody:
    """Stands in for a dossier that there is not any more."""


class Desk:
    """One dossier as it is now."""

    def __init__(self, dossier):
        self.dossier = dossier

    def find(self, code):
        if self.dossier is None:
            raise DossiersDown("down")
        return self.dossier if self.dossier is not Nobody else None


@pytest.fixture
def claimed(engine):
    """The notice of a receipt that is on its way."""
    parts.follow(engine)
    parts.owe(engine, "2")
    return parts.claim(engine)[0]


def composed(engine, world, notice, dossier):
    return Composer(engine, VAULT, replace(world, dossiers=Desk(dossier)), lambda: NOW, apologies.told)(
        notice
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("2", "Ngày hẹn trả kết quả: 01/12/2026"),
        ("4", "Ngày hẹn trả kết quả: 01/12/2026"),  # in work by now, and received all the same
        ("5", None),  # papers are missing: another notice says so
        ("9", None),
        ("10", None),
    ],
)
def test_a_receipt_is_told_while_that_is_the_news(engine, world, claimed, status, words):
    dossier = Dossier(CODE, status=status, due=date(2026, 12, 1))
    reply = composed(engine, world, claimed, dossier)
    assert words is None if reply is None else words in reply.text


@pytest.mark.parametrize("status", ["2", "4"])
def test_papers_that_are_no_longer_missing_are_not_asked_for(engine, world, claimed, status):
    asked = claimed._replace(kind="missing")
    assert composed(engine, world, asked, Dossier(CODE, status=status)) is None


def test_what_may_have_arrived_says_that_it_is_a_reminder(engine, world, claimed):
    again = composed(engine, world, claimed._replace(reminder=1), Dossier(CODE, status="2"))
    assert again.text.startswith("Nhắc lại: ")


def test_while_the_desk_cannot_be_asked_the_notice_waits(engine, world, claimed):
    with pytest.raises(DossiersDown):
        composed(engine, world, claimed, None)


@pytest.mark.parametrize(("day", "is_told"), [("2026-11-22", False), ("2026-11-23", True)])
def test_a_paper_that_has_expired_by_now_is_not_said_to_expire(engine, world, claimed, day, is_told):
    facts = VAULT.seal(to_json({"paper": "xay-dung", "expires_on": day}), f"notice/{claimed.key}")
    reply = composed(engine, world, claimed._replace(kind="expiring", content=facts), Nobody)
    assert (reply is not None) == is_told


@pytest.mark.parametrize("kind", ["received", "done", "missing", "fee", "late"])
def test_of_a_dossier_that_is_no_more_nothing_is_told(engine, world, claimed, kind):
    assert composed(engine, world, claimed._replace(kind=kind), Nobody) is None


def test_that_a_dossier_was_removed_is_told_unless_it_is_back(engine, world, claimed):
    removed = claimed._replace(kind="removed")
    told = composed(engine, world, removed, Nobody).text
    assert f"Hồ sơ {CODE} không còn trong sổ của bộ phận một cửa" in told
    assert composed(engine, world, removed, Dossier(CODE, status="4")) is None


@pytest.mark.parametrize("finished", [None, date(2026, 11, 20)])
def test_without_a_released_apology_nobody_is_told_of_being_late(engine, world, claimed, finished):
    dossier = Dossier(CODE, status="4", due=date(2026, 11, 20), finished=finished)
    assert composed(engine, world, claimed._replace(kind="late"), dossier) is None


@pytest.mark.parametrize(("finished", "is_told"), [(None, True), (date(2026, 11, 20), False)])
def test_an_apology_is_told_until_the_dossier_is_finished(engine, world, claimed, finished, is_told):
    parts.run(
        engine,
        "INSERT INTO apology (code, reason, first_due, new_due, drafted_at, released_at, times)"
        " VALUES ({0}, {0}, '2026-11-20', '2026-12-01', 1, 2, 1)",
        CODE, VAULT.seal("Chờ xác minh".encode(), f"apology/{CODE}"),
    )  # fmt: skip
    dossier = Dossier(CODE, status="4", due=date(2026, 12, 1), finished=finished)
    reply = composed(engine, world, claimed._replace(kind="late"), dossier)
    assert (reply is not None and "Chờ xác minh" in reply.text) == is_told


@pytest.mark.parametrize(("kind", "status", "asks"), [("done", "9", True), ("received", "2", False)])
def test_only_what_costs_something_unread_asks_to_be_acknowledged(engine, world, claimed, kind, status, asks):
    told = composed(engine, world, claimed._replace(kind=kind), Dossier(CODE, status=status))
    assert (f"got:{claimed.id}" in {choice.value for choice in told.choices}) == asks


def test_what_cannot_have_arrived_is_no_reminder(engine, world, claimed):
    assert "Nhắc lại" not in composed(engine, world, claimed, Dossier(CODE, status="2")).text


def test_a_digest_tells_of_papers_with_their_day_and_of_dossiers_without(engine, world, claimed):
    items = [
        {"kind": "expiring", "code": "", "paper": "xay-dung", "expires_on": "2027-03-01"},
        {"kind": "missing", "code": CODE},
    ]
    sealed = VAULT.seal(to_json(items), f"notice/{claimed.key}")
    told = composed(engine, world, claimed._replace(kind="digest", content=sealed), Nobody)
    assert "01/03/2027" in told.text
    assert CODE in told.text


def test_what_is_of_no_dossier_is_told_in_the_person_s_language(engine, world, claimed):
    facts = VAULT.seal(to_json({"paper": "xay-dung", "expires_on": "2027-03-01"}), f"notice/{claimed.key}")
    paper = claimed._replace(kind="expiring", code="", content=facts)
    told = [composed(engine, world, paper, Nobody).text]
    with database.writing(engine) as connection:
        recipients.set_language(connection, claimed.address, "en")
    told.append(composed(engine, world, paper, Nobody).text)
    assert ["hết hạn" in text for text in told] == [True, False]
