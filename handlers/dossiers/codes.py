"""What is wrong with a dossier's code, in words."""

from collections.abc import Mapping

from handlers.language.i18n import N_, Translate
from knowledge.dossiers.dossier_codes import BadCode
from knowledge.office.office import Office

PROBLEMS: Mapping[str, str] = {
    "no_unit": N_(
        "Mã hồ sơ thiếu phần đầu (mã cơ quan, như {agency}). Bạn gõ đủ như trên giấy hẹn giúp mình."
    ),
    "too_short": N_("Mã hồ sơ chưa đủ, thiếu phần số cuối. Bạn gõ đủ như trên giấy hẹn giúp mình."),
    "bad_date": N_("Phần ngày trong mã hồ sơ không đúng. Bạn xem lại trên giấy hẹn giúp mình."),
    "bad_number": N_("Phần số cuối của mã hồ sơ không đúng. Bạn xem lại trên giấy hẹn giúp mình."),
    "short_form": N_(
        "Đây là mã viết tắt của hồ sơ số {number}, nhận ngày {day}. Bạn nộp ở cơ quan nào, tháng nào? "
        "Bạn gõ đủ mã trên giấy hẹn, ví dụ {example}."
    ),
    "other_agency": N_(
        "Đây là mã của bảo hiểm xã hội, mình không tra được. Bạn hỏi cơ quan bảo hiểm xã hội."
    ),
    "procedure_code": N_("Đây là mã thủ tục, không phải mã hồ sơ. Mã hồ sơ ghi trên giấy hẹn."),
    "not_a_code": N_("Mình chưa thấy mã hồ sơ. Bạn gõ mã trên giấy hẹn, ví dụ {example}."),
}  # by BadCode.reason


def problem_text(read: BadCode, office: Office, tr: Translate) -> str:
    """What is wrong with it, and what to type instead."""
    text = tr(PROBLEMS[read.reason])
    return text.format(
        day=read.day_of_month, number=read.number, example=office.example_code, agency=office.dossier_unit
    )
