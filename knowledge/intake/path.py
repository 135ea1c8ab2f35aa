"""The path through a form: which questions these answers lead to, and what is known of each."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from knowledge.intake.form import Blank, Choice, Form, Question, When, split
from knowledge.intake.interview import CardReading, Interview

Values = dict[str, str]  # question id -> value, of all that is known, and `<person>.card.sex`

MOST_MEMBERS = 20  # of a group
UNREAD = CardReading()


class Step(NamedTuple):
    """A question on the path, and what is known of it."""

    question: Question
    value: str | None  # None: nothing yet
    how: Literal["answered", "card", "same", "preset", "missing"]
    source: str = ""  # how "same": the question of the other person


def path(form: Form, interview: Interview) -> tuple[Step, ...]:
    """The questions in order. Depends on nothing but what was told, in whatever order."""
    return tuple(_steps(form, interview, {}))


def known(form: Form, interview: Interview) -> Values:
    """All values that follow from the answers, by question id."""
    values: Values = {}
    for _ in _steps(form, interview, values):
        pass
    return values


def holds(when: When, values: Values) -> bool:
    """Whether every condition is met."""
    return all(values.get(name) in allowed_values for name, allowed_values in when.items())


def allowed(question: Question, values: Values) -> tuple[Choice, ...]:
    """The choices that these values leave."""
    return tuple(choice for choice in question.choices if holds(choice.when, values))


def substituted(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled; raises KeyError for one that is not known."""
    return "".join(values[piece.name] if isinstance(piece, Blank) else piece for piece in split(text))


def members(form: Form, group: str) -> tuple[Question, ...]:
    """The questions of a group, as they are written."""
    return tuple(question for question in form.questions if question.repeat == group)


def _steps(form: Form, interview: Interview, values: Values) -> Iterator[Step]:
    """Fills `values` on its way."""
    groups: set[str] = set()
    for question in form.questions:
        if question.repeat is None:
            yield from _walked(form, question, interview, values)
        elif question.repeat not in groups:
            groups.add(question.repeat)
            yield from _repeated(form, members(form, question.repeat), interview, values)


def _repeated(
    form: Form, group: tuple[Question, ...], interview: Interview, values: Values
) -> Iterator[Step]:
    for number in range(1, MOST_MEMBERS + 1):
        first, *rest = (numbered(question, number) for question in group)
        yield from _walked(form, first, interview, values)
        if values.get(first.id) != "yes":
            return
        for question in rest:
            yield from _walked(form, question, interview, values)


def numbered(question: Question, number: int) -> Question:
    """The question for the nth member: "member.name" becomes "member.2.name", wherever it is named."""
    person, own = question.person, f"{question.person}.{number}"
    ask = question.again if question.again and number > 1 else question.ask
    return question.model_copy(
        update={
            "id": f"{own}{question.id.removeprefix(person)}",
            "ask": ask,
            "when": _renamed(question.when, person, own),
            "offers": tuple(text.replace(f"{{{person}.", f"{{{own}.") for text in question.offers),
            "choices": tuple(
                c.model_copy(update={"when": _renamed(c.when, person, own)}) for c in question.choices
            ),
            "presets": tuple(
                p.model_copy(
                    update={
                        "when": _renamed(p.when, person, own),
                        "value": p.value.replace(f"{{{person}.", f"{{{own}."),
                    }
                )
                for p in question.presets
            ),
        }
    )


def _renamed(when: When, person: str, own: str) -> When:
    return {
        f"{own}{name.removeprefix(person)}" if name.startswith(f"{person}.") else name: values
        for name, values in when.items()
    }


def _walked(form: Form, question: Question, interview: Interview, values: Values) -> Iterator[Step]:
    if not holds(question.when, values):
        return
    step = _resolved(form, question, interview, values)
    if step.value is not None:
        values[question.id] = step.value
    if question.type == "card" and step.value == "scanned":
        sex = interview.cards.get(step.source or question.id, UNREAD).told.get("sex")
        values |= {f"{question.id}.sex": sex} if sex else {}
    yield step


def _resolved(form: Form, question: Question, interview: Interview, values: Values) -> Step:
    """As another person's; else as answered; else as on the card; else as usual."""
    if (source := _source(form, question.id, values)) in values:
        return Step(question, values[source], "same", source)
    if _is_answer(question, given := interview.answers.get(question.id), values):
        return Step(question, given, "answered")
    if question.card:
        told = card_of(form, question.person, interview, values).told.get(question.card)
        if _is_answer(question, told, values):
            return Step(question, told, "card")
    preset = next((p for p in _presets(question, values) if _is_answer(question, p, values)), None)
    return Step(question, preset, "missing" if preset is None else "preset")


def card_of(form: Form, person: str, interview: Interview, values: Values) -> CardReading:
    """What was read on the card of a person, or of the other one whom he is, whatever was read before."""
    card = f"{person}.card"
    if values.get(card) != "scanned":
        return UNREAD
    source = _source(form, card, values)
    return interview.cards.get(source if source in values else card, UNREAD)


def _source(form: Form, question: str, values: Values) -> str:
    """The question of another person that answers this one too; empty if there is none."""
    own, _, field = question.rpartition(".")
    persons = (s.is_also for s in form.same if s.person == own and holds(s.when, values))
    return next((f"{person}.{field}" for person in persons), "")


def _is_answer(question: Question, value: str | None, values: Values) -> bool:
    """Whether that can still be the answer: another one may have taken its choice away."""
    if not value:
        return value is not None and question.optional
    if question.type == "choice":
        return any(choice.value == value for choice in allowed(question, values))
    if question.type == "card":
        return value in ("scanned", "manual") or any(c.value == value for c in allowed(question, values))
    return True


def _presets(question: Question, values: Values) -> Iterator[str]:
    for preset in question.presets:
        if holds(preset.when, values):
            try:
                yield substituted(preset.value, values)
            except KeyError:
                continue  # its blank is not known yet


def id_numbers(form: Form, interview: Interview) -> frozenset[str]:
    """The ID numbers of all people that a form names, from answers and cards."""
    answered = {step.value for step in path(form, interview) if step.question.type == "id_number"}
    on_cards = {reading.told.get("id_number", "") for reading in interview.cards.values()}
    return frozenset(filter(None, answered | on_cards))
