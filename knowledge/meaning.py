"""Words that mean the same brought together: "má" and "mẹ", "làm hôn thú" and "kết hôn"."""

from collections.abc import Mapping, Sequence

from knowledge.text import Word, plain, synonyms, words


class Meanings:
    """Rewrites a text so that each synonym of `synonyms.toml` becomes the number of its group."""

    def __init__(self) -> None:
        groups: Sequence[Sequence[str]] = synonyms()["same"]["groups"]  # type: ignore[assignment]
        self.marked: dict[tuple[Word, ...], str] = {}
        self.bare: dict[
            tuple[str, ...], str
        ] = {}  # without diacritics; a single word only if it has none anyway
        for number, group in enumerate(groups):
            for phrase in group:
                written = tuple(words(phrase))
                self.marked[written] = f"={number}"
                if len(written) > 1 or written[0].marks == "":
                    self.bare[tuple(word.folded for word in written)] = f"={number}"
        self.longest = _longest(self.marked)

    def of(self, text: str) -> list[str]:
        """The folded words of a text; the longest synonym at each place becomes its group."""
        written, meant, at = words(text), [], 0
        while at < len(written):
            for end in range(min(len(written), at + self.longest.get(written[at].folded, 0)), at, -1):
                group = self._group(tuple(written[at:end]))
                if group:
                    meant.append(group)
                    at = end
                    break
            else:
                meant.append(written[at].folded)
                at += 1
        return meant

    def _group(self, span: tuple[Word, ...]) -> str | None:
        if any(word.marks for word in span):
            return self.marked.get(span)
        return self.bare.get(tuple(word.folded for word in span))


def _longest(phrases: Mapping[tuple[Word, ...], str]) -> dict[str, int]:
    """The length of the longest phrase that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0].folded] = max(longest.get(phrase[0].folded, 0), len(phrase))
    return longest
