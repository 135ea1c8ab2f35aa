"""XML as events of its local names, whatever its namespaces; entities are never unfolded."""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
CHUNK = 1 << 16


class NoXml(Exception):
    """It is not well formed, or declares entities: no office program does."""


class Events:
    """Runs through a document; `texts` are the elements whose text is kept for `end` to take."""

    def __init__(self, start: Start, end: End, texts: frozenset[str]) -> None:
        self._start, self._end, self._texts = start, end, texts
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        self._parser.StartDoctypeDeclHandler = _refused
        self._names: dict[str, str] = {}
        self._text: list[str] = []

    @property
    def text(self) -> str:
        """What stands in the element that is ending."""
        return "".join(self._text)

    def run(self, file: IO[bytes]) -> None:
        """All of a document. Raises NoXml."""
        try:
            while chunk := file.read(CHUNK):
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeDecodeError, LookupError) as error:
            raise NoXml(str(error)) from error

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names.get(name) or self._local(name)
        if local in self._texts:
            self._text = []
            self._parser.CharacterDataHandler = self._text.append
        self._start(local, attributes)

    def _closed(self, name: str) -> None:
        local = self._names[name]
        self._end(local)
        if local in self._texts:
            self._parser.CharacterDataHandler = None

    def _local(self, name: str) -> str:
        local = self._names[name] = name.rpartition(":")[2]
        return local


def of(attributes: dict[str, str], name: str) -> str:
    """An attribute with or without a prefix; "" if it is not there."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _refused(*_: object) -> None:
    raise NoXml("a document type")
