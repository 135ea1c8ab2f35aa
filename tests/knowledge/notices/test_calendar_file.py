"""Files for a phone's calendar."""

from datetime import date

from knowledge.notices.calendar_file import Entry, calendar_file

ENTRY = Entry("a@b", date(2027, 12, 31), "Hết hạn; xem, đọc", "Giấy tờ " * 20, (60, 7))
FILE = calendar_file(ENTRY, date(2026, 11, 23))


def test_the_day_and_its_reminders_are_in_it() -> None:
    assert "DTSTART;VALUE=DATE:20271231\r\nDTEND;VALUE=DATE:20280101\r\n" in FILE
    assert FILE.count("BEGIN:VALARM") == 2
    assert "TRIGGER:-P60D\r\n" in FILE
    assert FILE.endswith("END:VCALENDAR\r\n")


def test_signs_with_a_meaning_are_escaped() -> None:
    assert r"SUMMARY:Hết hạn\; xem\, đọc" in FILE


def test_long_lines_are_folded_within_the_limit_and_read_back_whole() -> None:
    assert max(len(line.encode()) for line in FILE.split("\r\n")) <= 75
    assert "DESCRIPTION:" + "Giấy tờ " * 20 in FILE.replace("\r\n ", "")
