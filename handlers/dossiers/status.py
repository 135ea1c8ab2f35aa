"""Journey 2: where is my dossier, for its owner only."""

from dataclasses import replace

from handlers.dossiers import shared_computer
from handlers.dossiers.codes import problem_text
from handlers.dossiers.payment import payment_code
from handlers.dossiers.progress import asks_desk, dossier_blocks, is_closed, is_to_fetch, title
from handlers.office.small_talk import ask_dossier
from handlers.ports.dossiers import FACTOR_DIGITS, Dossier, DossiersDown
from handlers.ports.guesses import Verdict
from handlers.turn import following, guessing
from handlers.turn.blocks import Text
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.effects import Guessed, Proved
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import SecondFactorAsked, interrupted
from handlers.turn.shared import AskDossier, OpenProcedure, ShowDossier, SmallTalk, human_choice, menu_choice
from handlers.turn.words import ASKS_WHERE
from knowledge.dossiers import statuses
from knowledge.dossiers.dossier_codes import BadCode, codes_in, parse
from knowledge.dossiers.guesses import WHOLE
from knowledge.dossiers.second_factor import LONGEST, said_in
from knowledge.text import fold

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
        return prove(digits, ctx)
    if _waits_for_factor(ctx) and not is_other and (said := said_in(text)):
        return prove(said, ctx)
    if isinstance(read, BadCode) and _is_meant(read, text):
        return _unclear(read, ctx)
    return ask_code(ctx) if ASKS_WHERE.search(fold(text)) else None


def _with_factor(text: str, turn: Turn, ctx: Context) -> Turn:
    """The second fact may stand in the same message as the code."""
    pending = turn.state.pending
    if not isinstance(pending, SecondFactorAsked):
        return turn
    said = said_in(text)
    return prove(said, ctx.after(turn)) if said else turn


def interjection(text: str, ctx: Context) -> Turn | None:
    """A turn if the text, an answer to something else, holds a whole code or is the fact waited for."""
    pending = ctx.state.pending
    asked = pending.digits if isinstance(pending, SecondFactorAsked) else 0
    is_factor = asked and text.isdecimal() and (len(text) == asked or asked == WHOLE <= len(text) <= LONGEST)
    return typed(text, ctx) if is_factor or codes_in(text, ctx.today) else None


def scanned(ctx: Context) -> Turn | None:
    """A turn if a photographed code is a dossier's; None if the photo holds something else."""
    codes = [code for text in ctx.incoming.scanned for code in codes_in(text, ctx.today)]
    return look_up(codes[0], ctx) if codes else None


def look_up(code: str, ctx: Context) -> Turn:
    """Shows a dossier that was proved before; else asks for the second fact, also for an unknown code."""
    if code in ctx.state.proved:
        return show(code, ctx)
    verdict = guessing.verdict(code, ctx)
    if verdict.wait_hours:
        return _asking(guessing.wait(verdict.wait_hours, ctx), code, verdict, ctx)
    try:
        seen = ctx.world.dossiers.glimpse(code, ctx.guesser, ctx.incoming.at)
    except DossiersDown:
        return _down(ctx)
    if seen:
        return _glimpsed(seen, verdict, ctx)
    text = ctx.tr("Hồ sơ {code}. Để người lạ không xem được, bạn cho biết {fact} đã khai khi nộp hồ sơ.")
    asked = text.format(code=code, fact=guessing.digits_text(verdict.digits, ctx.tr))
    return _asking(Reply(asked), code, verdict, ctx)


def prove(digits: str, ctx: Context) -> Turn:
    """Takes the second fact, the end of these digits or all of them.

    An unknown code and a dossier of somebody else get the same words and the same work.
    """
    waiting = ctx.state.pending
    if not isinstance(waiting, SecondFactorAsked):
        return ask_code(ctx)
    code = waiting.dossier
    verdict = guessing.verdict(code, ctx)
    if verdict.wait_hours:
        return _asking(guessing.wait(verdict.wait_hours, ctx), code, verdict, ctx)
    if len(digits) < verdict.digits:
        return _longer(code, verdict, ctx)
    try:
        fits = ctx.world.dossiers.matches(code, digits[-verdict.digits :])
    except DossiersDown:
        return _down(ctx)
    turn = _proved(code, ctx) if fits else _mismatch(verdict.digits, ctx)
    return replace(turn, effects=(Guessed(code, fits, verdict), *turn.effects))


def prove_by_phone(ctx: Context) -> Turn:
    """Takes the own contact that the channel has checked: nobody guesses with it, so no lock keeps it out.

    One of somebody else proves nothing.
    """
    phone, waiting = ctx.incoming.phone, ctx.state.pending
    if not isinstance(waiting, SecondFactorAsked):
        return ask_code(ctx)
    if phone:
        try:
            fits = ctx.world.dossiers.matches_phone(waiting.dossier, phone)
        except DossiersDown:
            return _down(ctx)
        return _proved(waiting.dossier, ctx) if fits else _mismatch(waiting.digits, ctx)
    text = ctx.tr(
        "Đây không phải số của tài khoản bạn đang dùng, nên mình không dùng được. "
        "Bạn bấm nút gửi số của bạn, hoặc gõ {fact} đã khai khi nộp hồ sơ."
    ).format(fact=guessing.digits_text(waiting.digits, ctx.tr))
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
    reply = Reply(
        dossier_blocks(dossier, ctx),
        title(dossier, ctx.world, ctx.tr),
        ways_on(dossier, ctx),
        replaces=True,
        enclosures=payment_code(dossier, ctx.world.office, ctx.tr),
    )
    is_followed = code in ctx.world.followers.followed(ctx.person)
    effects = (Proved(code),) if is_followed else ()
    return ctx.with_state(pending=None, dossier=code).turn(reply, outcome="answered", effects=effects)


def ways_on(dossier: Dossier, ctx: Context) -> tuple[Choice, ...]:
    """What can be done next with a dossier."""
    tr = ctx.tr
    choices = [Choice(tr("Xem lại tình trạng"), ShowDossier(dossier.code))]
    if is_to_fetch(dossier):
        choices.append(Choice(tr("Giờ làm việc"), SmallTalk("hours")))
    if asks_desk(dossier, ctx):
        choices.append(human_choice(ctx.tr))
    state = statuses.state_of(dossier.status)
    if state and state.remedy in ctx.world.catalogue.procedures:
        choices.append(Choice(tr("Khiếu nại: gửi ai, cần gì"), OpenProcedure(state.remedy)))
    choices += following.offer(dossier.code, ctx, has_ended=is_closed(dossier))
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
    return ctx.turn(Reply(problem_text(read, ctx.world.office, ctx.tr), choices=(menu_choice(ctx.tr),)))


def _is_meant(read: BadCode, text: str) -> bool:
    """Whether a text without a good code was meant as one; a short form alone may be any two numbers."""
    if read.reason == "short_form":
        return "ho so" in fold(text) or len(text.split()) <= 2
    return read.reason in ("other_agency", "no_unit", "too_short", "bad_date", "bad_number")


def _glimpsed(seen: Dossier, verdict: Verdict, ctx: Context) -> Turn:
    """What the office opens to a bare code, of which a guesser sees few."""
    ask = ctx.tr("Để xem ngày hẹn và những điều khác, bạn cho biết {fact} đã khai khi nộp hồ sơ.")
    asked = ask.format(fact=guessing.digits_text(verdict.digits, ctx.tr))
    reply = Reply((*dossier_blocks(seen, ctx), Text(asked)), title(seen, ctx.world, ctx.tr))
    return replace(_asking(reply, seen.code, verdict, ctx), outcome="answered")


def _asking(reply: Reply, code: str, verdict: Verdict, ctx: Context) -> Turn:
    """Asks for the second fact of that dossier."""
    waiting = SecondFactorAsked(code, interrupted(ctx.state.pending), verdict.digits)
    return ctx.with_state(pending=waiting).turn(_with_contact(reply, ctx), outcome="asked")


def _longer(code: str, verdict: Verdict, ctx: Context) -> Turn:
    """Too few digits by now: nothing was tried with them."""
    text = ctx.tr(
        "Mã này đã bị thử sai nhiều lần, nên lần này mình cần nhiều số hơn: "
        "bạn gõ {fact} đã khai khi nộp hồ sơ."
    ).format(fact=guessing.digits_text(verdict.digits, ctx.tr))
    return _asking(Reply(text), code, verdict, ctx)


def _proved(code: str, ctx: Context) -> Turn:
    proved = (code, *(c for c in ctx.state.proved if c != code))[:PROVED]
    return show(code, ctx.with_state(proved=proved))


def _mismatch(digits: int, ctx: Context) -> Turn:
    tr = ctx.tr
    text = tr(
        "Mã hồ sơ và số này không khớp với hồ sơ nào. Bạn xem lại cả hai trên giấy hẹn rồi gõ lại {fact}."
    ).format(fact=guessing.digits_text(digits, tr))
    choices = (Choice(tr("Gõ mã khác"), AskDossier()), human_choice(ctx.tr), menu_choice(tr))
    return ctx.turn(Reply(text, choices=choices), outcome="asked")


def _down(ctx: Context) -> Turn:
    text = ctx.tr(
        "Hệ thống một cửa không tra được lúc này. Bạn thử lại sau ít phút, hoặc hỏi bộ phận một cửa."
    )
    return ctx.turn(Reply(text, choices=(human_choice(ctx.tr), menu_choice(ctx.tr))), outcome="failed")


def _with_contact(reply: Reply, ctx: Context) -> Reply:
    """With the way to the beginning, and a button that shares the own number."""
    choices = reply.choices or (*shared_computer.offered(ctx), menu_choice(ctx.tr))
    return replace(reply, choices=choices, asks_contact=ctx.tr("Gửi số điện thoại của tôi"))
