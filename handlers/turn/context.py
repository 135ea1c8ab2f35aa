"""What every handler is given: who says what, when, to which state, and all that may be looked up."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.language.i18n import Translate
from handlers.ports.guesses import Guesser
from handlers.ports.world import World
from handlers.turn.messages import Incoming, Reply, State, Turn
from knowledge.reading.matters import unframed
from knowledge.search.search import Found, Hit


@dataclass(frozen=True)
class Context:
    """One value through all handlers."""

    incoming: Incoming
    state: State
    world: World
    tr: Translate  # a msgid in the person's language

    @property
    def today(self) -> date:
        """The day in office time."""
        return self.incoming.at.date()

    @property
    def person(self) -> str:
        """The address under which all is kept, "telegram:1234"; another one, if channels are linked."""
        return self.incoming.person or self.incoming.address

    @property
    def guesser(self) -> Guesser:
        """By whom a wrong fact would be told."""
        return Guesser(self.incoming.address, self.incoming.network)

    def find(self, text: str) -> Found:
        """What a line may mean; one in English is looked up among English phrasings."""
        if self.world.english.is_english(text):
            found = self.world.english.find(text)
            known = tuple(hit for hit in found.hits if hit.id in self.world.catalogue.procedures)
            return Found(found.decision if known else "decline", known, found.confidence)
        found = self.world.index.find(text)
        return found if _is_clear(found) else self._unframed(text, self._matter_of(text, found))

    def _unframed(self, text: str, found: Found) -> Found:
        """A matter that is only named drowns in what leads to it: "khai tử trước đi"."""
        alone = unframed(text)
        if alone == text:
            return found
        named = self._matter_of(alone, self.world.index.find(alone))
        is_named = named.decision != "decline" and named.hits[0].kind != "talk"
        return named if is_named and named.confidence > found.confidence else found

    def _matter_of(self, text: str, found: Found) -> Found:
        """A short matter drowns in what is asked of it ("sao y bao nhiêu tiền"): the matter by itself."""
        aspects = self.world.aspects
        if aspects.of(text) in ("", "fill") or not aspects.names_a_subject(text):
            return found
        alone = self.world.index.find(aspects.without(text))
        is_named = alone.hits and alone.hits[0].kind != "talk" and alone.decision != "decline"
        is_surer = alone.decision == "answer" or alone.confidence > found.confidence
        return alone if is_named and is_surer else found

    def explained(self, text: str, hit: Hit) -> float:
        """The part of a line's words that a hit explains, 0..1; of an English line its likeness."""
        if self.world.english.is_english(text):
            return hit.confidence
        return self.world.index.explained(text, hit)

    def aspect(self, text: str) -> str:
        """What about a matter a line asks: "fee", "where"; empty if nothing of the kind."""
        if self.world.english.is_english(text):
            return self.world.english.aspect(text)
        return self.world.aspects.of(text)

    def speaking(self, language: str) -> "Context":
        """The same in another language."""
        languages = self.world.languages
        return replace(self, tr=languages.translator(language), world=self.world.spoken(language))

    def with_state(self, **changes: Any) -> "Context":
        """The same with some of the state changed."""
        return replace(self, state=replace(self.state, **changes))

    def after(self, turn: Turn) -> "Context":
        """The same with the state that a turn leads to."""
        return replace(self, state=turn.state)

    def turn(self, *replies: Reply, **more: Any) -> Turn:
        """These replies, with the state as it is; `more` as in Turn."""
        return Turn(replies, self.state, **more)


def _is_clear(found: Found) -> bool:
    """Whether a search needs no second look: an answer that is no small talk."""
    return found.decision == "answer" and found.hits[0].kind != "talk"


def context(incoming: Incoming, state: State, world: World) -> Context:
    """The context of a message; texts in the language that the person chose, else the app's."""
    language = world.languages.of(state.language or state.spoken, incoming.language)
    return Context(incoming, state, world.spoken(language), world.languages.translator(language))
