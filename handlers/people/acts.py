"""What a line does instead of asking or answering: thanks, back, later, shorter, a human, erase ..."""

from collections.abc import Callable, Mapping, Sequence

from handlers.guidance.matter import matter
from handlers.language.i18n import N_
from handlers.notices import follow
from handlers.office import hours, small_talk
from handlers.office.greeting import greeting, menu_choices
from handlers.people import going_on, linking
from handlers.people.my_data import ask_erase
from handlers.procedures import case_answer, checklist, lists
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Reply, Turn
from handlers.turn.pending import Confirm, FormConsent
from handlers.turn.shared import menu_choice
from knowledge.reading.acts import Act
from knowledge.reading.acts import Where as Place
from knowledge.reading.acts import acts as read_acts
from knowledge.reading.subject.guess import NO_ASPECT

SURE = 0.8  # chance from which an act is taken for meant

SOURCE = N_(
    "Thông tin lấy từ {portal}, bản ngày {day}; mình đọc lại ngày {checked}. Luật thay đổi thì chỗ này đổi "
    "theo sau; chỗ nào chưa rõ, bạn hỏi bộ phận một cửa."
)
PRIVACY = N_(
    "Mình giữ kín: dữ liệu được mã hóa, không đưa cho ai khác, không dùng vào việc khác. Ảnh thẻ căn cước "
    "đọc xong "
    "là bỏ. Bạn xem bằng lệnh /dulieu, xóa bằng lệnh /xoa."
)
QUEUE = N_("Mình chưa có lấy số hay đặt lịch hẹn. Bạn đến thẳng nơi nộp trong giờ làm việc.")
PRINT = N_(
    "Tờ khai mình điền xong có tệp PDF để in ở nhà hoặc tiệm photo. Không in được thì đọc mã tờ khai "
    "(HS-…) cho cán "
    "bộ ở quầy in giúp, hoặc lấy mẫu tại quầy."
)
ACKNOWLEDGED: Mapping[str, str] = {
    "thanks": N_("Không có gì ạ."),
    "ok": N_("Vâng."),
    "wait": N_("Vâng, bạn cứ từ từ."),
}
NOTHING_SENT = N_("Bạn đang không nhận tin tự động nào; mình không tự nhắn cho bạn.")
SIMPLY = N_("Nói đơn giản: {about}")


def typed(text: str, ctx: Context) -> Turn | None:
    """What the line does; None if it does nothing of the kind, or not surely."""
    asked: tuple[Place, ...] = ("question",) if case_answer.is_open(ctx) else ()
    act = _surest(text, ("following", *asked), ctx)
    # Whether one is told of anything is looked up only for a line that may need it.
    if act and not follow.is_told(ctx):
        act = _surest(text, asked, ctx)
    return ACTS[act.act](act, ctx) if act and act.act in ACTS else None


def of_what_was_said(name: str, ctx: Context) -> Turn | None:
    """The answer to a question about what we said, not about the procedure; None for another."""
    return done(name, ctx) if name in NO_ASPECT else None


def done(name: str, ctx: Context) -> Turn | None:
    """What an act leads to that was heard in other words."""
    return ACTS[name](Act(name, SURE), ctx)


def is_follow(text: str) -> bool:
    """Whether the line surely asks to be told of changes."""
    return any(act.act == "follow" and act.chance >= SURE for act in read_acts(text))


def _surest(text: str, where: Sequence[Place], ctx: Context) -> Act | None:
    found = read_acts(text, where, earlier=going_on.targets(ctx))
    return found[0] if found and found[0].chance >= SURE else None


def _acknowledge(act: Act, ctx: Context) -> Turn:
    """A short word; what is open stays open and is asked again."""
    word = ctx.tr(ACKNOWLEDGED[act.act])
    if case_answer.is_open(ctx):
        return case_answer.again(ctx, word)
    if isinstance(ctx.state.pending, FormConsent | Confirm):
        return ctx.turn(Reply(word, choices=ctx.state.offered), outcome="asked")
    if ctx.state.dossier and ctx.state.offered:
        return ctx.turn(Reply(word, choices=ctx.state.offered), outcome="answered")
    if ctx.state.procedure in ctx.world.catalogue.procedures and not ctx.state.dossier:
        m = matter(ctx)
        more = ctx.tr("Bạn hỏi thêm về {procedure}, hoặc việc khác, cứ nhắn.").format(
            procedure=m.procedure.short
        )
        return ctx.turn(Reply(f"{word} {more}", choices=ctx.state.offered[:6] or menu_choices(ctx)))
    return small_talk.talk(act.act, ctx) if act.act in ("thanks", "ok") else ctx.turn(Reply(word))


def _back(act: Act, ctx: Context) -> Turn | None:
    """The question before, where a procedure's cases are asked; else the beginning."""
    procedure = ctx.world.catalogue.procedures.get(ctx.state.procedure)
    answered = [c.id for c in procedure.cases if c.id in ctx.state.answers] if procedure else []
    if procedure and answered:
        return case_answer.reopen(procedure.code, answered[-1], ctx)
    return greeting(ctx)


def _again(act: Act, ctx: Context) -> Turn | None:
    """What was said last, once more."""
    if case_answer.is_open(ctx):
        return case_answer.again(ctx, "")
    if ctx.state.procedure in ctx.world.catalogue.procedures and not ctx.state.dossier:
        return checklist.proceed(ctx)
    return None


def _simply(act: Act, ctx: Context) -> Turn | None:
    """The open matter in a sentence, then what was asked, or the list again."""
    procedure = ctx.world.catalogue.procedures.get(ctx.state.procedure)
    if procedure is None or ctx.state.dossier:
        return None
    said = ctx.tr(SIMPLY).format(about=procedure.about)
    if case_answer.is_open(ctx):
        return case_answer.again(ctx, said)
    turn = checklist.proceed(ctx)
    return Turn((turn.replies[0].after(said), *turn.replies[1:]), turn.state, turn.outcome)


def _source(act: Act, ctx: Context) -> Turn | None:
    if ctx.aspect(ctx.incoming.text) == "basis":  # the law, not the portal
        return None
    procedure = ctx.world.catalogue.procedures.get(ctx.state.procedure)
    shown = procedure or next(iter(ctx.world.catalogue.procedures.values()))
    text = ctx.tr(SOURCE).format(
        portal=shown.source.name,
        day=f"{shown.source.as_of:%d/%m/%Y}",
        checked=f"{shown.checked:%d/%m/%Y}",
    )
    return _told(text, ctx)


def _list(act: Act, ctx: Context) -> Turn | None:
    if ctx.state.procedure in ctx.world.catalogue.procedures:
        return checklist.proceed(lists.subject(ctx.state.procedure, ctx).with_state(dossier=""))
    return lists.my_lists(ctx)


def _follow(act: Act, ctx: Context) -> Turn | None:
    """To be told of the dossier that is shown; of a list once it is there."""
    if ctx.state.dossier:
        return follow.ask(ctx.state.dossier, ctx)
    return None


def _stop(act: Act, ctx: Context) -> Turn | None:
    """Nothing is sent any more; who gets nothing is told so."""
    if follow.is_told(ctx):
        return follow.stop((), ctx)
    return _told(ctx.tr(NOTHING_SENT), ctx)


def _told(text: str, ctx: Context, *choices: Choice) -> Turn:
    """A sentence; a case that is open is asked again after it."""
    if case_answer.is_open(ctx):
        return case_answer.again(ctx, text)
    ways = choices or ctx.state.offered[:6] or (menu_choice(ctx.tr),)
    procedure = None if ctx.state.dossier else ctx.world.catalogue.procedures.get(ctx.state.procedure)
    title = procedure.short if procedure else ""
    return ctx.turn(Reply(text, title, ways), outcome="answered")


def _says(text: str) -> Callable[[Act, Context], Turn | None]:
    return lambda _act, ctx: _told(ctx.tr(text), ctx)


def _talks(kind: str) -> Callable[[Act, Context], Turn | None]:
    return lambda _act, ctx: small_talk.talk(kind, ctx)


def _queue(act: Act, ctx: Context) -> Turn | None:
    office, holidays = ctx.world.office, ctx.world.holidays
    when = hours.hours_text(office, holidays, ctx.incoming.at, ctx.tr)
    return _told(f"{ctx.tr(QUEUE)}\n{when}", ctx)


ACTS: Mapping[str, Callable[[Act, Context], Turn | None]] = {
    "stop": _stop,
    "erase": lambda _act, ctx: ask_erase(ctx),
    "link": lambda _act, ctx: linking.offer(ctx),
    "unlink": lambda _act, ctx: linking.listed(ctx),
    "leave": lambda _act, ctx: greeting(ctx),
    "back": _back,
    "change": _back,
    "go-on": going_on.go_on,
    "repeat": _again,
    "shorter": _again,
    "simpler": _simply,
    "human": _talks("human"),
    "source": _source,
    "privacy": _says(PRIVACY),
    "queue": _queue,
    "print": _says(PRINT),
    "follow": _follow,
    "list": _list,
    "wait": _acknowledge,
    "who": _talks("who"),
    "complaint": _talks("complaint"),
    "thanks": _acknowledge,
    "ok": _acknowledge,
    "greeting": _talks("greeting"),
    "bye": _talks("bye"),
    "help": _talks("help"),
    "menu": lambda _act, ctx: greeting(ctx),
}
