"""Procedures, dates and money as text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from handlers.procedures.documents import DESKS, condition_text, document_lines, document_sections
from handlers.turn.i18n import N_, Translate
from knowledge.office.office import Office
from knowledge.procedures.catalogue import Case, Condition, Deadline, Fee, Procedure, Topic, Via
from knowledge.procedures.checklist import Answers, in_force, relevant

VIA: Mapping[Via, str] = {
    "desk": N_("nộp trực tiếp tại quầy"),
    "online": N_("nộp trực tuyến"),
    "post": N_("gửi qua bưu điện"),
}
FEES = {
    "free": N_("miễn phí"),
    "not_collected": N_("không thu (theo Cổng Dịch vụ công quốc gia)"),
    "province": N_("mức do Hội đồng nhân dân tỉnh quyết định, hỏi tại {desk}"),
    "unknown": N_("chưa rõ mức, hỏi tại {desk}"),
}
SPANS = {
    "working_days": N_("{count} ngày làm việc"),
    "days": N_("{count} ngày"),
    "months": N_("{count} tháng"),
}
# Topics of explanations, in the order they are read.
TOPICS: tuple[Topic, ...] = (
    "condition",
    "documents",
    "proxy",
    "deadline",
    "fee",
    "where",
    "online",
    "post",
    "result",
    "general",
)


def date_text(day: date) -> str:
    """22/11/2026, as people write it."""
    return f"{day:%d/%m/%Y}"


def money(amount: int) -> str:
    """50.000, with the thousands set off as in Vietnam."""
    return f"{amount:,}".replace(",", ".")


def deadline_text(deadline: Deadline, desk: str, _: Translate) -> str:
    """A deadline in words; `desk` is whom to ask what is unknown."""
    if deadline.kind == "same_day":
        text = _("trong ngày làm việc; nộp sau 15 giờ thì ngày làm việc tiếp theo")
    elif deadline.kind in SPANS:
        text = _(SPANS[deadline.kind]).format(count=deadline.count)
    elif deadline.kind == "unknown":
        text = _("chưa rõ, hỏi tại {desk}").format(desk=desk)
    else:
        return deadline.note or ""
    if deadline.usual:
        text = _("thường là {deadline} (hỏi lại cho chắc)").format(deadline=text)
    return f"{text}. {deadline.note}" if deadline.note else text


def fee_text(fee: Fee, desk: str, _: Translate) -> str:
    """A fee in words, with exemptions and legal basis; `desk` is whom to ask what is unknown."""
    if fee.amount is not None:
        amount = f"{money(fee.amount)} {fee.unit}"
    else:
        amount = _(FEES[fee.level]).format(desk=desk)
    text = f"{fee.name}: {amount}"
    if fee.note:
        text += f". {fee.note}"
    return f"{text} ({fee.basis})" if fee.basis else text


def with_condition(text: str, when: Condition, procedure: Procedure, answers: Answers, _: Translate) -> str:
    """The text behind its condition, where that is still open."""
    condition = condition_text(when, procedure, answers, _)
    return f"{condition} → {text}" if condition else text


def deadlines(procedure: Procedure, answers: Answers, via: Via, today: date, _: Translate) -> list[str]:
    """The deadlines of this case that are in force, one a line."""
    entries = in_force(procedure.deadlines, answers, via, today)
    desk = _(DESKS[procedure.place])
    lines = [with_condition(deadline_text(e, desk, _), e.when, procedure, answers, _) for e in entries]
    return lines or [_("chưa rõ, hỏi tại {desk}").format(desk=desk)]


def fees(procedure: Procedure, answers: Answers, via: Via, today: date, _: Translate) -> list[str]:
    """The fees of this case that are in force, one a line."""
    entries = in_force(procedure.fees, answers, via, today)
    desk = _(DESKS[procedure.place])
    lines = [with_condition(fee_text(e, desk, _), e.when, procedure, answers, _) for e in entries]
    unknown = FEES["unknown"]
    return lines or [_(unknown).format(desk=desk)]


def notes(procedure: Procedure, answers: Answers, via: Via, topics: Sequence[str], _: Translate) -> list[str]:
    """The explanations of some topics for this case, one a line."""
    entries = [n for n in relevant(procedure.notes, answers, via) if n.topic in topics]
    return [with_condition(n.text, n.when, procedure, answers, _) for n in entries]


def place_text(procedure: Procedure, office: Office, _: Translate) -> str:
    """Where to file, in one or two sentences."""
    if procedure.place == "other":
        return procedure.where or ""
    name = office.places[procedure.place].name
    return f"{name}. {procedure.where}" if procedure.where else name


def methods_text(procedure: Procedure, _: Translate) -> str:
    """The ways of filing."""
    return ", ".join(_(VIA[via]) for via in procedure.methods) or _("hỏi tại {desk}").format(
        desk=_(DESKS[procedure.place])
    )


def block(heading: str, lines: Sequence[str]) -> str:
    """A heading with one line behind it, or with several below it."""
    return f"{heading}: {lines[0]}" if len(lines) == 1 else "\n".join([f"{heading}:", *bullets(lines)])


def bullets(lines: Iterable[str]) -> list[str]:
    """Lines of a list."""
    return [f"• {line}" for line in lines]


def warnings(procedure: Procedure, today: date, _: Translate) -> list[str]:
    """What is doubtful, about to change or no longer in force."""
    return [*validity(procedure, today, _), *doubts(procedure), *changes(procedure, today, _)]


def doubts(procedure: Procedure) -> list[str]:
    """What the data leave open."""
    return [f"⚠ {doubt}" for doubt in procedure.doubts]


def changes(procedure: Procedure, today: date, _: Translate) -> list[str]:
    """Changes that are announced, and those that came since the procedure was checked."""
    lines = []
    for change in procedure.announced:
        sentence = _("Từ {date}: {change}") if change.on > today else _("Đã đổi từ {date}: {change}")
        lines.append("⚠ " + sentence.format(date=date_text(change.on), change=change.text))
    return lines


def validity(procedure: Procedure, today: date, _: Translate) -> list[str]:
    """A procedure that has ended, will end, or is still to come."""
    lines = []
    if procedure.until and procedure.until < today:
        ended = _("Thủ tục này đã hết hiệu lực sau ngày {date}. Hỏi lại trước khi làm.")
        lines.append("⚠ " + ended.format(date=date_text(procedure.until)))
    elif procedure.until:
        lines.append(
            "⚠ " + _("Thủ tục này chỉ còn đến hết ngày {date}.").format(date=date_text(procedure.until))
        )
    if procedure.since and procedure.since > today:
        lines.insert(
            0, "⚠ " + _("Thủ tục này chỉ có từ ngày {date}.").format(date=date_text(procedure.since))
        )
    return lines


def source_text(procedure: Procedure, _: Translate) -> str:
    """Where it was read: national code, announcing decision, date of the check."""
    decision = procedure.decision or _("chưa rõ quyết định công bố")
    return _("Mã thủ tục {code} · {decision} · {source}, kiểm tra ngày {date}").format(
        code=procedure.code,
        decision=decision,
        source=procedure.source.name,
        date=date_text(procedure.checked),
    )


def case_summary(procedure: Procedure, answers: Answers, _: Translate) -> str:
    """The citizen's case in words; empty for a procedure without cases."""
    known: list[Case] = [c for c in procedure.cases if answers.get(c.id) in {v.id for v in c.values}]
    return " · ".join(c.label(answers[c.id]) for c in known)


def checklist_text(
    procedure: Procedure,
    answers: Answers,
    via: Via,
    ticked: Sequence[str],
    today: date,
    office: Office,
    _: Translate,
) -> str:
    """The citizen's own list: documents, deadline, fee, where, doubts, source."""
    summary = case_summary(procedure, answers, _)
    head = [_("Trường hợp của bạn: {case}").format(case=summary)] if summary else []
    head.append(_("Cách nộp: {via}").format(via=_(VIA[via])))
    parts = [
        "\n".join(head),
        *document_sections(procedure, answers, via, ticked, _),
        "\n".join(
            [
                block(_("Thời hạn"), deadlines(procedure, answers, via, today, _)),
                block(_("Chi phí"), fees(procedure, answers, via, today, _)),
                block(_("Nơi nộp"), [place_text(procedure, office, _)]),
                block(_("Kết quả"), [procedure.result]),
            ]
        ),
        *(["\n".join(lines)] if (lines := warnings(procedure, today, _)) else []),
        source_text(procedure, _),
    ]
    return "\n\n".join(parts)


def procedure_text(procedure: Procedure, today: date, office: Office, _: Translate) -> str:
    """A whole procedure with all its cases, for the clerk and for `ask`."""
    unsure: Answers = {}
    via: Via = procedure.methods[0] if procedure.methods and "desk" not in procedure.methods else "desk"
    others = [v for v in procedure.methods if v != via]
    parts = [
        procedure.about,
        block(_("Ai được nộp"), [procedure.who]),
        checklist_text(procedure, unsure, via, (), today, office, _),
        block(_("Cách nộp"), [methods_text(procedure, _)]),
        *(_other_way(procedure, v, via, _) for v in others),
        *(["\n".join([_("Lưu ý"), *bullets(ns)])] if (ns := _all_notes(procedure, _)) else []),
        block(_("Căn cứ"), ["; ".join(procedure.legal_basis) or _("chưa rõ")]),
    ]
    return "\n\n".join(part for part in parts if part)


def _other_way(procedure: Procedure, via: Via, usual: Via, _: Translate) -> str:
    only = [
        d for d in relevant(procedure.documents, {}, via) if d not in relevant(procedure.documents, {}, usual)
    ]
    if not only:
        return ""
    heading = _("Khi {via}, thay vào đó hoặc thêm").format(via=_(VIA[via]))
    return "\n".join([heading, *(document_lines(d, procedure, {}, "☐", _) for d in only)])


def _all_notes(procedure: Procedure, _: Translate) -> list[str]:
    ordered = sorted(procedure.notes, key=lambda n: TOPICS.index(n.topic))
    return [with_condition(n.text, n.when, procedure, {}, _) for n in ordered]
