"""Journey 2: where is my dossier, for its owner only."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers.dossiers.progress import dossier_text, is_to_fetch, title
from handlers.notices import following
from handlers.procedures.resume import going_on
from handlers.turn.dossiers import Dossier, DossiersDown
from handlers.turn.i18n import N_, Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn
from handlers.turn.ports import World
from knowledge.dossiers.dossier_codes import BadCode, codes_in, parse
from knowledge.text import fold

WRONG_TRIES, PAUSE_S = 5, 3600  # who was wrong so often within this time waits until it is over
PROVED = 50  # dossiers that a person need not prove again
FACT_DIGITS = 4
# "tới đâu rồi" asks for a state; "nộp hồ sơ tới đâu" asks for an address
ASKS_WHERE = re.compile(r"\bho so\b.*\b((toi|den) (dau|khau nao) (roi|r|vay)|(ra )?sao roi|xong chua)\b")

PROBLEMS = {
    "no_unit": N_("Mã hồ sơ thiếu phần đầu (mã cơ quan, như H15.50). Bạn gõ đủ như trên giấy hẹn giúp mình."),
    "too_short": N_("Mã hồ sơ chưa đủ, thiếu phần số cuối. Bạn gõ đủ như trên giấy hẹn giúp mình."),
    "bad_date": N_("Phần ngày trong mã hồ sơ không đúng. Bạn xem lại trên giấy hẹn giúp mình."),
    "bad_number": N_("Phần số cuối của mã hồ sơ không đúng. Bạn xem lại trên giấy hẹn giúp mình."),
    "short_form": N_(
        "Đây là mã viết tắt của hồ sơ số {number}, nhận ngày {day}. Bạn nộp ở cơ quan nào, tháng nào? "
        "Bạn gõ đủ mã trên giấy hẹn, ví dụ H15.50-260706-1377."
    ),
    "other_agency": N_(
        "Đây là mã của bảo hiểm xã hội, mình không tra được. Bạn hỏi cơ quan bảo hiểm xã hội."
    ),
    "procedure_code": N_("Đây là mã thủ tục, không phải mã hồ sơ. Mã hồ sơ ghi trên giấy hẹn."),
    "not_a_code": N_("Mình chưa thấy mã hồ sơ. Bạn gõ mã trên giấy hẹn, ví dụ H15.50-260706-1377."),
}


def ask_code(state: State, _: Translate) -> Turn:
    """Asks for the code on the receipt."""
    text = _(
        "Bạn gõ mã hồ sơ trên giấy hẹn, ví dụ H15.50-260706-1377, hoặc gửi ảnh chụp sát mã QR của giấy hẹn."
    )
    return Turn((Reply(text, choices=(_menu(_),)),), state)


def typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if the text is about a dossier: its code, a broken one, its second fact; else None."""
    turn = _typed(text, state, world, incoming, _)
    return turn and going_on(turn, state, world, _)


def _typed(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    codes = codes_in(text, incoming.at.date())
    if codes:
        return look_up(codes[0], state, world, incoming, _)
    read = parse(text, incoming.at.date())
    digits = "".join(c for c in text if c.isdecimal())
    only_digits = digits and not any(c.isalpha() for c in text)
    is_other = isinstance(read, BadCode) and read.reason in ("short_form", "no_unit", "other_agency")
    if state.dossier and only_digits and len(digits) >= FACT_DIGITS and not is_other:
        return prove(digits[-FACT_DIGITS:], state, world, incoming, _)
    if isinstance(read, BadCode) and _is_meant(read, text):
        return _unclear(read, state, world, incoming, _)
    return ask_code(state, _) if ASKS_WHERE.search(fold(text)) else None


def aside(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if the text, an answer to something else, holds a whole code or is the fact waited for."""
    is_fact = state.dossier and len(text) == FACT_DIGITS and text.isdecimal()
    return _typed(text, state, world, incoming, _) if is_fact or codes_in(text, incoming.at.date()) else None


def _unclear(read: BadCode, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What is wrong with a code; a short form that only one dossier of the person has is that one."""
    end = f"{read.day_of_month:02}-{read.number}" if read.day_of_month else "?"
    own = [code for code in state.proved if code.endswith(end)]
    if len(own) == 1:
        return show(own[0], state, world, incoming, _)
    text = _(PROBLEMS[read.reason]).format(day=read.day_of_month, number=read.number)
    return Turn((Reply(text, choices=(_menu(_),)),), state)


def _is_meant(read: BadCode, text: str) -> bool:
    """Whether a text without a good code was meant as one; a short form alone may be any two numbers."""
    if read.reason == "short_form":
        return "ho so" in fold(text) or len(text.split()) <= 2
    return read.reason in ("other_agency", "no_unit", "too_short", "bad_date", "bad_number")


def scanned(state: State, world: World, incoming: Incoming, _: Translate) -> Turn | None:
    """A turn if a photographed code is a dossier's; None if the photo holds something else."""
    codes = [code for text in incoming.scanned for code in codes_in(text, incoming.at.date())]
    return going_on(look_up(codes[0], state, world, incoming, _), state, world, _) if codes else None


def look_up(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Shows a dossier that was proved before; else asks for the second fact, also for an unknown code."""
    if code in state.proved:
        return show(code, state, world, incoming, _)
    if waits(state, incoming.at):
        return wait(state, _)
    try:
        seen = world.dossiers.glimpse(code, incoming.at)
    except DossiersDown:
        return _down(state, _)
    if seen:
        return _opened(seen, state, world, incoming, _)
    text = _(
        "Hồ sơ {code}. Để người lạ không xem được, bạn cho biết 4 số cuối của số điện thoại "
        "hoặc số căn cước đã khai khi nộp hồ sơ."
    )
    reply = Reply(text.format(code=code), choices=(_menu(_),), asks_contact=_share(_))
    return Turn((reply,), replace(state, dossier=code), "asked")


def _opened(seen: Dossier, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What the office opens to a bare code. Who looks at one after the other counts as guessing."""
    again = seen.code == state.dossier
    tries = recent(state, incoming.at) + (() if again else (int(incoming.at.timestamp()),))
    ask = _("Để xem ngày hẹn và những điều khác, bạn cho biết 4 số cuối của số điện thoại "
            "hoặc số căn cước đã khai khi nộp hồ sơ.")  # fmt: skip
    text = f"{dossier_text(seen, world, incoming.at.date(), _)}\n\n{ask}"
    reply = Reply(text, title(seen, world, _), (_menu(_),), asks_contact=_share(_))
    return Turn((reply,), replace(state, dossier=seen.code, wrong_tries=tries), "answered")


def prove(digits: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Takes the second fact. An unknown code and a dossier of somebody else get the same words."""
    return _judged(lambda code: world.dossiers.matches(code, digits), state, world, incoming, _)


def prove_by_phone(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Takes the own contact that the channel has checked; one of somebody else proves nothing."""
    if not incoming.phone:
        return _not_own_phone(state, _)
    fits = _judged(lambda code: world.dossiers.matches_phone(code, incoming.phone), state, world, incoming, _)
    return going_on(fits, state, world, _)


def _not_own_phone(state: State, _: Translate) -> Turn:
    text = _(
        "Đây không phải số của tài khoản bạn đang dùng, nên mình không dùng được. "
        "Bạn bấm nút gửi số của bạn, hoặc gõ 4 số cuối đã khai khi nộp hồ sơ."
    )
    reply = Reply(text, choices=(_menu(_),), asks_contact=_share(_))
    return Turn((reply,), state, "asked")


def _judged(
    matches: Callable[[str], bool], state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    code = state.dossier
    try:
        if waits(state, incoming.at) or world.dossiers.is_locked(code, incoming.at):
            return wait(state, _)
        if matches(code):
            proved = (code, *(c for c in state.proved if c != code))[:PROVED]
            return show(code, replace(state, proved=proved, dossier="", wrong_tries=()), world, incoming, _)
    except DossiersDown:
        return _down(state, _)
    tries = (*recent(state, incoming.at), int(incoming.at.timestamp()))
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
    if is_to_fetch(dossier):
        choices.append(Choice(_("Giờ làm việc"), "talk:hours"))
    choices += following.offer(code, world, incoming.address, _)
    if dossier.procedure in world.catalogue.procedures:
        choices.append(Choice(_("Giấy tờ của thủ tục này"), f"p:{dossier.procedure}"))
    text = dossier_text(dossier, world, incoming.at.date(), _)
    reply = Reply(text, title(dossier, world, _), (*choices, _menu(_)), replaces=True)
    return Turn((reply,), replace(state, dossier=""), "answered")


def recent(state: State, now: datetime) -> tuple[int, ...]:
    """The wrong tries of this person that still count."""
    return tuple(at for at in state.wrong_tries if at > now.timestamp() - PAUSE_S)


def waits(state: State, now: datetime) -> bool:
    """Whether this person was wrong too often within the hour."""
    return len(recent(state, now)) >= WRONG_TRIES


def wait(state: State, _: Translate) -> Turn:
    """Says so."""
    text = _("Có quá nhiều lần thử không đúng. Bạn đợi một giờ rồi thử lại, hoặc hỏi bộ phận một cửa.")
    return Turn((Reply(text, choices=(Choice(_("Gặp cán bộ"), "talk:human"), _menu(_))),), state, "declined")


def _down(state: State, _: Translate) -> Turn:
    text = _("Hệ thống một cửa không tra được lúc này. Bạn thử lại sau ít phút, hoặc hỏi bộ phận một cửa.")
    return Turn((Reply(text, choices=(Choice(_("Gặp cán bộ"), "talk:human"), _menu(_))),), state, "failed")


def _share(_: Translate) -> str:
    return _("Gửi số điện thoại của tôi")


def _menu(_: Translate) -> Choice:
    return Choice(_("Về đầu"), "menu")
