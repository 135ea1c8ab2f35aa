"""The commands of `motcua dossiers` with their arguments."""

from pathlib import Path

from bot.speaking import Parser, add, add_out
from handlers.language.i18n import N_


def add_dossiers(dossiers: Parser) -> None:
    """The desk's commands."""
    commands = dossiers.add_subparsers(required=True, metavar="COMMAND")
    table = add(
        commands, "import", "dossiers:import_table", N_("nhập bảng CSV hoặc Excel; chạy lại không sao")
    )
    table.add_argument("file", type=Path, metavar="FILE")
    table.add_argument(
        "--as-of", default="", metavar="DATE", help=N_("bảng được lập lúc nào: ngày/tháng/năm giờ:phút")
    )
    _add_taking_in(add(commands, "add", "dossiers:add", N_("tiếp nhận một hồ sơ")))
    _add_moving(add(commands, "move", "dossiers:move", N_("chuyển hồ sơ sang trạng thái khác")))
    apologise = N_("hồ sơ trễ hẹn; thêm mã thì soạn hoặc gửi lời xin lỗi")
    _add_apology(add(commands, "apologise", "apologise:apologise", apologise))
    receipt = add(commands, "receipt", "receipt:write", N_("phiếu có mã để quét mà nhận tin, PDF"))
    receipt.add_argument("code", metavar="CODE")
    add_out(receipt, "data/receipts")
    add(commands, "show", "dossiers:show", N_("một hồ sơ, cho cán bộ xem")).add_argument(
        "code", metavar="CODE"
    )
    stats = add(commands, "stats", "dossiers:figures", N_("đã nhận, đúng hạn, trễ, còn mở; theo lĩnh vực"))
    stats.add_argument("--json", action="store_true")
    locks = N_("mã đang bị khóa vì nhập sai nhiều lần: phải cho biết cả số")
    add(commands, "locks", "dossiers:locks", locks)
    unlock = add(commands, "unlock", "dossiers:unlock", N_("mở khóa một mã: quên những lần nhập sai"))
    unlock.add_argument("code", metavar="CODE")


def _add_taking_in(taking: Parser) -> None:
    for name in ("code", "procedure", "name", "phone"):
        taking.add_argument(f"--{name}", required=True)
    taking.add_argument("--id-number", default="", metavar="N")
    taking.add_argument(
        "--received", default="", metavar="DATE", help=N_("ngày/tháng/năm giờ:phút; không ghi là bây giờ")
    )
    notify = N_("người dân đồng ý nhận tin qua số điện thoại này")
    taking.add_argument("--notify", action="store_true", help=notify)


def _add_moving(move: Parser) -> None:
    move.add_argument("code", metavar="CODE")
    status = N_(
        'số 1 đến 10, hoặc tên: "Đã có kết quả", "Chờ ký"; bưu điện: posted, in-transit, delivered, came-back'
    )
    move.add_argument("status", metavar="STATUS", help=status)
    move.add_argument(
        "--note", default="", metavar="TEXT", help=N_("người dân đọc được; với 5 là giấy tờ còn thiếu")
    )
    move.add_argument("--until", default="", metavar="DATE", help=N_("hạn bổ sung, ngày/tháng/năm"))
    move.add_argument("--fee", default="", metavar="AMOUNT", help=N_("số tiền phải nộp, đồng; dùng với 6"))
    move.add_argument("--tracking", default="", metavar="S10", help=N_("mã bưu gửi"))
    move.add_argument("--due", default="", metavar="DATE", help=N_("ngày hẹn trả, ngày/tháng/năm"))


def _add_apology(apologise: Parser) -> None:
    apologise.add_argument("code", nargs="?", default="", metavar="CODE")
    apologise.add_argument("--reason", default="", metavar="TEXT", help=N_("lý do, người dân đọc được"))
    apologise.add_argument("--due", default="", metavar="DATE", help=N_("ngày hẹn mới, ngày/tháng/năm"))
    release = N_("ngày hẹn mới có hiệu lực và người theo dõi được báo")
    apologise.add_argument("--release", action="store_true", help=release)
    apologise.add_argument("--json", action="store_true", help=N_("danh sách trễ hẹn, dạng JSON"))
