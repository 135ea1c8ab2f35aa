"""What a person is told of, with the way to stop or change each."""

from collections.abc import Iterable

from handlers.notices import notice_preferences
from handlers.procedures.render import date_text
from handlers.turn.followers import Reminder
from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World

MOST = 20  # dossiers that are listed with a button each


def offer(code: str, world: World, address: str, _: Translate) -> tuple[Choice, ...]:
    """The button under a dossier, or under a list of papers, that a person may be told of."""
    if not world.followers.reaches(address):
        return ()
    if code in world.followers.followed(address):
        return (Choice(_("Dừng báo tin"), f"stop:{code}"),)
    return (Choice(_("Báo tin cho tôi khi có thay đổi"), f"follow:{code}"),)


def show_all(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What this person is told of and how, with the way to stop or change each."""
    followers, address = world.followers, incoming.address
    if not followers.reaches(address):
        return unreachable(state, _)
    codes, papers = followers.followed(address), followers.reminders(address)[:MOST]
    lines = [
        _("Bạn chưa bật báo tin cho hồ sơ nào: tra cứu hồ sơ rồi bấm “Báo tin cho tôi khi có thay đổi”.")
    ]
    if codes:
        lines = [_("Bạn đang nhận tin về:"), *(f"• {what([code], world, _)}" for code in codes[:MOST])]
    lines += [_reminder_text(paper, world, _) for paper in papers]
    lines.append(notice_preferences.summary(followers.manners(address), _))
    stops = _stop_choices(codes, world, _) if codes or papers else ()
    forgets = [_forget_choice(paper, world, _) for paper in papers]
    choices = (*stops, *forgets, *notice_preferences.choices(followers.manners(address), _), *_more(_))
    return Turn((Reply("\n".join(lines), choices=choices),), state, "answered")


def ask_stop(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """A bare "dừng" may mean the notices or the talk."""
    codes = world.followers.followed(incoming.address)
    choices = (*_stop_choices(codes, world, _), Choice(_("Về đầu"), "menu"))
    return Turn((Reply(_("Bạn muốn dừng nhận tin nào?"), choices=choices),), state, "asked")


def unreachable(state: State, _: Translate) -> Turn:
    """A channel on which nobody can be written to unasked."""
    text = _("Ở đây mình không tự nhắn cho bạn được. Bạn mở mình trên Telegram hoặc Zalo để nhận tin.")
    return Turn((Reply(text, choices=(Choice(_("Về đầu"), "menu"),)),), state, "declined")


def what(codes: Iterable[str], world: World, _: Translate) -> str:
    """The dossiers and lists with these codes, within a sentence."""
    return ", ".join(_one(code, world, _) for code in codes)


def _one(code: str, world: World, _: Translate) -> str:
    procedure = world.catalogue.procedures.get(code)
    if procedure:
        return _("danh sách giấy tờ “{procedure}”").format(procedure=procedure.short)
    return _("hồ sơ {code}").format(code=code)


def _reminder_text(paper: Reminder, world: World, _: Translate) -> str:
    text = _("Nhắc {paper} hết hạn ngày {date}")
    return text.format(paper=world.licences.kind(paper.kind).name, date=date_text(paper.expires_on))


def _forget_choice(paper: Reminder, world: World, _: Translate) -> Choice:
    label = _("Bỏ nhắc: {paper}").format(paper=world.licences.kind(paper.kind).name)
    return Choice(label, f"forget:{paper.number}")


def _stop_choices(codes: tuple[str, ...], world: World, _: Translate) -> tuple[Choice, ...]:
    label = _("Dừng: {what}")
    each = (Choice(label.format(what=what([code], world, _)), f"stop:{code}") for code in codes[:MOST])
    return (*each, Choice(_("Dừng tất cả"), "stop"))


def _more(_: Translate) -> tuple[Choice, ...]:
    return (
        Choice(_("Vì sao tôi chưa nhận được tin?"), "why"),
        Choice(_("Hồ sơ nộp bằng số điện thoại của tôi"), "phone"),
        Choice(_("Nhắc giấy tờ sắp hết hạn"), "expiry"),
        Choice(_("Về đầu"), "menu"),
    )
