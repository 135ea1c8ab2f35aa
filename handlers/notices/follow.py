"""Journey 3: to be told of changes, and to stop that. Nothing is told to who has not agreed."""

from collections.abc import Iterable, Sequence

from handlers.dossiers import status
from handlers.notices import expiry, notice_preferences
from handlers.notices.actions import AgreeFollow, Decline, MyNotices
from handlers.notices.consent import EXPIRY, FOLLOW, followed_text, pace_text, question
from handlers.notices.following import MOST, ask_stop, show_all, unreachable, what
from handlers.office.greeting import greeting
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Acknowledge, BindPhone, Consent, DropReminder, Effect, Follow, Unfollow
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm
from handlers.turn.shared import AskFollow, menu_choice
from handlers.turn.words import FOLLOWED, MAYBE_STOP, STOP, STOP_ONE, WHY_NOT_TOLD
from knowledge.dossiers.dossier_codes import codes_in
from knowledge.text import fold

LINK = "f-"  # how the payload of a deep link to follow begins
ALL = "all"


def typed(text: str, ctx: Context) -> Turn | None:
    """A turn if the words are about being told; None otherwise."""
    said = fold(text)
    reminded = expiry.typed(text, ctx)
    if reminded:
        return reminded
    if said in FOLLOWED:
        return show_all(ctx)
    if WHY_NOT_TOLD.search(said):
        return notice_preferences.why(ctx)
    return _refused(text, said, ctx)


def is_told(ctx: Context) -> bool:
    """Whether this person is told of anything."""
    followers = ctx.world.followers
    return bool(followers.followed(ctx.person) or followers.reminders(ctx.person))


def _refused(text: str, said: str, ctx: Context) -> Turn | None:
    """Notices are not wanted by who gets some: any, of one dossier, or at some hours."""
    is_one = bool(STOP_ONE.search(said) or notice_preferences.wanted(said))
    if not (said in STOP or said in MAYBE_STOP or is_one) or not is_told(ctx):
        return None
    if said in STOP:
        return stop((), ctx)
    if said in MAYBE_STOP:
        return ask_stop(ctx)
    followed = ctx.world.followers.followed(ctx.person)
    named = [code for code in codes_in(text, ctx.today) if code in followed]
    return stop(named, ctx) if named else notice_preferences.typed(text, ctx)


def opened(payload: str, ctx: Context) -> Turn:
    """The link or QR code on a receipt: who holds it may follow, yet sees the dossier by its second fact."""
    code = ctx.world.followers.code_of(payload)
    return status.ask_code(ctx) if code is None else ask(code, invited(payload, ctx))


def invited(payload: str, ctx: Context) -> Context:
    """With leave to follow what the link is of."""
    code = ctx.world.followers.code_of(payload)
    return ctx.with_state(invited=_with(ctx.state.invited, [code])) if code else ctx


def ask(code: str, ctx: Context) -> Turn:
    """Asks for the consent, each time: to open a link says nothing yet."""
    if not _may_follow(code, ctx):
        return status.look_up(code, ctx)
    if not ctx.world.followers.reaches(ctx.person):
        return unreachable(ctx)
    return _ask_consent(code, [code], ctx)


def agree(code: str, ctx: Context) -> Turn:
    """The person has agreed: what was asked about is followed."""
    state, tr = ctx.state, ctx.tr
    codes = list(state.invited) if code == ALL else [code]
    if not codes or not all(_may_follow(each, ctx) for each in codes):
        return status.ask_code(ctx)
    is_own = code == ALL and bool(state.phone)  # noted at the desk, and checked by the channel
    effects: list[Effect] = [
        Consent("follow", FOLLOW),
        *(Follow(each, tr.language, is_own or each in state.proved) for each in codes),
    ]
    if code == ALL and state.phone:
        effects.append(BindPhone(state.phone, tr.language))
    manners = ctx.world.followers.manners(ctx.person)
    text = followed_text(what(codes, ctx.world, tr), manners, _asks_every(codes, ctx), tr)
    ways = (Choice(tr("Tin báo của tôi"), MyNotices()), menu_choice(tr))
    reply = Reply(text, choices=ways, replaces=True, unasked=True)
    left = tuple(c for c in state.invited if c not in codes)
    over = ctx.with_state(invited=left, phone="", pending=None)
    return over.turn(reply, outcome="answered", effects=tuple(effects))


def decline(ctx: Context) -> Turn:
    """The person does not agree: what was kept for the question is forgotten."""
    return greeting(ctx.with_state(invited=(), phone=""))


def stop(codes: Sequence[str], ctx: Context) -> Turn:
    """Stops these at once, or all if none is named; a button takes it back."""
    followed = ctx.world.followers.followed(ctx.person)
    gone = [each for each in followed if not codes or each in codes]
    text = ctx.tr("Đã dừng. Mình không tự nhắn cho bạn nữa.")
    if codes:
        text = ctx.tr("Đã dừng báo tin về {what}.").format(what=what(codes, ctx.world, ctx.tr))
    effects: list[Effect] = [Unfollow(code) for code in codes or ("",)]
    if len(gone) == len(followed):
        effects.append(Consent("follow", FOLLOW, given=False))
    if not codes and ctx.world.followers.reminders(ctx.person):
        effects.append(Consent("expiry", EXPIRY, given=False))
    reply = Reply(text, choices=(*again(gone[:MOST], ctx), menu_choice(ctx.tr)))
    stopped = ctx.with_state(invited=_with(ctx.state.invited, gone), phone="")
    return stopped.turn(reply, outcome="answered", effects=tuple(effects))


def again(codes: Iterable[str], ctx: Context) -> Iterable[Choice]:
    """Buttons to be told of these once more; the consent is asked for first."""
    label = ctx.tr("Báo tin lại: {what}")
    return (Choice(label.format(what=what([code], ctx.world, ctx.tr)), AskFollow(code)) for code in codes)


def ask_phone(ctx: Context) -> Turn:
    """Asks for the own number, for what was filed at the desk with it."""
    text = ctx.tr(
        "Bạn đã cho số điện thoại khi nộp hồ sơ tại quầy? Bấm nút gửi số của bạn, "
        "mình tìm các hồ sơ quầy đã ghi cho số đó."
    )
    share = ctx.tr("Gửi số điện thoại của tôi")
    reply = Reply(text, choices=(menu_choice(ctx.tr),), asks_contact=share)
    return ctx.with_state(pending=None).turn(reply, outcome="asked")  # else it would prove a dossier


def contact(ctx: Context) -> Turn | None:
    """The own number was shared: offers the dossiers that the desk noted for it; None if that is no use."""
    followers, phone = ctx.world.followers, ctx.incoming.phone
    if not phone or not followers.reaches(ctx.person):
        return None
    codes = [code for code in followers.waiting_for(phone) if code not in followers.followed(ctx.person)]
    if codes:
        return _ask_consent(ALL, codes, ctx.with_state(invited=tuple(codes), phone=phone))
    none = ctx.tr(
        "Quầy chưa ghi hồ sơ nào khác cho số này; mình không giữ số lại. Bạn gõ mã hồ sơ để tra cứu."
    )
    return ctx.turn(Reply(none, choices=(menu_choice(ctx.tr),)), outcome="answered")


def forget(number: int, ctx: Context) -> Turn:
    """Ends one reminder of a paper."""
    left = [paper for paper in ctx.world.followers.reminders(ctx.person) if paper.number != number]
    over = () if left else (Consent("expiry", EXPIRY, given=False),)
    mine = Choice(ctx.tr("Tin báo của tôi"), MyNotices())
    reply = Reply(ctx.tr("Đã bỏ nhắc."), choices=(mine,), replaces=True)
    return ctx.turn(reply, outcome="answered", effects=(DropReminder(number), *over))


def read(number: int, ctx: Context) -> Turn:
    """The person says that a notice was read."""
    reply = Reply(ctx.tr("Cảm ơn bạn đã báo."), choices=(menu_choice(ctx.tr),))
    return ctx.turn(reply, effects=(Acknowledge(number),))


def _ask_consent(code: str, codes: Iterable[str], ctx: Context) -> Turn:
    asked = question(FOLLOW, ctx.tr).format(what=what(codes, ctx.world, ctx.tr))
    # who cannot be told in time has to know that before agreeing
    never = pace_text(0, ctx.tr) if _asks_every(codes, ctx) == 0 else ""
    text = f"{never}\n{asked}" if never else asked
    yes = Choice(ctx.tr("Đồng ý, báo tin cho tôi"), AgreeFollow(code))
    no = Choice(ctx.tr("Không, cảm ơn"), Decline())
    asking = ctx.with_state(pending=Confirm(yes.value, no.value))
    return asking.turn(Reply(text, choices=(yes, no), unasked=True), outcome="asked")


def _asks_every(codes: Iterable[str], ctx: Context) -> int | None:
    """As of the world for dossiers; changed lists of papers are told by themselves."""
    is_list = all(code in ctx.world.catalogue.procedures for code in codes)
    return None if is_list else ctx.world.asks_every


def _may_follow(code: str, ctx: Context) -> bool:
    """Who has proved a dossier, or holds its receipt; anybody may follow a list of papers."""
    return code in (*ctx.state.proved, *ctx.state.invited) or code in ctx.world.catalogue.procedures


def _with(codes: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*more, *codes)))[: status.PROVED]
