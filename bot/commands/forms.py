"""`motcua forms`, `form` and `drafts`: official forms from a file, or from a citizen's draft."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.clock import vietnam_now
from bot.commands.context import BadArguments, Command
from bot.printing import paper, private
from bot.storage.drafts import DraftsTable
from handlers.desk.notice_words import SAID
from handlers.desk.refusals import Refused
from handlers.ports.drafts import shown_code
from knowledge.intake import course, forms
from knowledge.intake.answers import BadAnswer
from knowledge.intake.blanks import shown
from knowledge.intake.form import Form, Question
from knowledge.intake.interview import Interview
from knowledge.intake.paper import Paper, laid_out
from knowledge.intake.path import path
from knowledge.intake.plausibility import inconsistencies

MISSING = "(missing)"


def show_all(_given: Namespace, command: Command) -> int:
    """Prints every form: whether citizens are offered it, its grade, and where its list was read."""
    today, confirmed = vietnam_now().date(), command.office.confirmed_forms
    for form in forms.load().values():
        state = _state(form, form.id in confirmed, today)
        print(f"{form.id:<22}{state:<6}{form.grade:<4}{form.title}; {form.source}")
    print("off: set confirmed_forms in knowledge/office.toml once an officer has compared the paper")
    return 0


def example(given: Namespace, _command: Command) -> int:
    """Prints a complete set of answers of invented people as JSON."""
    print(json.dumps(dict(_form(given.form).example), ensure_ascii=False, indent=2))
    return 0


def fill(given: Namespace, command: Command) -> int:
    """Writes the filled form as PDF and PNG; exit status 2 if an answer will not do."""
    form, path, today = _form(given.form), given.answers, vietnam_now().date()
    told = _read(path)
    if unknown := sorted(set(told) - set(_names(form, told))):
        raise BadArguments(
            f"{path}: {unknown[0]}: {told[unknown[0]]!r}: {form.id} has no such question; "
            f"`motcua form {form.id} --example` shows them"
        )
    try:
        filled = course.filled(form, told, today)
    except BadAnswer as error:
        raise BadArguments(f"{path}: {_told(form, error, told)}") from error
    for key in sorted(set(told) - set(filled.answers)):
        print(f"warning: {path}: {key}: not asked with these answers; left out", file=sys.stderr)
    for found in inconsistencies(form, filled, today):
        print(f"warning: {path}: {', '.join(found.questions)}: {found.code}", file=sys.stderr)
    _write(laid_out(form, filled, command.office), given.out)
    return 0


def show_draft(given: Namespace, command: Command) -> int:
    """Prints the answers of a citizen's draft for the clerk, and writes its paper if a folder is given."""
    draft = DraftsTable(command.engine, command.vault).find(given.code)
    known = forms.load()
    if draft is None or draft.form not in known:
        raise Refused("no_such_draft", code=given.code)
    form = known[draft.form]
    asked = course.next_question(form, draft.interview)
    told = {"code": shown_code(draft.code), "title": form.title, "label": asked.label if asked else ""}
    print(command.tr(SAID["draft_open" if asked else "draft"]).format(**told))
    for question, value in _answered(form, draft.interview):
        print(f"  {question.label}: {shown(question, value)}")
    if given.out:
        blank = laid_out(form, draft.interview, command.office)
        _write(replace(blank, desk_code=shown_code(draft.code)), given.out)
    return 0


def _form(form_id: str) -> Form:
    known = forms.load()
    if form_id not in known:
        raise BadArguments(f"{form_id}: no such form; use one of {', '.join(known)}")
    return known[form_id]


def _state(form: Form, confirmed: bool, today: date) -> str:
    if not form.holds_on(today):
        return "ended" if form.until and form.until < today else "later"
    return "on" if form.is_certain or confirmed else "off"


def _read(path: Path) -> dict[str, str]:
    """The answers of a file, numbers as texts. Raises BadArguments, and OSError."""
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))  # Notepad begins a file with a mark
    except ValueError as error:
        raise BadArguments(f"{path}: no JSON in UTF-8: {error}") from error
    if not isinstance(told, dict):
        raise BadArguments(f"{path}: expected one object: question -> answer")
    for key, value in told.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise BadArguments(f"{path}: {key}: {value!r}: expected a text")
    return {key: str(value) for key, value in told.items()}


def _names(form: Form, given: Iterable[str]) -> Iterator[str]:
    """Those that the form may ask, the questions of a group with their number: "member.2.name"."""
    groups = {question.id: question.repeat for question in form.questions}
    for name in given:
        parts = name.split(".")
        plain = ".".join(part for part in parts if not part.isdigit())
        if plain in groups and bool(groups[plain]) == (plain != name):
            yield name


def _told(form: Form, error: BadAnswer, given: Mapping[str, str]) -> str:
    """The key, its value, and what is wrong with it."""
    key = error.question
    value = repr(given[key]) if key in given else MISSING
    plain = ".".join(part for part in key.split(".") if not part.isdigit())
    choices = next((q.choices for q in form.questions if q.id == plain), ())
    allowed = error.options or [choice.value for choice in choices]
    return f"{key}: {value}: {error.code}" + (f"; use one of {', '.join(allowed)}" if allowed else "")


def _answered(form: Form, told: Interview) -> Iterator[tuple[Question, str]]:
    for step in path(form, told):
        if step.value and step.how != "same" and step.question.type != "card":
            yield step.question, step.value


def _write(made: Paper, out: Path) -> None:
    """`out/khai-sinh.pdf`, `khai-sinh.png`, and `khai-sinh-2.png` of a second page."""
    out.mkdir(parents=True, exist_ok=True)
    files = {f"{made.form}.pdf": paper.pdf(made)}
    for number, page in enumerate(paper.pages(made), start=1):
        files[f"{made.form}.png" if number == 1 else f"{made.form}-{number}.png"] = page
    for name, content in files.items():
        private.write(out / name, content)
        print(out / name)
