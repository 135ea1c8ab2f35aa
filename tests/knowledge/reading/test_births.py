"""A year of birth tells an age, and where it depends on the birthday both."""

from knowledge.reading.answers.births import ages


def test_a_year_of_birth_is_two_ages() -> None:
    assert ages("tía tui sinh năm 1953", 2026) == (72, 73)
    assert ages("má sn 48", 2026) == (77, 78)
    assert ages("bé sinh năm 22", 2026) == (3, 4)


def test_what_is_no_year_of_birth_tells_no_age() -> None:
    for line in ("75 tuổi", "trợ cấp 1950 đồng", "sinh 12/3", "bé sinh năm 2030", ""):
        assert ages(line, 2026) == ()
