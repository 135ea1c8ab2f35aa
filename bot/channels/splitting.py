"""A text in pieces of so many letters, cut where it hurts least."""


def units(text: str) -> int:
    """UTF-16 units, which messengers count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, cut between paragraphs, else lines, else words."""
    pieces = []
    rest = text.strip()
    while len(window := _prefix(rest, limit)) < len(rest):
        at = _cut_at(window)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def _prefix(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` units; a pair of surrogates is not torn."""
    if len(text) * 2 <= limit:
        return text
    cut = text[:limit].encode("utf-16-le", "surrogatepass")[: limit * 2]
    begin = cut.decode("utf-16-le", "surrogatepass")
    return begin[:-1] if "\ud800" <= begin[-1:] <= "\udbff" else begin


def _cut_at(window: str) -> int:
    """Where to cut: not in the first half, for a stray blank line should not leave a tiny message."""
    for mark in ("\n\n", "\n", " "):
        at = window.rfind(mark)
        if at >= len(window) // 2:
            return at
    return len(window)
