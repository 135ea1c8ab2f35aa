"""What the commands that take tables in say beside the preview."""

from handlers.language.i18n import N_

DRY = N_("XEM TRƯỚC, chưa ghi gì.")
TAKEN = N_("Đã ghi: lần nạp số {number}. Hoàn lại: motcua dossiers undo-import {number}")
REFUSED = N_("Các dòng không nhận, kèm lý do: {path}")
WHY = N_("Lý do")  # heading of the column that tells it
ASK = N_("Bảng ghi tình hình đến lúc nào? (ngày/tháng/năm giờ:phút; Enter: {at}) ")
NONE = N_("Chưa nạp bảng nào.")
LISTED = N_("{number}: nạp lúc {at}, bảng đến {as_of}: {new} mới, {changed} thay đổi")
COLUMN_MEANS = N_("cột “{written}”: {means}")
STATE_MEANS = N_("trạng thái “{written}”: {means}")
NO_WORDS = N_("Chưa gán cột hay trạng thái nào.")
IS_UNDONE = N_("đã hoàn lại")
UNDONE = N_("Đã hoàn lại lần nạp {number}: bỏ {new} hồ sơ mới, {changed} hồ sơ trở lại như trước.")
