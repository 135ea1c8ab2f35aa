"""Journey 1, second half: the cases of a procedure, the citizen's own list, ticking it off."""

from dataclasses import replace
from datetime import date

from handlers import following, render
from handlers.documents import TICKS, full_name
from handlers.i18n import Translate
from handlers.intake.asking import form_for
from handlers.messages import Choice, Incoming, Reply, SavedList, State, Turn
from handlers.ports import World
from handlers.reminders import Change
from knowledge.catalogue import UNSURE, Case, Document, Procedure, Via
from knowledge.checklist import Answers, next_case, relevant, settled

KEPT = 20  # lists a person


def open_procedure(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Starts on a procedure: its first case question, or the list if nothing has to be asked."""
    procedure = world.catalogue.procedures[code]
    via: Via = "desk" if "desk" in procedure.methods or not procedure.methods else procedure.methods[0]
    fresh = replace(state, procedure=code, answers={}, via=via)
    return proceed(fresh, world, incoming, _, intro=procedure.about)


def proceed(state: State, world: World, incoming: Incoming, _: Translate, intro: str = "") -> Turn:
    """The next case question that can change the list, or the list."""
    procedure = world.catalogue.procedures[state.procedure]
    case = next_case(procedure, state.answers, state.via)
    if case is None:
        before = _saved(state).saved_on
        kept = _kept(state, world, incoming.at.date())
        return show_list(kept, world, incoming, _, changed=date.min < before < procedure.checked)
    reply = case_question(procedure, case, _, intro)
    if intro:
        reply = replace(reply, choices=(*reply.choices, *_not_this(procedure, world, _)))
    return Turn((replace(reply, replaces=not intro),), state, "asked")


def case_question(procedure: Procedure, case: Case, _: Translate, intro: str = "") -> Reply:
    """One question with a button for each value, and one for not knowing."""
    choices = [Choice(v.label, f"a:{procedure.code}:{case.id}:{v.id}") for v in case.values]
    choices.append(Choice(_("Tôi chưa rõ"), f"a:{procedure.code}:{case.id}:{UNSURE}"))
    ask = _("Để biết đúng giấy tờ của bạn: {question}").format(question=case.question)
    return Reply("\n\n".join(filter(None, [intro, ask])), procedure.short, tuple(choices))


def answer_case(
    code: str, case: str, value: str, state: State, world: World, incoming: Incoming, _: Translate
) -> Turn:
    """Keeps the answer to a case, forgets those that it makes meaningless, and goes on."""
    state = _about(code, state)
    procedure = world.catalogue.procedures[code]
    answers = settled(procedure, {**state.answers, case: value})
    return proceed(replace(state, answers=answers), world, incoming, _)


def redo(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Asks the cases again."""
    return proceed(replace(_about(code, state), answers={}), world, incoming, _)


def change_via(code: str, via: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The same list for another way of filing."""
    state = _about(code, state)
    chosen = next((v for v in world.catalogue.procedures[code].methods if v == via), state.via)
    return proceed(replace(state, via=chosen), world, incoming, _)


def show_list(state: State, world: World, incoming: Incoming, _: Translate, changed: bool = False) -> Turn:
    """The citizen's own list, with what can be done next."""
    procedure = world.catalogue.procedures[state.procedure]
    today = incoming.at.date()
    saved = _saved(state)
    text = render.checklist_text(procedure, state.answers, state.via, saved.ticked, today, world.office, _)
    if changed:
        news = _("Thủ tục này đã được cập nhật ngày {date}, sau khi bạn lưu danh sách: xem lại giúp mình.")
        text = news.format(date=render.date_text(procedure.checked)) + "\n\n" + text
    reply = Reply(text, procedure.short, _list_choices(procedure, state, world, incoming, _), replaces=True)
    return Turn((reply,), state, "answered")


def _list_choices(
    procedure: Procedure, state: State, world: World, incoming: Incoming, _: Translate
) -> tuple[Choice, ...]:
    code = procedure.code
    form, address = form_for(code, world, incoming.at.date()), incoming.address
    choices = [Choice(_("Điền tờ khai giúp tôi"), f"form:{form.id}")] if form else []
    choices.append(Choice(_("Đánh dấu giấy đã có"), f"k:{code}"))
    if relevant(procedure.notes, state.answers, state.via):
        choices.append(Choice(_("Lưu ý thêm"), f"n:{code}"))
    ways = {"desk": _("Nộp tại quầy"), "online": _("Nộp trực tuyến"), "post": _("Gửi bưu điện")}
    choices += [Choice(ways[via], f"v:{code}:{via}") for via in procedure.methods if via != state.via]
    if procedure.cases:
        choices.append(Choice(_("Trường hợp khác"), f"r:{code}"))
    told = following.offer(code, world, address, _)
    return (*choices, *told, *_not_this(procedure, world, _), Choice(_("Về đầu"), "menu"))


def _not_this(procedure: Procedure, world: World, _: Translate) -> tuple[Choice, ...]:
    """The way out for somebody who means a neighbour of this procedure."""
    known = any(n.code in world.catalogue.procedures for n in procedure.neighbours)
    return (Choice(_("Không đúng việc này"), f"o:{procedure.code}"),) if known else ()


def neighbours(code: str, state: State, world: World, _: Translate) -> Turn:
    """The procedures that are confused with this one, each by what tells it apart."""
    procedure = world.catalogue.procedures[code]
    known = [n for n in procedure.neighbours if n.code in world.catalogue.procedures]
    choices = [Choice(n.label, f"p:{n.code}") for n in known]
    choices += [Choice(procedure.short, f"p:{code}"), Choice(_("Không có trong số này"), "none")]
    return Turn((Reply(_("Trường hợp của bạn là:"), choices=tuple(choices)),), state, "offered")


def show_notes(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """All explanations for this case, and the legal basis."""
    state, procedure = _about(code, state), world.catalogue.procedures[code]
    lines = render.bullets(render.notes(procedure, state.answers, state.via, render.TOPICS, _))
    parts = [
        render.block(_("Ai được nộp"), [procedure.who]),
        "\n".join(lines),
        render.block(_("Căn cứ"), ["; ".join(procedure.legal_basis) or _("chưa rõ")]),
    ]
    back = (Choice(_("Xem danh sách giấy tờ"), f"l:{code}"), Choice(_("Về đầu"), "menu"))
    return Turn((Reply("\n\n".join(filter(None, parts)), procedure.short, back),), state, "answered")


def tick_view(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """The documents as buttons, each a tick on or off."""
    state, procedure = _kept(_about(code, state), world, incoming.at.date()), world.catalogue.procedures[code]
    ticked, documents = _saved(state).ticked, _needed(procedure, state.answers, state.via)
    choices = [Choice(f"{TICKS[d.id in ticked]} {d.name}", f"t:{code}:{d.id}") for d in documents]
    missing = [d for d in documents if d.id not in ticked and not d.only_if]
    text = _("Bấm vào giấy tờ bạn đã có. Còn thiếu {count}.").format(count=len(missing))
    if not missing:
        text = _("Bạn đã đủ giấy tờ. Nhớ mang theo tất cả khi đi nộp.")
    choices.append(Choice(_("Xong, xem lại danh sách"), f"l:{code}"))
    return Turn((Reply(text, procedure.short, tuple(choices), replaces=True),), state, "answered")


def toggle(code: str, document: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Ticks a document on or off."""
    state = _kept(_about(code, state), world, incoming.at.date())
    saved = _saved(state)
    known = {d.id for d in world.catalogue.procedures[code].documents}
    ticked = tuple(sorted({*saved.ticked} ^ ({document} & known)))
    lists = tuple(replace(entry, ticked=ticked) if entry.code == code else entry for entry in state.lists)
    return tick_view(code, replace(state, lists=lists), world, incoming, _)


def open_list(code: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """A list that was kept, as it was left; asks its cases if it was never kept."""
    return proceed(_about(code, state), world, incoming, _)


def my_lists(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """All kept lists, newest first."""
    known = [entry for entry in state.lists if entry.code in world.catalogue.procedures]
    if not known:
        text = _("Bạn chưa có danh sách nào. Hỏi mình một thủ tục, danh sách giấy tờ sẽ được giữ lại ở đây.")
        return Turn((Reply(text, choices=(Choice(_("Về đầu"), "menu"),)),), state)
    labels = {entry.code: world.catalogue.procedures[entry.code].short for entry in known}
    choices = [Choice(labels[entry.code], f"l:{entry.code}") for entry in known]
    choices.append(Choice(_("Xóa tất cả danh sách"), "lists:forget"))
    text = _("Danh sách giấy tờ bạn đã xem, mới nhất trước:")
    return Turn((Reply(text, choices=(*choices, Choice(_("Về đầu"), "menu"))),), state)


def ask_forget(state: State, _: Translate) -> Turn:
    """Asks once before the lists are thrown away."""
    text = _("Xóa hẳn {count} danh sách của bạn? Không lấy lại được.").format(count=len(state.lists))
    choices = (Choice(_("Xóa hết danh sách"), "lists:forget:yes"), Choice(_("Không xóa"), "lists"))
    return Turn((Reply(text, choices=choices),), state, "asked")


def forget_lists(state: State, _: Translate) -> Turn:
    """Throws all kept lists away."""
    text = _("Đã xóa các danh sách của bạn.")
    return Turn(
        (Reply(text, choices=(Choice(_("Về đầu"), "menu"),), replaces=True),), replace(state, lists=())
    )


def change_of(saved: SavedList, procedure: Procedure) -> Change:
    """Which papers have gone from a kept list, and which have come, since its owner saw it last."""
    now = _papers(procedure, settled(procedure, saved.answers), saved.via)
    if not saved.papers:  # kept before papers were
        return Change(procedure.code)
    names = {*saved.papers.values()}, {*now.values()}
    dropped = (name for id, name in saved.papers.items() if id not in now and name not in names[1])
    added = (name for id, name in now.items() if id not in saved.papers and name not in names[0])
    return Change(procedure.code, tuple(dropped), tuple(added))


def _about(code: str, state: State) -> State:
    """The state with this procedure as its subject; a kept list brings its answers back."""
    if state.procedure == code:
        return state
    saved = next((entry for entry in state.lists if entry.code == code), SavedList(code))
    return replace(state, procedure=code, answers=saved.answers, via=saved.via)


def _saved(state: State) -> SavedList:
    return next((e for e in state.lists if e.code == state.procedure), SavedList(state.procedure))


def _needed(procedure: Procedure, answers: Answers, via: Via) -> list[Document]:
    return [d for d in relevant(procedure.documents, answers, via) if d.handling != "not_needed"]


def _papers(procedure: Procedure, answers: Answers, via: Via) -> dict[str, str]:
    return {document.id: full_name(document) for document in _needed(procedure, answers, via)}


def _kept(state: State, world: World, today: date) -> State:
    papers = _papers(world.catalogue.procedures[state.procedure], state.answers, state.via)
    entry = replace(_saved(state), answers=state.answers, via=state.via, saved_on=today, papers=papers)
    others = tuple(e for e in state.lists if e.code != state.procedure)
    return replace(state, lists=(entry, *others)[:KEPT])
