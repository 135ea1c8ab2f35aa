"""What the commands about notices, papers that expire, drafts and the trace say to the clerk."""

from collections.abc import Mapping

from handlers.language.i18n import N_, Translate
from handlers.notices.notice import NAMES

HEADS: Mapping[str, str] = {
    "id": N_("số"),
    "code": N_("mã hồ sơ"),
    "kind": N_("tin"),
    "channel": N_("kênh"),
    "state": N_("tình trạng"),
    "since": N_("từ"),
    "tries": N_("lần gửi"),
    "reason": N_("kênh trả lời"),
    "why": N_("vì sao phải gọi"),
    "name": N_("họ tên"),
    "phone": N_("điện thoại"),
}
STATES: Mapping[str, str] = {
    "waiting": N_("đang chờ gửi"),
    "claimed": N_("đang gửi"),
    "doubtful": N_("chưa rõ đã đến chưa"),
    "sent": N_("đã gửi"),
    "refused": N_("kênh không gửi được"),
    "given_up": N_("gửi nhiều lần không được"),
    "superseded": N_("đã có tin mới hơn"),
    "stopped": N_("người dân không nhận nữa"),
}
# why the clerk has to call, by what became of the notice
WHY_CALL: Mapping[str, str] = {
    **STATES,
    "sent": N_("đã gửi, chưa thấy người dân báo đã nhận"),
    "nobody": N_("chưa ai theo dõi hồ sơ này"),
}
AT_DESK = N_("quầy gọi")  # in place of a channel
STOPPED = N_("dừng nhận tin")
# What a command says once it has done something, or found nothing.
SAID: Mapping[str, str] = {
    "retried": N_("Tin {id}: sẽ gửi lại ngay."),
    "called": N_("Tin {id}: đã gọi, bỏ khỏi danh sách gọi."),
    "no_calls": N_("Không phải gọi cho ai."),
    "no_notices": N_("Không có tin nào bị kẹt."),
    "papers_taken": N_("{new} giấy mới, {unchanged} đã có, {refused} dòng không nhận"),
    "no_papers": N_("Chưa ghi giấy tờ nào."),
    "no_trace": N_("Không có việc nào như vậy."),
    "draft": N_("{code}: {title}"),
    "draft_open": N_("{code}: {title}; chưa xong, còn: {label}"),
    "no_qr": N_("Chưa đặt PUBLIC_URL: tờ niêm yết không có mã QR."),
}
PAPERS: Mapping[str, str] = {
    "expires_on": N_("ngày hết hạn"),
    "told": N_("báo được"),
    "phone": N_("điện thoại"),
    "paper": N_("loại giấy"),
    "account": N_("tài khoản"),
}
YES_NO = (N_("chưa"), N_("có"))  # no, yes
# The trace: what was done with which command.
ACTS: Mapping[str, str] = {"opened": N_("xem"), "changed": N_("sửa"), "exported": N_("lấy ra")}
COMMANDS: Mapping[str, str] = {
    "desk.lists:show": N_("một hồ sơ"),
    "desk.lists:listing": N_("danh sách hồ sơ"),
    "desk.lists:export": N_("danh sách ra Excel"),
    "desk.acts:add": N_("tiếp nhận"),
    "desk.acts:move": N_("chuyển trạng thái"),
    "desk.acts:undo": N_("hoàn tác"),
    "desk.mending:correct": N_("sửa thông tin"),
    "desk.mending:delete": N_("xóa hồ sơ"),
    "desk.papers:form": N_("in mẫu"),
    "desk.papers:hand_over": N_("danh sách giao bưu điện"),
    "desk.papers:dispatch": N_("giao bưu điện"),
    "desk.tables:import_table": N_("nạp bảng"),
    "desk.tables:undo_import": N_("hoàn lại lần nạp bảng"),
    "desk.office_words:show": N_("chữ riêng của cơ quan"),
    "desk.compare:compare": N_("so với bảng xuất từ Cổng"),
    "dossiers:unlock": N_("mở khóa tra cứu"),
    "apologise:apologise": N_("xin lỗi trễ hẹn"),
    "receipt:write": N_("phiếu nhận tin"),
    "forms:show_draft": N_("tờ khai đang điền"),
    "expiries:show": N_("giấy tờ có hạn"),
    "expiries:import_table": N_("nạp giấy tờ có hạn"),
    "notices:calls": N_("danh sách gọi"),
    "notices:called": N_("đã gọi"),
    "keys:add": N_("khóa phần mềm mới"),
    "keys:revoke": N_("bỏ khóa phần mềm"),
    "keys:rotate": N_("đổi khóa niêm phong"),
    "sync": N_("phần mềm một cửa gửi đến"),
}
TRACE_HEADS = (N_("lúc"), N_("ai"), N_("việc"), N_("thao tác"), N_("về"))


def kind_text(kind: str, tr: Translate) -> str:
    """A kind of notice by its name."""
    return tr(NAMES[kind]) if kind in NAMES else tr(STOPPED)
