"""`motcua zalo login` and `status`: the consent of the Official Account, and how its tokens are."""

import asyncio
import sys
from argparse import Namespace
from datetime import datetime
from getpass import getpass

from bot.channels.zalo.tokens import consent
from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.login import WAITS_S, Login
from bot.channels.zalo.tokens.oauth import TokenServer
from bot.channels.zalo.tokens.pair import Kept
from bot.channels.zalo.tokens.table import TokenTable
from bot.clock import VIETNAM, vietnam_now
from bot.commands.context import Command
from handlers.desk import zalo as texts
from handlers.desk.zalo import ZaloRefused

OF_INPUT = "-"  # read standard input: an argument stays in the shell's history


def login(given: Namespace, command: Command) -> int:
    """Tells what to save and to click, and takes what is brought back here, not by the callback."""
    table = _table(command)
    if not given.brought:
        _tell(table, command)
    brought = given.brought or (getpass(command.tr(texts.PASTE)) if sys.stdin.isatty() else "")
    if brought == OF_INPUT:
        brought = sys.stdin.read()
    if not brought.strip():
        return 0
    try:
        read = consent.read(brought)
    except consent.NotUnderstood as error:
        raise ZaloRefused("zalo_not_understood") from error
    kept = asyncio.run(Login(table, TokenServer(command.settings), vietnam_now).take(read))
    print(_kept(kept, command))
    return 0


def status(_given: Namespace, command: Command) -> int:
    """Tells how the tokens are and what to do; exit status 1 if there is something to do."""
    kept = _table(command).read()
    if kept.pair:
        print(_kept(kept, command))
    trouble = rules.trouble(kept, _at())
    print(command.tr(texts.TROUBLES[trouble or ""]).format(error=kept.error))
    return 1 if trouble else 0


def _table(command: Command) -> TokenTable:
    """Raises ZaloRefused without an account in the settings."""
    if not command.settings.zalo_oa_id:
        raise ZaloRefused("zalo_not_set_up")
    return TokenTable(command.engine, command.vault, command.settings.zalo_oa_id)


def _tell(table: TokenTable, command: Command) -> None:
    verifier, tr = table.verifier(), command.tr
    callback = consent.callback_url(command.settings)
    print(tr(texts.CONSOLE).format(callback=callback or "-", challenge=consent.challenge(verifier)))
    if callback:
        table.await_login(_at() + WAITS_S)
        print(tr(texts.CLICK).format(link=consent.link(command.settings, verifier)))
    else:
        print(tr(texts.NO_CALLBACK))


def _kept(kept: Kept, command: Command) -> str:
    assert kept.pair
    renewed = max(kept.pair.got_at + rules.RENEW_AFTER_S, kept.asked_at and kept.asked_at + rules.AGAIN_S)
    return command.tr(texts.KEPT).format(
        hash=rules.short_hash(kept.pair.refresh),
        renewed=_moment(renewed),
        good_until=_moment(kept.pair.expires_at),
    )


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, VIETNAM):%H:%M %d/%m/%Y}"


def _at() -> int:
    return int(vietnam_now().timestamp())
