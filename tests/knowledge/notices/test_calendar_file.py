"""Files for a phone's calendar."""

from datetime import date

from knowledge.notices.calendar_file import Entry, calendar_file

ENTRY = Entry("a@b", date(2027, 12, 31), "Hết hạn; xem, đọc", "Giấy tờ " * 20, (60, 7))
FILE = calendar_file(ENTRY, date(2026, 11, 23))


def test_the_day_and_its_reminders_are_in_it() -> None:
    assert "DTSTART;VALUE=DATE:20271231\r\nDTEND;VALUE=DATE:20280101\r\n" in FILE
    assert FILE.count("BEGIN:VALARM") == 2
    assert "TRIGGER:-P59DT16H\r\n" in FILE
    assert FILE.endswith("END:VCALENDAR\r\n")


def test_signs_with_a_meaning_are_escaped() -> None:
    assert r"SUMMARY:Hết hạn\; xem\, đọc" in FILE


def test_long_lines_are_folded_within_the_limit_and_read_back_whole() -> None:
    assert max(len(line.encode()) for line in FILE.split("\r\n")) <= 75
    assert "DESCRIPTION:" + "Giấy tờ " * 20 in FILE.replace("\r\n ", "")


def test_the_whole_file_is_as_the_standard_wants_it() -> None:
    made = calendar_file(Entry("a@b", date(2027, 1, 31), "Hết\\hạn", "một\nhai", (1,)), date(2026, 11, 3))
    assert made.split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mot Cua//VI",
        "BEGIN:VEVENT", "UID:a@b", "DTSTAMP:20261103T000000Z",
        "DTSTART;VALUE=DATE:20270131", "DTEND;VALUE=DATE:20270201",
        "SUMMARY:Hết\\\\hạn", "DESCRIPTION:một\\nhai", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P0DT16H", "DESCRIPTION:Hết\\\\hạn", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_a_line_is_folded_only_where_it_is_full() -> None:
    made = calendar_file(Entry("a@b", date(2027, 1, 31), "x", "a" * 200), date(2026, 11, 3))
    [*full, last] = [line for line in made.split("\r\n") if "aaa" in line]
    assert [len(line) for line in full] == [75, 75]
    assert last == " " + "a" * (200 - (75 - len("DESCRIPTION:")) - 74)
