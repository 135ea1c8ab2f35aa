"""Why what a clerk wants cannot be done, and what to do instead: a code that stays, and its words."""

from collections.abc import Mapping

from handlers.language.i18n import N_, Translate

TEXTS: Mapping[str, str] = {
    "no_such_dossier": N_("{code}: không có hồ sơ này; `motcua dossiers list` liệt kê hồ sơ đang giữ"),
    "bad_code": N_("{name}: “{value}” không phải mã hồ sơ; mã có dạng H36.99-260706-0001"),
    "bad_date": N_("{name}: “{value}” không đọc được; ghi ngày/tháng/năm, ví dụ 24/11/2026"),
    "bad_phone": N_("{name}: “{value}” không phải số điện thoại"),
    "bad_id_number": N_("{name}: “{value}” không phải số căn cước hay hộ chiếu"),
    "bad_amount": N_("{name}: “{value}” không phải số tiền; ghi số đồng, ví dụ 15.000"),
}


class Refused(Exception):
    """What was asked for cannot be done; `code` says why and never changes."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(TEXTS[code].format(**values))
        self.code, self.values = code, values

    def told(self, tr: Translate) -> str:
        """One line that says what to do."""
        return tr(TEXTS[self.code]).format(**self.values)
