"""The last look at all answers, and the paper."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from itertools import groupby

from handlers.procedures.documents import full_name
from handlers.turn.drafts import Draft, shown_code
from handlers.turn.effects import SaveDraft
from handlers.turn.i18n import N_, Translate
from handlers.turn.messages import Choice, Enclosure, Incoming, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.intake.blanks import shown
from knowledge.intake.form import Form, Question
from knowledge.intake.interview import Conflict
from knowledge.intake.paper import laid_out
from knowledge.intake.path import Answers, path
from knowledge.intake.plausibility import Oddity
from knowledge.procedures.checklist import next_case, relevant
from knowledge.text import fold

PAGE = 8  # answers that are offered for a change at once
LONGEST = 3500  # characters of a message; a messenger takes 4096
ECHOED = ("date", "time", "name", "place", "ethnic", "phone")  # types that are read back as understood

SENTENCES: Mapping[str, str] = {
    "parent_too_young": N_("Tính ra cha hoặc mẹ hơn con chưa đến 12 tuổi."),
    "too_young_to_marry": N_("Tính ra chưa đủ tuổi kết hôn (nữ từ đủ 18, nam từ đủ 20 tuổi)."),
    "death_before_birth": N_("Ngày mất đứng trước ngày sinh."),
    "issued_before_birth": N_("Ngày cấp giấy đứng trước ngày sinh."),
    "wrong_order": N_("Hai ngày đứng ngược thứ tự."),
    "id_year": N_("Số căn cước cho thấy năm sinh khác."),
    "id_sex": N_("Số căn cước cho thấy giới tính khác."),
    "other_sex": N_("Thẻ này là của người khác giới với người được hỏi."),
    "same_number": N_("Hai người có cùng một số căn cước."),
    "one_word_name": N_("Họ tên chỉ có một chữ."),
}  # by the codes of knowledge.oddities


def review(form: Form, draft: Draft, _: Translate) -> tuple[Reply, ...]:
    """All answers on one screen; on several if one message cannot hold them."""
    head = _("Đã đủ. Bạn xem lại từng dòng, đúng hết thì bấm “Lấy tờ khai”:")
    choices = (
        Choice(_("Lấy tờ khai"), f"fp:{draft.code}"),
        Choice(_("Sửa một câu"), "fe:0"),
        Choice(_("Để sau"), "fl"),
        Choice(_("Xóa tờ khai này"), "fc"),
    )
    first, *more = _screens([head, *_lines(form, draft.answers, _)])
    *others, last = Reply(first, form.title), *map(Reply, more)
    return (*others, replace(last, choices=choices))


def changes(draft: Draft, page: int, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The answers as buttons; a tap asks that question again."""
    given = list(_given(world.forms[draft.form], draft.answers))
    start = page * PAGE
    choices = [
        Choice(f"{label(question, _)}: {_said(question, value, _)}", f"fq:{question.id}")
        for question, value in given[start : start + PAGE]
    ]
    if start + PAGE < len(given):
        choices.append(Choice(_("Xem tiếp"), f"fe:{page + 1}"))
    if page:
        choices.append(Choice(_("Xem trước đó"), f"fe:{page - 1}"))
    choices.append(Choice(_("Không sửa gì"), "fr"))
    reply = Reply(_("Bạn muốn sửa câu nào?"), choices=tuple(choices), replaces=True)
    return Turn((reply,), state, "asked")


def conflict(found: Conflict, _: Translate) -> Reply:
    """The card and an answer tell different things: the citizen chooses."""
    question = found.question
    card, answer = shown(question, found.card), shown(question, found.answer)
    text = _("{label}: thẻ ghi “{card}”, bạn trả lời “{answer}”. Lấy theo cái nào?")
    choices = (
        Choice(_("Theo thẻ: {value}").format(value=card), f"fw:{question.id}:card"),
        Choice(_("Theo câu trả lời: {value}").format(value=answer), f"fw:{question.id}:answer"),
    )
    return Reply(text.format(label=question.label, card=card, answer=answer), choices=choices)


def oddity(odd: Oddity, form: Form, answers: Answers, _: Translate) -> Reply:
    """Answers that do not go together: the citizen says that it is so, or changes one."""
    steps = {step.question.id: step for step in path(form, answers)}
    asked = [steps[name].question for name in odd.questions if name in steps]
    lines = [f"• {q.label}: {_said(q, steps[q.id].value or '', _)}" for q in asked if q.type != "card"]
    text = _("{oddity} Bạn xem lại giúp mình:").format(oddity=_(SENTENCES[odd.code]))
    choices = [Choice(_("Sửa: {label}").format(label=q.label), f"fq:{q.id}") for q in asked]
    choices.append(Choice(_("Đúng như vậy, giữ nguyên"), f"fk:{odd.code}"))
    return Reply("\n".join([text, *lines]), choices=tuple(choices))


def produce(draft: Draft, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The paper to print and sign, its picture, the code for the desk, and what to bring beside it."""
    form, code = world.forms[draft.form], shown_code(draft.code)
    bring = tuple(_bring(draft, state, world))
    paper = laid_out(form, draft.answers, incoming.at.date(), world.office, code, bring)
    content = json.dumps(asdict(paper), ensure_ascii=False)
    text = _(
        "Tờ khai đây. Bạn in ra, đọc lại rồi ký tay; chưa ký thì mới là bản nháp.\n"
        "Không có máy in: đọc mã {code} cho cán bộ ở quầy, cán bộ mở và in giúp (mã dùng được 14 ngày)."
    ).format(code=code)
    parts = [form.doubt or "", text, _beside(bring, draft, world, _)]
    choices = [Choice(_("Sửa tờ khai"), f"fd:{draft.code}"), Choice(_("Về đầu"), "menu")]
    if draft.procedure in world.catalogue.procedures:
        choices.insert(1, Choice(_("Xem danh sách giấy tờ"), f"l:{draft.procedure}"))
    files = (
        Enclosure("preview", f"to-khai-{form.id}.png", content),
        Enclosure("paper", f"to-khai-{form.id}.pdf", content),
    )
    reply = Reply("\n\n".join(filter(None, parts)), form.title, tuple(choices), enclosures=files)
    kept = SaveDraft(replace(draft, printed=True))
    return Turn((reply,), replace(state, draft=""), "answered", effects=(kept,))


def _beside(bring: tuple[str, ...], draft: Draft, world: World, _: Translate) -> str:
    """What else goes to the desk, or how to learn it."""
    if bring:
        documents = "\n".join(f"• {name}" for name in bring)
        return _("Mang theo cùng tờ khai:\n{documents}").format(documents=documents)
    if draft.procedure not in world.catalogue.procedures:
        return ""
    return _("Cần mang theo giấy tờ gì, bạn bấm “Xem danh sách giấy tờ”.")


def echo(form: Form, answers: Answers, question_id: str, typed: str, _: Translate) -> str:
    """How a typed answer was understood, where that may differ from what was meant."""
    asked = next((s for s in path(form, answers) if s.question.id == question_id), None)
    if asked is None or asked.question.type not in ECHOED:
        return ""
    understood = shown(asked.question, asked.value or "")
    if understood == typed.strip() or not understood:
        return ""
    return _("Mình ghi: {value}.").format(value=understood)


def label(question: Question, _: Translate) -> str:
    """What the question is called among others, with the number of the member it is about."""
    if not question.repeat:
        return question.label
    number = question.person.rpartition(".")[2]
    return _("{label} (người {number})").format(label=question.label, number=number)


def _lines(form: Form, answers: Answers, _: Translate) -> Iterator[str]:
    """An answer a line; of a group each member is one."""
    for member, asked in groupby(_given(form, answers), lambda given: given[0].repeat and given[0].person):
        given = list(asked)
        if not member or (len(given) == 1 and member.endswith(".1")):
            yield from (f"• {question.label}: {_said(question, value, _)}" for question, value in given)
        elif len(given) > 1:  # else only that there is nobody more
            text = _("Người {number}: {answers}").format(
                number=member.rpartition(".")[2],
                answers=" · ".join(shown(question, value) for question, value in given[1:] if value),
            )
            yield f"• {text}"


def _screens(lines: list[str]) -> Iterator[str]:
    """The lines in as few messages as can hold them."""
    screen = ""
    for line in lines:
        if screen and len(screen) + len(line) >= LONGEST:
            yield screen
            screen = ""
        screen = "\n".join(filter(None, (screen, line)))
    yield screen


def _given(form: Form, answers: Answers) -> Iterator[tuple[Question, str]]:
    """What is known, without what only repeats another person."""
    for step in path(form, answers):
        if step.value is not None and step.how != "same" and step.question.type != "card":
            yield step.question, step.value


def _said(question: Question, value: str, _: Translate) -> str:
    return shown(question, value) or _("(để trống)")


def _bring(draft: Draft, state: State, world: World) -> Iterator[str]:
    """The citizen's own list without the form itself; nothing if the cases were not answered yet."""
    procedure = world.catalogue.procedures.get(draft.procedure)
    saved = next((entry for entry in state.lists if entry.code == draft.procedure), None)
    if procedure is None or saved is None or next_case(procedure, saved.answers, saved.via):
        return
    for document in relevant(procedure.documents, saved.answers, saved.via):
        if document.handling != "not_needed" and not fold(document.name).startswith("to khai"):
            yield full_name(document)
