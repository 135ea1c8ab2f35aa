"""Journey 1, first half: from a question in the citizen's own words to a procedure."""

from dataclasses import replace

from handlers.intake import form_requests
from handlers.office import talk
from handlers.procedures import checklist, life_events, render
from handlers.procedures.documents import DESKS
from handlers.turn.i18n import Translate
from handlers.turn.messages import Choice, Incoming, Reply, State, Turn, Unmet
from handlers.turn.ports import World
from knowledge.procedures.catalogue import Procedure, Via
from knowledge.procedures.checklist import next_case
from knowledge.scrub import scrubbed
from knowledge.search.search import Found, Hit

OFFERED = 3  # choices when torn


def question(text: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Answers, offers up to three, or says that nothing was found."""
    aspect = world.aspects.of(text)
    known = state.procedure in world.catalogue.procedures
    if known and aspect and not world.aspects.names_a_subject(text):
        return follow_up(aspect, state, world, incoming, _)
    found = world.index.find(text)
    if aspect == "fill" and (form := form_requests.asked_for(text, found, state, world, incoming, _)):
        return form
    if known and aspect and _still_about(state.procedure, found):
        return follow_up(aspect, state, world, incoming, _)
    return answer(found, aspect, state, world, incoming, _)


def answer(found: Found, aspect: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """What the search found, as a turn: the procedure, up to three choices, or the way on."""
    chats = bool(found.hits) and found.decision == "choose" and found.hits[0].kind == "talk"
    if found.decision == "answer" or chats:  # a wrong "chào bạn" costs nothing, a strange choice does
        return _open(found.hits[0], aspect, state, world, incoming, _)
    if found.decision == "choose":
        return _offer(found, state, world, incoming, _)
    return replace(talk.lost(state, world, incoming, _), unmet=Unmet(scrubbed(incoming.text)))


def _still_about(code: str, found: Found) -> bool:
    """Whether a question with an aspect goes on about the procedure talked about."""
    if found.decision == "answer":
        first = found.hits[0]
        return (first.kind, first.id) in (("procedure", code), ("talk", "vague"))
    return found.decision == "decline" or any(hit.id == code for hit in found.hits[:OFFERED])


def _open(hit: Hit, aspect: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    if hit.kind == "talk":
        return talk.talk(hit.id, state, world, incoming, _)
    if hit.kind == "elsewhere":
        return talk.elsewhere(hit.id, state, world, _)
    if hit.kind == "event":
        return life_events.show(hit.id, state, world, _)
    if aspect in ("", "documents"):
        return checklist.open_procedure(hit.id, state, world, incoming, _)
    fresh = replace(state, procedure=hit.id, answers={}, via="desk")
    return follow_up(aspect, fresh, world, incoming, _)


def _offer(found: Found, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    offered = [(hit, choice) for hit in found.hits if (choice := _choice(hit, world))][:OFFERED]
    abouts = [f"• {choice.label}: {about}" for hit, choice in offered if (about := _about(hit, world))]
    choices = [choice for _hit, choice in offered]
    choices.append(Choice(_("Không có trong số này"), "none"))
    text = "\n".join([_("Bạn muốn hỏi việc nào?"), *abouts])
    fresh = replace(state, procedure="", answers={}, doubtful=scrubbed(incoming.text))
    return Turn((Reply(text, choices=tuple(choices)),), fresh, "offered")


def _about(hit: Hit, world: World) -> str:
    return world.catalogue.procedures[hit.id].about if hit.kind == "procedure" else ""


def _choice(hit: Hit, world: World) -> Choice | None:
    if hit.kind == "procedure":
        return Choice(world.catalogue.procedures[hit.id].short, f"p:{hit.id}")
    if hit.kind == "elsewhere":
        return Choice(world.elsewhere.entry(hit.id).name, f"e:{hit.id}")
    if hit.kind == "event":
        return Choice(world.events.event(hit.id).name, f"event:{hit.id}")
    return None


def follow_up(aspect: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Answers one aspect of the procedure talked about, and leads on to the list."""
    procedure = world.catalogue.procedures[state.procedure]
    if aspect in ("documents", "form"):
        return checklist.proceed(state, world, incoming, _, intro=procedure.about)
    if aspect == "fill":
        return form_requests.for_procedure(state, world, incoming, _)
    if aspect == "hours":
        return talk.talk("hours", state, world, incoming, _)
    lines = _aspect_lines(aspect, procedure, state, world, incoming, _)
    text = "\n".join(lines)
    warned = [*render.validity(procedure, incoming.at.date(), _), *render.doubts(procedure)]
    told = "\n\n".join([text, "\n".join(warned)]) if warned else text
    return Turn((Reply(told, procedure.short, _ways_on(procedure, state, _)),), state, "answered")


def _ways_on(procedure: Procedure, state: State, _: Translate) -> tuple[Choice, ...]:
    pending = state.answers and next_case(procedure, state.answers, state.via)
    label = _("Trả lời tiếp để có danh sách") if pending else _("Xem giấy tờ cần chuẩn bị")
    return (Choice(label, f"l:{procedure.code}"), Choice(_("Về đầu"), "menu"))


def _aspect_lines(
    aspect: str, procedure: Procedure, state: State, world: World, incoming: Incoming, _: Translate
) -> list[str]:
    """The facts on one aspect, then the explanations of that topic."""
    answers, via, today = state.answers, state.via, incoming.at.date()
    match aspect:
        case "deadline":
            facts = [render.block(_("Thời hạn"), render.deadlines(procedure, answers, via, today, _))]
        case "fee":
            facts = [render.block(_("Chi phí"), render.fees(procedure, answers, via, today, _))]
        case "where":
            facts = [
                render.block(_("Nơi nộp"), [render.place_text(procedure, world.office, _)]),
                render.block(_("Cách nộp"), [render.methods_text(procedure, _)]),
            ]
        case "online" | "post":
            facts = [
                render.block(_("Cách nộp"), [render.methods_text(procedure, _)]),
                _way(aspect, procedure, world, _),
            ]
        case "who" | "proxy":
            facts = [render.block(_("Ai được nộp"), [procedure.who])]
        case "result":
            facts = [render.block(_("Kết quả"), [procedure.result])]
        case _:
            facts = [render.block(_("Căn cứ"), ["; ".join(procedure.legal_basis) or _("chưa rõ")])]
    topics = {"who": ("condition",), "basis": ()}.get(aspect, (aspect,))
    asked_way: Via = "online" if aspect == "online" else "post" if aspect == "post" else via
    explained = render.notes(procedure, answers, asked_way, topics, _)
    if aspect == "proxy" and not explained:
        unknown = _("Dữ liệu không nói người khác có làm thay được không: bạn hỏi tại {desk}.")
        explained = [unknown.format(desk=_(DESKS[procedure.place]))]
    return [*facts, *render.bullets(explained)]


def _way(aspect: str, procedure: Procedure, world: World, _: Translate) -> str:
    offered = aspect in procedure.methods
    if aspect == "online" and offered:
        text = _(
            "Nộp trực tuyến trên {name} ({url}), đăng nhập bằng VNeID. Không đưa mật khẩu, mã OTP cho ai."
        )
        return text.format(name=world.office.portal.name, url=world.office.portal.url)
    if aspect == "post" and offered:
        return world.office.post.about
    return _("Theo dữ liệu, thủ tục này không có cách nộp đó.")


def answer_text(text: str, world: World, incoming: Incoming, _: Translate) -> str:
    """The answer to a single question without a conversation: a procedure comes with all its cases."""
    found = world.index.find(text)
    if found.decision == "answer" and found.hits[0].kind == "procedure":
        procedure = world.catalogue.procedures[found.hits[0].id]
        whole = render.procedure_text(procedure, incoming.at.date(), world.office, _)
        return f"{procedure.name}\n\n{whole}"
    turn = answer(found, world.aspects.of(text), State(), world, incoming, _)
    return "\n\n".join(reply_text(reply) for reply in turn.replies)


def reply_text(reply: Reply) -> str:
    """A reply as plain text, its choices numbered."""
    numbered = [f"{n}. {choice.label}" for n, choice in enumerate(reply.choices, 1)]
    return "\n".join(part for part in (reply.title, reply.text, *numbered) if part)
