"""Files that tell of a person."""

from pathlib import Path

from bot.printing import private


def test_only_its_owner_opens_what_was_written_also_over_a_file_that_was_open_to_all(tmp_path: Path) -> None:
    there = tmp_path / "b.pdf"
    there.write_bytes(b"old")
    there.chmod(0o644)
    for path in (tmp_path / "a.pdf", there):
        private.write(path, b"x")
        assert (path.stat().st_mode & 0o777, path.read_bytes()) == (0o600, b"x")
