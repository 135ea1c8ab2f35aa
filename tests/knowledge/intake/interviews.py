"""Invented citizens who fill in forms in any order, for the laws of the interview."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from knowledge.intake import course
from knowledge.intake.course import Occasion
from knowledge.intake.form import Form, Question, When
from knowledge.intake.id_card import IdCard, parse
from knowledge.intake.interview import Interview
from knowledge.intake.path import numbered, path

TODAY = date(2026, 11, 22)
NOW = Occasion(TODAY)

_PAYLOADS = (
    "060198001234|260123456|Nguyễn Thị Hoài Phương|14031998|Nữ|12 Trần Phú, Tiến Thành, Bình Thuận|20052022",
    "060095004321||Trần Văn Bình|02111995|Nam|Thôn Tiến Hòa, Tiến Thành, Lâm Đồng|15082024|060095000001",
    "060195009999||Đàng Thị Rở|1960|Nữ|xã Tân Hà, Bình Thuận|",  # no day of birth or issue; two communes
)
CARDS: tuple[IdCard, ...] = tuple(card for payload in _PAYLOADS if (card := parse(payload)))

_ANSWERS = {
    "name": ("nguyễn văn an", "Thị"),
    "date": ("5/11/1990", "hôm qua", "14/3/2020"),
    "time": ("22h", "3 giờ chiều"),
    "yes_no": ("không", "có"),
    "ethnic": ("Kinh", "raglai"),
    "place": ("Tiến Thành, Phan Thiết, Bình Thuận", "Đã chết"),
    "id_number": ("060198001234", "260123456"),
    "phone": ("0912345678", "+84 912 345 679"),
    "number": ("2", "1"),
    "text": ("Viêm phổi, ở nhà", "Trạm y tế phường Tiến Thành"),
}
_MEMBERS = 2  # that these citizens have: the paths of more are no others


def answered(form: Form, told: Interview, question: Question, number: int) -> Interview:
    """One of the answers that a citizen can give to that question; `number` says which."""
    ways: list[str | IdCard] = [choice.value for choice in course.choices(form, told, question)]
    ways += [*CARDS, "manual"] if question.type == "card" else _ANSWERS.get(question.type, ())
    ways += [""] if question.optional else []
    way = "không" if _is_one_too_many(question) else ways[number % len(ways)]
    return _given(form, told, question.id, way)


def _is_one_too_many(question: Question) -> bool:
    number = question.person.rpartition(".")[2]
    return question.type == "yes_no" and number.isdigit() and int(number) > _MEMBERS


def _given(form: Form, told: Interview, question: str, way: str | IdCard) -> Interview:
    if isinstance(way, IdCard):
        return course.read_card(form, told, question, way, TODAY)
    return course.accept(form, told, question, way, NOW)


@dataclass
class Citizen:
    """Somebody at one form."""

    form: Form
    told: Interview = field(default_factory=Interview)

    def do(self, acts: Sequence[tuple[str, int]]) -> None:
        """Answers, goes back and changes as told."""
        for act, number in acts:
            getattr(self, act)(number)

    def answer(self, number: int) -> None:
        if question := course.next_question(self.form, self.told):
            self.told = answered(self.form, self.told, question, number)

    def back(self, _number: int = 0) -> None:
        self.told = course.back(self.form, self.told)

    def change(self, number: int) -> None:
        steps = path(self.form, self.told)
        self.told = course.change(self.form, self.told, steps[number % len(steps)].question.id)


def answered_straight(form: Form, told: Interview) -> Interview:
    """What was answered on the path, given once and in order."""
    given = {s.question.id: told.answers[s.question.id] for s in path(form, told) if s.how == "answered"}
    straight = Interview()
    while step := next((s for s in path(form, straight) if _is_due(s.question.id, given, straight)), None):
        name = step.question.id
        way = _card(told, name) if given[name] == "scanned" else given[name]
        straight = _given(form, straight, name, way)
    return straight


def _is_due(name: str, given: Mapping[str, str], straight: Interview) -> bool:
    return name in given and name not in straight.answers


def _card(told: Interview, question: str) -> IdCard:
    return next(card for card in CARDS if card.name == told.cards[question].told["name"])


Wanted = dict[str, str]  # question id -> answer


def ways_to(form: Form, wanted: Question) -> Iterator[Wanted]:
    """The answers under which a question is asked, as its `when`, and those of its conditions, say."""
    asked = {(q := _of_first_member(question)).id: q for question in form.questions}
    question = _of_first_member(wanted)
    group = [q for q in asked.values() if q.repeat and q.repeat == question.repeat]
    begun = {group[0].id: ("yes",)} if group and group[0] != question else {}
    yield from _meeting(asked, {**begun, **question.when}, {})


def _of_first_member(question: Question) -> Question:
    return numbered(question, 1) if question.repeat else question


def _meeting(asked: Mapping[str, Question], when: When, wanted: Wanted) -> Iterator[Wanted]:
    for values in product(*when.values()):
        ways: list[Wanted] = [wanted]
        for name, value in zip(when, values, strict=True):
            ways = [better for way in ways for better in _answering(asked, name, value, way)]
        yield from ways


def _answering(asked: Mapping[str, Question], name: str, value: str, wanted: Wanted) -> Iterator[Wanted]:
    """With that answer, and with what has to be answered for it to be asked and offered."""
    name = name.removesuffix(".sex") if name.endswith(".card.sex") else name  # by a card of that sex
    if wanted.get(name, value) != value:
        return
    question = asked[name]
    offered = next((choice.when for choice in question.choices if choice.value == value), {})
    yield from _meeting(asked, {**question.when, **offered}, wanted | {name: value})


def led(form: Form, wanted: Wanted) -> Interview:
    """Somebody who gives these answers, and to everything else the first that will do."""
    told, open_ones = Interview(), dict(wanted)
    for _ in range(200):
        steps = path(form, told)
        due = next((s for s in steps if s.question.id in open_ones and s.how != "same"), None)
        asked = due.question if due else course.next_question(form, told)
        if asked is None:
            return told
        told = _led(form, told, asked, open_ones.pop(asked.id, None))
    raise AssertionError(f"{form.id} does not end")


def _led(form: Form, told: Interview, asked: Question, value: str | None) -> Interview:
    if value in ("male", "female") and asked.type == "card":
        return _given(form, told, asked.id, next(card for card in CARDS if card.sex == value))
    if value == "scanned":
        return _given(form, told, asked.id, CARDS[0])
    return answered(form, told, asked, 0) if value is None else _given(form, told, asked.id, value)
