"""How the token is, for whoever watches: two figures, NaN while the database is away."""

import math
from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.tokens import pair as rules
from bot.channels.zalo.tokens.pair import Kept
from bot.channels.zalo.tokens.table import TokenTable
from bot.clock import vietnam_now
from bot.storage.sealing import Vault

Figure = Callable[[], float]


def of_token(engine: Engine, vault: Vault, oa: str) -> tuple[Figure, Figure]:
    """Whether somebody has to look after it (1), and for how many seconds it is still good."""
    table = TokenTable(engine, vault, oa)

    def figure(of: Callable[[Kept, int], float]) -> Figure:
        def told() -> float:
            try:
                return of(table.read(), int(vietnam_now().timestamp()))
            except SQLAlchemyError:
                return math.nan

        return told

    return figure(lambda kept, now: rules.trouble(kept, now) is not None), figure(rules.good_for)
