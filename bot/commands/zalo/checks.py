"""What `motcua check` says of Zalo."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.oa import checks
from bot.channels.zalo.templates import checks as templates
from bot.channels.zalo.templates import mapping
from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.pair import Kept
from bot.channels.zalo.tokens.table import TokenTable
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.settings import settings
from bot.settings.values import BadSettings
from bot.storage.migrate import BadDatabase
from bot.storage.sealing import WrongKey
from handlers.desk.zalo import TROUBLES
from knowledge.datafile import BadDataFile


def warnings(command: Command) -> Iterator[str]:
    """What somebody has to do so that the Official Account can write; nothing where there is none."""
    try:
        if not settings.verify(command.environ).get("zalo_oa_id"):
            return
        table = _table(command)
        kept = table.read() if table else Kept()
    except BadSettings:
        return  # told as an error
    except (BadDatabase, SQLAlchemyError, WrongKey) as error:
        yield f"Zalo: the token cannot be read: {error}"
        return
    now = vietnam_now()
    if trouble := rules.trouble(kept, int(now.timestamp())):
        yield f"Zalo: {command.tr(TROUBLES[trouble]).format(error=kept.error)}"
    yield from checks.of_settings(command.settings)
    if table:
        yield from checks.noted(command.engine, now)
        yield from checks.asked(command.settings, kept)
    with suppress(BadDataFile):  # told as an error
        yield from (f"Zalo: {line}" for line in templates.compared(command.settings, kept))


def problems(environ: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the office's file of templates."""
    with suppress(BadSettings):  # told as an error
        named = settings.verify(environ).get("zalo_templates")
        assert named is None or isinstance(named, Path)
        try:
            mapping.load(named)
        except BadDataFile as error:
            yield from error.problems


def _table(command: Command) -> TokenTable | None:
    """Without making a database file: the service itself does, as its own user."""
    url = make_url(command.settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None
    return TokenTable(command.engine, command.vault, command.settings.zalo_oa_id)
