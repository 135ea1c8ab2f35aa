"""What is said of linked channels, whatever the database."""

from dataclasses import replace

from handlers.people import linking
from handlers.ports.links import Linked, NoLinks
from handlers.turn.context import context
from handlers.turn.effects import OfferLink
from handlers.turn.messages import Incoming, State
from tests.dialogue import MONDAY

TELEGRAM, WEB = "https://t.me/bot?start=lk-00000000", "https://motcua.example/chat?start=lk-00000000"


class Opening(NoLinks):
    def opens(self, payload):
        return {"telegram": TELEGRAM, "web": WEB}


class Full(NoLinks):
    def channels(self, address):
        return tuple(Linked(number, f"web:{number}", MONDAY) for number in range(linking.MOST))


def offered(world, links, **more):
    incoming = Incoming(**{"at": MONDAY, "address": "web:1", **more})
    return linking.offer(context(incoming, State(), replace(world, links=links)))


def test_where_links_carry_the_code_it_can_be_scanned_and_tapped_but_not_for_this_very_channel(world):
    [reply] = offered(world, Opening()).replies
    assert [(file.kind, file.content) for file in reply.enclosures] == [("qr", TELEGRAM)]
    assert f"Telegram: {TELEGRAM}" in reply.text
    assert WEB not in reply.text
    assert "LK-0000-0000" in reply.text


def test_who_has_linked_many_channels_gets_no_code(world):
    turn = offered(world, Full())
    assert "đủ 5 kênh" in turn.replies[0].text
    assert len(turn.replies[0].choices) == linking.MOST + 1  # each can be parted
    assert turn.effects == ()


def test_the_code_that_is_shown_is_the_code_that_is_kept(world):
    assert offered(world, NoLinks()).effects == (OfferLink("00000000"),)
