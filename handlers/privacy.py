"""My data: everything that is held about a person as a file, and its deletion."""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.deeds import Erase
from handlers.drafts import shown_code
from handlers.followers import Given
from handlers.i18n import N_, Translate
from handlers.intake.asking import BY_HAND
from handlers.intake.review import label
from handlers.messages import Choice, Enclosure, Incoming, Reply, State, Turn
from handlers.ports import World
from handlers.render import date_text
from knowledge.blanks import shown
from knowledge.form import Form
from knowledge.intake import ASKED_AGAIN
from knowledge.oddities import ACKNOWLEDGED
from knowledge.path import UNSURE, path

PURPOSES = {
    "card": N_("chụp thẻ căn cước và lưu câu trả lời để điền tờ khai"),
    "form": N_("lưu câu trả lời để điền tờ khai"),
    "follow": N_("nhận tin về hồ sơ"),
    "expiry": N_("được nhắc giấy tờ sắp hết hạn"),
}  # of a consent


def export(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """All that is held about this person, as a text that can be read."""
    sections = [block for block in _sections(state, world, incoming, _) if block]
    held = "\n\n".join(sections) if sections else _("Không có dữ liệu nào của bạn.")
    replies = _("Câu trả lời của mình được giữ hai ngày, có mã hóa, chỉ để gửi lại khi mạng lỗi.")
    content = "\n\n".join([_("Dữ liệu trợ lý Một Cửa đang giữ về bạn"), held, replies, _(DESK)])
    text = _("Đây là mọi dữ liệu mình đang giữ về bạn, trong tệp đính kèm.") + "\n" + _(DESK)
    choices = (Choice(_("Xóa hết dữ liệu của tôi"), "erase"), Choice(_("Về đầu"), "menu"))
    files = (Enclosure("text", "du-lieu-cua-toi.txt", content),)
    return Turn((Reply(text, choices=choices, enclosures=files),), state, "answered")


DESK = N_(
    "Hồ sơ bạn đã nộp do bộ phận một cửa giữ theo quy định lưu trữ, không nằm trong dữ liệu này. "
    "Muốn xem hoặc sửa, bạn hỏi bộ phận một cửa."
)


def ask_erase(state: State, _: Translate) -> Turn:
    """One confirmation."""
    text = _(
        "Mình sẽ xóa hẳn: cuộc trò chuyện, danh sách giấy tờ, tờ khai đang làm và đã in, các lời nhắc và "
        "việc báo tin. Không lấy lại được. Bạn chắc chứ?"
    )
    choices = (Choice(_("Xóa hết"), "erase:yes"), Choice(_("Không xóa"), "menu"))
    return Turn((Reply(text, choices=choices),), state, "asked")


def erase(state: State, _: Translate) -> Turn:
    """Forgets the person in all tables."""
    text = _("Đã xóa hết dữ liệu của bạn ở đây.") + "\n" + _(DESK)
    reply = Reply(text, choices=(Choice(_("Về đầu"), "menu"),), clears=True)
    turn = Turn((reply,), State(language=state.language))
    return replace(turn, deeds=(Erase(state.drafts),))


def _sections(state: State, world: World, incoming: Incoming, _: Translate) -> Iterator[str]:
    followers, address = world.followers, incoming.address
    yield _block(_("Tài khoản trò chuyện"), [address])
    yield _block(_("Cuộc trò chuyện đang dở"), list(_talk(state, world, _)))
    yield _block(_("Danh sách giấy tờ"), list(_lists(state, world)))
    yield _block(_("Hồ sơ bạn đã chứng minh là của mình"), list(state.proved))
    for code in state.drafts:
        yield _draft(code, world, _)
    yield _block(_("Nhận tin về"), list(followers.followed(address)))
    reminders = followers.reminders(address)
    yield _block(
        _("Nhắc hết hạn"),
        [f"{world.licences.kind(paper.kind).name}: {date_text(paper.expires_on)}" for paper in reminders],
    )
    quiet = followers.manners(address).quiet
    yield _block(_("Giờ không nhắn tin"), [quiet] if quiet else [])
    yield _block(
        _("Tin đã báo"), [f"{date_text(line.at.date())}: {line.code}" for line in followers.story(address)]
    )
    yield _block(_("Điều bạn đã đồng ý"), [_agreed(given, _) for given in followers.consents(address)])


def _talk(state: State, world: World, _: Translate) -> Iterator[str]:
    """What is remembered from one message to the next."""
    procedure = world.catalogue.procedures.get(state.procedure)
    told = {
        _("Ngôn ngữ: {told}"): state.language,
        _("Thủ tục đang xem: {told}"): procedure.short if procedure else "",
        _("Hồ sơ đang hỏi: {told}"): state.dossier,
        _("Hồ sơ có thể báo tin cho bạn: {told}"): ", ".join(state.invited),
        _("Số điện thoại chờ bạn đồng ý: {told}"): state.phone,
        _("Câu hỏi gần nhất: {told}"): state.doubtful,
        _("Lời nghe được gần nhất: {told}"): state.heard,
        _("Số lần gõ sai gần đây: {told}"): str(len(state.wrong_tries) or ""),
    }
    yield from (text.format(told=value) for text, value in told.items() if value)


def _lists(state: State, world: World) -> Iterator[str]:
    for entry in state.lists:
        procedure = world.catalogue.procedures.get(entry.code)
        had = ", ".join(entry.papers.get(document, document) for document in entry.ticked)
        yield f"{procedure.short if procedure else entry.code} ({date_text(entry.saved_on)})"
        if had:
            yield f"  ✓ {had}"


def _draft(code: str, world: World, _: Translate) -> str:
    draft = world.drafts.find(code)
    if draft is None or draft.form not in world.forms:
        return ""
    form = world.forms[draft.form]
    steps = [step for step in path(form, draft.answers) if step.value and step.question.type != "card"]
    lines = [f"{label(step.question, _)}: {shown(step.question, step.value or '')}" for step in steps]
    told = {shown(step.question, step.value or "") for step in steps}
    also = {_readable(form, key, value, _) for key, value in draft.answers.items() if _is_told(key, value)}
    if also - told:  # off the path by now, or on the card only
        lines.append(_("Còn lưu: {values}").format(values="; ".join(sorted(also - told))))
    return _block(f"{form.title} ({shown_code(code)})", lines)


def _is_told(key: str, value: str) -> bool:
    """Whether the citizen or a card told that, and it is no mark of ours."""
    is_mark = key[0] in (ACKNOWLEDGED, ASKED_AGAIN) or key == BY_HAND
    return not is_mark and value not in ("", "scanned", "manual")


def _readable(form: Form, key: str, value: str, _: Translate) -> str:
    """An answer, or what a card said, in words."""
    plain = re.sub(r"\.\d+(?=\.)", "", key).removesuffix(UNSURE)
    person, _card, field = plain.partition(".card.")
    for question in form.questions:
        if question.id == plain or (field and (question.person, question.card) == (person, field)):
            return shown(question, value)
    return {"male": _("Nam"), "female": _("Nữ")}.get(value, value)


def _agreed(given: Given, _: Translate) -> str:
    purpose = PURPOSES.get(given.purpose)
    what = _(purpose) if purpose else given.purpose
    text = (
        _("{date}: đồng ý {what} (bản {version})")
        if given.given
        else _("{date}: rút lại, {what} (bản {version})")
    )
    return text.format(date=date_text(given.at.date()), what=what, version=given.text)


def _block(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""
