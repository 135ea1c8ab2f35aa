"""Sentences that several notices share."""

from datetime import date, timedelta

from handlers.language.format import date_text
from handlers.language.i18n import Translate
from handlers.office.hours import WEEKDAYS, phones_text, place_text
from handlers.ports.dossiers import Dossier
from knowledge.office.calendar import Holidays
from knowledge.office.office import LOOK_AHEAD_DAYS, WEEK, Office

LONGEST = 600  # letters of a clerk's words in a notice; the whole stands in the details


def ended(words: str) -> str:
    """A clerk's words as a sentence, cut if they are long."""
    if len(words) > LONGEST:
        return words[: LONGEST - 1].rstrip() + "…"
    return words if not words or words[-1] in ".!?…" else f"{words}."


def reason(dossier: Dossier, tr: Translate) -> str:
    """Why a dossier ended without a result."""
    why = dossier.note or next((step.note for step in reversed(dossier.steps) if step.note), "")
    if why:
        return tr("Lý do: {reason}").format(reason=ended(why))
    return tr("Lý do ghi trong văn bản trả lời; chưa rõ thì bạn hỏi bộ phận một cửa.")


def visit(office: Office, holidays: Holidays, today: date, tr: Translate) -> list[str]:
    """Where to go, and the hours of the next day on which it is open, today included."""
    place = place_text(office, tr)
    days = (today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS))
    opens = next(((day, spans) for day in days if (spans := office.open_on(day, holidays))), None)
    if opens is None or office.hours is None:
        return [place, phones_text(office, tr)]
    day, spans = opens
    hours = ", ".join(f"{span.start:%H:%M}–{span.end:%H:%M}" for span in spans)
    sentence = tr("Mở cửa {weekday} {date}: {hours}.")
    if not office.hours.confirmed:
        sentence = tr("Giờ thông thường {weekday} {date}: {hours}. Bạn hỏi trước khi đi xa.")
    weekday = tr(WEEKDAYS[WEEK[day.weekday()]])
    return [place, sentence.format(weekday=weekday, date=date_text(day), hours=hours)]
