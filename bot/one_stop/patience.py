"""Whether a thread may wait for the one-stop system: one that answers everybody must not."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

_here = local()


class WouldWait(Exception):
    """The one-stop system has to be asked, and this thread must not wait for it."""


@contextmanager
def forbidden() -> Iterator[None]:
    """Within it, `check` raises in this thread."""
    _here.forbidden = True
    try:
        yield
    finally:
        _here.forbidden = False


def check() -> None:
    """Called before anything that waits. Raises WouldWait."""
    if getattr(_here, "forbidden", False):
        raise WouldWait
