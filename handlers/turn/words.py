"""What people type instead of tapping: yes, no, stop, back and the like, folded unless said otherwise."""

import re
from collections.abc import Mapping
from typing import Literal

from knowledge.text import fold

Step = Literal["back", "skip", "later", "cancel", "review"]

BEGINNING = frozenset(("menu", "start", "bat dau", "bat dau lai", "ve dau", "trang chu", "thoat"))
MENU = BEGINNING | frozenset(("huy", "dung", "quay lai"))  # where no form is open

YES = frozenset(
    (
        "co", "dong y", "dung roi", "phai", "vang", "da", "duoc", "ok", "okay", "chac", "chac chan",
        "yes", "yeah", "sure", "agree", "i agree",
    )
)  # fmt: skip
YES_WITH_MARKS = frozenset(("đúng", "đúng vậy", "ừ", "ừm"))  # without them "dừng" would be one
NO = frozenset(
    (
        "khong", "khong dong y", "khong can", "khong cam on", "khong phai", "khong dung", "thoi", "chua",
        "no", "no thanks", "nope",
    )
)  # fmt: skip


def yes_or_no(text: str) -> bool | None:
    """What is said to a question of ours; None for anything else."""
    said = fold(text)
    if said in YES or text.strip(" .!").casefold() in YES_WITH_MARKS:
        return True
    return False if said in NO else None


STOP = frozenset(
    (
        "stop", "dung bao tin", "ngung bao tin", "dung nhan tin", "ngung nhan tin", "dung bao tin cho toi",
        "thoi bao tin", "dung tat ca", "huy bao tin", "huy theo doi", "dung theo doi", "bo theo doi",
        "dung bao nua", "dung nhan nua", "dung gui nua", "dung gui tin nua", "khong nhan tin nua",
        "unsubscribe", "stop all", "stop notices", "stop messages",
    )
)  # fmt: skip  # notices
MAYBE_STOP = frozenset(("dung", "dung lai", "ngung", "huy", "thoi"))  # may also mean the talk: asked back
STOP_ONE = re.compile(
    r"\b(stop|dung|ngung|thoi|huy|bo) (bao|bao tin|nhan tin|theo doi|tin)\b|^(stop|dung|ngung) [a-z]?\d"
)
FOLLOWED = frozenset(
    (
        "dang theo doi", "toi dang theo doi gi", "ho so dang theo doi", "ho so toi theo doi",
        "danh sach theo doi", "tin bao", "tin bao cua toi", "cai dat tin bao", "cai dat bao tin",
    )
)  # fmt: skip  # what am I told of
WHY_NOT_TOLD = re.compile(
    r"\b(chua|khong) (nhan duoc|thay) (tin|tin nhan|tin bao|thong bao|bao tin)"
    r"( nao| gi| het| a| vay| nhi| ca)*$"
    r"|\b(sao|tai sao|vi sao) .*\b(chua|khong) (bao|nhan|gui) tin( cho)?( toi| em| minh)?$"
)
MY_FORMS = frozenset(
    (
        "to khai cua toi", "cac to khai cua toi", "to khai dang lam", "to khai dang do", "to khai toi da lam",
        "don cua toi", "my form", "my forms",
    )
)  # fmt: skip
WANTS_REMINDER = re.compile(r"\bnhac\b.*\b(het han|gia han|toi han)\b")
# "tới đâu rồi" asks for a state; "nộp hồ sơ tới đâu" asks for an address
ASKS_WHERE = re.compile(r"\bho so\b.*\b((toi|den) (dau|khau nao) (roi|r|vay)|(ra )?sao roi|xong chua)\b")

# Within a form.
STEPS: Mapping[str, Step] = {
    "quay lai": "back", "lui lai": "back", "truoc do": "back", "cau truoc": "back", "back": "back",
    "go back": "back", "previous": "back", "undo": "back",
    "bo qua": "skip", "skip": "skip",
    "de sau": "later", "luc khac": "later", "later": "later", "not now": "later", "save for later": "later",
    "dung lai": "later", "tam dung": "later", "nghi da": "later", "quit": "later", "exit": "later",
    "huy": "cancel", "huy bo": "cancel", "huy to khai": "cancel", "khong lam nua": "cancel",
    "xoa to khai": "cancel", "cancel": "cancel",
    "xem lai": "review", "review": "review",
}  # fmt: skip
STEPS_WITH_MARKS: Mapping[str, Step] = {
    "dừng": "later", "ngừng": "later", "thôi": "later", "hủy": "cancel", "huỷ": "cancel",
}  # fmt: skip  # not folded: without their marks they may be an answer, "Dũng", "đúng", "Huy"
AT_REVIEW: Mapping[str, Literal["right", "wrong"]] = {
    "dung roi": "right", "dung het": "right", "dung het roi": "right", "dung": "right", "xong": "right",
    "ok": "right", "dong y": "right", "in": "right", "in di": "right", "yes": "right", "done": "right",
    "sai": "wrong", "sai roi": "wrong", "sua": "wrong", "sua lai": "wrong", "no": "wrong",
    "khong dung": "wrong", "chua dung": "wrong", "change": "wrong", "edit": "wrong",
}  # fmt: skip  # said to all answers on one screen
NO_CARD = frozenset(
    (
        "khong co the", "chua co the", "khong mang the", "khong co can cuoc", "khong chup duoc", "khong chup",
        "mat the", "the mo", "tu go", "go tay", "tu ghi", "no card", "type", "by hand",
    )
)  # fmt: skip  # the card's questions are answered one by one
