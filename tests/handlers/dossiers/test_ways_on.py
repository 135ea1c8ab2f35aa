"""No state of a dossier ends in a sentence alone: each names a way that can be tapped or copied."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.ports.dossiers import Dossier
from handlers.ports.followers import NoFollowers
from handlers.ports.world import World
from handlers.turn.blocks import Facts, Span
from handlers.turn.messages import Reply
from handlers.turn.shared import AskFollow, OpenProcedure, SmallTalk
from knowledge.dossiers import statuses
from knowledge.office.office import Bank
from tests.dialogue import Player
from tests.handlers.dossiers.test_status import CODE, DOSSIER, Desk

BANK = Bank(name="Ngân hàng thử", bin="970436", account="0123456789", holder="UBND phường thử")
LATE = replace(DOSSIER, due=date(2026, 11, 20))
STOPPED = replace(DOSSIER, status="8", finished=date(2026, 11, 20))
REFUSED = replace(DOSSIER, status="3", finished=date(2026, 11, 20))
WITHDRAWN = replace(DOSSIER, status="7", finished=date(2026, 11, 20))
OWING = replace(DOSSIER, status="6", fee_due=25_000)
HANDED = replace(DOSSIER, status="10", finished=date(2026, 11, 20))
POSTED = replace(DOSSIER, status="9", finished=date(2026, 11, 20), postal="posted", tracking="EE123456785VN")


class Reached(NoFollowers):
    def reaches(self, address: str) -> bool:
        return True


def shown(dossier: Dossier, world: World) -> Reply:
    player = Player(replace(world, dossiers=Desk(dossier), followers=Reached()))
    player.type(CODE)
    player.type("4567")
    return player.replies[-1]


def actions(reply: Reply) -> list[object]:
    return [choice.action for choice in reply.choices]


def copied(reply: Reply) -> list[str]:
    facts = [fact for block in reply.blocks if isinstance(block, Facts) for fact in block.facts]
    spans = [span for fact in facts if not isinstance(fact.text, str) for span in fact.text]
    return [span.text for span in spans if isinstance(span, Span) and span.style == "code"]


@pytest.mark.parametrize("dossier", [LATE, STOPPED, REFUSED, WITHDRAWN])
def test_who_has_to_ask_is_led_to_a_person(dossier: Dossier, world: World) -> None:
    assert SmallTalk("human") in actions(shown(dossier, world))


def test_who_is_on_time_is_not_sent_to_the_desk(world: World) -> None:
    assert SmallTalk("human") not in actions(shown(DOSSIER, world))


def test_a_late_dossier_says_how_to_reach_the_desk(world: World) -> None:
    assert "số điện thoại của bộ phận một cửa" in shown(LATE, world).text


@pytest.mark.parametrize("dossier", [STOPPED, REFUSED])
def test_who_does_not_agree_is_led_to_the_complaint(dossier: Dossier, world: World) -> None:
    assert OpenProcedure("2.002409") in actions(shown(dossier, world))


def test_every_remedy_is_a_procedure_of_ours(world: World) -> None:
    remedies = {state.remedy for state in statuses.load().states if state.remedy}
    assert remedies
    assert remedies <= world.catalogue.procedures.keys()


def test_a_fee_that_is_due_can_be_paid_from_the_status(world: World) -> None:
    office = world.office.model_copy(update={"bank": BANK})
    reply = shown(OWING, replace(world, office=office))
    assert copied(reply) == [CODE, "0123456789", "H1550A2611191377"]
    assert [(file.kind, file.label) for file in reply.enclosures] == [("qr", "Mã VietQR 25.000 đồng")]


def test_without_an_account_nothing_can_be_transferred(world: World) -> None:
    reply = shown(OWING, world)
    assert copied(reply) == [CODE]
    assert reply.enclosures == ()


def test_the_number_of_the_post_can_be_copied(world: World) -> None:
    assert "EE123456785VN" in copied(shown(POSTED, world))


@pytest.mark.parametrize(
    ("dossier", "is_offered"),
    [
        (DOSSIER, True),
        (POSTED, True),
        (HANDED, False),
        (STOPPED, False),
        (replace(HANDED, postal="delivered"), False),
        (replace(HANDED, postal="in-transit"), True),
    ],
)
def test_news_are_offered_where_there_can_be_any(dossier: Dossier, is_offered: bool, world: World) -> None:
    assert (AskFollow(CODE) in actions(shown(dossier, world))) is is_offered


def test_the_example_begins_as_the_codes_of_this_office(world: World) -> None:
    office = world.office.model_copy(update={"dossier_unit": "H99.07"})
    told = Player(replace(world, office=office)).type("/hoso")
    assert "H99.07-" in told
