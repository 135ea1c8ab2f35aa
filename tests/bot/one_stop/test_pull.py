"""Looking a dossier up in a one-stop system: one of our own on this machine, good and bad."""

import json
import socket
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.views import Glimpses
from bot.one_stop.look_up import Access, LookUp, access
from bot.one_stop.pull import Pulled
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from handlers.ports.dossiers import DossiersDown
from handlers.ports.guesses import Guesser
from tests.bot.one_stop.sync_messages import CODE, NOW, full

VAULT = Vault(b"k" * 32)
UNKNOWN = "H15.50-260706-9999"


class OneStop:
    """Keeps dossiers and sessions; `answers` are given first, one a call: a status, bytes, or "hang"."""

    def __init__(self):
        self.rows = {CODE: full()["data"][0]}
        self.sessions, self.calls, self.answers = 0, [], []
        self.let_go = 0  # answers that hung to their end
        self.done = Event()

    def answer(self, path, message):
        self.calls.append((path, message))
        if self.answers:
            return self.answers.pop(0)
        if path == "/mapi/login":
            return self.login(message)
        if message["session"] != f"s{self.sessions}":
            return {"error_code": "12", "message": "session"}
        row = self.rows.get(message["mahoso"])
        return {"error_code": "00", "message": "", "result": [row] if row else []}

    def login(self, message):
        if message != {"username": "u", "password": "geheim"}:
            return {"error_code": 1, "session": ""}
        self.sessions += 1
        return {"error_code": 0, "message": "", "session": f"s{self.sessions}"}

    @property
    def paths(self):
        return [path for path, _ in self.calls]


@pytest.fixture
def one_stop():
    system = OneStop()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = system.answer(self.path, json.loads(body))
            if answer == "hang":
                system.let_go += not system.done.wait(20)
                return
            status = answer if isinstance(answer, int) else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/mapi/elsewhere")
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    system.url = f"http://127.0.0.1:{server.server_port}/mapi"
    yield system
    system.done.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def look_up(one_stop):
    return LookUp(given(one_stop.url), try_s=0.3, all_s=2, down_s=30)


def given(url, password="geheim"):
    return Access(url, "u", password, "000.00.00.H15")


def test_it_logs_in_and_asks(look_up, one_stop):
    assert look_up.rows(CODE) == [one_stop.rows[CODE]]
    assert one_stop.calls[1][1] == {
        "session": "s1", "madonvi": "000.00.00.H15", "service": "TraCuuHoSo", "mahoso": CODE,
    }  # fmt: skip


def test_the_session_is_kept(look_up, one_stop):
    assert [len(look_up.rows(code)) for code in (CODE, UNKNOWN, CODE)] == [1, 0, 1]
    assert one_stop.sessions == 1


def test_a_session_that_ended_is_renewed(look_up, one_stop):
    look_up.rows(CODE)
    one_stop.sessions = 7
    assert look_up.rows(CODE)
    assert one_stop.paths[2:] == ["/mapi/g", "/mapi/login", "/mapi/g"]


@pytest.mark.parametrize("failure", [503, b"<html>", b"", b"[]", b"[" * 100_000, "hang"])
def test_one_failure_is_forgiven(look_up, one_stop, failure):
    look_up.rows(CODE)
    one_stop.answers = [failure]
    assert look_up.rows(CODE)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (500, "status 500"),
        (302, "status 302"),
        (b"<html>", "the answer is no JSON"),
        (b"[]", "the answer is no object"),
        (b'{"error_code": "99"}', "answers error 99"),
        (b'{"error_code": "00", "result": {"a": 1}}', "answers no list"),
        (b'{"error_code": "00", "result": [7]}', "answers no list"),
        (b'"' + b"x" * (1024 * 1024) + b'"', "answer too large"),
        ("hang", "no answer in time"),
    ],
)
def test_a_system_that_fails_again_is_down_with_the_reason(look_up, one_stop, failure, reason):
    look_up.rows(CODE)
    one_stop.answers = (
        [failure] * 2
        if reason != "answers error 99"
        else [failure, {"error_code": 0, "session": "s"}, failure]
    )
    with pytest.raises(DossiersDown, match=reason) as caught:
        look_up.rows(CODE)
    assert CODE not in str(caught.value)


def test_a_system_that_is_not_there_is_down():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = LookUp(given(f"http://127.0.0.1:{taken.getsockname()[1]}/mapi"))
        with pytest.raises(DossiersDown, match="ConnectionRefusedError"):
            nobody.rows(CODE)


def test_a_refused_login_tells_no_password(one_stop):
    with pytest.raises(DossiersDown, match="login refused, error 1") as caught:
        LookUp(given(one_stop.url, "falsch")).rows(CODE)
    assert "falsch" not in str(caught.value) + repr(given(one_stop.url, "falsch"))


def test_after_a_failure_nobody_asks_for_a_while(look_up, one_stop):
    one_stop.answers = [500, 500]
    with pytest.raises(DossiersDown):
        look_up.rows(CODE)
    asked = len(one_stop.calls)
    with pytest.raises(DossiersDown, match="status 500"):
        look_up.rows(CODE)
    assert len(one_stop.calls) == asked


def test_a_citizen_does_not_wait_for_ever(one_stop):
    one_stop.answers = ["hang"] * 4
    with pytest.raises(DossiersDown):
        LookUp(given(one_stop.url), try_s=0.3, all_s=0.5).rows(CODE)
    assert one_stop.let_go == 0  # he was told before the system gave up hanging


def test_threads_at_once_log_in_once(look_up, one_stop):
    found = []
    threads = [Thread(target=lambda: found.append(look_up.rows(CODE))) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(found), one_stop.sessions) == (8, 1)


@pytest.fixture
def pulls(engine, look_up, world):
    """Makes the port; what it was told is good for so many seconds."""
    desk = Embedded(engine, VAULT, DueDates(world.catalogue, world.holidays))
    return lambda fresh_s=60.0: Pulled(desk, engine, VAULT, look_up, now=lambda: NOW, fresh_s=fresh_s)


@pytest.fixture
def pulled(pulls):
    return pulls()


def test_what_the_system_has_is_told_from_our_desk(pulled):
    dossier = pulled.find(CODE)
    assert (dossier.status, dossier.due, dossier.title) == ("4", date(2026, 7, 13), "Đăng ký tạm trú")
    assert "Lan" not in dossier.applicant
    assert pulled.matches(CODE, "4567")
    assert pulled.matches_phone(CODE, "+84901234567")
    assert not pulled.matches(CODE, "0000")


def test_an_unknown_code_is_asked_for_as_any_other(pulled, one_stop):
    assert not pulled.matches(UNKNOWN, "4567")
    assert pulled.find(UNKNOWN) is None
    assert one_stop.paths.count("/mapi/g") == 1  # a turn that asks twice waits once


def test_a_longer_fact_is_compared_as_a_whole(pulled):
    assert pulled.matches(CODE, "901234567")
    assert not pulled.matches(CODE, "911234567")
    assert not pulled.matches(UNKNOWN, "901234567")


@pytest.mark.parametrize(("code", "seen"), [(CODE, ("1.004194", "4")), (UNKNOWN, None)])
def test_an_office_that_opens_the_state_shows_no_more_of_what_it_pulls(engine, look_up, world, code, seen):
    desk = Embedded(engine, VAULT, DueDates(world.catalogue, world.holidays))
    opened = Pulled(desk, engine, VAULT, look_up, Glimpses(is_open=True), now=lambda: NOW)
    dossier = opened.glimpse(code, Guesser("web:1"), NOW)
    assert (dossier and (dossier.procedure, dossier.status)) == seen
    assert dossier is None or (dossier.applicant, dossier.due, dossier.received) == ("", None, None)


def test_an_office_that_does_not_open_the_state_asks_nobody_for_it(pulled, one_stop):
    assert pulled.glimpse(CODE, Guesser("web:1"), NOW) is None
    assert one_stop.calls == []


def test_a_new_state_is_seen_when_the_answer_has_aged(pulls, one_stop):
    aging = pulls(fresh_s=0)
    assert aging.find(CODE).status == "4"
    one_stop.rows[CODE] |= {"TrangThaiHoSo": "9", "NgayKetThucXuLy": "10/07/2026 09:00:00"}
    assert (aging.find(CODE).status, aging.find(CODE).finished) == ("9", date(2026, 7, 10))


def test_of_a_system_that_is_down_the_log_tells_why_and_no_code(pulls, one_stop, caplog):
    one_stop.answers = [500] * 2
    with pytest.raises(DossiersDown):
        pulls().find(CODE)
    [record] = [each for each in caplog.records if each.message == "one-stop system down"]
    assert "status 500" in record.reason
    assert CODE not in str(vars(record))


def test_no_more_answers_are_remembered_than_there_is_room_for(pulled, one_stop, monkeypatch):
    monkeypatch.setattr("bot.one_stop.pull.KEPT", 2)
    codes = [f"H15.50-260706-{number}" for number in (9991, 9992, 9993)]
    for code in (*codes, codes[2], codes[1], codes[0]):
        pulled.find(code)
    assert one_stop.paths.count("/mapi/g") == 4  # the oldest was asked for again


def test_another_dossier_s_answer_is_not_taken(pulled, one_stop):
    one_stop.rows[UNKNOWN] = one_stop.rows[CODE]
    assert pulled.find(UNKNOWN) is None


def test_what_cannot_be_read_or_reached_is_down_though_we_hold_it(pulls, one_stop):
    aging = pulls(fresh_s=0)
    aging.find(CODE)
    one_stop.rows[CODE] |= {"NgayHenTra": "soon"}
    with pytest.raises(DossiersDown, match="NgayHenTra: no_date"):
        aging.find(CODE)
    one_stop.answers = [500] * 2
    with pytest.raises(DossiersDown, match="status 500"):
        aging.matches(CODE, "4567")


def test_nothing_is_pulled_unless_it_is_set():
    assert access(Settings(b"k" * 32)) is None
    set_up = access(Settings(b"k" * 32, pull_url="https://a.vn/mapi", pull_user="u", pull_unit="H15"))
    assert set_up is not None
    assert set_up.url == "https://a.vn/mapi"
