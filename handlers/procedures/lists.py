"""The lists of papers that are kept for a person: as they were left, and how they have changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.guidance.papers import full_name
from handlers.ports.errors import StaleButton
from handlers.procedures.actions import Forget, OpenList
from handlers.turn.context import Context
from handlers.turn.messages import Choice, Reply, SavedList, State, Turn
from handlers.turn.pending import Confirm
from handlers.turn.shared import MyLists, menu_choice
from knowledge.procedures.catalogue import Procedure, Via
from knowledge.procedures.checklist import Answers, relevant, settled

KEPT = 20  # lists a person
ASK, SURE = "forget", "gone"  # the steps of throwing them away


@dataclass(frozen=True)
class Change:
    """How the papers of a procedure have changed."""

    procedure: str  # national code
    dropped: Sequence[str] = ()  # names of documents
    added: Sequence[str] = ()


def subject(code: str, ctx: Context) -> Context:
    """With this procedure talked about; a kept list brings its answers back. Raises StaleButton."""
    ctx.world.procedure(code)
    if ctx.state.procedure == code:
        return ctx
    entry = next((entry for entry in ctx.state.lists if entry.code == code), SavedList(code))
    return ctx.with_state(procedure=code, answers=entry.answers, via=entry.via, dossier="")


def saved(state: State) -> SavedList:
    """The kept list of the procedure talked about; an empty one if there is none."""
    return next((e for e in state.lists if e.code == state.procedure), SavedList(state.procedure))


def kept(ctx: Context) -> Context:
    """With the list that is talked about among the kept ones, the newest."""
    state = ctx.state
    papers = _papers(ctx.world.procedure(state.procedure), state.answers, state.via)
    entry = replace(saved(state), answers=state.answers, via=state.via, saved_on=ctx.today, papers=papers)
    others = tuple(e for e in state.lists if e.code != state.procedure)
    return ctx.with_state(lists=(entry, *others)[:KEPT])


def my_lists(ctx: Context) -> Turn:
    """All kept lists, newest first."""
    known = ctx.world.catalogue.procedures
    codes = [entry.code for entry in ctx.state.lists if entry.code in known]
    if not codes:
        text = ctx.tr("Bạn chưa có danh sách nào. Hỏi mình một thủ tục, danh sách sẽ được giữ lại ở đây.")
        return ctx.turn(Reply(text, choices=(menu_choice(ctx.tr),)))
    choices = [Choice(known[code].short, OpenList(code)) for code in codes]
    choices.append(Choice(ctx.tr("Xóa tất cả danh sách"), Forget(ASK)))
    text = ctx.tr("Danh sách giấy tờ bạn đã xem, mới nhất trước:")
    return ctx.turn(Reply(text, choices=(*choices, menu_choice(ctx.tr))))


def forget(step: str, ctx: Context) -> Turn:
    """Asks whether to throw all kept lists away, or does it; raises StaleButton for an unknown step."""
    if step == ASK:
        return _ask_forget(ctx)
    if step != SURE:
        raise StaleButton(step)
    text = ctx.tr("Đã xóa các danh sách của bạn.")
    gone = ctx.with_state(lists=(), pending=None)
    return gone.turn(Reply(text, choices=(menu_choice(ctx.tr),), replaces=True))


def _ask_forget(ctx: Context) -> Turn:
    count = len(ctx.state.lists)
    text = ctx.tr.plural("Xóa {count} danh sách đã lưu? Xóa rồi không lấy lại được.", count).format(
        count=count
    )
    yes, no = Forget(SURE), MyLists()
    choices = (Choice(ctx.tr("Xóa"), yes), Choice(ctx.tr("Không xóa"), no))
    asked = ctx.with_state(pending=Confirm(str(yes), str(no)))
    return asked.turn(Reply(text.format(count=count), choices=choices), outcome="asked")


def change_of(entry: SavedList, procedure: Procedure) -> Change:
    """Which papers have gone from a kept list, and which have come, since its owner saw it last."""
    now = _papers(procedure, settled(procedure, entry.answers), entry.via)
    if not entry.papers:  # kept before papers were
        return Change(procedure.code)
    names = {*entry.papers.values()}, {*now.values()}
    dropped = (name for id, name in entry.papers.items() if id not in now and name not in names[1])
    added = (name for id, name in now.items() if id not in entry.papers and name not in names[0])
    return Change(procedure.code, tuple(dropped), tuple(added))


def _papers(procedure: Procedure, answers: Answers, via: Via) -> dict[str, str]:
    wanted = [d for d in relevant(procedure.documents, answers, via) if d.handling != "not_needed"]
    return {document.id: full_name(document) for document in wanted}
