"""Single rows by their key as fast as the driver gives them: the look-up that every citizen waits for."""

import threading
from typing import Any

from sqlalchemy import Engine


class Reader:
    """A connection a thread, past SQLAlchemy and outside transactions.

    A checked-out connection of the pool would be tested, begun and rolled back: four trips to the server for
    one row.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = threading.local()

    def one(self, sql: str, values: tuple[Any, ...]) -> Any:
        """The first row or None; `sql` in the driver's own style. Raises the driver's errors."""
        try:
            return self._one(sql, values)
        except self._errors():
            if not self._own.used:
                raise
            self._own.connection = None  # the server was restarted since: once more, on a new connection
            return self._one(sql, values)

    def _one(self, sql: str, values: tuple[Any, ...]) -> Any:
        connection = getattr(self._own, "connection", None)
        self._own.used = connection is not None
        if connection is None:
            connection = self._own.connection = self._connect()
        cursor = connection.execute(sql, values)
        row = cursor.fetchone()
        cursor.close()
        return row

    def _connect(self) -> Any:
        lent = self._engine.raw_connection()
        connection: Any = lent.driver_connection
        lent.detach()  # the pool may make another one for others
        if self._engine.dialect.name != "sqlite":  # there it is set already
            connection.rollback()
            connection.autocommit = True
        return connection

    def _errors(self) -> type[Exception]:
        return self._engine.dialect.loaded_dbapi.Error
