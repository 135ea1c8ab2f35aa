"""Reads the guided forms from one TOML file a form, and tells what is wrong: blanks that nobody fills ..."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from knowledge.datafile import BadDataFile, duplicates, read
from knowledge.intake.form import Blank, Form, Line, Question, When, blanks_in, split

FORMS = Path(__file__).with_name("forms")

DERIVED: Mapping[str, tuple[str, ...]] = {  # type -> what its blanks are also printed as
    "name": ("caps",),
    "date": ("words", "long", "day", "month", "year"),
    "time": ("hour", "minute"),
    "place": ("area",),
    "number": ("some",),
}
OFFICE = ("office.unit", "office.province")

Values = set[str] | None  # what an answer can be; None: anything
Known = dict[str, Values]


def load(directory: Path = FORMS) -> Mapping[str, Form]:
    """Every form by its id, in order of the file names; raises BadDataFile with all problems at once."""
    forms: dict[str, Form] = {}
    problems: list[str] = []
    for path in sorted(directory.glob("*.toml")):
        try:
            form = read(path, Form)
        except BadDataFile as error:
            problems += error.problems
            continue
        problems += [f"{path.name}: {fault}" for fault in _faults(form, path.stem)]
        forms[form.id] = form
    problems += [f"{form.id}.toml: {fault}" for form in forms.values() for fault in _led_astray(form, forms)]
    if problems:
        raise BadDataFile(problems)
    return forms


def offered(forms: Mapping[str, Form], confirmed: tuple[str, ...]) -> Mapping[str, Form]:
    """The forms that are certain, or that an officer has confirmed."""
    return {name: form for name, form in forms.items() if form.is_certain or name in confirmed}


def _led_astray(form: Form, forms: Mapping[str, Form]) -> Iterator[str]:
    named = (advice.form for advice in form.advice if advice.form)
    return (f"advice: there is no form {name!r}" for name in named if name not in forms)


def _faults(form: Form, file: str) -> Iterator[str]:
    if form.id != file:
        yield f"id: is not the file's name (value {form.id!r})"
    yield from duplicates("question", [q.id for q in form.questions])
    if not form.is_certain and not form.doubt:
        yield f"grade {form.grade} needs doubt"
    known: Known = {}
    for question in form.questions:
        visible = _visible(known, form, question.repeat)
        yield from (f"question {question.id}: {fault}" for fault in _question_faults(question, visible))
        known |= _told_by(question)
    known = _visible(known, form, None)
    yield from _group_faults(form)
    yield from _same_faults(form)
    yield from _check_faults(form, known)
    yield from _advice_faults(form, known)
    yield from _sorting_faults(form)
    yield from _paper_faults(form, known)
    yield from _example_faults(form)


def _visible(known: Known, form: Form, group: str | None) -> Known:
    """Without what is known of each member of other groups; but whether there is a first one."""
    firsts = {q.repeat: q.id for q in reversed(form.questions) if q.repeat and q.repeat != group}
    first = {
        f"{name}.1{first.removeprefix(name)}": known[first]
        for name, first in firsts.items()
        if first in known
    }
    return {name: values for name, values in known.items() if name.partition(".")[0] not in firsts} | first


def _told_by(question: Question) -> Known:
    """What later conditions may name once it is asked."""
    if question.type == "card":
        choices = {choice.value for choice in question.choices}
        return {question.id: {"scanned", "manual"} | choices, f"{question.id}.sex": {"male", "female"}}
    if question.type == "choice":
        return {question.id: _answers(question, {choice.value for choice in question.choices})}
    if question.type == "yes_no":
        return {question.id: _answers(question, {"yes", "no"})}
    return {question.id: None}


def _answers(question: Question, values: set[str]) -> set[str]:
    return values | ({""} if question.optional else set())


def _question_faults(question: Question, known: Known) -> Iterator[str]:
    if bool(question.choices) != (question.type == "choice") and question.type != "card":
        yield f"choices do not go with type {question.type}"
    yield from duplicates("choice", [choice.value for choice in question.choices])
    conditions = [question.when, *(c.when for c in question.choices), *(p.when for p in question.presets)]
    yield from (fault for when in conditions for fault in _when_faults(when, known))
    if question.card and f"{question.person}.card" not in known:
        yield f"card: there is no earlier {question.person}.card"
    for preset in question.presets:
        yield from _preset_faults(question, preset.value, known)
    allowed = {*known, *(f"{name}.area" for name in known), *OFFICE, "office.birth_places"}
    yield from (f"offers: {name} is no earlier question" for name in _unknown(question.offers, allowed))


def _when_faults(when: When, known: Known) -> Iterator[str]:
    for name, values in when.items():
        if name not in known:
            yield f"when: {name} is no earlier question"
            continue
        allowed = known[name] or {""}  # of a free answer it can only be asked whether it was skipped
        yield from (f"when: {name} is never {value!r}" for value in values if value not in allowed)


def _preset_faults(question: Question, value: str, known: Known) -> Iterator[str]:
    yield from (f"presets: {name} is no earlier question" for name in _unknown([value], known))
    if not value and not question.optional:
        yield "presets: only an optional question may be left empty"
    if value and question.type == "choice" and value not in {c.value for c in question.choices}:
        yield f"presets: there is no choice {value!r}"


def _unknown(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    return [name for text in texts for name in blanks_in(text) if name not in known]


def _group_faults(form: Form) -> Iterator[str]:
    for group in {q.repeat for q in form.questions if q.repeat}:
        places = [n for n, q in enumerate(form.questions) if q.repeat == group or q.person == group]
        members = [form.questions[n] for n in places]
        if places != list(range(places[0], places[0] + len(places))):
            yield f"group {group}: its questions do not stand together"
        if any(q.repeat != group or q.person != group for q in members):
            yield f"group {group}: its questions are those named {group}.*, with repeat = {group!r}"
        if members[0].type != "yes_no" or members[0].when or members[0].optional or members[0].presets:
            yield f"group {group}: the first question is a plain yes_no"


def _same_faults(form: Form) -> Iterator[str]:
    for same in form.same:
        first = next((n for n, q in enumerate(form.questions) if q.person == same.person), None)
        if first is None:
            yield f"same: {same.person} has no questions"
            continue
        known = {name: values for q in form.questions[:first] for name, values in _told_by(q).items()}
        if any(q.person == same.is_also for q in form.questions[first:]) or not any(
            q.person == same.is_also for q in form.questions[:first]
        ):
            yield f"same: {same.is_also} is not asked before {same.person}"
        yield from (f"same {same.person}: {fault}" for fault in _when_faults(same.when, known))
        types = {q.id: q.type for q in form.questions}
        pairs = ((q, f"{same.is_also}.{q.id.rpartition('.')[2]}") for q in form.questions)
        other = (q.id for q, twin in pairs if q.person == same.person and types.get(twin, q.type) != q.type)
        yield from (f"same: {name} is of another type than its twin" for name in other)


def _check_faults(form: Form, known: Known) -> Iterator[str]:
    dates = {"today", *(q.id for q in form.questions if q.type == "date" and not q.repeat)}
    for check in form.checks:
        wrong = (day for day in (check.earlier, check.later) if day not in dates)
        yield from (f"check {check.code}: {day} is no date" for day in wrong)
        yield from (f"check {check.code}: {fault}" for fault in _when_faults(check.when, known))


def _advice_faults(form: Form, known: Known) -> Iterator[str]:
    """Of a free answer any value may be named here."""
    for number, advice in enumerate(form.advice):
        limited = {name: values for name, values in advice.when.items() if known.get(name, set()) is not None}
        yield from (f"advice {number}: {fault}" for fault in _when_faults(limited, known))


def _sorting_faults(form: Form) -> Iterator[str]:
    """Every question of exactly one group of the review."""
    names = [name for group in form.groups for name in group.of]
    yield from duplicates("groups: name", names)
    owners = {owner(question) for question in form.questions}
    yield from (f"groups: {name} is no person and no question of nobody" for name in set(names) - owners)
    yield from (f"groups: {name} is in none" for name in sorted(owners - set(names)))


def _paper_faults(form: Form, known: Known) -> Iterator[str]:
    plain = {*OFFICE, *(name for q in form.questions if not q.repeat for name in printed(q))}
    for name in ("addressee", "undertaking", "made_at"):
        yield from _text_faults(name, getattr(form, name), plain, known)
    for signature in form.signatures:
        yield from _text_faults(f"signature {signature.role}", signature.name, plain, known)
    for number, line in enumerate(form.lines):
        where = f"line {number}"
        yield from (f"{where}: {fault}" for fault in _when_faults(line.when, known))
        yield from _line_faults(where, line, form, plain, known)


def owner(question: Question) -> str:
    """By what a group of the review names it: its person, or itself."""
    return question.person or question.id


def printed(question: Question) -> list[str]:
    """The names of the blanks that a question fills."""
    if question.type == "card":
        return []
    paper = [f"{question.person}.id_paper"] if question.type == "id_number" and question.person else []
    return [question.id, *(f"{question.id}.{s}" for s in DERIVED.get(question.type, ())), *paper]


def _line_faults(where: str, line: Line, form: Form, plain: set[str], known: Known) -> Iterator[str]:
    if line.boxes and line.boxes.blank not in plain:
        yield f"{where}: there is no blank {line.boxes.blank}"
    if line.table is None:
        cells = [cell for row in line.sides.rows for cell in row] if line.sides else []
        for text in (line.text or line.heading or "", *cells):
            yield from _text_faults(where, text, plain, known)
        return
    members = [q for q in form.questions if q.repeat == line.table.group]
    if not members:
        yield f"{where}: there is no group {line.table.group}"
    names = {"n", *(name for q in members for name in printed(q))}
    for column in line.table.columns:
        yield from _text_faults(where, column.text, names, known)


def _text_faults(where: str, text: str, names: set[str], known: Known) -> Iterator[str]:
    for piece in split(text):
        if not isinstance(piece, Blank):
            yield from (f"{where}: a brace that is no blank in {piece!r}" for brace in "{}" if brace in piece)
        elif piece.name not in names:
            yield f"{where}: there is no blank {piece.name}"
        elif piece.sign and (values := known.get(piece.name)) and piece.value not in values:
            yield f"{where}: {piece.name} is never {piece.value!r}"


def _example_faults(form: Form) -> Iterator[str]:
    ids = {q.id for q in form.questions}
    for name in form.example:
        plain = ".".join(part for part in name.split(".") if not part.isdigit())
        if plain not in ids:
            yield f"example: there is no question {name}"
