"""Greeting, menu, small talk, emergencies, languages, and the way on when nothing was found."""

from dataclasses import replace

from handlers import desk, status
from handlers.i18n import N_, Translate, languages, translator
from handlers.messages import Attachment, Choice, Incoming, Reply, State, Turn
from handlers.ports import World
from handlers.render import bullets

NAMES = {"vi": "Tiếng Việt", "en": "English"}  # each language in its own words

TALK = {
    "thanks": N_("Không có gì. Cần giấy tờ gì nữa, bạn cứ nhắn."),
    "bye": N_("Chào bạn. Danh sách giấy tờ của bạn vẫn được giữ ở đây."),
    "ok": N_("Vâng. Bạn cần hỏi thêm gì cứ nhắn mình."),
    "insult": N_("Xin lỗi vì đã làm bạn bực. Bạn nói lại việc cần làm, hoặc gặp cán bộ để được giúp ngay."),
    "chitchat": N_("Cảm ơn bạn! Mình chỉ giỏi chuyện giấy tờ thôi: bạn cần làm thủ tục gì?"),
    "who": N_("Mình là trợ lý tự động của {unit}, không phải người thật. Mình chỉ biết thủ tục ở phường."),
    "vague": N_("Bạn muốn làm giấy tờ gì? Ví dụ: “khai sinh cho con”, “sao y bằng cấp”, “đăng ký kết hôn”."),
    "complaint": N_("Mình rất tiếc. Bạn phản ánh được với lãnh đạo phường, hoặc gửi phản ánh trên {portal}."),
    "officials": N_("Mình không có danh sách cán bộ. Bạn hỏi bộ phận một cửa."),
    "password": N_("Mình không giữ mật khẩu nào. Quên mật khẩu Cổng Dịch vụ công thì gọi {hotline}; "
                   "tài khoản VNeID thì hỏi {police}. Đừng đưa mật khẩu hay mã OTP cho ai."),
    "off-topic": N_("Việc này mình không biết. Mình chỉ giúp được về thủ tục và giấy tờ ở phường."),
}  # fmt: skip

EMERGENCIES = {
    "fire": N_("Hãy gọi ngay {number} ({name}). Ra khỏi chỗ cháy trước, rồi gọi."),
    "crime": N_("Hãy gọi ngay {number} ({name}). Giữ an toàn cho mình trước đã."),
    "medical": N_("Hãy gọi ngay {number} ({name}). Nói rõ bạn đang ở đâu và có mấy người bị nạn."),
    "child": N_("Hãy gọi ngay {number} ({name}), gọi được ngày đêm."),
    "rescue": N_("Hãy gọi ngay {number} ({name}). Nói rõ bạn đang ở đâu."),
}

ATTACHMENTS: dict[Attachment, str] = {
    "file": N_("Mình chưa đọc được tệp. Bạn gõ giúp việc cần làm, ví dụ “khai sinh cho con”."),
    "voice": N_("Mình chưa nghe được tin nhắn thoại. Bạn gõ vài chữ hoặc bấm nút bên dưới giúp mình."),
    "contact": N_("Cảm ơn bạn. Mình không cần số điện thoại và không giữ lại. Bạn cần làm giấy tờ gì?"),
    "location": N_("Cảm ơn bạn. Mình không cần biết bạn ở đâu và không giữ lại. Bạn cần làm giấy tờ gì?"),
    "other": N_("Mình chưa hiểu tin nhắn này. Bạn gõ vài chữ về việc cần làm giúp mình."),
}


EXAMPLES = (
    N_("làm khai sinh cho con cần gì"),
    N_("sao y bằng tốt nghiệp ở đâu"),
    N_("xác nhận độc thân mất bao lâu"),
)


def menu_choices(state: State, _: Translate) -> tuple[Choice, ...]:
    """The ways on from anywhere."""
    mine = (Choice(_("Danh sách của tôi"), "lists"),) if state.lists else ()
    return (
        Choice(_("Tra cứu hồ sơ"), "status"),
        Choice(_("Điền tờ khai"), "forms"),
        Choice(_("Xem theo lĩnh vực"), "fields"),
        *mine,
        Choice(_("Giờ làm việc"), "talk:hours"),
        Choice(_("Gặp cán bộ"), "talk:human"),
        Choice(_("Ngôn ngữ / Language"), "language"),
    )


def greeting(state: State, world: World, _: Translate) -> Turn:
    """The first message, and the menu."""
    text = _(
        "Chào bạn, mình là trợ lý Một Cửa của {unit}. Bạn cần làm giấy tờ gì? Cứ nhắn như nói chuyện, ví dụ:"
    ).format(unit=world.office.unit)
    examples = tuple(_(example) for example in EXAMPLES)
    lines = "\n".join([text, *bullets(examples)])
    reply = Reply(lines, choices=menu_choices(state, _), examples=examples)
    return Turn((reply,), replace(state, procedure="", answers={}))


def guide(state: State, world: World, _: Translate) -> Turn:
    """What the bot can do."""
    text = _(
        "Bạn nhắn việc cần làm, mình hỏi thêm vài câu rồi gửi danh sách giấy tờ của riêng bạn, "
        "kèm lệ phí, thời hạn, nơi nộp. "
        "Bạn đánh dấu được giấy đã có, danh sách được giữ lại để lần sau xem tiếp.\n"
        "Bấm nút, hoặc gõ số thứ tự của nút. Gõ “menu” để về đầu bất cứ lúc nào.\n"
        "Thông tin theo dữ liệu của {portal}; chỗ nào chưa rõ mình nói là chưa rõ."
    ).format(portal=world.office.portal.name)
    return Turn((Reply(text, choices=menu_choices(state, _)),), state)


def talk(kind: str, state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """An answer to small talk of that kind."""
    if kind == "greeting":
        return greeting(state, world, _)
    if kind == "help":
        return guide(state, world, _)
    if kind == "language":
        return ask_language(state, _)
    if kind == "status":
        return status.ask_code(state, _)
    return Turn((Reply(_talk_text(kind, world, incoming, _), choices=menu_choices(state, _)),), state)


def _talk_text(kind: str, world: World, incoming: Incoming, _: Translate) -> str:
    office, now = world.office, incoming.at
    if kind.startswith("emergency-"):
        number = office.emergency(kind.removeprefix("emergency-"))
        return _(EMERGENCIES[number.id]).format(number=number.number, name=number.name)
    if kind == "hours":
        return desk.hours_text(office, world.holidays, now, _)
    if kind == "human":
        return desk.human_text(office, world.holidays, now, _)
    if kind == "reception":
        return desk.reception_text(office, _)
    if kind == "address":
        return desk.place_text(office, _) + "\n" + desk.phones_text(office, _)
    text = _(TALK.get(kind, TALK["off-topic"]))
    return text.format(unit=office.unit, portal=office.portal.name, hotline=office.portal.hotline,
                       police=office.places["police"].name)  # fmt: skip


def elsewhere(entry_id: str, state: State, world: World, _: Translate) -> Turn:
    """Something that another office does: where to go."""
    entry = world.elsewhere.entry(entry_id)
    not_here = _("Việc này không làm ở bộ phận một cửa của phường.")
    text = entry.go if entry.bare else f"{not_here}\n{entry.go}"
    return Turn((Reply(text, entry.name, menu_choices(state, _)),), state, "elsewhere")


def lost(state: State, world: World, incoming: Incoming, _: Translate) -> Turn:
    """Nothing was found: says so and shows the way on."""
    text = _("Mình chưa tìm ra thủ tục bạn cần, và không đoán bừa. Bạn thử nói cách khác, ngắn thôi, hoặc:")
    human = (
        desk.phones_text(world.office, _)
        + "\n"
        + desk.hours_text(world.office, world.holidays, incoming.at, _)
    )
    return Turn((Reply(f"{text}\n\n{human}", choices=menu_choices(state, _)),), state, "declined")


def attachment(incoming: Incoming, state: State, _: Translate) -> Turn:
    """A polite word on what cannot be read here."""
    return Turn((Reply(_(ATTACHMENTS[incoming.attachment]), choices=menu_choices(state, _)),), state)


def unreadable(state: State, _: Translate) -> Turn:
    """A message without a letter in it."""
    text = _("Bạn muốn hỏi thủ tục gì? Nhắn vài chữ, ví dụ “đăng ký kết hôn”.")
    return Turn((Reply(text, choices=menu_choices(state, _)),), state)


def too_long(state: State, _: Translate) -> Turn:
    """A message that is no question any more."""
    text = _("Tin nhắn dài quá, mình đọc không xuể. Bạn viết lại trong vài câu giúp mình nhé.")
    return Turn((Reply(text, choices=menu_choices(state, _)),), state)


def stale_button(state: State, _: Translate) -> Turn:
    """A button that this version does not know."""
    text = _("Nút này không dùng được nữa. Bạn chọn lại giúp mình:")
    return Turn((Reply(text, choices=menu_choices(state, _)),), state)


def sorry(state: State, _: Translate) -> Turn:
    """Our own failure; nothing that the person told us before is lost."""
    text = _("Xin lỗi, máy của mình vừa gặp lỗi. Bạn nhắn lại câu vừa rồi giúp mình nhé.")
    return Turn((Reply(text, choices=menu_choices(state, _)),), state, "failed")


def ask_language(state: State, _: Translate) -> Turn:
    """Offers the languages."""
    choices = tuple(Choice(NAMES.get(code, code), f"language:{code}") for code in languages())
    return Turn((Reply(_("Bạn muốn dùng ngôn ngữ nào?"), choices=choices),), state)


def set_language(code: str, state: State, world: World) -> Turn:
    """Keeps the choice and greets in that language."""
    return greeting(replace(state, language=code), world, translator(code))
