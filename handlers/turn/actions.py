"""What a button does, as a value: one frozen class an action, and the codec between them and 64 bytes.

A wire form is `VERB` or `VERB:ARGUMENT:...`, as Telegram gives back at most 64 bytes of a button. Verbs and
the order of arguments are kept for ever: people tap buttons of last month. A changed meaning gets a new verb.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, dataclass_transform

from pydantic_core.core_schema import CoreSchema, no_info_plain_validator_function, to_string_ser_schema

from handlers.ports.errors import StaleButton

VERSION = 1  # raised when a stored action means something else: what was open then is asked again
DIGITS = 18  # of a number: 64 bits hold it
LONGEST = 64  # bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton


@dataclass(frozen=True)
class Action:
    """What a button does. A subclass names its verb; its fields, text or numbers, are the arguments."""

    verb: ClassVar[str] = ""

    def __str__(self) -> str:
        """The wire form; raises ValueError if it is longer than a button may be, or an argument holds ":"."""
        return encode(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        """In JSON it is its wire form."""
        return no_info_plain_validator_function(stored, serialization=to_string_ser_schema())


_KINDS: dict[tuple[str, int], type[Action]] = {}


def _number(text: str) -> int:
    """Raises ValueError for one that no database holds."""
    if len(text) > DIGITS:
        raise ValueError(text)
    return int(text)


_READ: Mapping[Any, Callable[[str], object]] = {str: str, int: _number}


@dataclass_transform(frozen_default=True)
def action(verb: str) -> Callable[[type[Any]], type[Any]]:
    """Makes a frozen dataclass an action of that verb. Raises ValueError for a verb taken by its like."""

    def register(kind: type[Any]) -> type[Any]:
        kind = dataclass(frozen=True)(kind)
        kind.verb = verb
        key = (verb, len(fields(kind)))
        if key in _KINDS:
            raise ValueError(f"{verb} with {key[1]} arguments means {_KINDS[key].__name__} already")
        _KINDS[key] = kind
        return kind

    return register


@dataclass(frozen=True)
class Stale(Action):
    """A button of another version, as it is found in stored replies; answered as a stale one."""

    wire: str

    def __str__(self) -> str:
        """As it was stored."""
        return self.wire


def encode(what: Action) -> str:
    """The wire form of an action."""
    parts = [str(getattr(what, field.name)) for field in fields(what)]
    wire = ":".join([what.verb, *parts])
    if len(wire.encode()) > LONGEST or any(":" in part for part in parts):
        raise ValueError(f"no button can hold {wire}")
    return wire


def decode(wire: str) -> Action:
    """The action of a wire form; raises StaleButton for one that this version does not know."""
    verb, *arguments = wire.split(":")
    kind = _KINDS.get((verb, len(arguments)))
    if kind is None:
        raise StaleButton(wire)
    try:
        return kind(*(_READ[f.type](a) for f, a in zip(fields(kind), arguments, strict=True)))
    except ValueError as error:
        raise StaleButton(wire) from error


def stored(wire: object) -> Action:
    """The action of a stored wire form; one that this version does not know is kept as it is."""
    if isinstance(wire, Action):
        return wire
    try:
        return decode(str(wire))
    except StaleButton:
        return Stale(str(wire))


def kinds() -> Mapping[tuple[str, int], type[Action]]:
    """Every action by verb and number of arguments."""
    return dict(_KINDS)
