"""The look-up of a one-stop system, TraCuuHoSo: log in, keep the session, ask. For many threads."""

import json
import ssl
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from bot.settings.settings import Settings
from handlers.ports.dossiers import DossiersDown

LOGIN, CALL = "/login", "/g"  # as behind the adapters of Cổng DVCQG and of the driving licences' system
SERVICE = "TraCuuHoSo"
TRY_S = 4.0  # for one try; a citizen waits
ALL_S = 9.0  # for all of it: login, look-up, and each once more
DOWN_S = 15.0  # so long nobody asks again after a failure
ANSWER_LIMIT = 1024 * 1024  # bytes
HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}

Answer = dict[str, Any]  # of the one-stop system, as it came


class _Failed(Exception):
    """A try that may go better a second time; says why, without anything of a person."""


@dataclass(frozen=True)
class Access:
    """Where the one-stop system is and as whom we ask."""

    url: str  # "https://adapter.example.vn/mapi"
    user: str
    password: str = field(repr=False)
    unit: str  # "000.00.00.H15"


def access(settings: Settings) -> Access | None:
    """None: nothing is to be pulled."""
    if not settings.pull_url:
        return None
    return Access(settings.pull_url, settings.pull_user, settings.pull_password, settings.pull_unit)


class LookUp:
    """Asks one one-stop system."""

    def __init__(
        self, given: Access, try_s: float = TRY_S, all_s: float = ALL_S, down_s: float = DOWN_S
    ) -> None:
        self._access, self._try_s, self._all_s, self._down_s = given, try_s, all_s, down_s
        self._session, self._renewing = "", Lock()
        self._down_until, self._reason = 0.0, ""

    def rows(self, code: str) -> list[Answer]:
        """What the system has under a code; empty if it has none. Raises DossiersDown."""
        if monotonic() < self._down_until:
            raise DossiersDown(self._reason)
        try:
            return self._rows(code, monotonic() + self._all_s)
        except _Failed as error:
            self._reason = f"{self._access.url}: {error}"
            self._down_until = monotonic() + self._down_s
            raise DossiersDown(self._reason) from error

    def _rows(self, code: str, deadline: float) -> list[Answer]:
        session = self._session or self._renewed("", deadline)
        answer = self._asked(code, session, deadline)
        if not _is_good(answer):  # mostly the session has ended
            answer = self._asked(code, self._renewed(session, deadline), deadline)
        if not _is_good(answer):
            raise _Failed(f"{SERVICE} answers error {_error_code(answer)}")
        rows = answer.get("result", answer.get("data")) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _Failed(f"{SERVICE} answers no list")
        return rows

    def _asked(self, code: str, session: str, deadline: float) -> Answer:
        message = {"session": session, "madonvi": self._access.unit, "service": SERVICE, "mahoso": code}
        return self._sent(CALL, message, deadline)

    def _renewed(self, old: str, deadline: float) -> str:
        """A session other than the old one; another thread may have got it meanwhile."""
        with self._renewing:
            if self._session == old:
                account = {"username": self._access.user, "password": self._access.password}
                answer = self._sent(LOGIN, account, deadline)
                session = answer.get("session")
                if not _is_good(answer) or not isinstance(session, str) or not session:
                    raise _Failed(f"login refused, error {_error_code(answer)}")
                self._session = session
            return self._session

    def _sent(self, path: str, message: Answer, deadline: float) -> Answer:
        """Sent once more if it fails: to ask twice changes nothing over there."""
        try:
            return self._try(path, message, deadline)
        except (_Failed, OSError, HTTPException):
            pass
        try:
            return self._try(path, message, deadline)
        except TimeoutError as error:
            raise _Failed("no answer in time") from error
        except (OSError, HTTPException) as error:
            raise _Failed(type(error).__name__) from error

    def _try(self, path: str, message: Answer, deadline: float) -> Answer:
        ends_at = min(deadline, monotonic() + self._try_s)
        url = urlsplit(self._access.url + path)
        connection = _connection(url.scheme, url.netloc, _left(ends_at))
        try:
            connection.request("POST", url.path, json.dumps(message).encode(), HEADERS)
            response = (
                connection.getresponse()
            )  # redirects are not followed: the password stays with its host
            if response.status != 200:
                raise _Failed(f"status {response.status}")
            body = bytearray()
            while chunk := response.read1(64 * 1024):
                body += chunk
                if len(body) > ANSWER_LIMIT:
                    raise _Failed("answer too large")
                connection.timeout = _left(ends_at)
                if connection.sock:
                    connection.sock.settimeout(connection.timeout)
            return _object(bytes(body))
        finally:
            connection.close()


def _connection(scheme: str, host: str, timeout: float) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, timeout=timeout, context=ssl.create_default_context())
    return HTTPConnection(host, timeout=timeout)


def _left(ends_at: float) -> float:
    left = ends_at - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _object(body: bytes) -> Answer:
    try:
        answer = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _Failed("the answer is no JSON") from error
    if not isinstance(answer, dict):
        raise _Failed("the answer is no object")
    return answer


def _is_good(answer: Answer) -> bool:
    return _error_code(answer) in ("0", "00")


def _error_code(answer: Answer) -> str:
    """ "00" here, 0 there, and absent where a result is."""
    return str(answer.get("error_code", "0"))[:20]
