"""Notices that are not of one dossier: a paper about to expire, a changed list, the digest of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.notices.notice import NAMES, Follower, acknowledgement
from handlers.notices.notice_parts import ended
from handlers.procedures import render
from handlers.turn.i18n import Translate, language_of, translator
from handlers.turn.messages import Choice, Enclosure, Reply
from handlers.turn.ports import World
from knowledge.notices.calendar_file import calendar_file

MOST = 10  # entries that a digest names
OTHERS = ("expiring", "list-changed")  # kinds that are not of a dossier


@dataclass(frozen=True)
class Change:
    """How the papers of a procedure have changed."""

    procedure: str  # national code
    dropped: Sequence[str] = ()  # names of documents
    added: Sequence[str] = ()


@dataclass(frozen=True)
class Entry:
    """One reminder in a digest."""

    kind: str  # handlers.notice.Kind
    code: str  # of the dossier
    expires_on: date | None = None  # of a paper


def licence_expiring(
    kind: str,
    expires_on: date,
    follower: Follower,
    world: World,
    today: date,
    reminder: bool = False,
    *,
    number: int = 0,
) -> Reply:
    """A paper that expires soon, with the way to the papers of its renewal and a file for the calendar."""
    _ = translator(language_of(follower.language, ""))
    known = world.licences.kind(kind)
    named = known.name if follower.detailed else _("giấy tờ bạn đã nhờ nhắc")
    text = _("Còn {days} ngày nữa là {paper} hết hạn, ngày {date}.").format(
        days=(expires_on - today).days, paper=named, date=render.date_text(expires_on)
    )
    return Reply(
        _("Nhắc lại: {notice}").format(notice=text) if reminder else text,
        choices=(
            *acknowledgement(number, _),
            *renewal_choice(kind, world, _),
            Choice(_("Tin báo của tôi"), "follows"),
        ),
        enclosures=(expiry_file(kind, expires_on, world, today, _),),
    )


def renewal_choice(kind: str, world: World, _: Translate) -> tuple[Choice, ...]:
    """The way to the papers of the procedure that renews it, where our catalogue has it."""
    code = world.licences.kind(kind).renewal
    if code not in world.catalogue.procedures:
        return ()
    return (Choice(_("Giấy tờ để làm lại"), f"p:{code}"),)


def expiry_file(kind: str, expires_on: date, world: World, today: date, _: Translate) -> Enclosure:
    """The day of expiry for the phone's own calendar."""
    what = _("Hết hạn: {paper}").format(paper=world.licences.kind(kind).name)
    why = _("Chuẩn bị giấy tờ để làm lại sớm. Hỏi tại {office}.").format(office=world.office.name)
    uid = f"{kind}-{expires_on:%Y%m%d}@motcua"
    content = calendar_file(uid, expires_on, what, why, world.licences.days_before, today)
    return Enclosure("calendar", f"het-han-{kind}-{expires_on:%Y%m%d}.ics", content)


def list_changed(change: Change, follower: Follower, world: World, reminder: bool = False) -> Reply:
    """A list of papers that the person has kept is not the same any more."""
    _ = translator(language_of(follower.language, ""))
    lines = [_("Danh sách giấy tờ bạn đã lưu có thay đổi.")]
    if follower.detailed:
        name = world.catalogue.procedures[change.procedure].short
        lines = [_("Danh sách giấy tờ “{procedure}” bạn đã lưu có thay đổi.").format(procedure=name)]
    lines += [_("Bỏ giấy: {paper}").format(paper=ended(name)) for name in change.dropped[:MOST]]
    lines += [_("Thêm giấy: {paper}").format(paper=ended(name)) for name in change.added[:MOST]]
    text = "\n".join(lines)
    choices = (
        Choice(_("Xem danh sách giấy tờ"), f"l:{change.procedure}"),
        Choice(_("Dừng báo tin"), f"stop:{change.procedure}"),
    )
    return Reply(_("Nhắc lại: {notice}").format(notice=text) if reminder else text, choices=choices)


def digest(entries: Sequence[Entry], follower: Follower) -> Reply:
    """The reminders of one day in one notice."""
    _ = translator(language_of(follower.language, ""))
    lines = [_entry_text(entry, _) for entry in entries[:MOST]]
    if len(entries) > MOST:
        lines.append(_("và {count} việc khác").format(count=len(entries) - MOST))
    text = "\n".join([_("Nhắc lại các việc đang chờ bạn:"), *render.bullets(lines)])
    codes = dict.fromkeys(entry.code for entry in entries[:MOST] if entry.kind not in OTHERS)
    choices = [Choice(code, f"s:{code}") for code in codes]
    return Reply(text, choices=(*choices, Choice(_("Tin báo của tôi"), "follows")))


def _entry_text(entry: Entry, _: Translate) -> str:
    if entry.expires_on:
        day = render.date_text(entry.expires_on)
        return _("Giấy tờ bạn đã nhờ nhắc hết hạn ngày {date}").format(date=day)
    if entry.kind in OTHERS:
        return _("Danh sách giấy tờ bạn đã lưu có thay đổi")
    return _("Hồ sơ {code}: {notice}").format(code=entry.code, notice=_(NAMES[entry.kind]))
