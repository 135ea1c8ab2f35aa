"""A made-up half-year of invented people, for whoever wants to try: it adds up to a known story.

408 received; 331 at the one-stop desk (249 hộ tịch, 82 chứng thực) and 77 linked (51 đất đai, 1 người có
công, 25 bảo trợ xã hội); 339 answered before time, 17 on time, 30 late, 22 open. The half-year ends today.
Ten of them have codes that never change, one for each state worth trying: see SHOWN and the README.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine

from bot.clock import VIETNAM
from bot.dossiers import bulk, store
from bot.dossiers.record import Update
from bot.storage import database
from bot.storage.sealing import Vault
from knowledge.dossiers import second_factor
from knowledge.office.calendar import Holidays

DAYS = 181
AHEAD = 60  # days to look ahead for due dates
SEED = 408
UNIT = "H36.99"  # an office that does not exist
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLES = ("Văn", "Thị", "Minh", "Ngọc", "Thanh", "Đức", "Thu")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hùng",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quỳnh",
    "Tâm",
    "Yến",
)

# procedure -> working days promised on the receipt
CIVIL = {
    "1.001193": 1,
    "1.000656": 1,
    "1.000894": 2,
    "1.004873": 3,
    "2.000635": 1,
    "1.004884": 5,
    "1.004837": 3,
}
COPIES = {"2.000815": 1, "2.000884": 1, "2.000908": 1}
LAND = {"1.013978": 20, "1.012796": 8, "1.012817": 20}
MERIT = {"1.010833": 5}
SOCIAL = {"1.014027": 10, "1.001776": 10, "1.014028": 3, "1.001699": 25}

Kind = str  # "before", "on", "late", "open", "overdue"

# field's procedures, and how many of each kind, without the ten of SHOWN
PLAN: tuple[tuple[dict[str, int], dict[Kind, int]], ...] = (
    (CIVIL, {"before": 212, "on": 9, "late": 16, "open": 8}),  # and 4 shown: 249
    (COPIES, {"before": 77, "on": 3, "late": 0, "open": 0}),  # and 2: 82
    (LAND, {"before": 29, "on": 3, "late": 11, "open": 4, "overdue": 2}),  # and 2: 51
    (MERIT, {"before": 1}),
    (SOCIAL, {"before": 17, "on": 1, "late": 2, "open": 3}),  # and 2: 25
)


@dataclass(frozen=True)
class Shown:
    """A dossier with a code that never changes. Days are working days."""

    number: str  # "0001"
    ending: str  # four digits that end the phone
    procedure: str
    ago: int  # received so many days ago
    promised: int  # days on the receipt
    way: tuple[tuple[str, int], ...]  # states, and so many days after receipt
    extra: tuple[tuple[str, str | int], ...] = ()  # what else the last news tells, by fields of Update

    @property
    def factor(self) -> str:
        """The second factor that opens it."""
        return second_factor.SECOND_FACTOR.of(_phone(self.ending))


SHOWN = (
    Shown("0001", "1111", "1.004884", 2, 5, (("4", 0),)),
    Shown("0002", "2222", "1.013978", 12, 20, (("4", 1), ("5", 6)),
          (("missing", "Bản vẽ kỹ thuật thửa đất; giấy tờ về quyền sử dụng đất (bản sao)"),)),
    Shown("0003", "3333", "1.012796", 6, 8, (("4", 1), ("6", 5)), (("fee_due", 25000),)),
    Shown("0004", "4444", "1.001776", 14, 10, (("4", 1),)),
    Shown("0005", "5555", "1.000894", 3, 2, (("4", 0), ("9", 1))),
    Shown("0006", "6666", "1.004873", 5, 3, (("4", 0), ("9", 2)),
          (("postal", "posted"), ("tracking", "EE123456785VN"))),
    Shown("0007", "7777", "2.000815", 4, 1, (("9", 1), ("10", 1))),
    Shown("0008", "8888", "1.014027", 9, 10, (("4", 1), ("8", 4)),
          (("note", "Người nộp đã hưởng lương hưu hằng tháng"),)),
    Shown("0009", "9999", "2.000908", 0, 1, ()),
    Shown("0010", "1010", "1.004837", 8, 3, (("4", 1), ("9", 5))),
)  # fmt: skip


def load(engine: Engine, vault: Vault, holidays: Holidays, today: date) -> bool:
    """Fills an empty table; False, and nothing done, where there are dossiers already."""
    with database.reading(engine) as connection:
        if not store.is_empty(connection):
            return False
    bulk.load(engine, vault, news(holidays, today))
    return True


def news(holidays: Holidays, today: date) -> Iterator[Update]:
    """All that happened in the half-year, each dossier from its receipt on."""
    first = today - timedelta(days=DAYS)
    worked = (first + timedelta(days=n) for n in range(DAYS + AHEAD))
    days = [day for day in worked if _is_worked(day, holidays)]
    now = sum(day <= today for day in days) - 1  # the place of today, or of the last day worked
    chance, counts = Random(SEED), Counter[date]()
    for shown in SHOWN:
        yield from _shown(shown, days, now)
    for procedures, kinds in PLAN:
        for kind in (kind for kind, count in kinds.items() for _ in range(count)):
            yield from _made_up(kind, procedures, days, now, chance, counts)


def code(number: str) -> str:
    """The code of a dossier of SHOWN."""
    return f"{UNIT}-260706-{number}"


def _shown(shown: Shown, days: list[date], now: int) -> Iterator[Update]:
    place = now - shown.ago
    chance = Random(shown.number)
    way = [("2", days[place]), *((status, days[place + after]) for status, after in shown.way)]
    due = days[place + shown.promised]
    told = _way(code(shown.number), shown.procedure, way, due, shown.ending, chance)
    *before, last = told
    yield from before
    more: dict[str, Any] = dict(shown.extra)
    yield replace(last, **more)


def _made_up(
    kind: Kind, procedures: dict[str, int], days: list[date], now: int, chance: Random, counts: Counter[date]
) -> Iterator[Update]:
    slow = {name: span for name, span in procedures.items() if span >= 3} if kind == "open" else procedures
    procedure, span = chance.choice(sorted(slow.items()))
    place = _received(kind, span, now, chance)
    counts[days[place]] += 1
    name = f"{UNIT}-{days[place]:%y%m%d}-{20 + counts[days[place]]:04}"
    way = [("2", days[place])]
    if kind in ("open", "overdue"):
        way += [("4", days[place + 1])]
    else:
        end = (
            place + {"before": chance.randrange(span), "on": span, "late": span + chance.randint(1, 5)}[kind]
        )
        way += [("4", days[place])] if span > 1 else []
        way += [("9", days[end]), ("10", days[end + chance.randint(0, 2)])]
    yield from _way(name, procedure, way, days[place + span], f"{chance.randrange(10_000):04}", chance)


def _received(kind: Kind, span: int, now: int, chance: Random) -> int:
    """The place of the day of receipt, so that all that has to happen has happened by today."""
    if kind == "open":
        return now - chance.randint(1, span - 1)
    if kind == "overdue":
        return now - span - chance.randint(1, 5)
    return chance.randrange(now - span - 7)


def _way(
    name: str, procedure: str, way: list[tuple[str, date]], due: date, ending: str, chance: Random
) -> Iterator[Update]:
    person = f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
    for hour, (status, day) in enumerate(way, 8):
        at = datetime.combine(day, time(hour), VIETNAM)
        yield Update(
            name,
            at,
            status=status,
            since=at,
            procedure=procedure,
            received=way[0][1],
            due=due,
            name=person,
            phone=_phone(ending),
            id_number=f"00000000{chance.randrange(10_000):04}" if hour == 8 else None,
        )


def _phone(ending: str) -> str:
    return f"090000{ending}"  # no such number is given out


def _is_worked(day: date, holidays: Holidays) -> bool:
    weekday = holidays.weekday(day)  # outside the years of the table: the ordinary week
    return weekday is not None and weekday < 5
