"""Where a person is reached: the one writer and reader of an address."""

from dataclasses import dataclass


class BadAddress(ValueError):
    """Not of the shape "telegram:1234"."""


@dataclass(frozen=True)
class Address:
    """A person on a channel of an office. Never log it."""

    channel: str  # "telegram"
    person: str  # the channel's own name of the person: "1234"
    office: str = ""  # "": the only one of this deployment

    def __str__(self) -> str:
        """As it stands in the database: "telegram:1234", with an office before it "cho-lon/telegram:1234"."""
        where = f"{self.office}/{self.channel}" if self.office else self.channel
        return f"{where}:{self.person}"


def parse(text: str) -> Address:
    """The address that was written. Raises BadAddress."""
    where, colon, person = text.partition(":")
    office, _slash, channel = where.rpartition("/")
    if not colon or not channel or not person:
        raise BadAddress("an address is a channel, a colon and a person")  # not the text: it names somebody
    return Address(channel, person, office)
