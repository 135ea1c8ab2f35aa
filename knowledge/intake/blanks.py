"""What is printed for each blank, and what can be offered to tap."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from knowledge.intake.dates import stored
from knowledge.intake.form import Form, Question, blanks_in
from knowledge.intake.id_card import issuer, kind
from knowledge.intake.in_words import date_words
from knowledge.intake.interview import Interview
from knowledge.intake.path import card_of, known, path, substituted
from knowledge.office.office import Office
from knowledge.places import places

PLACE_OF_BIRTHS = "office.birth_places"


def blanks(form: Form, interview: Interview, office: Office) -> Mapping[str, str]:
    """The text of every blank that is known, by its name; "" where it was skipped."""
    filled = {"office.unit": office.unit, "office.province": office.province}
    for step in path(form, interview):
        if step.value is not None:
            filled |= _printed(step.question, step.value)
    values = known(form, interview)
    numbers = [name for name in values if name.endswith(".id_number")]
    papers = {name.removesuffix("id_number"): _id_paper(name, values) for name in numbers}
    return filled | {f"{person}id_paper": paper for person, paper in papers.items()}


def shown(question: Question, value: str) -> str:
    """The answer as it is read back to the citizen."""
    if question.type in ("choice", "card"):
        return next((choice.label for choice in question.choices if choice.value == value), value)
    return _printed(question, value)[question.id]


def offers(
    form: Form, interview: Interview, question: Question, today: date, office: Office
) -> tuple[str, ...]:
    """Answers to tap, as they are stored: show each with `shown`. None for choice, card and yes_no."""
    values = {**blanks(form, interview, office), **known(form, interview)}
    unclear = card_of(form, question.person, interview, known(form, interview)).unclear
    found = [*_places(unclear.get(question.card or "", "")), *_listed(question, values, today, office)]
    if question.type == "ethnic":
        found += office.local_peoples
    return tuple(dict.fromkeys(offer for offer in found if offer))


def _places(said: str) -> Iterator[str]:
    """The places that an address on a card can mean."""
    return (places.written(place) for place in places.read(said).places)


def _listed(question: Question, values: Mapping[str, str], today: date, office: Office) -> Iterator[str]:
    days = {"today": today, "yesterday": today - timedelta(days=1)}
    for offer in question.offers:
        if offer in days and question.type == "date":
            yield days[offer].isoformat()
        elif PLACE_OF_BIRTHS in blanks_in(offer):
            yield from office.birth_places
        elif all(values.get(name) for name in blanks_in(offer)):
            yield substituted(offer, values)


def _printed(question: Question, value: str) -> dict[str, str]:
    name = question.id
    if question.type == "date":
        return _of_date(name, value)
    if question.type == "time":
        return _of_time(name, value)
    if question.type == "name":
        return {name: value, f"{name}.caps": value.upper()}
    if question.type == "number":
        return {name: value, f"{name}.some": "" if value == "0" else value}
    if question.type == "place":
        return {name: value, f"{name}.area": _area(value)}
    if question.type == "choice":
        chosen = next((choice for choice in question.choices if choice.value == value), None)
        return {name: "" if chosen is None else chosen.label if chosen.paper is None else chosen.paper}
    return {name: {"yes": "Có", "no": "Không"}.get(value, value) if question.type == "yes_no" else value}


def _area(place: str) -> str:
    """Commune and province; empty for what is no place ("Đã chết") or can be several."""
    found = places.read(place).places
    return places.written(found[0]._replace(detail="")) if len(found) == 1 else ""


def _of_date(name: str, value: str) -> dict[str, str]:
    """05/11/2026, or 07/1955, or 1955."""
    if not value:
        return {name: ""}
    day = stored(value)
    parts = {"day": day.day, "month": day.month}
    two = {part: f"{number:02}" for part, number in parts.items() if number}
    told = [("ngày", two.get("day")), ("tháng", two.get("month")), ("năm", str(day.year))]
    return {
        name: "/".join([*two.values(), str(day.year)]),
        f"{name}.long": " ".join(f"{word} {number}" for word, number in told if number),
        f"{name}.words": date_words(day.first) if day.day else "",
        f"{name}.year": str(day.year),
        **{f"{name}.{part}": number for part, number in two.items()},
    }


def _of_time(name: str, value: str) -> dict[str, str]:
    hour, _, minute = value.partition(":")
    return {
        name: f"{hour} giờ {minute} phút" if minute else "",
        f"{name}.hour": hour,
        f"{name}.minute": minute,
    }


def _id_paper(number: str, values: Mapping[str, str]) -> str:
    """Kind, number, who issued it and when."""
    digits = values[number]
    issued = values.get(f"{number.removesuffix('number')}issued", "")
    if not digits:
        return ""
    if len(digits) == 9:
        when = f", cấp ngày {_of_date('', issued)['']}" if issued else ""
        return f"Chứng minh nhân dân số {digits}{when}"
    day = stored(issued) if issued else None
    if day is None or day.day is None:
        return f"Số định danh cá nhân {digits}"
    return f"{kind(day.first)} số {digits}, {issuer(day.first)} cấp ngày {_of_date('', issued)['']}"
