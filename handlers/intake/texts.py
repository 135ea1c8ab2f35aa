"""What is said while a form is filled in."""

from collections.abc import Mapping

from handlers.turn.i18n import N_, Translate
from handlers.turn.messages import Attachment
from knowledge.intake.form import Question

CONSENT = "card-2026-11"  # version of the text below; a changed text gets a new one
CONSENT_TEXT = N_(
    "Mình hỏi từng câu một rồi điền sẵn tờ khai, bạn chỉ việc in ra và ký. Nhanh nhất là chụp mã QR trên "
    "thẻ căn cước: mình đọc mã rồi bỏ ảnh ngay, không giữ ảnh nào.\n"
    "Ảnh thẻ là dữ liệu cá nhân nhạy cảm. Câu trả lời của bạn được lưu có mã hóa, tự xóa sau 14 ngày không "
    "dùng; bạn xóa lúc nào cũng được bằng lệnh /xoa. Không muốn gửi ảnh thì tự gõ, hoặc ra quầy nhờ cán bộ."
)

WORDS: Mapping[str, str] = {
    "quay lai": "back", "lui lai": "back", "truoc do": "back", "cau truoc": "back", "back": "back",
    "bo qua": "skip", "skip": "skip",
    "go back": "back", "previous": "back", "undo": "back",
    "de sau": "later", "luc khac": "later", "later": "later", "not now": "later", "save for later": "later",
    "dung lai": "later", "tam dung": "later", "nghi da": "later", "quit": "later", "exit": "later",
    "huy": "cancel", "huy bo": "cancel", "huy to khai": "cancel", "khong lam nua": "cancel",
    "xoa to khai": "cancel", "cancel": "cancel",
    "xem lai": "review", "review": "review",
}  # fmt: skip  # folded; the step that each means

WITH_MARKS: Mapping[str, str] = {
    "dừng": "later", "ngừng": "later", "thôi": "later", "hủy": "cancel", "huỷ": "cancel",
}  # fmt: skip  # without their marks they may be an answer: "Dũng", "đúng", "Huy"

LEAVING = frozenset(("menu", "start", "bat dau", "bat dau lai", "ve dau", "trang chu", "thoat"))

AT_REVIEW: Mapping[str, str] = {
    "dung roi": "right", "dung het": "right", "dung het roi": "right", "dung": "right", "xong": "right",
    "ok": "right", "dong y": "right", "in": "right", "in di": "right", "yes": "right", "done": "right",
    "sai": "wrong", "sai roi": "wrong", "sua": "wrong", "sua lai": "wrong", "no": "wrong",
    "khong dung": "wrong", "chua dung": "wrong", "change": "wrong", "edit": "wrong",
}  # fmt: skip  # folded; what is said to all answers on one screen

NO_CARD = frozenset(
    (
        "khong co the", "chua co the", "khong mang the", "khong co can cuoc", "khong chup duoc", "khong chup",
        "mat the", "the mo", "tu go", "go tay", "tu ghi", "no card", "type", "by hand",
    )
)  # fmt: skip  # folded: the card's questions are answered one by one

STILL_OPEN = N_("Còn câu chưa trả lời, nên mình hỏi tiếp:")

PROBLEMS: Mapping[str, str] = {
    "not_asked": N_("Câu này không còn trong tờ khai của bạn. Mình hỏi tiếp nhé:"),
    "empty": N_("Câu này cần có câu trả lời để tờ khai hợp lệ."),
    "too_short": N_("Ngắn quá, bạn ghi đầy đủ giúp mình."),
    "too_long": N_("Dài quá, không vừa ô trên tờ khai. Bạn ghi gọn lại giúp mình."),
    "not_a_choice": N_("Bạn bấm một nút dưới đây giúp mình. Muốn hỏi việc khác thì bấm “Để sau” trước."),
    "digits_in_name": N_("Họ tên không có chữ số. Bạn ghi lại giúp mình."),
    "not_a_name": N_("Họ tên chỉ gồm chữ cái. Bạn ghi lại giúp mình."),
    "not_a_date": N_("Mình chưa hiểu ngày này. Bạn ghi ngày/tháng/năm, ví dụ 05/11/2026."),
    "no_such_day": N_("Không có ngày đó trong lịch. Bạn xem lại giúp mình."),
    "no_day": N_("Tờ khai cần đủ ngày, tháng, năm. Bạn ghi ví dụ 05/11/2026."),
    "lunar": N_(
        "Đó là ngày âm lịch phải không? Tờ khai ghi ngày dương lịch: bạn xem lịch rồi ghi giúp mình."
    ),
    "future": N_("Ngày này chưa tới. Bạn xem lại giúp mình."),
    "too_long_ago": N_("Ngày này xa quá. Bạn xem lại năm giúp mình."),
    "not_a_time": N_("Mình chưa hiểu giờ này. Bạn ghi ví dụ 14:30, hoặc “2 giờ rưỡi chiều”."),
    "which_half": N_("Sáng hay chiều? Bạn ghi ví dụ “5 giờ sáng” hoặc 17:00."),
    "which_place": N_("Có mấy nơi cùng tên. Bạn chọn đúng nơi, hoặc gõ lại có cả tỉnh:"),
    "not_an_ethnic_group": N_(
        "Mình không thấy dân tộc này trong danh mục. Bạn ghi lại tên dân tộc giúp mình."
    ),
    "not_an_id_number": N_("Số căn cước có 12 chữ số, chứng minh nhân dân cũ có 9. Bạn xem lại giúp mình."),
    "not_a_phone": N_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0. Bạn xem lại giúp mình."),
    "not_a_number": N_("Bạn ghi một con số giúp mình."),
    "too_few": N_("Số này nhỏ quá. Bạn xem lại giúp mình."),
    "too_many": N_("Số này lớn quá. Bạn xem lại giúp mình."),
}  # by BadAnswer.code


def ask_text(question: Question, by_hand: bool, _: Translate) -> str:
    """The question with its help."""
    if question.type == "card" and by_hand:
        text = _("{what}: bạn bấm “Tự gõ” để ghi từng mục, hoặc chọn:").format(what=question.label)
        return "\n".join(filter(None, (text, question.help)))
    help_text = question.help or ""
    if question.type == "card":
        tip = _("Chỉ để mã QR trong khung hình, giữ chắc tay. Thẻ mới có mã ở mặt sau.")
        help_text = "\n".join(filter(None, (help_text, tip)))
    return "\n".join(filter(None, (question.ask, help_text)))


def card_problem(unread: int, has_code: bool, attachment: Attachment, _: Translate) -> str:
    """What to do when a photo shows no card; `unread` counts such photos in a row."""
    if has_code:
        return _("Mã trong ảnh không phải mã của thẻ căn cước. Bạn chụp mã QR trên thẻ giúp mình.")
    if unread == 1:
        return _("Mình chưa đọc được mã. Bạn lại gần hơn, giữ chắc tay, tránh chỗ lóa, rồi chụp lại.")
    if attachment == "photo":
        return _("Mình vẫn chưa đọc được. Bạn gửi ảnh ở dạng tệp để ảnh giữ nguyên độ nét, hoặc bấm “Tự gõ”.")
    return _("Mình vẫn chưa đọc được. Bạn bấm “Tự gõ” rồi trả lời từng câu giúp mình.")
