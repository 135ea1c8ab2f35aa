"""Structured logs on standard error that never hold what a person wrote or who it was."""

import copy
import hmac
import logging
import sys
import traceback
from collections.abc import Iterator
from typing import IO, Any

from pythonjsonlogger.json import JsonFormatter
from sqlalchemy.exc import OperationalError

OURS = ("bot", "handlers", "knowledge")
PLAIN_ERRORS = (OSError, OperationalError)  # their messages tell of files, hosts and locks, never of a person


def configure(level: str, stream: IO[str] | None = None) -> None:
    """One JSON object a line on `stream` or standard error: ours from `level` on, warnings of libraries."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(["levelname", "name", "message"], **_SHAPE))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in (*OURS, "aiohttp.access"):
        logging.getLogger(name).setLevel(level.upper())


def person(address: str, key: bytes) -> str:
    """A person's name in the logs: always the same for an address, and no way back without the key."""
    return hmac.digest(key, address.encode(errors="surrogatepass"), "sha256").hex()[:12]


_SHAPE: dict[str, Any] = {
    "timestamp": "at",
    "rename_fields": {"levelname": "level", "name": "logger"},
    "json_ensure_ascii": False,
}


class _Formatter(JsonFormatter):
    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] not in OURS and record.name != "aiohttp.access":
            record = _without_details(record)
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        return "\n".join(_frames(ei[1])) if ei[1] else ""


def _without_details(record: logging.LogRecord) -> logging.LogRecord:
    """A library's message without its arguments, which may be a person's text, address or our token."""
    record = copy.copy(record)
    record.msg, record.args = str(record.msg).partition("\n")[0], ()
    return record


def _frames(error: BaseException) -> Iterator[str]:
    """A traceback without the exceptions' messages: `int("của bạn")` would print what the person wrote."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _frames(cause)
        yield "then:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
    yield (
        f"{type(error).__qualname__}: {error}"
        if isinstance(error, PLAIN_ERRORS)
        else type(error).__qualname__
    )
