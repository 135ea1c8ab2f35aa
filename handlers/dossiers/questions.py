"""What is asked about a dossier after its state was shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.dossiers import progress
from handlers.dossiers.answers import ANSWERS, Part, Shown
from handlers.dossiers.status import ways_on
from handlers.language.i18n import N_
from handlers.ports.dossiers import Dossier, DossiersDown
from handlers.turn.blocks import Block, Facts, Text
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from knowledge.reading.ongoing import heard, likely

UNKNOWN = N_("Câu này mình chưa rõ: bạn hỏi bộ phận một cửa, nhớ đọc mã hồ sơ. Mình chỉ biết về hồ sơ này:")

ONLY: Mapping[str, str] = {
    "missing": "missing",
    "supply-where": "missing",
    "supply-until": "missing",
    "supplied": "missing",
    "pay-how": "fee_due",
    "pay-amount": "fee_due",
    "paid-next": "fee_due",
    "post-when": "postal",
    "post-absent": "postal",
    "tracking": "postal",
    "fetch-when": "finished",
    "kept": "finished",
}  # what is hardly asked of a dossier that lacks this field


def typed(text: str, ctx: Context) -> Turn | None:
    """The answer to a question about the dossier shown last; None if the line surely asks nothing of it."""
    said = heard(text, "dossier") if ctx.state.dossier in ctx.state.proved else ()
    return _told((*likely(text, "dossier"), *said), ctx) if said else None


def probably(text: str, ctx: Context) -> Turn | None:
    """The answer to what such lines mostly ask of the dossier shown last; None if they ask nothing of it."""
    return _told(likely(text, "dossier"), ctx) if ctx.state.dossier in ctx.state.proved else None


def _told(what: Sequence[str], ctx: Context) -> Turn | None:
    shown = _shown(ctx) if what else None
    return reply(_fitting(what, shown.dossier), shown) if shown else None


def is_of(code: str, ctx: Context) -> bool:
    """Whether the dossier shown last is of that procedure."""
    shown = _shown(ctx)
    return shown is not None and shown.dossier.procedure == code


def _fitting(what: Sequence[str], dossier: Dossier) -> str:
    """Of what a line may ask the first that fits this dossier: where nothing is owed, nobody pays."""
    fitting = (one for one in what if one not in ONLY or getattr(dossier, ONLY[one]))
    return next(fitting, what[0])


def unknown(ctx: Context) -> Turn | None:
    """What is asked of the dossier is not known: whom to ask, and how it stands; None if it is not there."""
    shown = _shown(ctx)
    if shown is None:
        return None
    turn = reply("next", shown)
    return replace(turn, replies=(turn.replies[0].after(ctx.tr(UNKNOWN)),))


def _shown(ctx: Context) -> Shown | None:
    try:
        dossier = ctx.world.dossiers.find(ctx.state.dossier)
    except DossiersDown:
        return None
    return Shown(dossier, ctx) if dossier else None


def reply(what: str, shown: Shown) -> Turn:
    """What is known of it, the direct answer first."""
    dossier, ctx = shown.dossier, shown.ctx
    title = progress.title(dossier, ctx.world, ctx.tr)
    body = (*_blocks(ANSWERS[what](shown)), Facts((progress.code_fact(dossier.code, ctx.tr),)))
    return ctx.turn(Reply(body, title, ways_on(dossier, ctx)), outcome="answered")


def _blocks(parts: Iterable[Part]) -> Iterator[Block]:
    """Lines that follow each other are one text."""
    lines: list[str] = []
    for part in (*parts, Text("")):
        if isinstance(part, str):
            lines.append(part)
            continue
        yield from (block for block in (Text("\n".join(filter(None, lines))), part) if block != Text(""))
        lines = []
