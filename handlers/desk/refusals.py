"""Why what a clerk wants cannot be done, and what to do instead: a code that stays, and its words."""

from collections.abc import Mapping
from typing import ClassVar

from handlers.language.i18n import N_, Translate

TEXTS: Mapping[str, str] = {
    "no_such_dossier": N_("{code}: không có hồ sơ này; `motcua dossiers list` liệt kê hồ sơ đang giữ"),
    "no_such_file": N_("{file}: không có tệp này; xem lại tên và thư mục"),
    "bad_code": N_("{name}: “{value}” không phải mã hồ sơ; mã có dạng H36.99-260706-0001"),
    "bad_date": N_("{name}: “{value}” không đọc được; ghi ngày/tháng/năm, ví dụ 24/11/2026"),
    "bad_phone": N_("{name}: “{value}” không phải số điện thoại"),
    "bad_id_number": N_("{name}: “{value}” không phải số căn cước hay hộ chiếu"),
    "no_such_import": N_("không có lần nạp số {number}; `motcua dossiers undo-import` liệt kê các lần nạp"),
    "import_undone": N_("lần nạp {number} đã được hoàn lại"),
    "import_moved_on": N_("{count} hồ sơ đã thay đổi sau lần nạp này ({codes}); không hoàn lại được cả lần"),
    "import_told": N_("đã gửi {count} tin về lần nạp này ({codes}); không hoàn lại được, sửa từng hồ sơ"),
    "bad_column": N_("--column: “{value}” chưa đúng; ghi “TIÊU ĐỀ=tên cột”, tên cột như: {known}"),
    "bad_state_given": N_("--state: “{value}” chưa đúng; ghi “CHỮ TRONG BẢNG=SỐ”, SỐ từ 1 đến 10"),
    "no_such_word": N_("“{value}” chưa được gán; `motcua dossiers words` liệt kê"),
    "bad_amount": N_("{name}: “{value}” không phải số tiền; ghi số đồng, ví dụ 15.000"),
    "bad_state": N_(
        "“{value}” không phải trạng thái nào; ghi số 1 đến 10, hoặc tên: {names}; bưu điện: {posts}"
    ),
    "bad_cause": N_("{name}: “{value}” không phải lý do trễ nào; chọn trong: {names}"),
    "impossible_move": N_(
        "{code}: đang “{before}” thì không chuyển sang “{after}” được; nếu đúng là vậy thì thêm --anyway"
    ),
    "papers_asked_before": N_(
        "{code}: đã yêu cầu bổ sung một lần; việc bổ sung chỉ được yêu cầu một lần. "
        "Vẫn yêu cầu nữa thì thêm --anyway"
    ),
    "date_moved_before": N_(
        "{code}: ngày hẹn đã được dời một lần; ngày hẹn chỉ nên dời một lần. Vẫn dời nữa thì thêm --anyway"
    ),
    "day_too_early": N_("{name}: {day} là quá sớm, sớm nhất là {bound}"),
    "day_too_late": N_("{name}: {day} là quá muộn, muộn nhất là {bound}"),
    "day_off": N_("{name}: {day} là ngày nghỉ"),
    "dossier_exists": N_("{code}: đã có hồ sơ này; `motcua dossiers move` chuyển trạng thái"),
    "no_code_yet": N_("chưa có hồ sơ nào nên chưa biết mã của đơn vị; ghi --code, ví dụ H36.99-260706-0001"),
    "no_second_fact": N_("{code}: cần số điện thoại hoặc số căn cước, nếu không chẳng ai tra được hồ sơ này"),
    "no_name": N_("{code}: còn thiếu họ tên"),
    "notify_without_phone": N_("{code}: --{option} cần số điện thoại"),
    "which_procedure": N_("“{value}” có thể là nhiều thủ tục: {near}; ghi mã thủ tục"),
    "no_procedure": N_("“{value}”: không tìm thấy thủ tục nào; `motcua ask` tìm theo lời người dân"),
    "nothing_to_correct": N_("{code}: chưa ghi sửa gì; xem `motcua dossiers correct --help`"),
    "nobody_found": N_("“{value}”: không có hồ sơ nào khớp mã, tên hay số điện thoại này"),
    "bad_field": N_("“{value}” không phải lĩnh vực nào; chọn trong: {names}"),
    "form_unknown": N_(
        "Mẫu {form} ({title}) chưa có: nội dung mẫu chưa được cán bộ cung cấp, nên trợ lý không tự soạn"
    ),
    "no_such_form": N_("không có mẫu {form}; in được mẫu 01, 02, 04"),
    "no_papers_missing": N_("{code}: chưa yêu cầu bổ sung giấy tờ nào; chuyển sang 5 với --note trước"),
    "no_apology": N_("{code}: chưa soạn lời xin lỗi; dùng `motcua dossiers apologise` trước"),
    "nothing_posted": N_("ngày {day} không giao gì cho bưu điện"),
    "bad_scan": N_("“{value}” không phải mã hồ sơ, cũng không phải mã bưu gửi"),
    "scan_without_pair": N_("{value}: còn thiếu mã đi cùng; quét mã hồ sơ rồi mã bưu gửi"),
    "no_longer_open": N_("{code}: hồ sơ đã có kết quả hoặc đã kết thúc, không xin lỗi trễ hẹn nữa"),
    "apology_incomplete": N_("{code}: lời xin lỗi cần cả --reason và --due"),
    "apology_not_drafted": N_("{code}: chưa có gì để gửi; soạn bằng --reason và --due"),
    "apology_on_its_way": N_(
        "{code}: {count} người chưa nhận được lời xin lỗi trước; đợi họ nhận rồi soạn tiếp"
    ),
    "nothing_to_retry": N_("tin {id}: không có gì để gửi lại; `motcua notices` liệt kê tin bị kẹt"),
    "not_to_call": N_("tin {id}: không có trong danh sách gọi; `motcua notices calls` liệt kê"),
    "no_such_kind": N_("“{value}” không phải loại tin nào; chọn trong: {names}"),
    "no_such_draft": N_("{code}: không có tờ khai này hoặc đã hết hạn giữ; hỏi lại người dân mã tại quầy"),
    "no_such_procedure": N_("{code}: danh mục không có thủ tục này; `motcua ask` tìm theo lời người dân"),
    "not_locked": N_("{code}: không bị khóa; `motcua dossiers locks` liệt kê mã bị khóa"),
    "nothing_to_undo": N_("{code}: không có gì để hoàn tác trong một tháng qua"),
    "changed_since": N_(
        "{code}: hồ sơ đã có tin mới sau thao tác đó, không hoàn tác được; dùng `move` hoặc `correct`"
    ),
}
MEANT = N_("có phải ý bạn là “{meant}”?")


class Refused(Exception):
    """What was asked for cannot be done; `code` says why and never changes."""

    texts: ClassVar[Mapping[str, str]] = TEXTS

    def __init__(self, code: str, /, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(self.told(Translate()))

    def told(self, tr: Translate) -> str:
        """One line that says what to do, with what was probably meant."""
        texts = [tr(self.texts[self.code])]
        if self.values.get("meant"):
            texts.append(tr(MEANT))
        return "; ".join(text.format(**self.values) for text in texts)
