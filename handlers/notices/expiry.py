"""Papers that expire: which, on what day, and the consent to remind of it."""

import re
from dataclasses import replace
from datetime import date

from handlers.notices.consent import EXPIRY, question
from handlers.notices.reminders import expiry_file, renewal_choice
from handlers.procedures.render import date_text
from handlers.turn.effects import Consent, KeepReminder
from handlers.turn.i18n import Translate, language_of
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.text import fold

WANTED = re.compile(r"\bnhac\b.*\b(het han|gia han|toi han)\b")
DAY = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})")


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if a reminder is wanted, or if its day is asked for and the text is one."""
    if WANTED.search(fold(text)):
        return ask_kind(state, world, incoming, _)
    is_asked = state.expiring and any(choice.value == "expiry" for choice in state.offered)
    if is_asked and any(c.isdecimal() for c in text):
        return _dayed(text, state, world, incoming, _)
    return None


def ask_kind(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Which paper."""
    choices = [
        Choice(kind.name[0].upper() + kind.name[1:], f"expiry:{kind.id}") for kind in world.licences.kinds
    ]
    reply = Reply(_("Bạn muốn mình nhắc giấy nào sắp hết hạn?"), choices=(*choices, _menu(_)))
    return Turn((reply,), state, "asked")


def ask_day(kind: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """On what day."""
    paper = world.licences.kind(kind)
    text = _("Ngày hết hạn ghi trên giấy là ngày nào ({paper})? Bạn gõ ngày/tháng/năm, ví dụ 31/12/2027.")
    choices = (Choice(_("Chọn giấy khác"), "expiry"), _menu(_))
    reply = Reply(text.format(paper=paper.name), choices=choices)
    return Turn((reply,), replace(state, expiring=paper.id), "asked")


def agree(kind: str, day: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The person has agreed: the day is kept, and given as a calendar file too. Raises ValueError."""
    expires_on, paper = date.fromisoformat(day), world.licences.kind(kind)
    language = language_of(state.language, incoming.language)
    effects = (Consent("expiry", EXPIRY), KeepReminder(paper.id, expires_on, language))
    text = _("Đã nhớ: mình nhắc bạn trước ngày {date}. Kèm theo là tệp lịch cho điện thoại của bạn.")
    turn = _with_file(paper.id, expires_on, text, state, world, incoming, _)
    return replace(turn, effects=effects)


def _dayed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    expires_on, today = _day_in(text), incoming.at.date()
    paper = world.licences.kind(state.expiring)
    again = (Choice(_("Chọn giấy khác"), "expiry"), _menu(_))
    if expires_on is None:
        unread = _("Mình chưa hiểu ngày này. Bạn gõ ngày/tháng/năm, ví dụ 31/12/2027.")
        return Turn((Reply(unread, choices=again),), state, "asked")
    done = replace(state, expiring="")
    if expires_on <= today:
        over = _("Ngày {date} đã đến hoặc đã qua: bạn làm lại sớm.").format(date=date_text(expires_on))
        return Turn((Reply(over, choices=(*renewal_choice(paper.id, world, _), _menu(_))),), done, "answered")
    if not world.followers.reaches(incoming.address):
        alone = _(
            "Ở đây mình không tự nhắn được. Bạn mở tệp lịch kèm theo để điện thoại nhắc trước ngày {date}."
        )
        return _with_file(paper.id, expires_on, alone, done, world, incoming, _)
    days = ", ".join(map(str, world.licences.days_before))
    text = question(EXPIRY, _).format(days=days, paper=paper.name, date=date_text(expires_on))
    yes = Choice(_("Đồng ý, nhắc tôi"), f"expiry:{paper.id}:{expires_on:%Y%m%d}")
    return Turn((Reply(text, choices=(yes, Choice(_("Không, cảm ơn"), "menu"))),), done, "asked")


def _with_file(
    kind: str, expires_on: date, text: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    enclosed = expiry_file(kind, expires_on, world, incoming.at.date(), _)
    choices = (*renewal_choice(kind, world, _), Choice(_("Tin báo của tôi"), "follows"), _menu(_))
    reply = Reply(text.format(date=date_text(expires_on)), choices=choices, enclosures=(enclosed,))
    return Turn((reply,), state, "answered")


def _day_in(text: str) -> date | None:
    found = DAY.search(text)
    try:
        return date(*map(int, reversed(found.groups()))) if found else None
    except ValueError:
        return None


def _menu(_: Translate) -> Choice:
    return Choice(_("Về đầu"), "menu")
