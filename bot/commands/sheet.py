"""`motcua sheet`: printed sheets for the notice board."""

import sys
from argparse import Namespace

from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.printing import sheets
from bot.settings import settings
from handlers.desk.notice_words import SAID
from handlers.desk.refusals import Refused
from handlers.guidance import sheet
from handlers.language.i18n import SOURCE, translator
from knowledge.procedures.catalogue import Catalogue


def write(given: Namespace, command: Command) -> int:
    """Writes a PDF for one procedure, or for each of a field; exit status 2 for one that is not here."""
    catalogue, code, field = command.catalogue, given.code, given.field
    codes = _codes(catalogue, code, field)
    if code and not codes:
        raise Refused("no_such_procedure", code=code)
    if not codes:
        raise Refused("bad_field", value=field, names=", ".join(f.id for f in catalogue.fields))
    public_url = str(settings.verify(command.environ).get("public_url", ""))
    if not public_url:
        print(command.tr(SAID["no_qr"]), file=sys.stderr)
    given.out.mkdir(parents=True, exist_ok=True)
    for each in codes:
        path = given.out / f"{each}.pdf"
        path.write_bytes(_pdf(command, each, public_url))
        print(path)
    return 0


def _codes(catalogue: Catalogue, code: str | None, field: str | None) -> list[str]:
    if code:
        return [code] if code in catalogue.procedures else []
    return [p.code for f in catalogue.fields if f.id == field for p in f.procedures]


def _pdf(command: Command, code: str, public_url: str) -> bytes:
    procedure, today = command.catalogue.procedures[code], vietnam_now().date()
    field = command.catalogue.field_of(code).name
    told = sheet.sheet(procedure, field, today, command.office, translator(SOURCE))
    link = sheets.link(public_url, sheet.payload(procedure)) if public_url else ""
    return sheets.pdf(told, link)
