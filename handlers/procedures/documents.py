"""The documents of a citizen's list as text."""

from collections.abc import Iterable, Sequence

from handlers.turn.i18n import N_, Translate
from knowledge.procedures.catalogue import Condition, Document, Procedure, Via
from knowledge.procedures.checklist import Answers, open_conditions, relevant

# Whom to ask, by the place of filing.
DESKS = {
    "one_stop": N_("bộ phận một cửa"),
    "police": N_("công an phường"),
    "military": N_("ban chỉ huy quân sự phường"),
    "other": N_("nơi nhận hồ sơ"),
}
HANDLING = {
    "submit": N_("PHẢI NỘP"),
    "present": N_("XUẤT TRÌNH (đưa xem rồi cầm về)"),
    "not_needed": N_("KHÔNG CẦN NỮA"),
}
TICKS = {True: "☑", False: "☐"}


def condition_text(when: Condition, procedure: Procedure, answers: Answers, _: Translate) -> str:
    """The part of a condition that is not decided yet, in words; empty if all is decided."""
    parts = []
    for case_id, values in open_conditions(when, answers).items():
        case = procedure.case(case_id)
        parts.append(_(" hoặc ").join(case.label(value) for value in values))
    return _("Nếu: {condition}").format(condition="; ".join(parts)) if parts else ""


def quantity(document: Document, _: Translate) -> str:
    """How many of a document; empty if the data do not say it soundly."""
    if document.either:
        return _("bản chính hoặc bản sao")
    parts = []
    if document.originals:
        parts.append(_("{count} bản chính").format(count=document.originals))
    if document.copies:
        parts.append(_("{count} bản sao").format(count=document.copies))
    return " + ".join(parts)


def full_name(document: Document) -> str:
    """Its name with the code of its form."""
    with_form = document.form and document.form not in document.name
    return f"{document.name} ({document.form})" if with_form else document.name


def document_lines(
    document: Document, procedure: Procedure, answers: Answers, mark: str, _: Translate
) -> str:
    """One document: mark, name, quantity; below it its condition, choices and explanations."""
    name = full_name(document)
    count = quantity(document, _) if document.handling != "not_needed" else ""
    lines = [f"{mark} {name}" + (f" – {count}" if count else "")]
    condition = condition_text(document.when, procedure, answers, _)
    lines += [f"    – {option}" for option in document.options]
    only_if = _("Chỉ cần: {condition}").format(condition=document.only_if) if document.only_if else ""
    lines += [f"    ({text})" for text in (condition, only_if, document.note) if text]
    if document.reason:
        lines[0] += f": {document.reason}"
    return "\n".join(lines)


def document_sections(
    procedure: Procedure, answers: Answers, via: Via, ticked: Sequence[str], _: Translate
) -> Iterable[str]:
    """The documents that hold for these answers, a block for each way of handling."""
    documents = relevant(procedure.documents, answers, via)
    for handling, heading in HANDLING.items():
        chosen = sorted((d for d in documents if d.handling == handling), key=lambda d: bool(d.only_if))
        if chosen:
            marks = ["✗" if handling == "not_needed" else TICKS[d.id in ticked] for d in chosen]
            lines = [document_lines(d, procedure, answers, m, _) for d, m in zip(chosen, marks, strict=True)]
            yield "\n".join([_(heading), *lines])
    yield from reminders(procedure, documents, via, _)


def reminders(procedure: Procedure, documents: Sequence[Document], via: Via, _: Translate) -> Iterable[str]:
    """What holds besides the documents of the data."""
    if via == "desk" and not any(_is_identity(d) for d in documents):
        yield _("Khi đến quầy, luôn mang theo thẻ căn cước (hoặc hộ chiếu) để xuất trình.")
    if not documents:
        unknown = _("Dữ liệu không nêu giấy tờ nào cho trường hợp này: bạn hỏi tại {desk} trước khi đi.")
        yield unknown.format(desk=_(DESKS[procedure.place]))


def _is_identity(document: Document) -> bool:
    """Whether a document of the list is the ID card, which everybody shows at the desk."""
    named = " ".join((document.name, *document.options)).lower()
    return document.handling == "present" and ("căn cước" in named or "tùy thân" in named)
