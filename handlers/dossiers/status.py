"""Journey 2: where is my dossier, for its owner only."""

import re
from collections.abc import Callable
from dataclasses import replace

from handlers.dossiers.codes import problem_text
from handlers.dossiers.progress import dossier_text, is_to_fetch, title
from handlers.office.small_talk import ask_dossier
from handlers.ports.dossiers import FACTOR_DIGITS, Dossier, DossiersDown
from handlers.turn import following, guessing
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import SecondFactorAsked, interrupted
from handlers.turn.shared import AskDossier, OpenProcedure, ShowDossier, SmallTalk, menu_choice
from handlers.turn.words import ASKS_WHERE
from knowledge.dossiers.dossier_codes import BadCode, codes_in, parse
from knowledge.text import fold

# A whole code as people write it: its last four digits are no second fact.
CODE_LIKE = re.compile(r"[A-Za-z]\d{2}\.?\s*-?\s*\d{2}\s*-?\s*\d{6}\s*-?\s*\d{1,6}")
SAYS_FACTOR = re.compile(
    r"\b((so|bon so|4 so) (cuoi|duoi)|duoi (so|sdt|dt|dien thoai)|cuoi|duoi|bon so|4 so|sdt|so dien thoai"
    r"|so can cuoc|last (four|4) digits|last digits)\b"
)
PROVED = 50  # dossiers that a person need not prove again

ask_code = ask_dossier  # no dossier is looked at: every office says it


def typed(text: str, ctx: Context) -> Turn | None:
    """A turn if the text is about a dossier: its code, a broken one, its second fact; else None."""
    codes = codes_in(text, ctx.today)
    if codes:
        return _with_factor(text, look_up(codes[0], ctx), ctx)
    read = parse(text, ctx.today)
    digits = "".join(c for c in text if c.isdecimal())
    is_other = isinstance(read, BadCode) and read.reason in ("short_form", "no_unit", "other_agency")
    if _waits_for_factor(ctx) and _is_number(text) and len(digits) >= FACTOR_DIGITS and not is_other:
        return prove(digits[-FACTOR_DIGITS:], ctx)
    if _waits_for_factor(ctx) and not is_other and (said := _factor_in(text)):
        return prove(said, ctx)
    if isinstance(read, BadCode) and _is_meant(read, text):
        return _unclear(read, ctx)
    return ask_code(ctx) if ASKS_WHERE.search(fold(text)) else None


def _with_factor(text: str, turn: Turn, ctx: Context) -> Turn:
    """The second fact may stand in the same message as the code."""
    pending = turn.state.pending
    if not isinstance(pending, SecondFactorAsked):
        return turn
    said = _factor_in(text)
    return prove(said, ctx.after(turn)) if said else turn


def _factor_in(text: str) -> str:
    """The number that a sentence says is the second fact; empty if it says none, or several.

    A year in a story is no guess: the sentence has to say that these are the last digits of something.
    """
    if not SAYS_FACTOR.search(fold(text)):
        return ""
    found = re.findall(rf"(?<![\d.-])\d{{{FACTOR_DIGITS}}}(?![\d.-])", _without_codes(text))
    return found[0] if len(found) == 1 else ""


def _without_codes(text: str) -> str:
    return CODE_LIKE.sub(" ", text)


def interjection(text: str, ctx: Context) -> Turn | None:
    """A turn if the text, an answer to something else, holds a whole code or is the fact waited for."""
    is_factor = len(text) == FACTOR_DIGITS and text.isdecimal()
    return typed(text, ctx) if is_factor or codes_in(text, ctx.today) else None


def scanned(ctx: Context) -> Turn | None:
    """A turn if a photographed code is a dossier's; None if the photo holds something else."""
    codes = [code for text in ctx.incoming.scanned for code in codes_in(text, ctx.today)]
    return look_up(codes[0], ctx) if codes else None


def look_up(code: str, ctx: Context) -> Turn:
    """Shows a dossier that was proved before; else asks for the second fact, also for an unknown code."""
    if code in ctx.state.proved:
        return show(code, ctx)
    if guessing.waits(ctx):
        return guessing.wait(ctx)
    try:
        seen = ctx.world.dossiers.glimpse(code, ctx.incoming.at)
    except DossiersDown:
        return _down(ctx)
    if seen:
        return _glimpsed(seen, ctx)
    text = ctx.tr(
        "Hồ sơ {code}. Để người lạ không xem được, bạn cho biết {digits} số cuối của số điện thoại "
        "hoặc số căn cước đã khai khi nộp hồ sơ."
    )
    return _asking(text.format(code=code, digits=FACTOR_DIGITS), code, ctx)


def prove(digits: str, ctx: Context) -> Turn:
    """Takes the second fact. An unknown code and a dossier of somebody else get the same words."""
    return _judged(lambda code: ctx.world.dossiers.matches(code, digits), ctx)


def prove_by_phone(ctx: Context) -> Turn:
    """Takes the own contact that the channel has checked; one of somebody else proves nothing."""
    phone = ctx.incoming.phone
    if phone:
        return _judged(lambda code: ctx.world.dossiers.matches_phone(code, phone), ctx)
    text = ctx.tr(
        "Đây không phải số của tài khoản bạn đang dùng, nên mình không dùng được. "
        "Bạn bấm nút gửi số của bạn, hoặc gõ {digits} số cuối đã khai khi nộp hồ sơ."
    ).format(digits=FACTOR_DIGITS)
    return ctx.turn(_with_contact(Reply(text), ctx), outcome="asked")


def show(code: str, ctx: Context) -> Turn:
    """What is known of a dossier; only for who has proved that it is his."""
    if code not in ctx.state.proved:
        return look_up(code, ctx)
    try:
        dossier = ctx.world.dossiers.find(code)
    except DossiersDown:
        return _down(ctx)
    if dossier is None:
        gone = ctx.tr("Hồ sơ này không còn trong danh sách. Bạn hỏi bộ phận một cửa.")
        return ctx.turn(Reply(gone, choices=(menu_choice(ctx.tr),)))
    text = dossier_text(dossier, ctx)
    reply = Reply(text, title(dossier, ctx.world, ctx.tr), ways_on(dossier, ctx), replaces=True)
    return ctx.with_state(pending=None, dossier=code).turn(reply, outcome="answered")


def ways_on(dossier: Dossier, ctx: Context) -> tuple[Choice, ...]:
    """What can be done next with a dossier."""
    tr = ctx.tr
    choices = [Choice(tr("Xem lại tình trạng"), ShowDossier(dossier.code))]
    if is_to_fetch(dossier):
        choices.append(Choice(tr("Giờ làm việc"), SmallTalk("hours")))
    choices += following.offer(dossier.code, ctx)
    if dossier.procedure in ctx.world.catalogue.procedures:
        choices.append(Choice(tr("Giấy tờ của thủ tục này"), OpenProcedure(dossier.procedure)))
    return (*choices, menu_choice(tr))


def _waits_for_factor(ctx: Context) -> bool:
    return isinstance(ctx.state.pending, SecondFactorAsked)


def _is_number(text: str) -> bool:
    return not any(c.isalpha() for c in text)


def _unclear(read: BadCode, ctx: Context) -> Turn:
    """What is wrong with a code; a short form that only one dossier of the person has is that one."""
    end = f"{read.day_of_month:02}-{read.number}" if read.day_of_month else "?"
    own = [code for code in ctx.state.proved if code.endswith(end)]
    if len(own) == 1:
        return show(own[0], ctx)
    return ctx.turn(Reply(problem_text(read, ctx.tr), choices=(menu_choice(ctx.tr),)))


def _is_meant(read: BadCode, text: str) -> bool:
    """Whether a text without a good code was meant as one; a short form alone may be any two numbers."""
    if read.reason == "short_form":
        return "ho so" in fold(text) or len(text.split()) <= 2
    return read.reason in ("other_agency", "no_unit", "too_short", "bad_date", "bad_number")


def _glimpsed(seen: Dossier, ctx: Context) -> Turn:
    """What the office opens to a bare code. Who looks at one after the other counts as guessing."""
    pending = ctx.state.pending
    is_same = isinstance(pending, SecondFactorAsked) and pending.dossier == seen.code
    tries = guessing.recent(ctx.state, ctx.incoming.at) if is_same else guessing.with_try(ctx)
    ask = ctx.tr(
        "Để xem ngày hẹn và những điều khác, bạn cho biết {digits} số cuối của số điện thoại "
        "hoặc số căn cước đã khai khi nộp hồ sơ."
    ).format(digits=FACTOR_DIGITS)
    turn = _asking(f"{dossier_text(seen, ctx)}\n\n{ask}", seen.code, ctx.with_state(wrong_tries=tries))
    headed = replace(turn.replies[0], title=title(seen, ctx.world, ctx.tr))
    return replace(turn, replies=(headed,), outcome="answered")


def _asking(text: str, code: str, ctx: Context) -> Turn:
    """Asks for the second fact of that dossier."""
    waiting = SecondFactorAsked(code, interrupted(ctx.state.pending))
    return ctx.with_state(pending=waiting).turn(_with_contact(Reply(text), ctx), outcome="asked")


def _judged(matches: Callable[[str], bool], ctx: Context) -> Turn:
    """Tries a second fact on the dossier that waits for one."""
    waiting, at = ctx.state.pending, ctx.incoming.at
    if not isinstance(waiting, SecondFactorAsked):
        return ask_code(ctx)
    code = waiting.dossier
    try:
        if guessing.waits(ctx) or ctx.world.dossiers.is_locked(code, at):
            return guessing.wait(ctx)
        if matches(code):
            proved = (code, *(c for c in ctx.state.proved if c != code))[:PROVED]
            return show(code, ctx.with_state(proved=proved, wrong_tries=()))
    except DossiersDown:
        return _down(ctx)
    return _mismatch(code, ctx.with_state(wrong_tries=guessing.with_try(ctx)))


def _mismatch(code: str, ctx: Context) -> Turn:
    tr = ctx.tr
    text = tr(
        "Mã hồ sơ và số này không khớp với hồ sơ nào. "
        "Bạn xem lại cả hai trên giấy hẹn rồi gõ lại {digits} số cuối."
    ).format(digits=FACTOR_DIGITS)
    choices = (Choice(tr("Gõ mã khác"), AskDossier()), _human(ctx), menu_choice(tr))
    return ctx.turn(Reply(text, choices=choices), outcome="asked", wrong_try=code)


def _down(ctx: Context) -> Turn:
    text = ctx.tr(
        "Hệ thống một cửa không tra được lúc này. Bạn thử lại sau ít phút, hoặc hỏi bộ phận một cửa."
    )
    return ctx.turn(Reply(text, choices=(_human(ctx), menu_choice(ctx.tr))), outcome="failed")


def _with_contact(reply: Reply, ctx: Context) -> Reply:
    """With the way to the beginning, and a button that shares the own number."""
    return replace(reply, choices=(menu_choice(ctx.tr),), asks_contact=ctx.tr("Gửi số điện thoại của tôi"))


def _human(ctx: Context) -> Choice:
    return Choice(ctx.tr("Gặp cán bộ"), SmallTalk("human"))
