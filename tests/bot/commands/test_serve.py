"""The program as it is run: it starts, answers, ends when told, and does not live on without its loops."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest

from tests import ROOT

# Starts the program after some lines of ours, which plant a fault in it.
PLANTED = "import sys\nfrom bot.__main__ import main\n{fault}\nsys.exit(main({arguments}))"
DEAD_REST = """
from bot.outbox.deliver import Delivery
async def dies(self): raise ZeroDivisionError
Delivery._rest = dies
"""
NO_PAPER = """
from bot.printing import paper
def fails(): raise ZeroDivisionError
paper.warm_up = fails
"""


@contextmanager
def running(folder, *arguments, fault="", **environ):
    """A process of ours, killed in the end if it still runs."""
    ours = ("MOTCUA", "TELEGRAM", "DATABASE", "PUBLIC", "PORT")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    process = subprocess.Popen(
        [sys.executable, "-c", PLANTED.format(fault=fault, arguments=list(arguments))],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def url(process):
    """Where it says that it listens."""
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    return found[0]


def ready(address):
    with urllib.request.urlopen(f"{address}ready", timeout=60) as answer:
        return json.load(answer)["ready"]


def ended(process):
    """Its exit status, and what it wrote to its log, line by line."""
    _, log = process.communicate(timeout=60)
    return process.returncode, [json.loads(line) for line in log.splitlines() if line.startswith("{")]


def messages(log):
    return {(line["level"], line["message"]) for line in log}


def test_it_serves_until_it_is_told_to_stop(tmp_path):
    with running(tmp_path, "serve", "--demo", "--port", "0") as process:
        assert ready(url(process))
        process.send_signal(signal.SIGTERM)
        status, log = ended(process)
    assert status == 0
    assert not [line for line in log if line["level"] in ("ERROR", "CRITICAL")]


def test_a_loop_that_dies_ends_the_process_for_systemd_to_start_it_again(tmp_path):
    with running(tmp_path, "serve", "--port", "0", fault=DEAD_REST) as process:
        status, log = ended(process)
    assert status == 70
    assert ("CRITICAL", "loop died") in messages(log)
    assert [line["loop"] for line in log if line["message"] == "loop died"] == ["deliver web"]


def test_a_worker_alone_does_not_outlive_its_loops_either(tmp_path):
    with running(tmp_path, "worker", fault=DEAD_REST) as process:
        assert ended(process)[0] == 70


def test_a_press_that_fails_to_warm_up_stops_nothing(tmp_path):
    with running(tmp_path, "web", "--port", "0", fault=NO_PAPER) as process:
        assert ready(url(process))
        process.send_signal(signal.SIGTERM)
        status, log = ended(process)
    assert status == 0
    assert ("ERROR", "work failed") in messages(log)


@pytest.mark.parametrize("library", ["telegram", "httpx"])
def test_without_a_token_no_library_of_telegram_is_loaded(library):
    asked = f"import sys, bot.commands.serve; sys.exit({library!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False)
    assert done.returncode == 0
