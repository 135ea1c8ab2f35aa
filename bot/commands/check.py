"""`motcua check` and `motcua show`: is what we know sound, and one procedure in full."""

import sys
import tomllib
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import knowledge
from bot.channels import registry
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.commands.zalo import checks as zalo
from bot.load_world import unanswered
from bot.settings import settings
from bot.settings.settings import Settings
from bot.settings.values import BadSettings
from bot.storage import database
from bot.storage import questions as unanswered_questions
from bot.storage.migrate import BadDatabase
from bot.storage.sealing import WrongKey
from handlers.desk.refusals import Refused
from handlers.guidance.answer import whole
from handlers.guidance.matter import Matter, usual_way
from handlers.language import translations
from handlers.language.i18n import N_, SOURCE, translator
from handlers.turn.blocks import plain
from knowledge.datafile import BadDataFile, not_nfc
from knowledge.dossiers import moves, postal, statuses
from knowledge.intake import course, ethnic, forms
from knowledge.intake.answers import BadAnswer
from knowledge.notices import expiries
from knowledge.office import calendar
from knowledge.office.office import Office
from knowledge.procedures import aspects, english, life_events, signposts, translation
from knowledge.procedures.catalogue import Catalogue, Procedure
from knowledge.procedures.faults import faults_of
from knowledge.reading import acts, consent, danger, ongoing, words
from knowledge.reading.answers import answers, standing, terms, yes_no
from knowledge.reading.shape import cut
from knowledge.search import small_talk

LOADERS: tuple[Callable[[], object], ...] = (
    signposts.load,
    small_talk.load,
    calendar.load,
    life_events.load,
    statuses.load,
    moves.load,
    postal.load,
    aspects.load,
    expiries.load,
    ethnic.load,
    forms.load,
    english.load,
    translation.load,
    acts.load,
    consent.load,
    danger.load,
    ongoing.load,
    words.tables,
    answers.load,
    standing.load,
    terms.load,
    yes_no.load,
    cut.load,
)
STALE = timedelta(days=365)  # a procedure not checked for so long may have changed


def check(_given: Namespace, command: Command) -> int:
    """Tells every error and warning; exit status 1 on any error."""
    today = vietnam_now().date()
    catalogue, problems = Catalogue(fields=()), []
    try:
        catalogue = command.catalogue
    except BadDataFile as error:
        problems += error.problems
    problems += [*_faults(catalogue), *_data_files(command), *_texts(), *_settings(command.environ)]
    problems += zalo.problems(command.environ)
    if not problems:
        ours = None if command.catalogue_dir else catalogue
        problems += [*_forms(ours, command.office, today), *_english(ours)]
    for problem in problems:
        print(problem, file=sys.stderr)
    warnings = [*_catalogue_warnings(catalogue, today), *_office_warnings(command)]
    warnings += [*_settings_warnings(command.environ), *_channel_warnings(command), *zalo.warnings(command)]
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    procedures = catalogue.procedures.values()
    documents = sum(len(p.documents) for p in procedures)
    print(f"catalogue: {len(catalogue.fields)} fields, {len(procedures)} procedures, {documents} documents, "
          f"{len(problems)} errors")  # fmt: skip
    return 1 if problems else 0


def _faults(catalogue: Catalogue) -> Iterator[str]:
    """What would send a citizen home, in procedures that somebody has written up."""
    for field in catalogue.fields:
        for p in field.procedures:
            yield from (f"{field.id}.toml: {p.code}: {fault}" for fault in faults_of(p))


def _data_files(command: Command) -> Iterator[str]:
    for load in (lambda: command.office, *LOADERS):
        try:
            load()
        except BadDataFile as error:
            yield from error.problems
        except BadSettings:
            pass  # told by `_settings`
    for path in Path(knowledge.__file__).parent.rglob("*.toml"):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from (f"{path.name}: {where}: not NFC" for where in not_nfc(raw))


def _forms(catalogue: Catalogue | None, desk: Office, today: date) -> Iterator[str]:
    """Examples that do not fill their form, and names that nothing has; without a catalogue not its codes."""
    known = forms.load()
    for form in known.values():
        try:
            course.filled(form, form.example, today)
        except BadAnswer as error:
            yield f"{form.id}.toml: example: {error.question}: {error.code}"
        strange = set(form.procedures) - set(catalogue.procedures if catalogue else form.procedures)
        yield from (f"{form.id}.toml: procedures: {code}: not in the catalogue" for code in sorted(strange))
    strange = set(desk.confirmed_forms) - set(known)
    yield from (f"office.toml: confirmed_forms: {name}: no such form" for name in sorted(strange))


def _english(catalogue: Catalogue | None) -> Iterator[str]:
    """What of our catalogue lacks its English, or has that of another text."""
    return translation.problems(catalogue, english.load(), translation.load()) if catalogue else iter(())


def _texts() -> Iterator[str]:
    """What has no text, and what a language lacks; nothing while the data cannot be read."""
    yield from translations.untranslated()
    with suppress(BadDataFile):  # told as an error of its file
        yield from unanswered()


def _settings(environ: Mapping[str, str]) -> Iterator[str]:
    try:
        settings.verify(environ)
    except BadSettings as error:
        yield from str(error).splitlines()


def _catalogue_warnings(catalogue: Catalogue, today: date) -> Iterator[str]:
    for field in catalogue.fields:
        for p in field.procedures:
            yield from (f"{field.id}.toml: {p.code}: {what}" for what in _aged(p, today))
            named = filter(None, (p.variant_of, *(n.code for n in p.neighbours)))
            unknown = [code for code in named if code not in catalogue.procedures]
            yield from (
                f"{field.id}.toml: {p.code}: names {code}, which is no procedure here" for code in unknown
            )


def _aged(p: Procedure, today: date) -> Iterator[str]:
    if today - p.checked > STALE:
        yield f"checked {p.checked}, over a year ago"
    if p.until and p.until < today:
        yield f"ended {p.until}"
    past = [change.on for change in p.announced if p.checked < change.on <= today]
    yield from (f"not checked since the change of {day}" for day in past)


def _office_warnings(command: Command) -> Iterator[str]:
    try:
        desk = command.office
    except (BadDataFile, BadSettings):
        return  # told as an error
    missing = {
        "places.one_stop.phones": not desk.phones,
        "places.one_stop.address": not desk.address,
        "receptions": not desk.receptions,
        "birth_places": not desk.birth_places,
    }
    yield from (
        f"office.toml: {key} is not set; citizens are told so, or asked"
        for key, empty in missing.items()
        if empty
    )
    if desk.hours and not desk.hours.confirmed:
        yield "office.toml: hours.confirmed is false; citizens are told so"


def _settings_warnings(environ: Mapping[str, str]) -> Iterator[str]:
    with suppress(BadSettings):  # told as errors
        if settings.verify(environ).get("unlimited"):
            yield "MOTCUA_UNLIMITED is set: no limit counts requests from there; unset it where citizens come"


def _channel_warnings(command: Command) -> Iterator[str]:
    """What the channels that are set up lack, or are about to use up."""
    with suppress(BadSettings, BadDatabase, WrongKey):  # told as errors, or by what they keep from starting
        values = settings.verify(command.environ)
        for row in registry.served(Settings(**{"secret_key": b"", **values})):  # type: ignore[arg-type]
            if row.warnings:
                yield from row.warnings(command.settings, command.engine, vietnam_now())


DONE: Mapping[str, str] = {
    "declined": N_("chưa hiểu"), "offered": N_("cho chọn"), "asked": N_("hỏi lại"),
    "talked": N_("trò chuyện"), "answered": N_("trả lời"), "elsewhere": N_("chỉ nơi khác"),
    "failed": N_("máy lỗi"),
}  # fmt: skip  # outcomes of a turn, for editors


def questions(given: Namespace, command: Command) -> int:
    """Prints the questions that were not answered outright, the most frequent first."""
    with database.reading(command.engine) as connection:
        rows = unanswered_questions.often(connection, given.most)
    tr = command.tr
    heads = (N_("lần"), N_("lần cuối"), N_("đã đáp"), N_("rồi chọn"), N_("đang mở"), N_("câu hỏi"))
    print("\t".join(map(tr, heads)))
    for row in rows:
        done = tr(DONE.get(row.done, row.done)) if row.done else "-"
        last_on = f"{row.last_on:%d/%m/%Y}"
        print("\t".join((str(row.times), last_on, done, row.meant or "-", row.context or "-", row.text)))
    return 0


def show(given: Namespace, command: Command) -> int:
    """Prints one procedure in full; exit status 2 for a code that the catalogue does not have."""
    code, catalogue = given.code, command.catalogue
    procedure = catalogue.procedures.get(code)
    if procedure is None:
        raise Refused("no_such_procedure", code=code)
    today, usual = vietnam_now().date(), usual_way(procedure)
    asked = Matter(procedure, {}, usual, today, command.office, translator(SOURCE))
    print(f"{catalogue.field_of(code).name} · {procedure.name}\n")
    print(plain(whole(asked)))
    return 0
