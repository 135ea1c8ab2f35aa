"""Papers that expire: which, on what day, and the consent to remind of it."""

from dataclasses import replace
from datetime import date

from handlers.language.format import date_text, sentence
from handlers.notices.actions import AgreeReminder, MyNotices, RemindOf, RemindOfPaper
from handlers.notices.consent import EXPIRY, question
from handlers.notices.reminders import expiry_file, renewal_choice
from handlers.ports.errors import StaleButton
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Consent, KeepReminder
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm, ExpiryDay
from handlers.turn.shared import menu_choice
from handlers.turn.words import WANTS_REMINDER
from knowledge.intake.dates import read_day
from knowledge.notices.expiries import Kind
from knowledge.text import fold


def typed(text: str, ctx: Context) -> Turn | None:
    """A turn if a reminder is wanted, or if its day is asked for and the text is one."""
    if WANTS_REMINDER.search(fold(text)):
        return ask_kind(ctx)
    pending = ctx.state.pending
    if isinstance(pending, ExpiryDay) and any(c.isdecimal() for c in text):
        return _dayed(text, ctx.world.expiries.kind(pending.paper), ctx)
    return None


def ask_kind(ctx: Context) -> Turn:
    """Which paper."""
    choices = [Choice(sentence(kind.name), RemindOf(kind.id)) for kind in ctx.world.expiries.kinds]
    text = ctx.tr("Bạn muốn mình nhắc giấy nào sắp hết hạn?")
    reply = Reply(text, choices=(*choices, menu_choice(ctx.tr)))
    return ctx.with_state(pending=None).turn(reply, outcome="asked")


def ask_day(kind: str, ctx: Context) -> Turn:
    """On what day."""
    paper = ctx.world.expiries.kind(kind)
    text = ctx.tr("Ngày hết hạn ghi trên giấy là ngày nào ({paper})? Bạn gõ ngày/tháng/năm, ví dụ {example}.")
    return _asking(text.format(paper=paper.name, example=_example(ctx)), paper, ctx)


def agree(kind: str, day: str, ctx: Context) -> Turn:
    """The person has agreed: the day is kept, and given as a calendar file too. Raises StaleButton."""
    expires_on, paper = _in_button(day, ctx.today), ctx.world.expiries.kind(kind)
    effects = (Consent("expiry", EXPIRY), KeepReminder(paper.id, expires_on, ctx.tr.language))
    text = ctx.tr("Đã nhớ: mình nhắc bạn trước ngày {date}. Kèm theo là tệp lịch cho điện thoại của bạn.")
    return replace(_with_file(paper, expires_on, text, ctx), effects=effects)


def _asking(text: str, paper: Kind, ctx: Context) -> Turn:
    choices = (Choice(ctx.tr("Chọn giấy khác"), RemindOfPaper()), menu_choice(ctx.tr))
    return ctx.with_state(pending=ExpiryDay(paper.id)).turn(Reply(text, choices=choices), outcome="asked")


def _dayed(text: str, paper: Kind, ctx: Context) -> Turn:
    expires_on = read_day(text, ctx.today, "future")
    if not isinstance(expires_on, date):
        unread = ctx.tr("Mình chưa hiểu ngày này. Bạn gõ ngày/tháng/năm, ví dụ {example}.")
        return _asking(unread.format(example=_example(ctx)), paper, ctx)
    ctx = ctx.with_state(pending=None)
    if expires_on <= ctx.today:
        return _over(paper, expires_on, ctx)
    if not ctx.world.followers.reaches(ctx.person):
        alone = ctx.tr(
            "Ở đây mình không tự nhắn được. Bạn mở tệp lịch kèm theo để điện thoại nhắc trước ngày {date}."
        )
        return _with_file(paper, expires_on, alone, ctx)
    return _ask_consent(paper, expires_on, ctx)


def _over(paper: Kind, expires_on: date, ctx: Context) -> Turn:
    text = ctx.tr("Ngày {date} đã đến hoặc đã qua: bạn làm lại sớm.").format(date=date_text(expires_on))
    choices = (*renewal_choice(paper.id, ctx.world, ctx.tr), menu_choice(ctx.tr))
    return ctx.turn(Reply(text, choices=choices), outcome="answered")


def _ask_consent(paper: Kind, expires_on: date, ctx: Context) -> Turn:
    days = ", ".join(map(str, ctx.world.expiries.days_before))
    text = question(EXPIRY, ctx.tr).format(days=days, paper=paper.name, date=date_text(expires_on))
    yes = Choice(ctx.tr("Đồng ý, nhắc tôi"), AgreeReminder(paper.id, f"{expires_on:%Y%m%d}"))
    no = replace(menu_choice(ctx.tr), label=ctx.tr("Không, cảm ơn"))
    asking = ctx.with_state(pending=Confirm(yes.value, no.value))
    return asking.turn(Reply(text, choices=(yes, no), unasked=True), outcome="asked")


def _with_file(paper: Kind, expires_on: date, text: str, ctx: Context) -> Turn:
    tr = ctx.tr
    mine = Choice(tr("Tin báo của tôi"), MyNotices())
    reply = Reply(
        text.format(date=date_text(expires_on)),
        choices=(*renewal_choice(paper.id, ctx.world, tr), mine, menu_choice(tr)),
        enclosures=(expiry_file(paper.id, expires_on, ctx.world, ctx.today, tr),),
    )
    return ctx.turn(reply, outcome="answered")


def _in_button(day: str, today: date) -> date:
    """Raises StaleButton for what is no day that a person could have typed."""
    try:
        written = date_text(date.fromisoformat(day))
    except ValueError as error:
        raise StaleButton(day) from error
    expires_on = read_day(written, today, "future")
    if not isinstance(expires_on, date):
        raise StaleButton(day)
    return expires_on


def _example(ctx: Context) -> str:
    """A day that may well be one: the last of the coming year."""
    return f"31/12/{ctx.today.year + 1}"
