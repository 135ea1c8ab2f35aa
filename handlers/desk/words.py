"""What the desk's tables, lists and acts say to the clerk."""

from collections.abc import Mapping

from handlers.language.format import date_text
from handlers.language.i18n import N_, NP_, Translate

# The labels of knowledge.dossiers.fields, and of the columns of lists.
LABELS: Mapping[str, str] = {
    "code": N_("mã hồ sơ"),
    "state": N_("tình trạng"),
    "standing": N_("hạn"),
    "procedure": N_("thủ tục"),
    "applicant": N_("họ tên"),
    "phone": N_("điện thoại"),
    "ID number": N_("số căn cước"),
    "received": N_("ngày nhận"),
    "due": N_("ngày hẹn trả"),
    "missing": N_("giấy tờ thiếu"),
    "until": N_("hạn bổ sung"),
    "fee due": N_("còn phải nộp"),
    "post": N_("mã bưu gửi"),
    "note": N_("ghi chú"),
    "stage": N_("đang chờ ở"),
    "received for": N_("nhận hộ cho"),
    "handed to": N_("người nhận kết quả"),
    "late because": N_("lý do trễ"),
    "posted": N_("ngày gửi bưu điện"),
    "finished": N_("ngày xong"),
    "apology": N_("lời xin lỗi"),
}
STANDINGS: Mapping[str, str] = {
    "papers": N_("đang chờ giấy tờ, thời hạn tạm dừng"),
    "fee": N_("đang chờ nộp tiền"),
    "today": N_("hẹn trả hôm nay"),
    "ready": N_("có kết quả, chờ trả"),
    "over": N_("đã kết thúc"),
    "unknown": N_("không rõ ngày hẹn"),
}
DRAFTED = N_("đã soạn")
TIMES = NP_("đã xin lỗi {count} lần")
# The columns of the figures.
FIGURES = (
    N_("đã nhận"), N_("trước hạn"), N_("đúng hạn"), N_("trễ hạn"), N_("không xếp"),
    N_("còn mở"), N_("mở, đã trễ"),
)  # fmt: skip
FIGURE_LINES: Mapping[str, str] = {
    "all": N_("tất cả"),
    "one_stop": N_("một cửa"),
    "linked": N_("liên thông"),
    "other": N_("(khác)"),
}
# An export of other software beside what is held here.
SIDES = (N_("trong bảng"), N_("ở đây"))
DIFFERS_IN = N_("khác nhau ở")
DIFFERENCES: Mapping[str, str] = {
    "missing_here": N_("ở đây không có"),
    "missing_there": N_("trong bảng không có"),
    "state": N_("tình trạng"),
    "received": N_("ngày nhận"),
    "due": N_("ngày hẹn trả"),
    "finished": N_("ngày xong"),
    "rating": N_("xếp hạng"),
}
LATE_BY = N_("Trễ vì:")
NO_CAUSE = N_("chưa ghi lý do")
LOCKS = (N_("số lần khóa"), N_("phải cho biết cả số đến"), N_("mã hồ sơ"))
NO_SUCH = N_("(không có hồ sơ này)")
UNLOCKED = N_("{code}: đã mở khóa")
COUNTED: Mapping[str, str] = {
    "late": NP_("trễ {count} ngày làm việc"),
    "left": NP_("còn {count} ngày làm việc"),
}
DONE: Mapping[str, str] = {
    "moved": N_("chuyển trạng thái"),
    "corrected": N_("sửa thông tin"),
    "deleted": N_("xóa hồ sơ"),
}
# What a command says once it has done something.
SAID: Mapping[str, str] = {
    "added": N_("{code}: đã tiếp nhận {title}, hẹn trả {due}"),
    "added_without_due": N_(
        "{code}: đã tiếp nhận {title}; không rõ ngày hẹn trả vì danh mục không ghi thời hạn"
    ),
    "proposed": N_("Mã hồ sơ {code} là số tiếp theo của hôm nay; có mã của Cổng thì ghi --code."),
    "agreed": N_("Người dân đồng ý: {text}"),
    "moved": N_("{code}: {state}"),
    "no_papers": N_("Lưu ý: chưa ghi giấy tờ còn thiếu; ghi bằng --note để người dân biết phải bổ sung gì."),
    "no_tracking": N_(
        "Lưu ý: chưa ghi mã bưu gửi; ghi thêm: motcua dossiers move {code} posted --tracking MÃ"
    ),
    "held": N_("Tin chỉ gửi đi sau {seconds} giây; bấm nhầm thì gõ: motcua dossiers undo {code}"),
    "print": N_("In phiếu: motcua dossiers form {form} {code}"),
    "corrected": N_("{code}: đã sửa {fields}"),
    "deleted": N_("{code}: đã xóa; trong một tháng lấy lại được: motcua dossiers undo {code}"),
    "undone": N_("{code}: đã hoàn tác việc {act}; tình trạng: {state}"),
    "recalled": N_("{count} tin chưa gửi đã được giữ lại."),
    "slip_told": N_(
        "{count} người đã đọc tin nhầm: tin đính chính đang được gửi hoặc nằm trong danh sách gọi."
    ),
    "drafted": N_("{code}: đã soạn lời xin lỗi, ngày hẹn mới {due}; --release để gửi cho người theo dõi"),
    "released": N_("{code}: ngày hẹn mới {due}; {count} người theo dõi được báo tin"),
    "to_call": N_("{code}: chưa báo được cho ai; đã đưa vào danh sách gọi: motcua notices calls"),
    "nobody": N_("{code}: chưa báo được cho ai, và hồ sơ không có số điện thoại"),
    "late_notice": N_("Lưu ý: theo lệ phải báo trước ngày hẹn {due} ít nhất một ngày."),
    "no_s10": N_("Lưu ý: {code} không đúng dạng mã bưu gửi S10; vẫn giữ nguyên."),
    "found": N_("{count} hồ sơ"),
    "wrote": N_("{count} hồ sơ: {path}"),
    "posted": N_("{code}: {tracking}"),
    "deleted_before": N_("{code} đã bị xóa ngày {day}, lý do: {reason}"),
    "compared": N_("So hồ sơ có ngày trong mã từ {first} đến {last}"),
    "alike": N_("Không khác nhau chỗ nào."),
    "differ": N_("{codes} hồ sơ khác nhau, ở {count} chỗ"),
    "shown_first": N_("Chỉ hiện {count} chỗ đầu; ghi hết ra Excel: --out FILE.xlsx"),
    "unread_rows": N_(
        "{count} dòng không đọc được nên không so; xem vì sao: motcua dossiers import {file} --dry-run"
    ),
    "no_lists": N_("Không có hồ sơ nào."),
    "new_link": N_("{code}: mã trên phiếu in trước đây không dùng được nữa; đưa người dân phiếu mới"),
    "no_way": N_("Chưa đặt PUBLIC_URL hay Telegram: phiếu không có mã để theo dõi."),
}

HAND_OVER = N_("Danh sách giao bưu điện ngày {day}")
HANDS = (N_("Bên giao"), N_("Bưu điện nhận"))


def standing_text(pace: str, days: int, tr: Translate) -> str:
    """How a dossier stands with its day."""
    if pace in COUNTED:
        return tr.plural(COUNTED[pace], days).format(count=days)
    return tr(STANDINGS[pace])


def shown(value: object) -> str:
    """A value as clerks write it: a day as 24/11/2026."""
    return date_text(value) if hasattr(value, "isoformat") else str(value)  # type: ignore[arg-type]
