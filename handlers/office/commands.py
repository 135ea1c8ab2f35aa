"""The commands that a messenger shows in its menu."""

from handlers.language.i18n import N_, translator

COMMANDS = {
    "hoso": N_("Tra cứu hồ sơ"),
    "tokhai": N_("Điền tờ khai"),
    "huy": N_("Thôi việc đang làm dở"),
    "menu": N_("Về đầu"),
    "fields": N_("Xem thủ tục theo lĩnh vực"),
    "lists": N_("Danh sách giấy tờ của bạn"),
    "tin": N_("Tin báo và lời nhắc của bạn"),
    "hours": N_("Giờ làm việc"),
    "contact": N_("Gặp cán bộ"),
    "language": N_("Đổi ngôn ngữ"),
    "dulieu": N_("Dữ liệu của bạn ở đây"),
    "xoa": N_("Xóa dữ liệu của bạn"),
    "help": N_("Mình giúp được gì"),
}


def commands(language: str) -> list[tuple[str, str]]:
    """Name and description of each command, in the order they are shown."""
    tr = translator(language)
    return [(name, tr(description)) for name, description in COMMANDS.items()]
