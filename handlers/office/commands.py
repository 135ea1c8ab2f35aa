"""The commands that a messenger shows in its menu."""

from handlers.language.i18n import N_, language_of, translator

COMMANDS: tuple[tuple[str, str, str], ...] = (  # the name, the name in English, what it does
    ("hoso", "status", N_("Tra cứu hồ sơ")),
    ("tokhai", "forms", N_("Điền tờ khai")),
    ("huy", "cancel", N_("Thôi việc đang làm dở")),
    ("trangdau", "menu", N_("Về đầu")),
    ("linhvuc", "fields", N_("Xem thủ tục theo lĩnh vực")),
    ("danhsach", "lists", N_("Danh sách giấy tờ của bạn")),
    ("tinbao", "notices", N_("Tin báo và lời nhắc của bạn")),
    ("lienket", "link", N_("Liên kết kênh: dùng cả Zalo, Telegram, web")),
    ("giolamviec", "hours", N_("Giờ làm việc")),
    ("gapcanbo", "contact", N_("Gặp cán bộ")),
    ("ngonngu", "language", N_("Đổi ngôn ngữ")),
    ("dulieu", "mydata", N_("Dữ liệu của bạn ở đây")),
    ("xoa", "erase", N_("Xóa dữ liệu của bạn")),
    ("trogiup", "help", N_("Mình giúp được gì")),
)
ABOUT = N_(
    "Mình là trợ lý Một Cửa: chỉ giấy tờ cần nộp, nơi nộp, phí; giúp điền tờ khai; xem hồ sơ đến đâu.\n\n"
    "Cứ nhắn như nói chuyện. Mình là chương trình máy, không phải cán bộ."
)  # before the first message
SHORT = N_("Giấy tờ cần nộp, tờ khai, tra cứu hồ sơ ở một cửa")  # beside the name


IN_GROUP = N_("Mình chỉ trả lời khi bạn nhắn riêng, để chuyện của bạn không ai khác đọc được.")
PRIVATELY = N_("Nhắn riêng cho mình")


def commands(language: str) -> list[tuple[str, str]]:
    """Name and description of each command, in the order they are shown."""
    tr = translator(language)
    return [(english if language == "en" else name, tr(text)) for name, english, text in COMMANDS]


def in_group(language: str) -> tuple[str, str]:
    """What a group is told, and the label of the way out of it; `language` as the app is set."""
    tr = translator(language_of("", language))
    return tr(IN_GROUP), tr(PRIVATELY)


def about(language: str) -> tuple[str, str]:
    """What stands in an empty chat, and beside the name."""
    tr = translator(language)
    return tr(ABOUT), tr(SHORT)
