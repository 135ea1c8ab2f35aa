"""Journey 3: to be told of changes, and to stop that. Nothing is told to who has not agreed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from handlers.dossiers import status
from handlers.notices import expiry, notice_preferences
from handlers.notices.consent import EXPIRY, FOLLOW, followed_text, question
from handlers.notices.following import MOST, ask_stop, show_all, unreachable, what
from handlers.office import talk
from handlers.turn.effects import Acknowledge, BindPhone, Consent, DropReminder, Effect, Follow, Unfollow
from handlers.turn.i18n import Translate, language_of
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.dossiers.dossier_codes import codes_in
from knowledge.notices.quiet_hours import quiet_hours
from knowledge.text import fold

LINK = "f-"  # how the payload of a deep link to follow begins
ALL = "all"

STOP = frozenset(
    (
        "stop", "dung bao tin", "ngung bao tin", "dung nhan tin", "ngung nhan tin", "dung bao tin cho toi",
        "thoi bao tin", "dung tat ca", "huy bao tin", "huy theo doi", "dung theo doi", "bo theo doi",
        "dung bao nua", "dung nhan nua", "dung gui nua", "dung gui tin nua", "khong nhan tin nua",
        "unsubscribe", "stop all", "stop notices", "stop messages",
    )
)  # fmt: skip
MAYBE_STOP = frozenset(("dung", "dung lai", "ngung", "huy", "thoi"))  # may also mean the talk: asked back
STOP_ONE = re.compile(
    r"\b(stop|dung|ngung|thoi|huy|bo) (bao|bao tin|nhan tin|theo doi|tin)\b|^(stop|dung|ngung) [a-z]?\d"
)
LIST = frozenset(
    (
        "dang theo doi", "toi dang theo doi gi", "ho so dang theo doi", "ho so toi theo doi",
        "danh sach theo doi", "tin bao", "tin bao cua toi", "cai dat tin bao", "cai dat bao tin",
    )
)  # fmt: skip


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if the words are about being told; None otherwise."""
    said = fold(text)
    told = expiry.typed(text, state, world, incoming, _)
    if told:
        return told
    if said in STOP and _is_told(world, incoming):
        return stop("", state, world, incoming, _)
    if said in LIST:
        return show_all(state, world, incoming, _)
    if notice_preferences.WHY.search(said):
        return notice_preferences.why(state, world, incoming, _)
    if said in MAYBE_STOP and _is_told(world, incoming):
        return ask_stop(state, world, incoming, _)
    if STOP_ONE.search(said) or quiet_hours(said, notice_preferences.OFFERED[0]):
        return _refused(text, state, world, incoming, _) if _is_told(world, incoming) else None
    return None


def _refused(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """Notices of one dossier, or at some hours, are not wanted."""
    codes = codes_in(text, incoming.at.date())
    if codes and codes[0] in world.followers.followed(incoming.address):
        return stop(codes[0], state, world, incoming, _)
    return notice_preferences.typed(text, state, world, incoming, _)


def opened(payload: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The link or QR code on a receipt: who holds it may follow, yet sees the dossier by its second fact."""
    code = world.followers.code_of(payload)
    if code is None:
        return status.ask_code(state, _)
    return ask(code, replace(state, invited=_with(state.invited, [code])), world, incoming, _)


def ask(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Asks for the consent, once: who follows something already has given it."""
    if not _may_follow(code, state, world):
        return status.look_up(code, state, world, incoming, _)
    if not world.followers.reaches(incoming.address):
        return unreachable(state, _)
    if world.followers.followed(incoming.address):
        return agree(code, state, world, incoming, _)
    text = question(FOLLOW, _).format(what=what([code], world, _))
    return Turn((Reply(text, choices=_yes_or_no(code, _)),), state, "asked")


def agree(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The person has agreed: what was asked about is followed."""
    codes = [code]
    if code == ALL:
        codes = list(state.invited)
    if not codes or not all(_may_follow(each, state, world) for each in codes):
        return status.ask_code(state, _)
    language = language_of(state.language, incoming.language)
    effects: list[Effect] = [Consent("follow", FOLLOW), *(Follow(each, language) for each in codes)]
    if code == ALL and state.phone:
        effects.append(BindPhone(state.phone, language))
    text = followed_text(what(codes, world, _), world.followers.manners(incoming.address), _)
    choices = (Choice(_("Tin báo của tôi"), "follows"), Choice(_("Về đầu"), "menu"))
    kept = replace(state, invited=tuple(c for c in state.invited if c not in codes), phone="")
    return Turn((Reply(text, choices=choices, replaces=True),), kept, "answered", effects=tuple(effects))


def decline(state: State, world: World, _: Translate) -> Turn:
    """The person does not agree: what was kept for the question is forgotten."""
    return talk.greeting(replace(state, invited=(), phone=""), world, _)


def stop(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Stops at once, one or all; a button takes it back."""
    followed = world.followers.followed(incoming.address)
    gone = [each for each in followed if code in ("", each)]
    text = _("Đã dừng. Mình không tự nhắn cho bạn nữa.")
    if code:
        text = _("Đã dừng báo tin về {what}.").format(what=what([code], world, _))
    effects: list[Effect] = [Unfollow(code)]
    if len(gone) == len(followed):
        effects.append(Consent("follow", FOLLOW, given=False))
    if not code and world.followers.reminders(incoming.address):
        effects.append(Consent("expiry", EXPIRY, given=False))
    kept = replace(state, invited=_with(state.invited, gone), phone="")
    choices = (*_again(gone[:MOST], world, _), Choice(_("Về đầu"), "menu"))
    return Turn((Reply(text, choices=choices),), kept, "answered", effects=tuple(effects))


def _again(codes: Iterable[str], world: World, _: Translate) -> Iterable[Choice]:
    label = _("Báo tin lại: {what}")
    return (Choice(label.format(what=what([code], world, _)), f"follow:{code}") for code in codes)


def ask_phone(state: State, _: Translate) -> Turn:
    """Asks for the own number, for what was filed at the desk with it."""
    text = _(
        "Bạn đã cho số điện thoại khi nộp hồ sơ tại quầy? Bấm nút gửi số của bạn, "
        "mình tìm các hồ sơ quầy đã ghi cho số đó."
    )
    reply = Reply(text, choices=(Choice(_("Về đầu"), "menu"),), asks_contact=_("Gửi số điện thoại của tôi"))
    return Turn((reply,), replace(state, dossier=""), "asked")


def contact(state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """The own number was shared: offers the dossiers that the desk noted for it; None if that is no use."""
    if not incoming.phone or not world.followers.reaches(incoming.address):
        return None
    found = world.followers.waiting_for(incoming.phone)
    codes = [code for code in found if code not in world.followers.followed(incoming.address)]
    if not codes:
        none = _(
            "Quầy chưa ghi hồ sơ nào khác cho số này; mình không giữ số lại. Bạn gõ mã hồ sơ để tra cứu."
        )
        return Turn((Reply(none, choices=(Choice(_("Về đầu"), "menu"),)),), state, "answered")
    text = question(FOLLOW, _).format(what=what(codes, world, _))
    kept = replace(state, invited=tuple(codes), phone=incoming.phone)
    return Turn((Reply(text, choices=_yes_or_no(ALL, _)),), kept, "asked")


def forget(number: int, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Ends one reminder of a paper."""
    left = [paper for paper in world.followers.reminders(incoming.address) if paper.number != number]
    over = () if left else (Consent("expiry", EXPIRY, given=False),)
    reply = Reply(_("Đã bỏ nhắc."), choices=(Choice(_("Tin báo của tôi"), "follows"),), replaces=True)
    return Turn((reply,), state, "answered", effects=(DropReminder(number), *over))


def read(number: int, state: State, _: Translate) -> Turn:
    """The person says that a notice was read."""
    reply = Reply(_("Cảm ơn bạn đã báo."), choices=(Choice(_("Về đầu"), "menu"),))
    return Turn((reply,), state, effects=(Acknowledge(number),))


def actions(
    state: State, world: World, incoming: Incoming, _: Translate
) -> dict[tuple[str, int], Callable[..., Turn]]:
    """The buttons of this journey, for the router."""
    here = (state, world, incoming, _)
    return {
        ("follow", 1): lambda code: ask(code, *here),
        ("follow", 2): lambda code, _yes: agree(code, *here),
        ("decline", 0): lambda: decline(state, world, _),
        ("follows", 0): lambda: show_all(*here),
        ("stop", 0): lambda: stop("", *here),
        ("stop", 1): lambda code: stop(code, *here),
        ("got", 1): lambda number: read(int(number), state, _),
        ("forget", 1): lambda number: forget(int(number), *here),
        ("phone", 0): lambda: ask_phone(state, _),
        ("why", 0): lambda: notice_preferences.why(*here),
        ("quiet", 0): lambda: notice_preferences.ask_quiet(*here),
        ("quiet", 1): lambda hours: notice_preferences.set_quiet(notice_preferences.hours_of(hours), *here),
        ("detailed", 1): lambda on: notice_preferences.set_detailed(on == "1", state, _),
        ("expiry", 0): lambda: expiry.ask_kind(*here),
        ("expiry", 1): lambda kind: expiry.ask_day(kind, *here),
        ("expiry", 2): lambda kind, day: expiry.agree(kind, day, *here),
    }


def _is_told(world: World, incoming: Incoming) -> bool:
    followers, address = world.followers, incoming.address
    return bool(followers.followed(address) or followers.reminders(address))


def _may_follow(code: str, state: State, world: World) -> bool:
    """Who has proved a dossier, or holds its receipt; anybody may follow a list of papers."""
    return code in (*state.proved, *state.invited) or code in world.catalogue.procedures


def _yes_or_no(code: str, _: Translate) -> tuple[Choice, ...]:
    return (Choice(_("Đồng ý, báo tin cho tôi"), f"follow:{code}:yes"), Choice(_("Không, cảm ơn"), "decline"))


def _with(codes: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*more, *codes)))[: status.PROVED]
