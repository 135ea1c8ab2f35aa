"""The wall clock of the office; the only other clocks are for durations."""

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no summer time, no table of zones needed


def vietnam_now() -> datetime:
    """Now, in the office's time zone."""
    return datetime.now(VIETNAM)
