"""The phone to which a notice may go on Zalo: given at the desk, agreed to there, and the follower's own."""

from sqlalchemy import Connection, Engine

from bot.dossiers import embedded
from bot.notices import consents, links, recipients
from bot.storage import database
from bot.storage.sealing import Vault
from handlers.dossiers.slip import ZALO_BY_PHONE

COUNTRY = "84"


def known(engine: Engine, vault: Vault, address: str, code: str) -> str | None:
    """`phone_of` in a transaction of its own."""
    with database.reading(engine) as connection:
        return phone_of(connection, vault, address, code)


def phone_of(connection: Connection, vault: Vault, address: str, code: str) -> str | None:
    """The number as Zalo wants it, "84901234567"; None where one of the three is not so.

    Whoever follows a dossier without having shown its phone as his own is told nothing at that phone. The yes
    is said at the desk; a later no, there or in a chat, ends it until the next yes.
    """
    held = embedded.read(connection, vault, code)
    if held is None or not held.phone or not held.phone.startswith("0"):
        return None
    said_by = (f"phone:{held.phone}", links.home(connection, address))  # at the desk, and in a chat
    if not consents.agrees(connection, vault, said_by, ZALO_BY_PHONE):
        return None
    if not recipients.has_phone(connection, address, recipients.phone_mark(vault, held.phone)):
        return None
    return COUNTRY + held.phone[1:]
