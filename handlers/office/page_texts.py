"""What is said where there is no conversation: the labels of the web page, and its refusals."""

from collections.abc import Mapping

from handlers.language.i18n import N_, Translate
from knowledge.office.office import Office

FILE_LIMIT_MB = 20  # of a photo, a recording or another file
LANGUAGE_CHOICE = "language:"  # before the code, in the value of a button that chooses a language

PAGE = {
    "name": N_("Một Cửa"),
    "office_line": N_("Trợ lý của {office}"),
    "about": N_("Hỏi giấy tờ cần nộp, phí, nơi nộp; điền tờ khai; tra cứu hồ sơ tại {office}."),
    "leave": N_("Kết thúc"),
    "leave_title": N_("Kết thúc và xóa cuộc trò chuyện khỏi máy này"),
    "leave_sure": N_(
        "Kết thúc và xóa cuộc trò chuyện khỏi máy này? Tờ khai, danh sách và tin báo của bạn "
        "sẽ không mở lại được ở đây, và máy này không báo tin nữa."
    ),
    "way_in": N_("Điện thoại, giờ, nơi nộp"),
    "reload": N_("Trang chưa tải được, bấm để tải lại"),
    "skip": N_("Đến ô nhập tin nhắn"),
    "log": N_("Cuộc trò chuyện"),
    "you": N_("Bạn"),
    "input": N_("Tin nhắn của bạn"),
    "hint": N_("Nhập tin nhắn…"),
    "send": N_("Gửi"),
    "attach": N_("Gửi ảnh hoặc tệp"),
    "photo": N_("📷 Chụp mã QR"),
    "typing": N_("Đang trả lời…"),
    "uploading": N_("Đang gửi ảnh… {percent} %"),
    "offline": N_("Đang mất kết nối. Tin chưa gửi được giữ lại ở đây."),
    "online": N_("Đã có kết nối trở lại."),
    "failed": N_("Tin chưa gửi được."),
    "waiting": N_("Chưa gửi được. Có kết nối lại là mình tự gửi."),
    "opening": N_("Mở trang này"),
    "unsaved": N_("Chưa lưu được dấu này. Bạn đánh dấu lại giúp mình."),
    "file_lost": N_("Tin chưa gửi được. Bạn chọn lại tệp giúp mình."),
    "resend": N_("Gửi lại"),
    "newest": N_("Tin mới"),
    "to_end": N_("Xuống cuối"),
    "copy": N_("Chép {text}"),
    "copied": N_("Đã chép"),
    "copy_list": N_("Chép danh sách"),
    "share": N_("Gửi cho người khác"),
    "change": N_("Sửa"),
    "chosen": N_("đã chọn"),
    "done": N_("xong"),
    "now_at": N_("đang ở bước này"),
    "printed_on": N_("In ngày {date}"),
    "close": N_("Đóng khung trò chuyện"),
    "no_cookies": N_(
        "Trình duyệt này không cho khung trên trang khác nhớ bạn, nên mình không trả lời được ở đây."
    ),
    "own_page": N_("Mở trang trò chuyện"),
    "push_off": N_("Tin chỉ hiện khi bạn mở trang này trên chính máy này."),
    "push_start": N_("Báo cả khi trang đóng"),
    "push_on": N_("Máy này báo cho bạn cả khi trang đóng. Màn hình chỉ hiện “Bạn có tin mới”."),
    "push_stop": N_("Thôi báo khi trang đóng"),
    "push_none": N_(
        "Tin chỉ hiện khi bạn mở lại trang này trên chính máy này; trình duyệt này không báo được khi trang "
        "đóng."
    ),
    "push_denied": N_(
        "Tin chỉ hiện khi bạn mở trang này: thông báo của trang đang bị chặn. Bạn mở lại trong cài đặt của "
        "trình duyệt rồi tải lại trang."
    ),
    "push_failed": N_("Chưa bật được báo tin khi trang đóng. Bạn thử lại sau giúp mình."),
    "push_kiosk": N_("Màn hình này không giữ tin cho bạn: mang cuộc trò chuyện về điện thoại để nhận tin."),
    "rest_name": N_("Bạn còn ở đây không?"),
    "rest": N_("Trang về đầu và xóa cuộc trò chuyện này sau {seconds} giây."),
    "rest_stop": N_("Tôi còn ở đây"),
    "rest_now": N_("Kết thúc ngay"),
    "along": N_("Mang về điện thoại"),
    "along_how": N_(
        "Quét mã này bằng máy ảnh của điện thoại rồi bấm “Mang về máy này”. Mã dùng một lần, trong {minutes} "
        "phút; mang đi rồi thì màn hình này tự xóa."
    ),
    "along_failed": N_("Chưa lấy được mã. Bạn thử lại giúp mình."),
    "along_close": N_("Đóng"),
    "file_along": N_("📄 {name}: mang cuộc trò chuyện về điện thoại để lấy tệp này."),
    "noscript": N_("Trang này cần JavaScript. Bạn bật JavaScript rồi tải lại, hoặc đến {office}."),
}


WIDGET = {
    "open": N_("Hỏi Một Cửa"),
    "unread": N_("{count} tin mới"),
    "title": N_("Trò chuyện với Một Cửa"),
    "foreign": N_(
        "Một Cửa: {site} chưa được phép mở khung trò chuyện; ghi trang này vào MOTCUA_WIDGET_ORIGINS."
    ),
}


def page(office: Office, tr: Translate) -> Mapping[str, str]:
    """The labels of the web page, by name; {percent}, {text} and {date} are filled in by the page."""
    texts = {name: tr(text).replace("{office}", office.name) for name, text in PAGE.items()}
    return {**texts, "file_too_large": too_large(tr)}


def widget(tr: Translate) -> Mapping[str, str]:
    """What the button on a page of the commune says, and its console; the script fills in the places."""
    return {name: tr(text) for name, text in WIDGET.items()}


def news(tr: Translate) -> str:
    """On a locked screen, where others read it."""
    return tr("Bạn có tin mới về việc bạn đang theo dõi.")


def lost(tr: Translate) -> str:
    """An address that leads nowhere."""
    return tr("Không có trang này, hoặc trang không mở theo cách đó được.")


def take(tr: Translate, *, replaces: bool) -> str:
    """On a phone that has read the code of the screen; `replaces`: it has a talk of its own."""
    question = tr("Mang cuộc trò chuyện ở màn hình trong sảnh về máy này?")
    closes = tr("Cuộc trò chuyện đang có trên máy này sẽ đóng lại.")
    return f"{question} {closes}" if replaces else question


def take_yes(tr: Translate) -> str:
    """The button below it."""
    return tr("Mang về máy này")


def take_over(tr: Translate) -> str:
    """The code is not good any more."""
    return tr("Mã này đã dùng hoặc quá hạn. Bạn bấm “Mang về điện thoại” ở màn hình để lấy mã mới.")


def no_network(tr: Translate) -> str:
    """What a page says that could not be fetched."""
    return tr("Máy của bạn đang mất mạng. Bạn kết nối rồi mở lại trang này.")


def again(tr: Translate) -> str:
    """The way to try once more."""
    return tr("Tải lại")


def back(tr: Translate) -> str:
    """The way to the page that there is."""
    return tr("Về trang trò chuyện")


def too_large(tr: Translate) -> str:
    """The file is over the limit."""
    return tr("Tệp lớn hơn {size} MB. Bạn chọn tệp nhỏ hơn giúp mình.").format(size=FILE_LIMIT_MB)


def too_long(tr: Translate) -> str:
    """The message is over the limit."""
    return tr("Tin dài quá, mình không đọc hết được. Bạn viết ngắn lại giúp mình.")


def too_fast(tr: Translate) -> str:
    """More messages in a minute than anybody types."""
    return tr("Bạn gửi nhanh quá. Đợi một phút rồi gửi lại giúp mình.")


def unreadable(tr: Translate) -> str:
    """A message that the page would never send."""
    return tr("Mình không đọc được tin này. Bạn tải lại trang rồi thử lại giúp mình.")


def refused(tr: Translate) -> str:
    """A message sent by another site."""
    return tr("Tin này không đến từ trang của mình. Bạn mở lại trang trò chuyện rồi gửi giúp mình.")


def broken(tr: Translate) -> str:
    """Our own failure."""
    return tr("Xin lỗi bạn, máy của mình vừa gặp lỗi. Bạn thử lại sau ít phút giúp mình.")
