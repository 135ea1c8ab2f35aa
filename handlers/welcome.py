"""What a person who opens the page sees: what is open, with a way on, and else a greeting."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers import help
from handlers.drafts import Draft, shown_code
from handlers.i18n import Translate
from handlers.intake.asking import mine, open_draft
from handlers.messages import Choice, Incoming, Reply, State
from handlers.ports import World
from knowledge import intake
from knowledge.checklist import next_case

SHOWN = 3  # unfinished or finished forms; all are behind "Điền tờ khai"


@dataclass(frozen=True)
class Open:
    """Something that waits for its owner."""

    what: str  # as said in a sentence: "Tờ khai khai sinh, câu 3/10"
    goes_on: str  # the value of the button
    asked: str = ""  # the question that the next message would answer


def welcome(state: State, world: World, incoming: Incoming, _: Translate) -> tuple[Reply, ...]:
    """The replies to somebody who opens the page. Reads only: opening it once more must lose nothing."""
    waiting = list(_waiting(state, world, _))
    if waiting:
        return (_still_open(waiting, _),)
    [greeting] = help.greeting(state, world, _).replies
    kept = tuple(_kept(state, world, incoming, _))
    return (replace(greeting, choices=(*kept, *greeting.choices)),)


def _still_open(waiting: list[Open], _: Translate) -> Reply:
    first, *others = waiting
    lines = [_("Bạn đang làm dở: {what}.").format(what=first.what)]
    if first.asked:
        lines.append(_("Mình đang hỏi: {question}").format(question=first.asked))
    again = [Choice(_("Làm tiếp: {procedure}").format(procedure=o.what), o.goes_on) for o in others]
    choices = (Choice(_("Làm tiếp"), first.goes_on), *again, Choice(_("Việc khác"), "menu"))
    return Reply("\n".join(lines), _("Chào bạn trở lại"), choices)


def _waiting(state: State, world: World, _: Translate) -> Iterator[Open]:
    """What the next message would go on with, then the forms that were put aside."""
    open_now = open_draft(state, world)
    if open_now:
        yield _form(open_now, world, _)
    if state.dossier:
        yield Open(_("tra cứu hồ sơ {code}").format(code=state.dossier), f"s:{state.dossier}")
    procedure = world.catalogue.procedures.get(state.procedure)
    case = next_case(procedure, state.answers, state.via) if procedure else None
    if procedure and case:
        yield Open(procedure.short, f"v:{procedure.code}:{state.via}", case.question)
    aside = [draft for draft in mine(state, world) if not draft.printed and draft != open_now]
    yield from (replace(_form(draft, world, _), asked="") for draft in aside[:SHOWN])


def _form(draft: Draft, world: World, _: Translate) -> Open:
    form, value = world.forms[draft.form], f"fd:{draft.code}"
    question = intake.next_question(form, draft.answers)
    if question is None:
        return Open(form.short, value)
    answered, total = intake.progress(form, draft.answers)
    what = _("{form}, câu {number}/{total}").format(form=form.short, number=answered + 1, total=total)
    return Open(what, value, question.ask)


def _kept(state: State, world: World, incoming: Incoming, _: Translate) -> Iterator[Choice]:
    """The way back to what is finished: forms, the list seen last, notices."""
    for draft in [draft for draft in mine(state, world) if draft.printed][:SHOWN]:
        label = _("Mở lại: {form} ({code})")
        form = world.forms[draft.form].short
        yield Choice(label.format(form=form, code=shown_code(draft.code)), f"fd:{draft.code}")
    seen = next((entry for entry in state.lists if entry.code in world.catalogue.procedures), None)
    if seen:
        label = _("Danh sách: {procedure}")
        short = world.catalogue.procedures[seen.code].short
        yield Choice(label.format(procedure=short), f"l:{seen.code}")
    followers, address = world.followers, incoming.address
    if followers.followed(address) or followers.reminders(address):
        yield Choice(_("Tin báo của tôi"), "follows")
