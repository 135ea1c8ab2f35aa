"""`motcua dossiers form`, `post` and `dispatch`: the law's forms, and what goes out by post."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from bot.clock import VIETNAM, vietnam_now
from bot.commands.context import Command
from bot.commands.desk import told
from bot.desk import moving
from bot.desk.workbook import Sheet, write
from bot.dossiers import apologies, embedded, store
from bot.dossiers.record import DossierRecord, Update
from bot.printing import paper, post, private
from bot.storage import database
from handlers.desk import law_forms, words
from handlers.desk.law_forms import Facts
from handlers.desk.refusals import Refused
from handlers.intake.texts import PRINTED
from knowledge.dossiers import postal
from knowledge.dossiers.dossier_codes import codes_in

HEADS = ("code", "applicant", "phone", "post")
FOLDER = Path("data/papers")


def form(given: Namespace, command: Command) -> int:
    """Writes a form of the law, filled as far as the desk knows, and prints where it is."""
    print(written(given.form.zfill(2), told.code(given.code), given.out, command))
    return 0


def offer(number: str, code: str, is_asked: bool, command: Command) -> None:
    """The form that goes with an act: written at once if that was asked for, else how it is printed."""
    if is_asked:
        print(written(number, code, FOLDER, command))
    else:
        told.say(command, "print", form=number, code=code)


def written(number: str, code: str, out: Path, command: Command) -> Path:
    """Writes a form and gives its place. Raises Refused."""
    if number in law_forms.UNKNOWN:
        raise Refused("form_unknown", form=number, title=command.tr(law_forms.UNKNOWN[number]))
    if number not in law_forms.FORMS:
        raise Refused("no_such_form", form=number)
    with database.reading(command.engine) as connection:
        held = embedded.read(connection, command.vault, code)
        apology = apologies.find(connection, command.vault, code)
    if held is None:
        raise Refused("no_such_dossier", code=code)
    if number == "02" and not held.missing:
        raise Refused("no_papers_missing", code=code)
    if number == "04" and apology is None:
        raise Refused("no_apology", code=code)
    drawn = law_forms.FORMS[number](_facts(held, apology, command))
    path = out / f"{code}-mau-{number}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    private.write(path, paper.pdf(drawn, {**PRINTED, "foot": law_forms.FOOT}))
    return path


def _facts(held: DossierRecord, apology: apologies.Apology | None, command: Command) -> Facts:
    procedure = command.catalogue.procedures.get(held.procedure or "")
    return Facts(
        code=held.code,
        office=command.office,
        procedure=procedure,
        title=procedure.name if procedure else held.title or "",
        name=held.name or "",
        phone=held.phone or "",
        id_number=held.id_number or "",
        received=_received(held),
        due=(apology.first_due if apology else None) or command.promises.due_of(held),
        papers=held.missing or "",
        papers_until=held.missing_until,
        reason=apology.reason if apology else "",
        new_due=apology.new_due if apology else None,
    )


def _received(held: DossierRecord) -> datetime | None:
    """With its hour if the first step tells it."""
    moments = (datetime.fromtimestamp(at, VIETNAM) for _, at, _ in held.steps[:1] if at not in held.seen)
    if held.received is None:
        return None
    midnight = datetime.combine(held.received, datetime.min.time(), VIETNAM)
    return next((at for at in moments if at.date() == held.received), midnight)


def hand_over(given: Namespace, command: Command) -> int:
    """Writes the list of what was given to the post on a day, as PDF with bar codes and as Excel."""
    day = told.day("--day", given.day) or vietnam_now().date()
    with database.reading(command.engine) as connection:
        found = [each for each in store.every(connection, command.vault) if each.posted_on == day]
    items = [post.Item(h.code, h.name or "", h.phone or "", h.tracking or "") for h in found]
    if not items:
        raise Refused("nothing_posted", day=words.shown(day))
    stem: Path = given.out / f"bao-giao-buu-dien-{day:%Y-%m-%d}"
    stem.parent.mkdir(parents=True, exist_ok=True)
    heads = [command.tr(words.LABELS[name]) for name in HEADS]
    texts = {
        "office": command.office.name,
        "title": command.tr(words.HAND_OVER).format(day=words.shown(day)),
        "heads": ["", *heads],
        "count": command.tr(words.SAID["found"]).format(count=len(items)),
        "signatures": [command.tr(role) for role in words.HANDS],
    }
    private.write(stem.with_suffix(".pdf"), post.pdf(texts, items))
    write(stem.with_suffix(".xlsx"), [Sheet("Bưu điện", heads, items)])
    for suffix in (".pdf", ".xlsx"):
        told.say(command, "wrote", count=len(items), path=stem.with_suffix(suffix))
    return 0


def dispatch(_given: Namespace, command: Command) -> int:
    """Gives to the post what is scanned: a dossier's code and an item's code, in one line or in two."""
    refused = 0
    for code, tracking in pairs(sys.stdin):
        try:
            with database.writing(command.engine) as connection:
                desk = told.desk(command, connection)
                news = Update(code, desk.now, postal="posted", tracking=tracking, posted_on=desk.today)
                moving.move(desk, news)
        except Refused as error:
            refused += 1
            print(f"{error.told(command.tr)} [{error.code}]", file=sys.stderr)
            continue
        told.say(command, "posted", code=code, tracking=tracking)
    return 1 if refused else 0


def pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each dossier with its item, whichever was scanned first. Raises Refused for a line that is neither."""
    code = tracking = ""
    for line in map(str.strip, lines):
        found, rest = codes_in(line), line.split()
        item = next(
            (each for each in map(postal.parse, (line, *rest)) if isinstance(each, postal.Tracking)), None
        )
        if line and not found and not item:
            raise Refused("bad_scan", value=line)
        if (found and code) or (item and tracking):
            raise Refused("scan_without_pair", value=code or tracking)
        code, tracking = found[0] if found else code, item.code if item else tracking
        if code and tracking:
            yield code, tracking
            code = tracking = ""
    if code or tracking:
        raise Refused("scan_without_pair", value=code or tracking)
