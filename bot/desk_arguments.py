"""The commands of `motcua dossiers` with their arguments."""

from pathlib import Path

from bot.speaking import Group, Parser, add, add_out
from handlers.language.i18n import N_

ANYWAY = N_("làm dù bị từ chối vì bất thường")
PRINT = N_("in luôn phiếu theo mẫu đi cùng việc này, PDF")
FOR_OFFICE = N_("nhận hộ: cơ quan giải quyết hồ sơ này")
# the lists of bot.desk.queue, by the name of their option
LISTS = {
    "due-today": N_("hẹn trả hôm nay"),
    "late": N_("đã trễ hẹn"),
    "waiting": N_("đang chờ người dân: giấy tờ hoặc nộp tiền"),
    "online": N_("nộp trực tuyến, chờ tiếp nhận"),
    "signature": N_("đang chờ ký"),
    "ready": N_("có kết quả, chờ người dân đến nhận"),
    "unfetched": N_("có kết quả hơn 7 ngày mà chưa ai nhận"),
    "came-back": N_("bưu điện đã hoàn trả"),
    "for-others": N_("nhận hộ cơ quan khác"),
    "open": N_("chưa có kết quả"),
}


def add_dossiers(dossiers: Parser) -> None:
    """The desk's commands."""
    commands = dossiers.add_subparsers(required=True, metavar="COMMAND")
    _add_table(
        add(
            commands, "import", "desk.tables:import_table", N_("nhập bảng Excel hoặc CSV; chạy lại không sao")
        )
    )
    undo = add(
        commands,
        "undo-import",
        "desk.tables:undo_import",
        N_("hoàn lại cả một lần nhập bảng; không số: liệt kê"),
    )
    undo.add_argument("number", nargs="?", type=int, metavar="N")
    words = add(
        commands, "words", "desk.office_words:show", N_("chữ riêng của cơ quan: cột và trạng thái đã gán")
    )
    _add_words(words)
    forget = N_("thôi gán chữ này")
    words.add_argument("--forget", action="append", default=[], metavar="WORDS", help=forget)
    _add_acts(commands)
    _add_lists(commands)
    _add_papers(commands)
    apologise = N_("hồ sơ trễ hẹn; thêm mã thì soạn hoặc gửi lời xin lỗi")
    _add_apology(add(commands, "apologise", "apologise:apologise", apologise))
    stats = add(commands, "stats", "dossiers:figures", N_("đã nhận, đúng hạn, trễ, còn mở; theo lĩnh vực"))
    stats.add_argument("--json", action="store_true")
    compare = N_("so với bảng xuất từ Cổng hay phần mềm một cửa: khác nhau ở mã nào; không ghi gì")
    _add_compare(add(commands, "compare", "desk.compare:compare", compare))
    locks = N_("mã đang bị khóa vì nhập sai nhiều lần: phải cho biết cả số")
    add(commands, "locks", "dossiers:locks", locks)
    unlock = add(commands, "unlock", "dossiers:unlock", N_("mở khóa một mã: quên những lần nhập sai"))
    unlock.add_argument("code", metavar="CODE")


def _add_table(table: Parser) -> None:
    table.add_argument("file", type=Path, metavar="FILE")
    dry = N_("chỉ xem trước: cột, trang, dòng đầu, thay đổi, tin sẽ báo; không ghi gì")
    table.add_argument("--dry-run", action="store_true", help=dry)
    as_of = N_("bảng ghi tình hình đến lúc nào: ngày/tháng/năm giờ:phút")
    table.add_argument("--as-of", default="", metavar="DATE", help=as_of)
    _add_words(table)
    _add_sheets(table)
    backward = N_("nhận cả những dòng đưa hồ sơ lùi trạng thái")
    table.add_argument("--backward", action="store_true", help=backward)
    add_out(table, "data/refused")


def _add_compare(compare: Parser) -> None:
    compare.add_argument("file", type=Path, metavar="FILE")
    compare.add_argument("--out", type=Path, metavar="FILE.xlsx", help=N_("ghi mọi chỗ khác nhau ra Excel"))
    _add_words(compare)
    _add_sheets(compare)
    compare.set_defaults(backward=True, as_of="")


def _add_words(command: Parser) -> None:
    column = N_("gán cột: “Số ĐT người nộp=điện thoại”; được nhớ cho lần sau")
    command.add_argument("--column", action="append", default=[], metavar="HEADING=COLUMN", help=column)
    state = N_("gán tình trạng: “Trình ký=4”; được nhớ cho lần sau")
    command.add_argument("--state", action="append", default=[], metavar="WORDS=N", help=state)


def _add_sheets(command: Parser) -> None:
    sheet = N_("chỉ đọc trang này, kể cả trang ẩn; ghi nhiều lần cho nhiều trang")
    command.add_argument("--sheet", action="append", default=[], metavar="NAME", help=sheet)
    command.add_argument("--hidden", action="store_true", help=N_("đọc cả các dòng ẩn"))


def _add_acts(commands: Group) -> None:
    _add_taking_in(add(commands, "add", "desk.acts:add", N_("tiếp nhận một hồ sơ")))
    _add_moving(add(commands, "move", "desk.acts:move", N_("chuyển hồ sơ sang trạng thái khác")))
    undo = add(
        commands, "undo", "desk.acts:undo", N_("hoàn tác việc vừa làm với một hồ sơ: chuyển, sửa, xóa")
    )
    undo.add_argument("code", metavar="CODE")
    correct = add(commands, "correct", "desk.mending:correct", N_("sửa thông tin ghi sai của một hồ sơ"))
    correct.add_argument("code", metavar="CODE")
    _add_person(correct)
    correct.add_argument("--received", default="", metavar="DATE", help=N_("ngày nhận, ngày/tháng/năm"))
    correct.add_argument("--due", default="", metavar="DATE", help=N_("ngày hẹn trả, ngày/tháng/năm"))
    correct.add_argument("--handed-to", default="", metavar="NAME", help=N_("ai đã nhận kết quả"))
    cause = N_(
        "vì sao trễ: ours (cơ quan mình), branch (cơ quan khác), papers (giấy tờ), synchronisation (đồng bộ)"
    )
    correct.add_argument("--late-cause", default="", metavar="CAUSE", help=cause)
    correct.add_argument("--reason", default="", metavar="TEXT", help=N_("vì sao sửa"))
    correct.add_argument("--anyway", action="store_true", help=ANYWAY)
    delete = add(commands, "delete", "desk.mending:delete", N_("xóa một hồ sơ nhập nhầm"))
    delete.add_argument("code", metavar="CODE")
    delete.add_argument("--reason", required=True, metavar="TEXT", help=N_("vì sao xóa"))


def _add_person(command: Parser) -> None:
    procedure = N_('mã thủ tục, hoặc lời: "khai sinh"')
    command.add_argument("--procedure", default="", metavar="CODE", help=procedure)
    command.add_argument("--name", default="", metavar="NAME", help=N_("họ tên người nộp"))
    command.add_argument("--phone", default="", metavar="PHONE", help=N_("số điện thoại người nộp"))
    command.add_argument("--id-number", default="", metavar="N", help=N_("số căn cước hoặc hộ chiếu"))
    command.add_argument("--for-office", default="", metavar="OFFICE", help=FOR_OFFICE)


def _add_taking_in(taking: Parser) -> None:
    taking.add_argument(
        "--code", default="", metavar="CODE", help=N_("mã hồ sơ; không ghi thì lấy số tiếp theo")
    )
    _add_person(taking)
    received = N_("ngày/tháng/năm giờ:phút; không ghi là bây giờ")
    taking.add_argument("--received", default="", metavar="DATE", help=received)
    notify = N_("người dân đồng ý nhận tin qua số điện thoại này")
    taking.add_argument("--notify", action="store_true", help=notify)
    taking.add_argument("--print", action="store_true", help=PRINT)
    zalo = N_("người dân đồng ý nhận tin Zalo gửi đến số điện thoại này")
    taking.add_argument("--zalo", action="store_true", help=zalo)
    taking.add_argument("--anyway", action="store_true", help=ANYWAY)


def _add_moving(move: Parser) -> None:
    move.add_argument("code", metavar="CODE")
    status = N_(
        'số 1 đến 10, hoặc tên: "Đã có kết quả", "Chờ ký"; bưu điện: posted, in-transit, delivered, came-back'
    )
    move.add_argument("status", metavar="STATUS", help=status)
    note = N_("người dân đọc được; với 5 là giấy tờ còn thiếu")
    move.add_argument("--note", default="", metavar="TEXT", help=note)
    move.add_argument("--until", default="", metavar="DATE", help=N_("hạn bổ sung, ngày/tháng/năm"))
    move.add_argument("--fee", default="", metavar="AMOUNT", help=N_("số tiền phải nộp, đồng; dùng với 6"))
    move.add_argument("--tracking", default="", metavar="S10", help=N_("mã bưu gửi"))
    move.add_argument("--due", default="", metavar="DATE", help=N_("ngày hẹn trả, ngày/tháng/năm"))
    move.add_argument("--handed-to", default="", metavar="NAME", help=N_("ai đã nhận kết quả; dùng với 10"))
    move.add_argument("--print", action="store_true", help=PRINT)
    move.add_argument("--anyway", action="store_true", help=ANYWAY)


def _add_lists(commands: Group) -> None:
    listing = add(commands, "list", "desk.lists:listing", N_("danh sách hồ sơ, lọc theo việc cần làm"))
    _add_filters(listing)
    listing.add_argument("--json", action="store_true")
    show = add(commands, "show", "desk.lists:show", N_("một hồ sơ, tìm theo mã, họ tên hoặc số điện thoại"))
    show.add_argument("code", metavar="CODE|NAME|PHONE")
    export = add(commands, "export", "desk.lists:export", N_("ghi danh sách ra tệp Excel"))
    export.add_argument("file", type=Path, metavar="FILE.xlsx")
    _add_filters(export)


def _add_filters(command: Parser) -> None:
    for name, told in LISTS.items():
        command.add_argument(f"--{name}", action="store_true", help=told)
    command.add_argument("--field", default="", metavar="ID", help=N_("của một lĩnh vực: ho-tich"))
    command.add_argument(
        "--text", default="", metavar="TEXT", help=N_("mã, họ tên, điện thoại hoặc thủ tục có chữ này")
    )


def _add_papers(commands: Group) -> None:
    receipt = add(commands, "receipt", "receipt:write", N_("phiếu có mã để quét mà nhận tin, PDF"))
    receipt.add_argument("code", metavar="CODE")
    renewed = N_("mã mới: mã trên các phiếu cũ hết dùng, khi phiếu rơi vào tay người khác")
    receipt.add_argument("--new-link", action="store_true", help=renewed)
    add_out(receipt, "data/receipts")
    form = add(
        commands, "form", "desk.papers:form", N_("in mẫu của Thông tư 03/2025/TT-VPCP: 01, 02, 04; PDF")
    )
    form.add_argument("form", metavar="01|02|04")
    form.add_argument("code", metavar="CODE")
    add_out(form, "data/papers")
    post = add(
        commands, "post", "desk.papers:hand_over", N_("danh sách giao bưu điện trong ngày, PDF và Excel")
    )
    post.add_argument("--day", default="", metavar="DATE", help=N_("ngày khác, ngày/tháng/năm"))
    add_out(post, "data/post")
    add(
        commands,
        "dispatch",
        "desk.papers:dispatch",
        N_("quét để giao bưu điện: mã hồ sơ rồi mã bưu gửi, mỗi mã một dòng"),
    )


def _add_apology(apologise: Parser) -> None:
    apologise.add_argument("code", nargs="?", default="", metavar="CODE")
    apologise.add_argument("--reason", default="", metavar="TEXT", help=N_("lý do, người dân đọc được"))
    apologise.add_argument("--due", default="", metavar="DATE", help=N_("ngày hẹn mới, ngày/tháng/năm"))
    release = N_("ngày hẹn mới có hiệu lực và người theo dõi được báo")
    apologise.add_argument("--release", action="store_true", help=release)
    apologise.add_argument("--print", action="store_true", help=PRINT)
    apologise.add_argument("--anyway", action="store_true", help=ANYWAY)
    apologise.add_argument("--json", action="store_true", help=N_("danh sách trễ hẹn, dạng JSON"))
