"""What a receipt holds beside the dossier's code: a link to scan, and letters to type that open the same."""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.language.i18n import N_
from handlers.notices import follow
from handlers.turn import effects, guessing
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import AskDossier, menu_choice
from knowledge.text import fold

TYPED = re.compile(r"(?:tra cuu |tc )+([0-9a-z]{4}) ?([0-9a-z]{4})")  # folded
START = re.compile(r"[?&]start=([\w-]+)")  # of a link of ours, whichever channel it opens

WRONG = N_("Mã tra cứu này không đúng. Bạn xem lại trên phiếu theo dõi, hoặc gõ mã hồ sơ.")


def typed(text: str, ctx: Context) -> Turn | None:
    """A turn if the line is "tra cứu" and the letters of a receipt; wrong ones count as wrong facts."""
    code = _code(text)
    if not code:
        return None
    verdict = guessing.verdict(_shown(code), ctx)
    if verdict.wait_hours:
        return ctx.turn(guessing.wait(verdict.wait_hours, ctx), outcome="declined")
    payload = ctx.world.links.payload(code)
    if payload:
        return follow.opened(payload, ctx)
    choices = (Choice(ctx.tr("Tra cứu hồ sơ"), AskDossier()), menu_choice(ctx.tr))
    turn = ctx.turn(Reply(ctx.tr(WRONG), choices=choices), outcome="declined")
    return replace(turn, effects=(effects.Guessed(_shown(code), False, verdict),))


def linked(ctx: Context) -> str:
    """The payload of a link of ours, or of a receipt's letters, in a photo; "" without one."""
    found = filter(None, map(START.search, ctx.incoming.scanned))
    return next((each[1] for each in found), "") or next(filter(None, _payloads(ctx)), "")


def scanned(ctx: Context) -> Turn | None:
    """A turn if a photo shows letters that are of no receipt, or of a guesser who has to wait."""
    return next(filter(None, (typed(text, ctx) for text in ctx.incoming.scanned)), None)


def _payloads(ctx: Context) -> Iterator[str]:
    for code in filter(None, map(_code, ctx.incoming.scanned)):
        if not guessing.verdict(_shown(code), ctx).wait_hours:
            yield ctx.world.links.payload(code)


def _code(text: str) -> str:
    """The letters that are typed; "" without any: two words of four letters are no code."""
    found = TYPED.fullmatch(fold(text))
    code = "".join(found.groups()).upper() if found else ""
    return code if any(letter.isdigit() for letter in code) else ""


def _shown(code: str) -> str:
    return f"TC-{code}"
