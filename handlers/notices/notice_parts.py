"""Sentences that several notices share."""

from datetime import datetime

from handlers.language.format import date_text
from handlers.language.i18n import Translate
from handlers.office.hours import WEEKDAYS, phones_text, place_text, spans_text
from handlers.ports.dossiers import Dossier
from knowledge.office.calendar import Holidays
from knowledge.office.office import WEEK, Office

LONGEST = 600  # letters of a clerk's words in a notice; the whole stands in the details


def ended(words: str) -> str:
    """A clerk's words as a sentence, cut if they are long."""
    if len(words) > LONGEST:
        return words[: LONGEST - 1].rstrip() + "…"
    return words if not words or words[-1] in ".!?…" else f"{words}."


def reason(dossier: Dossier, tr: Translate) -> str:
    """Why a dossier ended without a result."""
    own = (step.note for step in reversed(dossier.steps) if step.status == dossier.status)
    why = dossier.note or next(filter(None, own), "")
    if why:
        return tr("Lý do: {reason}").format(reason=ended(why))
    return tr("Lý do ghi trong văn bản trả lời; chưa rõ thì bạn hỏi bộ phận một cửa.")


def visit(office: Office, holidays: Holidays, now: datetime, tr: Translate) -> list[str]:
    """Where to go, and the hours still to come of the next day that has any."""
    place, opens = place_text(office, tr), office.next_hours(now, holidays)
    if opens is None or office.hours is None:
        return [place, phones_text(office, tr)]
    day, spans = opens
    sentence = tr("Mở cửa {weekday} {date}: {hours}.")
    if not office.hours.confirmed:
        sentence = tr("Giờ thông thường {weekday} {date}: {hours}. Bạn hỏi trước khi đi xa.")
    weekday = tr(WEEKDAYS[WEEK[day.weekday()]])
    return [place, sentence.format(weekday=weekday, date=date_text(day), hours=spans_text(spans, tr))]
