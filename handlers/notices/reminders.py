"""Notices that no dossier tells: a paper about to expire, a changed list, the digest of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.language.format import bullets, date_text
from handlers.language.i18n import Translate
from handlers.notices.actions import MyNotices
from handlers.notices.following import channel_name
from handlers.notices.notice import NAMES
from handlers.notices.notice_parts import ended
from handlers.notices.occasion import Occasion
from handlers.ports.world import World
from handlers.procedures.actions import OpenList
from handlers.procedures.lists import Change
from handlers.turn.choices import Choice
from handlers.turn.messages import Enclosure, Reply
from handlers.turn.shared import AskUnlink, OpenProcedure, ShowDossier, StopNotices
from knowledge.notices import calendar_file

MOST = 10  # entries that a digest names
OTHERS = ("expiring", "list-changed")  # kinds that are not of a dossier


@dataclass(frozen=True)
class Entry:
    """One reminder in a digest."""

    kind: str  # handlers.notices.notice.Kind
    code: str  # of the dossier
    expires_on: date | None = None  # of a paper


def paper_expiring(kind: str, expires_on: date, on: Occasion) -> Reply:
    """A paper that expires soon, with the way to the papers of its renewal and a file for the calendar."""
    tr, days = on.tr, (expires_on - on.today).days
    named = tr("giấy tờ bạn đã nhờ nhắc")
    if on.follower.detailed:
        named = on.world.expiries.kind(kind).name
    text = tr.plural("Còn {days} ngày nữa là {paper} hết hạn, ngày {date}.", days)
    mine = Choice(tr("Tin báo của tôi"), MyNotices())
    return Reply(
        on.said(text.format(days=days, paper=named, date=date_text(expires_on))),
        choices=(*on.acknowledgement(), *renewal_choice(kind, on.world, tr), mine),
        enclosures=(expiry_file(kind, expires_on, on.world, on.today, tr),),
    )


def renewal_choice(kind: str, world: World, tr: Translate) -> tuple[Choice, ...]:
    """The way to the papers of the procedure that renews it, where our catalogue has it."""
    code = world.expiries.kind(kind).renewal
    if code is None or code not in world.catalogue.procedures:
        return ()
    return (Choice(tr("Giấy tờ để làm lại"), OpenProcedure(code)),)


def expiry_file(kind: str, expires_on: date, world: World, today: date, tr: Translate) -> Enclosure:
    """The day of expiry for the phone's own calendar."""
    what = tr("Hết hạn: {paper}").format(paper=world.expiries.kind(kind).name)
    why = tr("Chuẩn bị giấy tờ để làm lại sớm. Hỏi tại {office}.").format(office=world.office.name)
    uid = f"{kind}-{expires_on:%Y%m%d}@motcua"
    entry = calendar_file.Entry(uid, expires_on, what, why, world.expiries.days_before)
    content = calendar_file.calendar_file(entry, today)
    name = f"het-han-{kind}-{expires_on:%Y%m%d}.ics"
    return Enclosure("calendar", name, content, tr("Thêm vào lịch"))


def list_changed(change: Change, on: Occasion) -> Reply:
    """A list of papers that the person has kept is not the same any more."""
    tr = on.tr
    lines = [tr("Danh sách giấy tờ bạn đã lưu có thay đổi.")]
    if on.follower.detailed:
        name = on.world.catalogue.procedures[change.procedure].short
        lines = [tr("Danh sách giấy tờ “{procedure}” bạn đã lưu có thay đổi.").format(procedure=name)]
    lines += [tr("Bỏ giấy: {paper}").format(paper=ended(name)) for name in change.dropped[:MOST]]
    lines += [tr("Thêm giấy: {paper}").format(paper=ended(name)) for name in change.added[:MOST]]
    choices = (
        Choice(tr("Xem danh sách giấy tờ"), OpenList(change.procedure)),
        Choice(tr("Dừng báo tin"), StopNotices(change.procedure)),
    )
    return Reply(on.said("\n".join(lines)), choices=choices)


def digest(entries: Sequence[Entry], on: Occasion) -> Reply:
    """The reminders of one day in one notice."""
    tr, more = on.tr, len(entries) - MOST
    lines = [_entry_text(entry, tr) for entry in entries[:MOST]]
    if more > 0:
        lines.append(tr.plural("và {count} việc khác", more).format(count=more))
    text = "\n".join([tr("Nhắc lại các việc đang chờ bạn:"), *bullets(lines)])
    codes = dict.fromkeys(entry.code for entry in entries[:MOST] if entry.kind not in OTHERS)
    choices = [Choice(code, ShowDossier(code)) for code in codes]
    return Reply(text, choices=(*choices, Choice(tr("Tin báo của tôi"), MyNotices())))


def _entry_text(entry: Entry, tr: Translate) -> str:
    if entry.expires_on:
        day = date_text(entry.expires_on)
        return tr("Giấy tờ bạn đã nhờ nhắc hết hạn ngày {date}").format(date=day)
    if entry.kind in OTHERS:
        return tr("Danh sách giấy tờ bạn đã lưu có thay đổi")
    return tr("Hồ sơ {code}: {notice}").format(code=entry.code, notice=tr(NAMES[entry.kind]))


def removed(code: str, on: Occasion) -> Reply:
    """The desk does not have a dossier any more; why, and whose it was, is not told."""
    tr = on.tr
    text = tr(
        "Hồ sơ {code} không còn trong sổ của bộ phận một cửa, nên mình không báo tin về hồ sơ này nữa. "
        "Nếu bạn đã nộp hồ sơ này, bạn mang giấy hẹn đến hỏi bộ phận một cửa."
    )
    choices = (*on.acknowledgement(), Choice(tr("Tin báo của tôi"), MyNotices()))
    return Reply(on.said(text.format(code=code)), choices=choices)


def linked(channel: str, number: int, on: Occasion) -> Reply:
    """Another channel was linked with the code of this one; who did not do it can part it at once."""
    tr = on.tr
    text = tr(
        "Kênh {channel} vừa được liên kết với kênh này: ở đó xem được hồ sơ, danh sách, tờ khai của bạn. "
        "Nếu không phải bạn làm, bạn chọn “Bỏ liên kết” ngay."
    ).format(channel=channel_name(channel, tr))
    label = tr("Bỏ liên kết: {channel}").format(channel=channel_name(channel, tr))
    return Reply(on.said(text), choices=(Choice(label, AskUnlink(number)),))
