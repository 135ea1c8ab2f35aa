"""What a procedure says to a question that names the procedure too: "nghỉ bán nửa tháng có phải báo không"."""

import re

from knowledge.procedures.catalogue import Procedure, Via
from knowledge.reading.answers.answers import asks
from knowledge.reading.subject.leaf import Leaf, content, tokens
from knowledge.reading.subject.passages import Passage, passages
from knowledge.text import fold

ENOUGH = 0.55  # part of what a question says beside the name that a note must have
SAID = 2  # words beside the name below which nothing is asked but the procedure itself
YES_OR_NO = re.compile(r"\b(phai|duoc|can|bi)\b.*\bkhong\b(?: \w+)?\W*$")  # "có phải xin phép không ạ"


def on_point(text: str, procedure: Procedure, via: Via) -> Passage | None:
    """The note that answers it best, by what it says beside the procedure's name.

    Of who only asks whether they must, or may: the condition that holds for all. None if there is neither.
    """
    if not asks(text):
        return None
    notes = [each for each in passages(procedure, {}, via) if each.kind == "note"]
    named = frozenset(form for forms in tokens(f"{procedure.short} {procedure.name}") for form in forms)
    beside = [token for token in content(text) if token not in named]
    found = Leaf(notes).find(text, named) if len(beside) >= SAID else []
    if found and found[0].share >= ENOUGH:
        return found[0].passage
    general = [each for each in notes if each.topic == "condition" and _leads_for_all(each, procedure)]
    return next(iter(general), None) if YES_OR_NO.search(fold(text)) else None


def _leads_for_all(passage: Passage, procedure: Procedure) -> bool:
    note = procedure.notes[int(passage.place)]
    return note.lead and not note.when and not note.via
