"""An edited line: the last one is answered anew, as if it had been written so; an older one is told of."""

from dataclasses import dataclass, replace

from handlers.intake.asking import open_draft
from handlers.ports.drafts import Draft, Drafts
from handlers.turn.context import Context
from handlers.turn.effects import Guessed, OfferedAgain, Proved, SaveDraft
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import FormQuestion
from knowledge.intake import course
from knowledge.reading.danger import danger

UNDOABLE = (SaveDraft, Guessed, Proved, OfferedAgain)  # effects after which a line may be answered anew
# Of a state, what stays when an answer is taken back: it is the person's, not the talk's.
KEPT = ("language", "lists", "proved", "drafts", "invited", "phone")


@dataclass(frozen=True)
class Reopened:
    """The drafts, one of which asks once more what was answered last."""

    drafts: Drafts
    draft: Draft

    def new_code(self) -> str:
        """As of those."""
        return self.drafts.new_code()

    def find(self, code: str) -> Draft | None:
        """As of those, but for that one."""
        return self.draft if code == self.draft.code else self.drafts.find(code)

    def is_of(self, code: str, person: str) -> bool | None:
        """As of those."""
        return self.drafts.is_of(code, person)


def is_older(ctx: Context) -> bool:
    """Whether a line was edited that is not the last one, or whose answer cannot be taken back.

    A cry for help is heard wherever it is written.
    """
    text = ctx.incoming.text
    is_answered = not ctx.incoming.edits or _is_last(ctx)
    return not is_answered and not danger(text, ctx.world.english.is_english(text))


def older(ctx: Context) -> Turn:
    """All stays as it is."""
    text = ctx.tr(
        "Bạn vừa sửa một tin đã qua. Mình chỉ đọc lại được tin cuối cùng; cần sửa việc nào thì bạn nhắn lại."
    )
    return ctx.turn(Reply(text, choices=ctx.state.offered), outcome="asked")


def before(ctx: Context) -> Context:
    """As it was before the line was answered; of an open form its question is open once more."""
    undone = ctx.state.undone
    if undone is None or not _is_last(ctx):
        return ctx
    kept = {name: getattr(ctx.state, name) for name in KEPT}
    at = replace(ctx, state=replace(undone, **kept))
    draft = open_draft(at)
    if draft is None or not isinstance(undone.pending, FormQuestion):
        return at
    changed = course.change(ctx.world.forms[draft.form], draft.interview, undone.pending.question)
    draft = replace(draft, interview=changed)
    return replace(at, world=replace(at.world, drafts=Reopened(at.world.drafts, draft)))


def _is_last(ctx: Context) -> bool:
    edited = ctx.incoming.edits
    return bool(edited) and edited == ctx.state.said and ctx.state.undone is not None


def noted(turn: Turn, ctx: Context) -> Turn:
    """The turn with what an edit of its line needs, and of an edited line with a word about it."""
    number = ctx.incoming.edits or ctx.incoming.number
    if ctx.incoming.edits:
        turn = _told(turn, ctx)
    is_undoable = all(isinstance(effect, UNDOABLE) for effect in turn.effects)
    undone = replace(ctx.state, undone=None, said="") if number and is_undoable else None
    return replace(turn, state=replace(turn.state, said=number, undone=undone))


def _told(turn: Turn, ctx: Context) -> Turn:
    first, *others = turn.replies
    read = first.after(ctx.tr("Mình đọc lại theo tin bạn vừa sửa."))
    turn = replace(turn, replies=(replace(read, replaces=False), *others))
    drafts = ctx.world.drafts
    if not isinstance(drafts, Reopened) or any(isinstance(effect, SaveDraft) for effect in turn.effects):
        return turn
    is_open = turn.state.draft == drafts.draft.code  # asked again: the next line answers it
    return replace(turn, effects=(SaveDraft(drafts.draft), *turn.effects)) if is_open else turn
