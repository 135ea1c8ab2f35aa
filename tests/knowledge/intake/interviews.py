"""Invented citizens who fill in forms in any order, for the laws of the interview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.intake import interview
from knowledge.intake.form import Form, Question
from knowledge.intake.id_card import IdCard, parse
from knowledge.intake.path import Answers, path

TODAY = date(2026, 11, 22)

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
    "text": ("Viêm phổi", "Trạm y tế phường Tiến Thành"),
}


def answered(form: Form, answers: Answers, question: Question, number: int) -> Answers:
    """One of the answers that a citizen can give to that question; `number` says which."""
    ways: list[str | IdCard] = [choice.value for choice in interview.choices(form, answers, question)]
    ways += [*CARDS, "manual"] if question.type == "card" else _ANSWERS.get(question.type, ())
    ways += [""] if question.optional else []
    way = ways[number % len(ways)]
    if isinstance(way, IdCard):
        return interview.read_card(form, answers, question.id, way, TODAY)
    return interview.accept(form, answers, question.id, way, TODAY)


@dataclass
class Citizen:
    """Somebody at one form."""

    form: Form
    answers: Answers = field(default_factory=dict)

    def do(self, effects: Sequence[tuple[str, int]]) -> None:
        """Answers, goes back and changes as told."""
        for effect, number in effects:
            getattr(self, effect)(number)

    def answer(self, number: int) -> None:
        if question := interview.next_question(self.form, self.answers):
            self.answers = answered(self.form, self.answers, question, number)

    def back(self, _number: int = 0) -> None:
        self.answers = interview.back(self.form, self.answers)

    def change(self, number: int) -> None:
        steps = path(self.form, self.answers)
        self.answers = interview.change(self.form, self.answers, steps[number % len(steps)].question.id)


def answered_straight(form: Form, answers: Answers) -> Answers:
    """What was answered on the path, given once and in order."""
    given = {s.question.id: answers[s.question.id] for s in path(form, answers) if s.how == "answered"}
    straight: Answers = {}
    while step := next((s for s in path(form, straight) if _is_due(s.question.id, given, straight)), None):
        name = step.question.id
        if given[name] == "scanned":
            sex_and_number = {key: answers[key] for key in answers if key.startswith(f"{name}.")}
            straight = interview.read_card(form, straight, name, _card(name, sex_and_number), TODAY)
        else:
            straight = interview.accept(form, straight, name, given[name], TODAY)
    return straight


def _is_due(name: str, given: Answers, straight: Answers) -> bool:
    return name in given and name not in straight


def _card(question: str, told: Answers) -> IdCard:
    return next(card for card in CARDS if _name(card) == told[f"{question}.name"])


def _name(card: IdCard) -> str:
    return card.name
