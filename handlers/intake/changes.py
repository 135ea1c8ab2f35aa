"""The answers as buttons: a tap asks that question again."""

from collections.abc import Iterable

from handlers.intake.actions import ChangeAnswer, ListAnswers, Review
from handlers.intake.asking import opened
from handlers.intake.review import Given, given, given_of, label
from handlers.language.i18n import Translate
from handlers.ports.errors import StaleButton
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import FormQuestion
from knowledge.intake.blanks import shown

PAGE = 8  # answers that are offered at once, where they are not in groups


def page(number: int, ctx: Context) -> Turn:
    """Some of all answers. Raises StaleButton for a page that this form has not, as `opened`."""
    draft = opened(ctx)
    answers = list(given(ctx.world.forms[draft.form], draft.interview))
    start, tr = number * PAGE, ctx.tr
    if not 0 <= start < len(answers):
        raise StaleButton(str(number))
    choices = _choices(answers[start : start + PAGE], tr)
    if start + PAGE < len(answers):
        choices.append(Choice(tr("Xem tiếp"), ListAnswers(number + 1)))
    if number:
        choices.append(Choice(tr("Xem trước đó"), ListAnswers(number - 1)))
    return _asked(tr("Bạn muốn sửa câu nào?"), choices, ctx)


def group(number: int, ctx: Context) -> Turn:
    """The answers of one group. Raises StaleButton as `page`."""
    draft = opened(ctx)
    form = ctx.world.forms[draft.form]
    answers = given_of(form, draft.interview, number) if 0 <= number < len(form.groups) else []
    if not answers:
        raise StaleButton(str(number))
    text = ctx.tr("{group}: bạn muốn sửa câu nào?").format(group=form.groups[number].title)
    return _asked(text, _choices(answers, ctx.tr), ctx)


def _choices(answers: Iterable[Given], tr: Translate) -> list[Choice]:
    told = ((question, shown(question, value) or tr("(để trống)")) for question, value in answers)
    return [Choice(f"{label(question, tr)}: {said}", ChangeAnswer(question.id)) for question, said in told]


def _asked(text: str, choices: list[Choice], ctx: Context) -> Turn:
    reply = Reply(text, choices=(*choices, Choice(ctx.tr("Không sửa gì"), Review())), replaces=True)
    return ctx.with_state(pending=FormQuestion()).turn(reply, outcome="asked")
