"""Journey 2: where is my dossier, for its owner only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers.dossiers import DossiersDown
from handlers.i18n import N_, Translate
from handlers.messages import Choice, Incoming, Reply, State, Turn
from handlers.ports import World
from handlers.progress import dossier_text, title
from knowledge.receipts import BadCode, codes_in, parse
from knowledge.text import fold

WRONG_TRIES, PAUSE_S = 5, 3600  # who was wrong so often within this time waits until it is over
PROVED = 50  # dossiers that a person need not prove again
FACT_DIGITS = 4

PROBLEMS = {
    "no_unit": N_("Mã hồ sơ thiếu phần đầu (mã cơ quan, như H15.50). Bạn gõ đủ như trên giấy hẹn giúp mình."),
    "too_short": N_("Mã hồ sơ chưa đủ, thiếu phần số cuối. Bạn gõ đủ như trên giấy hẹn giúp mình."),
    "bad_date": N_("Phần ngày trong mã hồ sơ không đúng. Bạn xem lại trên giấy hẹn giúp mình."),
    "bad_number": N_("Phần số cuối của mã hồ sơ không đúng. Bạn xem lại trên giấy hẹn giúp mình."),
    "short_form": N_("Đây là mã viết tắt. Bạn gõ đủ mã trên giấy hẹn, ví dụ H15.50-260706-1377."),
    "other_agency": N_(
        "Đây là mã của bảo hiểm xã hội, mình không tra được. Bạn hỏi cơ quan bảo hiểm xã hội."
    ),
    "procedure_code": N_("Đây là mã thủ tục, không phải mã hồ sơ. Mã hồ sơ ghi trên giấy hẹn."),
    "not_a_code": N_("Mình chưa thấy mã hồ sơ. Bạn gõ mã trên giấy hẹn, ví dụ H15.50-260706-1377."),
}


def ask_code(state: State, _: Translate) -> Turn:
    """Asks for the code on the receipt."""
    text = _("Bạn gõ mã hồ sơ trên giấy hẹn, ví dụ H15.50-260706-1377.")
    return Turn((Reply(text, choices=(_menu(_),)),), state)


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if the text holds a code, a broken code, or the fact that a dossier waits for; else None."""
    codes = codes_in(text, incoming.at.date())
    if codes:
        return look_up(codes[0], state, world, incoming, _)
    digits = "".join(c for c in text if c.isdecimal())
    only_digits = digits and not any(c.isalpha() for c in text)
    if state.dossier and only_digits and len(digits) >= FACT_DIGITS:
        return prove(digits[-FACT_DIGITS:], state, world, incoming, _)
    read = parse(text, incoming.at.date())
    if isinstance(read, BadCode) and _is_meant(read, text):
        return Turn((Reply(_(PROBLEMS[read.reason]), choices=(_menu(_),)),), state)
    return None


def _is_meant(read: BadCode, text: str) -> bool:
    """Whether a text without a good code was meant as one; a short form alone may be any two numbers."""
    if read.reason == "short_form":
        return "ho so" in fold(text) or len(text.split()) <= 2
    return read.reason in ("other_agency", "too_short", "bad_date", "bad_number")


def scanned(
    texts: tuple[str, ...], state: State, world: World, incoming: Incoming, _: Translate
) -> Turn | None:
    """A turn if a photographed code is a dossier's; None if the photo holds something else."""
    codes = [code for text in texts for code in codes_in(text, incoming.at.date())]
    return look_up(codes[0], state, world, incoming, _) if codes else None


def look_up(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Shows a dossier that was proved before; else asks for the second fact, also for an unknown code."""
    if code in state.proved:
        return show(code, state, world, incoming, _)
    if _waits(state, incoming.at):
        return _wait(state, _)
    text = _(
        "Hồ sơ {code}. Để người lạ không xem được, bạn cho biết 4 số cuối của số điện thoại "
        "hoặc số căn cước đã khai khi nộp hồ sơ."
    )
    reply = Reply(text.format(code=code), choices=(_menu(_),), asks_contact=True)
    return Turn((reply,), replace(state, dossier=code), "asked")


def prove(digits: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Takes the second fact. An unknown code and a dossier of somebody else get the same words."""
    return _judged(lambda code: world.dossiers.matches(code, digits), state, world, incoming, _)


def prove_by_phone(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Takes the own contact that the channel has checked."""
    return _judged(lambda code: world.dossiers.matches_phone(code, incoming.phone), state, world, incoming, _)


def _judged(
    matches: Callable[[str], bool], state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    code = state.dossier
    try:
        if _waits(state, incoming.at) or world.dossiers.is_locked(code, incoming.at):
            return _wait(state, _)
        if matches(code):
            proved = (code, *(c for c in state.proved if c != code))[:PROVED]
            return show(code, replace(state, proved=proved, dossier="", wrong_tries=()), world, incoming, _)
    except DossiersDown:
        return _down(state, _)
    tries = (*_recent(state, incoming.at), int(incoming.at.timestamp()))
    text = _(
        "Mã hồ sơ và số này không khớp với hồ sơ nào. Bạn xem lại cả hai trên giấy hẹn rồi gõ lại 4 số cuối."
    )
    choices = (Choice(_("Gõ mã khác"), "status"), Choice(_("Gặp cán bộ"), "talk:human"), _menu(_))
    turn = Turn((Reply(text, choices=choices),), replace(state, wrong_tries=tries), "asked")
    return replace(turn, wrong_try=code)


def show(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What is known of a dossier; only for who has proved that it is his."""
    if code not in state.proved:
        return look_up(code, state, world, incoming, _)
    try:
        dossier = world.dossiers.find(code)
    except DossiersDown:
        return _down(state, _)
    if dossier is None:
        return Turn(
            (Reply(_("Hồ sơ này không còn trong danh sách. Bạn hỏi bộ phận một cửa."), choices=(_menu(_),)),),
            state,
        )
    choices = [Choice(_("Xem lại tình trạng"), f"s:{code}")]
    if dossier.procedure in world.catalogue.procedures:
        choices.append(Choice(_("Giấy tờ của thủ tục này"), f"p:{dossier.procedure}"))
    text = dossier_text(dossier, world, incoming.at.date(), _)
    reply = Reply(text, title(dossier, world, _), (*choices, _menu(_)), replaces=True)
    return Turn((reply,), replace(state, dossier=""), "answered")


def _recent(state: State, now: datetime) -> tuple[int, ...]:
    return tuple(at for at in state.wrong_tries if at > now.timestamp() - PAUSE_S)


def _waits(state: State, now: datetime) -> bool:
    return len(_recent(state, now)) >= WRONG_TRIES


def _wait(state: State, _: Translate) -> Turn:
    text = _("Có quá nhiều lần thử không đúng. Bạn đợi một giờ rồi thử lại, hoặc hỏi bộ phận một cửa.")
    return Turn((Reply(text, choices=(Choice(_("Gặp cán bộ"), "talk:human"), _menu(_))),), state, "declined")


def _down(state: State, _: Translate) -> Turn:
    text = _("Hệ thống một cửa không tra được lúc này. Bạn thử lại sau ít phút, hoặc hỏi bộ phận một cửa.")
    return Turn((Reply(text, choices=(Choice(_("Gặp cán bộ"), "talk:human"), _menu(_))),), state, "failed")


def _menu(_: Translate) -> Choice:
    return Choice(_("Về đầu"), "menu")
