"""What the command line understands: each command with its arguments, and the function that runs it.

`run` is "module:function" of `bot.commands`; it gets the arguments and a `Command`.
"""

from datetime import date
from pathlib import Path

from bot import desk_arguments
from bot.speaking import LANGUAGES, OPTION, Group, Parser, add, add_out
from handlers.language.i18n import N_, Translate

DUMP = N_("bản kết xuất của Cổng Dịch vụ công quốc gia, mỗi dòng một JSON, nén .gz cũng được")


def parser(tr: Translate = Translate()) -> Parser:  # noqa: B008  # a frozen value
    """Of all commands, in that language; what it parses has `run`, `catalogue` and `language`."""
    top = Parser.of(tr, prog="motcua", description=N_("Trợ lý của bộ phận một cửa."))
    top.set_defaults(catalogue=None)
    top.add_argument(OPTION, metavar="vi|en", default="", help=LANGUAGES)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_processes(commands)
    _add_talk(commands)
    _add_knowledge(commands)
    copy = add(
        commands, "backup", "backup:write", N_("bản sao đã kiểm tra của cơ sở dữ liệu SQLite đang dùng")
    )
    copy.add_argument("file", type=Path, metavar="FILE")
    _add_keys(
        commands.add_parser(
            "keys", help=N_("khóa cho phần mềm gửi hồ sơ: add, list, revoke; khóa niêm phong: rotate")
        )
    )
    desk_arguments.add_dossiers(
        commands.add_parser(
            "dossiers", help=N_("hồ sơ của bộ phận một cửa: tiếp nhận, chuyển trạng thái, nhập bảng, đếm")
        )
    )
    _add_notices(add(commands, "notices", "notices:show", N_("tin nào chưa đến, cần gọi cho ai")))
    _add_expiries(commands.add_parser("expiries", help=N_("giấy tờ có ngày hết hạn: import, list")))
    _add_zalo(commands.add_parser("zalo", help=N_("kết nối với Zalo: login, status, open-window")))
    _add_forms(commands)
    _add_catalogue(
        commands.add_parser("catalogue", help=N_("giữ danh mục thủ tục đúng: import, diff, accept"))
    )
    return top


def _add_processes(commands: Group) -> None:
    serve = add(commands, "serve", "serve:everything", N_("chạy tất cả trong một tiến trình"))
    serve.add_argument("--port", type=int)
    serve.add_argument("--demo", action="store_true", help=N_("với dữ liệu bịa để dùng thử"))
    web = add(commands, "web", "serve:web_only", N_("trang trò chuyện và các webhook"))
    web.add_argument("--port", type=int)
    add(commands, "worker", "serve:worker_only", N_("phần chạy nền"))
    add(commands, "migrate", "serve:migrate_database", N_("cập nhật cơ sở dữ liệu"))


def _add_talk(commands: Group) -> None:
    chat = add(commands, "chat", "chat:chat", N_("trò chuyện trong cửa sổ lệnh"))
    chat.add_argument("--as", dest="person", default="", metavar="NAME", help=N_("giữ lại cuộc trò chuyện"))
    ask = add(commands, "ask", "chat:ask", N_("câu trả lời cho một câu hỏi, hoặc cho một tệp câu hỏi"))
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", help=N_('như người dân hỏi: "làm khai sinh cho con cần gì"'))
    what.add_argument("--batch", type=Path, metavar="FILE", help=N_('mỗi dòng một JSON {"id","text"}'))


def _add_knowledge(commands: Group) -> None:
    add(commands, "check", "check:check", N_("danh mục, lời văn và cài đặt có ổn không"))
    asked = add(
        commands,
        "questions",
        "check:questions",
        N_("những câu người dân hỏi mà trợ lý chưa trả lời ngay được"),
    )
    asked.add_argument("--most", type=int, default=50, metavar="N")
    seen = add(commands, "trace", "desk.traced:show", N_("ai đã mở, sửa hoặc lấy ra dữ liệu gì"))
    seen.add_argument("--about", default="", metavar="CODE", help=N_("chỉ về mã này"))
    seen.add_argument("--by", default="", metavar="NAME", help=N_("chỉ của người này"))
    seen.add_argument("--most", type=int, default=50, metavar="N")
    show = add(commands, "show", "check:show", N_("một thủ tục, đầy đủ"))
    show.add_argument("code")
    sheet = add(commands, "sheet", "sheet:write", N_("tờ niêm yết để dán bảng, PDF"))
    which = sheet.add_mutually_exclusive_group(required=True)
    which.add_argument("code", nargs="?", help=N_("của một thủ tục"))
    which.add_argument("--field", metavar="ID", help=N_("của mọi thủ tục trong một lĩnh vực"))
    add_out(sheet, "data/sheets")


def _add_keys(keys: Parser) -> None:
    commands = keys.add_subparsers(required=True, metavar="COMMAND")
    made = add(commands, "add", "keys:add", N_("khóa mới, chỉ hiện một lần"))
    made.add_argument("name", help=N_("dùng cho máy nào: may-chu-igate"))
    add(commands, "list", "keys:show", N_("tên, ngày tạo và lần dùng cuối"))
    add(
        commands,
        "rotate",
        "keys:rotate",
        N_("khóa niêm phong mới; khởi động lại rồi chạy lần nữa để bỏ khóa cũ"),
    )
    add(commands, "revoke", "keys:revoke", N_("bỏ một khóa ngay")).add_argument("name")


def _add_notices(notices: Parser) -> None:
    """Without a command of its own it lists what is in trouble."""
    commands = notices.add_subparsers(metavar="COMMAND")
    retry = add(commands, "retry", "notices:retry", N_("gửi lại một tin ngay"))
    retry.add_argument("id", type=int, metavar="ID")
    add(commands, "calls", "notices:calls", N_("cần gọi cho ai: tin không đến, hoặc chưa đọc"))
    called = add(commands, "called", "notices:called", N_("đã gọi: bỏ khỏi danh sách gọi"))
    called.add_argument("id", type=int, metavar="ID")
    preview = add(commands, "preview", "notices:preview", N_("một loại tin với dữ liệu bịa"))
    preview.add_argument("kind", metavar="KIND", help=N_("done, missing, fee ...; gõ sai thì hiện tất cả"))
    preview.add_argument("--detailed", action="store_true", help=N_("cho người muốn nêu tên thủ tục"))


def _add_expiries(expiries: Parser) -> None:
    commands = expiries.add_subparsers(required=True, metavar="COMMAND")
    table = add(commands, "import", "expiries:import_table", N_("bảng CSV hoặc Excel; chạy lại không sao"))
    table.add_argument("file", type=Path, metavar="FILE")
    add(commands, "list", "expiries:show", N_("mọi giấy tờ, cái hết hạn trước đứng trước"))


def _add_zalo(zalo: Parser) -> None:
    commands = zalo.add_subparsers(required=True, metavar="COMMAND")
    login = add(commands, "login", "zalo.login:login", N_("cấp quyền cho ứng dụng của OA, hoặc cấp lại"))
    brought = N_("liên kết sau khi đồng ý, mã của nó, hoặc cặp token; “-”: đọc từ đầu vào chuẩn")
    login.add_argument("brought", nargs="?", default="", metavar="CODE", help=brought)
    add(commands, "status", "zalo.login:status", N_("token của OA còn tốt không, phải làm gì"))
    add(
        commands,
        "open-window",
        "zalo.window:open_window",
        N_("trong 10 phút, nhận mọi lần thử khi lưu địa chỉ webhook trên trang của Zalo"),
    )


def _add_forms(commands: Group) -> None:
    add(commands, "forms", "forms:show_all", N_("các tờ khai trợ lý điền được"))
    form = add(commands, "form", "forms:fill", N_("một tờ khai điền từ tệp: PDF và PNG"))
    form.add_argument("form", metavar="FORM", help=N_("như `motcua forms` liệt kê: khai-sinh"))
    what = form.add_mutually_exclusive_group(required=True)
    shown = N_("câu trả lời của người bịa, dạng JSON")
    what.add_argument(
        "--example", dest="run", action="store_const", const="bot.commands.forms:example", help=shown
    )
    what.add_argument("--answers", type=Path, metavar="FILE", help=N_("JSON như --example hiện ra"))
    add_out(form, "data/forms")
    drafts = commands.add_parser("drafts", help=N_("tờ khai người dân đang điền"))
    show = add(
        drafts.add_subparsers(required=True, metavar="COMMAND"), "show", "forms:show_draft",
        N_("tờ khai của người dân, theo mã tại quầy"),
    )  # fmt: skip
    show.add_argument("code", metavar="CODE", help="HS-7K3F-92QX")
    show.add_argument("--out", type=Path, metavar="DIR", help=N_("ghi thêm PDF và PNG vào đó để in"))


def _add_catalogue(catalogue: Parser) -> None:
    commands = catalogue.add_subparsers(required=True, metavar="COMMAND")
    taken = add(
        commands, "import", "catalogue:import_dump", N_("ghi bản kết xuất thành thư mục tệp lĩnh vực")
    )
    taken.add_argument("file", type=Path, metavar="FILE", help=DUMP)
    add_out(taken, "data/imported")
    taken.add_argument(
        "--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help=N_("ngày của bản kết xuất")
    )
    diff = add(commands, "diff", "catalogue:diff", N_("khác nhau ở đâu; mã thoát 0: không, 1: có"))
    diff.add_argument(
        "before", type=Path, metavar="A", help=N_("thư mục tệp lĩnh vực, hoặc bản kết xuất của Cổng")
    )
    diff.add_argument("after", type=Path, metavar="B")
    diff.add_argument("--only", type=Path, metavar="DIR", help=N_("chỉ các thủ tục của danh mục này"))
    diff.add_argument("--json", action="store_true")
    accept = add(commands, "accept", "catalogue:accept", N_("các tệp của ta từ nay theo bản kết xuất này"))
    accept.add_argument("file", type=Path, metavar="FILE", help=DUMP)
    accept.add_argument("codes", nargs="*", metavar="CODE", help=N_("chỉ các thủ tục này"))
