"""Words that mean the same brought together: "má" and "mẹ", "làm hôn thú" and "kết hôn"."""

from collections.abc import Iterator, Sequence

from knowledge.text import Word, synonyms, words


class Meanings:
    """Replaces each synonym of `synonyms.toml` by the number of its group."""

    def __init__(self) -> None:
        self.words: dict[Word, str] = {}  # single words, as they are written: "bố" is no "bỏ"
        self.phrases: dict[tuple[str, ...], str] = {}  # folded
        self.longest: dict[str, int] = {}  # words in the longest phrase that begins with a word
        for number, group in enumerate(synonyms()["same"]["groups"]):
            for phrase in map(words, group):
                if len(phrase) == 1:
                    self.words[phrase[0]] = f"={number}"
                    continue
                folded = tuple(word.folded for word in phrase)
                self.phrases[folded] = f"={number}"
                self.longest[folded[0]] = max(self.longest.get(folded[0], 0), len(folded))

    def of(self, written: Sequence[Word]) -> list[str]:
        """The folded words; the longest synonym at each place becomes its group."""
        return [meant for meant, _length in self.spans(written)]

    def spans(self, written: Sequence[Word]) -> Iterator[tuple[str, int]]:
        """The same, each with how many words were written for it."""
        at = 0
        while at < len(written):
            word = written[at]
            phrase, length = self._phrase(written, at) if word.folded in self.longest else ("", 1)
            yield phrase or self.words.get(word, word.folded), length
            at += length

    def _phrase(self, written: Sequence[Word], at: int) -> tuple[str, int]:
        longest = min(self.longest[written[at].folded], len(written) - at)
        for length in range(longest, 1, -1):
            group = self.phrases.get(tuple(word.folded for word in written[at : at + length]))
            if group:
                return group, length
        return "", 1
