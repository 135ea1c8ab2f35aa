"""Files that tell of a person: only who made them may open them, whatever the umask."""

from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Writes the file anew."""
    path.touch(mode=0o600)
    path.chmod(0o600)  # one that was there
    path.write_bytes(content)
