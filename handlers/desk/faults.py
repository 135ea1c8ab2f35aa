"""What can be wrong with a table, a message, a row, a cell: each has a code that stays, and a sentence.

Places in braces are filled by whoever finds it. The code is told beside the sentence.
"""

from collections.abc import Mapping
from typing import ClassVar

from handlers.desk.refusals import Refused
from handlers.language.i18n import N_, Translate

# of one cell, and of a row; what stands there is told beside it
CELLS: Mapping[str, str] = {
    "no_code": N_("để trống mã hồ sơ"),
    "bad_code": N_("không phải mã hồ sơ; mã có dạng H36.50-261130-0001"),
    "two_codes": N_("có hai mã hồ sơ trong một ô; mỗi hồ sơ một dòng"),
    "more_than_a_code": N_("có chữ khác bên cạnh mã hồ sơ; ô này chỉ ghi mã"),
    "no_date": N_("không phải ngày; ghi ngày/tháng/năm"),
    "unclear_date": N_("không rõ ngày trước hay tháng trước: cột này có cả hai cách ghi"),
    "no_phone": N_("không phải số điện thoại"),
    "broken_phone": N_("số điện thoại thừa hoặc thiếu chữ số"),
    "no_id_number": N_("không phải số căn cước hoặc hộ chiếu"),
    "no_amount": N_("không phải số tiền; ghi số đồng, ví dụ 15.000"),
    "part_of_dong": N_("số tiền có phần lẻ của đồng"),
    "amount_too_small": N_("số tiền nhỏ hơn 200 đồng; có lẽ thiếu số không"),
    "amount_too_large": N_("số tiền quá lớn"),
    "sum_of_amounts": N_("không phải một số tiền; ghi tổng số phải nộp"),
    "unknown_state": N_("chưa rõ là tình trạng nào; gán bằng --state “{written}=SỐ”, SỐ từ 1 đến 10"),
    "no_value": N_("công thức chưa được tính; mở bằng Excel rồi lưu lại"),
    "excel_error": N_("ô báo lỗi của Excel"),
    "unreadable_letters": N_("có chữ không đọc được; lưu lại bảng ở dạng UTF-8"),
    "unclear_font": N_("không rõ chữ Unicode hay chữ {font}: cột này có cả hai"),
    "empty": N_("để trống"),
    "over_already": N_("đã qua"),
    "no_phone_and_no_account": N_("để trống, mà cũng không có tài khoản"),
    "no_account": N_("không phải tài khoản; ghi {examples}"),
    "due_before_received": N_("ngày hẹn trước ngày nhận"),
    "ended_before_received": N_("xong hoặc trả trước ngày nhận"),
    "in_the_future": N_("ngày chưa tới"),
    "due_too_far": N_("ngày hẹn cách ngày nhận hơn ba năm"),
    "swapped_day": N_("ngược ngày với tháng: mã hồ sơ ghi ngày {day}; sửa cả các ngày khác trong dòng"),
    "two_people": N_("một mã cho nhiều người: xem các dòng {rows}; không nhận dòng nào"),
    "other_person": N_("mã này đang là hồ sơ của người khác ({held}); xem lại mã"),
    "backward": N_("lùi lại từ “{held}”; bảng cũ chăng? Nếu đúng, thêm --backward"),
}

# of a row of a message, where no cell of a table has the like; told after the key that it is about
MESSAGES: Mapping[str, str] = {
    "missing": N_("để trống"),
    "no_text": N_("phải là chữ hoặc số"),
    "too_long": N_("dài hơn {most} chữ"),
    "no_list": N_("phải là danh sách các đối tượng"),
    "no_object": N_("phải là một đối tượng"),
    "unknown_key": N_("không có trường này; các trường là: {known}"),
    "says_nothing": N_("dòng này không cho biết gì về hồ sơ"),
    "unknown_state": N_(
        "“{written}”: không rõ là trạng thái nào; gửi số 1 đến 10, hoặc cán bộ gán: motcua dossiers words"
    ),
    "unknown_stage": N_("“{written}”: không rõ đang chờ ở đâu"),
    "stage_of_other_state": N_("“{written}” không thuộc trạng thái này"),
    "unknown_cause": N_("“{written}”: không rõ là lý do trễ nào"),
    "before_receipt": N_("sớm hơn ngày trong mã hồ sơ"),
    "no_tracking": N_("không phải mã bưu gửi"),
}

# why a row of a message does not count as it was sent
HELD: Mapping[str, str] = {
    "older": N_("đang giữ tin mới hơn, nên dòng này chỉ bổ sung chỗ trống"),
    "left_state": N_(
        "hồ sơ đã qua trạng thái này và dòng này không ghi từ lúc nào; "
        "muốn đưa hồ sơ quay lại thì gửi CapNhatTienDoHoSoMC có ThoiDiemXuLy"
    ),
    "clock_ahead": N_("giờ của máy gửi chạy nhanh; nhận như dòng không ghi giờ, xem lại đồng hồ máy gửi"),
    "of_another": N_(
        "mã này đang là hồ sơ của người khác: họ tên và điện thoại hoặc thủ tục đều khác; xem lại mã, "
        "hoặc cán bộ sửa: motcua dossiers correct"
    ),
}

# of a whole file
FILES: Mapping[str, str] = {
    "empty_file": N_("{file}: tệp rỗng"),
    "not_a_table": N_("{file}: không phải bảng tính; cần tệp .xlsx, .xls, .ods hoặc .csv"),
    "pdf": N_("{file}: là tệp PDF; cần bảng gốc dạng Excel hoặc CSV"),
    "word": N_("{file}: là văn bản Word; chép bảng sang Excel rồi lưu lại"),
    "image": N_("{file}: là ảnh; cần bảng gốc dạng Excel hoặc CSV"),
    "archive": N_("{file}: là tệp nén; giải nén rồi nạp từng bảng bên trong"),
    "web_archive": N_("{file}: là trang web lưu trữ (MHTML); mở bằng Excel rồi lưu dạng .xlsx"),
    "numbers": N_("{file}: là bảng của Apple Numbers; xuất ra dạng .xlsx"),
    "password": N_("{file}: có mật khẩu; mở bằng Excel, bỏ mật khẩu rồi lưu lại"),
    "damaged": N_("{file}: tệp hỏng, không đọc được; mở bằng Excel rồi lưu lại"),
    "too_big_unpacked": N_("{file}: giải nén ra quá lớn so với một bảng hồ sơ; chia thành nhiều tệp"),
    "too_many_cells": N_("{file}: quá nhiều ô; xóa trang và dòng thừa hoặc chia thành nhiều tệp"),
    "open_quote": N_(
        "{file}, dòng {row}: có dấu ngoặc kép mở ra mà không đóng, nên các dòng sau bị gộp vào một ô; "
        "sửa dòng đó rồi nạp lại. Chưa dòng nào được ghi"
    ),
    "csv_quote": N_(
        "{file}, dòng {row}: dấu ngoặc kép không khớp; sửa dòng đó rồi nạp lại. Chưa dòng nào được ghi"
    ),
    "no_headings": N_("{file}: không tìm thấy dòng tiêu đề có {needed}"),
    "only_hidden": N_("{file}: chỉ có trang ẩn; chọn trang bằng --sheet “TÊN TRANG”"),
    "no_such_sheet": N_("{file}: không có trang {sheet}; có: {sheets}"),
}

# what is told although the rows are taken
REMARKS: Mapping[str, str] = {
    "hidden_rows": N_("{count} dòng ẩn, KHÔNG đọc; bỏ lọc rồi lưu lại, hoặc thêm --hidden"),
    "hidden_not_known": N_(
        "tệp .xls, .ods không cho biết dòng, cột ẩn: đọc cả; muốn bỏ thì lưu lại dạng .xlsx"
    ),
    "hidden_rows_read": N_("{count} dòng ẩn, vẫn đọc"),
    "other_line": N_("không phải hồ sơ, bỏ qua: “{text}”"),
    "other_lines": N_("còn {count} dòng khác không phải hồ sơ, bỏ qua"),
    "converted_font": N_("chữ {font} ở cột “{column}” đã đổi sang Unicode"),
    "converted_headings": N_("tiêu đề viết bằng chữ {font}, đã đổi sang Unicode"),
    "merged_down": N_("có ô gộp nhiều dòng: giá trị được dùng cho mọi dòng của ô"),
    "two_phones": N_("{count} ô có nhiều số điện thoại: lấy số đầu"),
    "lost_zero": N_("{count} số điện thoại mất số 0 ở đầu, đã thêm lại"),
    "day_not_of_code": N_("{count} dòng có ngày nhận khác ngày trong mã hồ sơ"),
    "due_far": N_("{count} dòng có ngày hẹn cách ngày nhận hơn 400 ngày"),
    "unknown_stage": N_("{count} ô “đang chờ ở” ghi bước không có trong danh sách của quầy, bỏ qua"),
    "unknown_cause": N_("{count} ô “lý do trễ” không phải lý do nào trong bốn lý do, bỏ qua"),
    "no_second_fact": N_("{count} dòng không có điện thoại lẫn căn cước: người dân không tra được"),
}

# why a sheet is not read
SHEETS: Mapping[str, str] = {
    "hidden": N_("trang ẩn, KHÔNG đọc; muốn đọc thì thêm --sheet “{sheet}”"),
    "very_hidden": N_("trang ẩn kỹ, KHÔNG đọc; muốn đọc thì thêm --sheet “{sheet}”"),
    "not_chosen": N_("không chọn, không đọc"),
    "no_headings": N_("không có dòng tiêu đề có mã hồ sơ, không đọc"),
}


def cell_text(code: str, facts: Mapping[str, str], tr: Translate) -> str:
    """The sentence for a fault of a cell."""
    return tr(CELLS[code]).format(**facts)


def message_text(fault: str, facts: Mapping[str, str], tr: Translate) -> str:
    """The sentence for a row of a message that is refused or held."""
    return tr({**CELLS, **MESSAGES, **HELD}[fault]).format(**facts)


class BadTable(Refused):
    """A file that cannot be read at all."""

    texts: ClassVar[Mapping[str, str]] = FILES
