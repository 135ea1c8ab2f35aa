"""What is said of linked channels, whatever the database."""

from dataclasses import replace

import pytest

from handlers.people import linking
from handlers.ports.links import Asking, Linked, NoLinks, channel_of
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


class Groups(NoLinks):
    """Two persons with so many channels each; zalo:0 asks telegram:0."""

    def __init__(self, mine, other):
        self.sizes = {"telegram": mine, "zalo": other}

    def channels(self, address):
        name = channel_of(address)
        return tuple(Linked(number, f"{name}:{number}", MONDAY) for number in range(self.sizes[name]))

    def asking(self, code, now):
        return Asking(7, "zalo:0", MONDAY)


@pytest.mark.parametrize(
    ("mine", "other", "is_asked"), [(0, 0, True), (0, 4, True), (2, 3, True), (0, 5, False), (3, 3, False)]
)
def test_a_person_has_five_channels_at_most(mine, other, is_asked, world):
    incoming = Incoming(MONDAY, address="telegram:0")
    turn = linking.typed(
        "LK-7K3F-92QX", context(incoming, State(), replace(world, links=Groups(mine, other)))
    )
    assert ("muốn liên kết" in turn.replies[0].text) is is_asked
    assert ("đủ 5 kênh" in turn.replies[0].text) is not is_asked


def test_a_link_asks_what_typing_its_code_asks(world):
    ctx = context(Incoming(MONDAY, address="telegram:0"), State(), replace(world, links=Groups(0, 0)))
    assert linking.opened(f"{linking.LINK}7k3f92qx", ctx) == linking.typed("lk 7k3f 92qx", ctx)


def test_a_channel_that_was_parted_already_is_answered_with_those_that_are_left(world):
    ctx = context(Incoming(MONDAY, address="telegram:0"), State(), replace(world, links=Groups(2, 0)))
    for turn in (linking.ask_unlink(99, ctx), linking.unlink(99, ctx)):
        assert "Các kênh đã liên kết:" in turn.replies[0].text
        assert turn.effects == ()
