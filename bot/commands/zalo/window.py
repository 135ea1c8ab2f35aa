"""`motcua zalo open-window`: for ten minutes a probe is answered with 200, however it is signed."""

from argparse import Namespace

from bot.channels.zalo.oa import notes
from bot.clock import VIETNAM, vietnam_now
from bot.commands.context import Command
from bot.storage import database


def open_window(_given: Namespace, command: Command) -> int:
    """Opens it, and says until when. What comes with a wrong signature is still not processed."""
    with database.writing(command.engine) as connection:
        until = notes.write(connection, "window", "", vietnam_now())
    print(f"open until {until.astimezone(VIETNAM):%H:%M}: save the webhook's address in Zalo's console now")
    return 0
