"""What is said while a form is filled in, and printed on it."""

from collections.abc import Mapping

from handlers.language.format import day_text
from handlers.language.i18n import N_, Translate
from handlers.turn.messages import Attachment
from knowledge.intake.form import Question
from knowledge.intake.id_card import MINISTRY_SINCE
from knowledge.reading.shape.shape import Why

# Beside the official text. In Vietnamese only, as the form itself is.
PRINTED: Mapping[str, str] = {
    "to": "Kính gửi:",
    "foot": "Bản in từ trợ lý Một Cửa; người khai kiểm tra và ký.",
    "code": "Mã tại quầy",
    "page": "Trang {page}/{pages}",
    "bring": "Mang theo cùng tờ khai",
}

STILL_OPEN = N_("Còn câu chưa trả lời, nên mình hỏi tiếp:")

PROBLEMS: Mapping[str, str] = {
    "not_asked": N_("Câu này không còn trong tờ khai của bạn. Mình hỏi tiếp nhé:"),
    "empty": N_("Câu này cần có câu trả lời để tờ khai hợp lệ."),
    "too_short": N_("Ngắn quá, bạn ghi đầy đủ giúp mình."),
    "too_long": N_("Dài quá, không vừa ô trên tờ khai. Bạn ghi gọn lại giúp mình."),
    "not_a_choice": N_("Bạn chọn một mục dưới đây giúp mình. Muốn hỏi việc khác thì chọn “Để sau” trước."),
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
    "no_address": N_(
        "Bạn ghi thêm địa chỉ nơi đó, ít nhất là tên tỉnh, ví dụ “Bệnh viện Đa khoa, tỉnh Lâm Đồng”:"
    ),
    "not_an_ethnic_group": N_(
        "Mình không thấy dân tộc này trong danh mục. Bạn ghi lại tên dân tộc giúp mình."
    ),
    "not_an_id_number": N_("Số căn cước có 12 chữ số, chứng minh nhân dân cũ có 9. Bạn xem lại giúp mình."),
    "not_a_phone": N_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0. Bạn xem lại giúp mình."),
    "not_a_number": N_("Bạn ghi một con số giúp mình."),
    "too_few": N_("Số này nhỏ quá. Bạn xem lại giúp mình."),
    "too_many": N_("Số này lớn quá. Bạn xem lại giúp mình."),
}  # by BadAnswer.code


WHERE_THE_CODE_IS = N_(
    "Mã QR là ô vuông đen trắng: ở mặt trước thẻ căn cước công dân gắn chip, ở mặt sau thẻ căn cước cấp từ "
    "{since}. Bạn bấm 📷 hoặc 📎 cạnh ô nhập tin để chụp rồi gửi: chỉ để mã trong khung hình, giữ chắc tay."
)

NOT_WRITTEN: Mapping[Why, str] = {
    "unknown": N_("Không sao. Bạn xem giấy tờ rồi ghi, hoặc chọn “Để sau” để hỏi lại người nhà:"),
    "not-yet": N_("Chưa có thì bạn cứ chọn “Để sau”, lúc nào có thì làm tiếp:"),
    "wait": N_("Vâng, bạn cứ từ từ. Câu đang hỏi:"),
    "no-name": N_("Mình chưa ghi, vì câu này không giống họ tên. Bạn ghi họ tên đầy đủ, có dấu:"),
    "no-place": N_("Mình chưa ghi, vì chưa thấy tên nơi nào. Bạn ghi lại giúp mình:"),
    "no-number": N_("Mình chưa thấy số nào. Bạn ghi bằng chữ số giúp mình:"),
    "question": N_(
        "Câu này mình chưa trả lời được ở đây: bạn hỏi bộ phận một cửa. Còn tờ khai thì hỏi tiếp:"
    ),
    "command": N_("Mình chưa hiểu ý bạn. Câu đang hỏi:"),
}
MARKS = N_("Tên có dấu viết thế nào? Bạn gõ lại có dấu. Tên đúng là không dấu thì gõ lại y như vậy:")
SAID: Mapping[str, str] = {
    "thanks": N_("Không có gì ạ. Mình hỏi tiếp:"),
    "ok": N_("Vâng. Mình hỏi tiếp:"),
    "wait": N_("Vâng, bạn cứ từ từ. Câu đang hỏi:"),
    "greeting": N_("Chào bạn. Mình đang điền tờ khai, hỏi tiếp nhé:"),
    "privacy": N_(
        "Câu trả lời của bạn được mã hóa, không đưa cho ai, tự xóa sau {days} ngày không dùng; /xoa là xóa "
        "ngay. Mình hỏi tiếp:"
    ),
    "print": N_(
        "Điền xong, mình gửi tệp PDF để in ở nhà hoặc tiệm photo; không in được thì đọc mã tờ khai cho "
        "cán bộ ở quầy. Mình hỏi tiếp:"
    ),
    "simpler": N_("Bạn trả lời theo đúng giấy tờ của mình là được:"),
    "shorter": N_("Câu đang hỏi:"),
    "repeat": N_("Câu đang hỏi:"),
    "who": N_("Mình là trợ lý tự động, điền tờ khai giúp bạn. Mình hỏi tiếp:"),
    "complaint": N_("Xin lỗi bạn vì phải hỏi nhiều: tờ khai cần đủ các mục này. Mình hỏi tiếp:"),
    "go-on": "",
}  # fmt: skip


AT_REVIEW: Mapping[str, str] = {"wait": N_("Vâng, bạn cứ từ từ."), "thanks": N_("Không có gì ạ.")}

ABOUT_FORM: Mapping[str, str] = {
    "which": N_("Ô này trên tờ khai là “{label}”. Bạn ghi đúng như trên giấy tờ:"),
    "calendar": N_("Tờ khai ghi ngày dương lịch. Câu đang hỏi:"),
    "where-on-paper": N_(
        "Bạn xem trên giấy tờ của chính người đó. Tìm không ra thì chọn “Để sau”, hoặc mang giấy ra quầy nhờ "
        "cán bộ:"
    ),
    "why": N_(
        "Mẫu tờ khai chính thức có ô này. Câu trả lời của bạn được mã hóa, tự xóa sau {days} ngày không "
        "dùng. Câu đang hỏi:"
    ),
    "sign": N_("In tờ khai ra, đọc lại rồi mới ký tay; chưa ký thì mới là bản nháp. Câu đang hỏi:"),
    "next": N_("Trả lời hết các câu, mình gửi tờ khai để bạn in ra, ký rồi nộp. Câu đang hỏi:"),
    "edit-paper": N_(
        "Trước khi in bạn sửa được từng câu; in rồi thì chọn “Sửa tờ khai” để sửa và in lại. Câu đang hỏi:"
    ),
    "unsure": NOT_WRITTEN["unknown"],
}  # what is asked about the form itself


def ask_text(question: Question, by_hand: bool, tr: Translate) -> str:
    """The question with its help."""
    if question.type == "card" and by_hand:
        text = tr("{what}: bạn chọn “Tự gõ” để ghi từng mục, hoặc chọn:").format(what=question.label)
        return "\n".join(filter(None, (text, question.help)))
    help_text = question.help or ""
    if question.type == "card":
        tip = tr(WHERE_THE_CODE_IS).format(since=day_text(MINISTRY_SINCE))
        help_text = "\n".join(filter(None, (help_text, tip)))
    return "\n".join(filter(None, (question.ask, help_text)))


def card_problem(unread: int, has_code: bool, attachment: Attachment, tr: Translate) -> str:
    """What to do when a photo shows no card; `unread` counts such photos in a row."""
    if has_code:
        return tr("Mã trong ảnh không phải mã của thẻ căn cước. Bạn chụp mã QR trên thẻ giúp mình.")
    if unread == 1:
        return tr("Mình chưa đọc được mã. Bạn lại gần hơn, giữ chắc tay, tránh chỗ lóa, rồi chụp lại.")
    if attachment == "photo":
        return tr(
            "Mình vẫn chưa đọc được. Bạn gửi ảnh ở dạng tệp để ảnh giữ nguyên độ nét, hoặc chọn “Tự gõ”."
        )
    return tr("Mình vẫn chưa đọc được. Bạn chọn “Tự gõ” rồi trả lời từng câu giúp mình.")
