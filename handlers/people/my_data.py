"""My data: everything that is held about a person as a file, and its deletion."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from handlers.dossiers.slip import ZALO_BY_PHONE
from handlers.guidance.matter import case_in_words
from handlers.intake.review import label
from handlers.language.format import date_text
from handlers.language.i18n import N_, Translate
from handlers.notices.following import channel_name
from handlers.notices.notice_preferences import quiet_text
from handlers.people.actions import AskErase, Erase
from handlers.ports.drafts import Draft, shown_code
from handlers.ports.followers import Given
from handlers.ports.links import channel_of
from handlers.turn import effects
from handlers.turn.choices import Choice
from handlers.turn.context import Context
from handlers.turn.messages import Enclosure, Paused, Reply, State, Turn
from handlers.turn.pending import Confirm, SecondFactorAsked
from handlers.turn.retention import REPLY_DAYS
from handlers.turn.shared import Menu, backups, menu_choice
from knowledge.intake.blanks import shown
from knowledge.intake.form import Form, Question
from knowledge.intake.interview import Interview
from knowledge.intake.path import path

PURPOSES = {
    "card": N_("chụp thẻ căn cước và lưu câu trả lời để điền tờ khai"),
    "form": N_("lưu câu trả lời để điền tờ khai"),
    "follow": N_("nhận tin về hồ sơ"),
    "expiry": N_("được nhắc giấy tờ sắp hết hạn"),
    ZALO_BY_PHONE: N_("nhận tin qua Zalo đến số điện thoại"),
}  # of a consent


def export(ctx: Context) -> Turn:
    """All that is held about this person, as a text that can be read."""
    tr = ctx.tr
    held = "\n\n".join(filter(None, _sections(ctx)))
    replies = tr.plural(
        "Câu trả lời của mình được giữ {days} ngày, có mã hóa, chỉ để gửi lại khi mạng lỗi.", REPLY_DAYS
    ).format(days=REPLY_DAYS)
    content = "\n\n".join([tr("Dữ liệu trợ lý Một Cửa đang giữ về bạn"), held, replies, tr(DESK)])
    text = tr("Đây là mọi dữ liệu mình đang giữ về bạn, trong tệp đính kèm.") + "\n" + tr(DESK)
    choices = (Choice(tr("Xóa hết dữ liệu của tôi"), AskErase()), menu_choice(tr))
    files = (Enclosure("text", "du-lieu-cua-toi.txt", content),)
    return ctx.turn(Reply(text, choices=choices, enclosures=files), outcome="answered")


DESK = N_(
    "Hồ sơ bạn đã nộp do bộ phận một cửa giữ theo quy định lưu trữ, không nằm trong dữ liệu này. "
    "Muốn xem hoặc sửa, bạn hỏi bộ phận một cửa."
)


def ask_erase(ctx: Context) -> Turn:
    """Asks once before everything is erased."""
    tr, yes, no = ctx.tr, Erase(), Menu()
    text = tr(
        "Mình sẽ xóa hẳn: cuộc trò chuyện, danh sách giấy tờ, tờ khai đang làm và đã in, các lời nhắc và "
        "việc báo tin. Không lấy lại được. {backups} Số lần gõ sai gần đây còn được đếm, không kèm tên, "
        "để chống người dò. Bạn chắc chứ?"
    ).format(backups=backups(tr))
    others = _on_all(ctx, tr("Xóa cả ở các kênh đã liên kết: {channels}."))
    text = "\n".join(filter(None, (text, others, tr(DESK))))
    choices = (Choice(tr("Xóa hết"), yes), Choice(tr("Không xóa"), no))
    asked = ctx.with_state(pending=Confirm(str(yes), str(no)))
    return asked.turn(Reply(text, choices=choices), outcome="asked")


def erase(ctx: Context) -> Turn:
    """Forgets the person in all tables."""
    told = _on_all(ctx, ctx.tr("Đã xóa cả ở các kênh đã liên kết: {channels}. Các kênh không còn liên kết."))
    here = ctx.tr("Đã xóa hết dữ liệu của bạn ở đây.")
    text = "\n".join(filter(None, (here, told, ctx.tr(DESK))))
    gone = replace(ctx, state=State(language=ctx.state.language))
    reply = Reply(text, choices=(menu_choice(ctx.tr),), clears=True)
    return gone.turn(reply, effects=(effects.Erase(ctx.state.drafts),))


def _on_all(ctx: Context, text: str) -> str:
    """What is said of the other channels; "" without any."""
    own = (c.address for c in ctx.world.links.channels(ctx.person) if c.address != ctx.incoming.address)
    names = [channel_name(channel_of(address), ctx.tr) for address in own]
    return text.format(channels=", ".join(names)) if names else ""


def _sections(ctx: Context) -> Iterator[str]:
    state, tr = ctx.state, ctx.tr
    yield _block(tr("Tài khoản trò chuyện"), [ctx.incoming.address])
    linked = tr("{address}, từ {date}")
    own = ctx.world.links.channels(ctx.person)
    channels = [linked.format(address=c.address, date=date_text(c.since.date())) for c in own]
    yield _block(tr("Các kênh đã liên kết"), channels)
    yield _block(tr("Cuộc trò chuyện đang dở"), list(_talk(ctx)))
    yield _block(tr("Danh sách giấy tờ"), list(_lists(ctx)))
    yield _block(tr("Hồ sơ bạn đã chứng minh là của mình"), list(state.proved))
    for code in state.drafts:
        yield _draft(code, ctx)
    yield from _told_unasked(ctx)


def _told_unasked(ctx: Context) -> Iterator[str]:
    """What is kept to write to the person."""
    followers, tr = ctx.world.followers, ctx.tr
    yield _block(tr("Nhận tin về"), list(followers.followed(ctx.person)))
    kinds = ctx.world.expiries.kind
    reminders = followers.reminders(ctx.person)
    reminded = [f"{kinds(paper.kind).name}: {date_text(paper.expires_on)}" for paper in reminders]
    yield _block(tr("Nhắc hết hạn"), reminded)
    quiet = followers.manners(ctx.person).quiet
    yield _block(tr("Giờ không nhắn tin"), [quiet_text(quiet, tr)] if quiet else [])
    told = [f"{date_text(line.at.date())}: {line.code}" for line in followers.story(ctx.person)]
    yield _block(tr("Tin đã báo"), told)
    yield _block(tr("Điều bạn đã đồng ý"), [_agreed(given, tr) for given in followers.consents(ctx.person)])


def _talk(ctx: Context) -> Iterator[str]:
    """What is remembered from one message to the next."""
    state, tr = ctx.state, ctx.tr
    looked_at = (_looked_at(left, ctx) for left in (Paused(state.procedure, state.answers), *state.paused))
    told = {
        tr("Ngôn ngữ: {told}"): state.language or state.spoken,
        tr("Thủ tục đang xem: {told}"): ", ".join(filter(None, looked_at)),
        tr("Hồ sơ đang hỏi: {told}"): _dossier(state),
        tr("Hồ sơ có thể báo tin cho bạn: {told}"): ", ".join(state.invited),
        tr("Số điện thoại chờ bạn đồng ý: {told}"): state.phone,
        tr("Câu hỏi gần nhất: {told}"): state.doubtful,
        tr("Số lần gõ sai gần đây: {told}"): str(ctx.world.guesses.recent(ctx.guesser.person) or ""),
    }
    yield from (text.format(told=value) for text, value in told.items() if value)


def _looked_at(left: Paused, ctx: Context) -> str:
    """A procedure, with what was told of the own case."""
    procedure = ctx.world.catalogue.procedures.get(left.code)
    if procedure is None:
        return ""
    case = case_in_words(procedure, left.answers)
    return f"{procedure.short} ({case})" if case else procedure.short


def _dossier(state: State) -> str:
    return state.pending.dossier if isinstance(state.pending, SecondFactorAsked) else state.dossier


def _lists(ctx: Context) -> Iterator[str]:
    for entry in ctx.state.lists:
        procedure = ctx.world.catalogue.procedures.get(entry.code)
        had = ", ".join(entry.papers.get(document, document) for document in entry.ticked)
        yield f"{procedure.short if procedure else entry.code} ({date_text(entry.saved_on)})"
        if had:
            yield f"  ✓ {had}"


def _draft(code: str, ctx: Context) -> str:
    draft = ctx.world.drafts.find(code)
    if draft is None or draft.form not in ctx.world.forms:
        return ""
    form = ctx.world.forms[draft.form]
    return _block(f"{form.title} ({shown_code(code)})", list(_answers(draft, form, ctx.tr)))


def _answers(draft: Draft, form: Form, tr: Translate) -> Iterator[str]:
    """The answers on the path by their questions, then what is kept beside it."""
    told: set[str] = set()
    for step in path(form, draft.interview):
        if step.value and step.question.type != "card":
            said = shown(step.question, step.value)
            told.add(said)
            yield f"{label(step.question, tr)}: {said}"
    also = {said for said in _kept(draft.interview, form, tr) if said} - told
    if also:  # off the path by now, or on the card only
        yield tr("Còn lưu: {values}").format(values="; ".join(sorted(also)))


def _kept(interview: Interview, form: Form, tr: Translate) -> Iterator[str]:
    """All that was answered, and all that cards have told, in words."""
    by_id = {question.id: question for question in form.questions}
    for name, value in interview.answers.items():
        question = by_id.get(_plain(name))
        if question is None or question.type != "card" or value not in ("scanned", "manual"):
            yield shown(question, value) if question else value
    by_field = {str(question.card): question for question in form.questions}
    for reading in interview.cards.values():
        for name, value in {**reading.told, **reading.unclear}.items():
            yield _on_card(by_field, name, value, tr)


def _on_card(asked: Mapping[str, Question], name: str, value: str, tr: Translate) -> str:
    """What a card said, as it is shown in a question about it; its sex also where there is none."""
    if name in asked:
        return shown(asked[name], value)
    return {"male": tr("Nam"), "female": tr("Nữ")}.get(value, value)


def _plain(name: str) -> str:
    """The question as it is written: "member.2.card" is "member.card"."""
    return ".".join(part for part in name.split(".") if not part.isdigit())


def _agreed(given: Given, tr: Translate) -> str:
    purpose = PURPOSES.get(given.purpose)
    what = tr(purpose) if purpose else given.purpose
    text = (
        tr("{date}: đồng ý {what} (bản {version})")
        if given.given
        else tr("{date}: rút lại, {what} (bản {version})")
    )
    return text.format(date=date_text(given.at.date()), what=what, version=given.text)


def _block(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""
