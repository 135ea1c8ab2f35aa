"""Notices of a dossier: short, without the applicant's name, in the follower's language.

Made when they are sent, from the dossier as it is then.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from handlers.dossiers.payment import payment, payment_code
from handlers.dossiers.progress import is_to_fetch, title, tracking_fact
from handlers.language.format import date_text, money
from handlers.language.i18n import N_, Translate
from handlers.notices.notice_parts import ended, first_day, last_day, opening, reason, visit
from handlers.notices.occasion import Occasion
from handlers.ports.dossiers import Dossier
from handlers.turn.blocks import Block, Facts, Text
from handlers.turn.choices import Choice
from handlers.turn.messages import Reply
from handlers.turn.shared import ShowDossier, StopNotices
from knowledge.dossiers import postal, statuses

Kind = Literal[
    "received", "refused", "missing", "fee", "done", "returned", "posted", "in-transit", "delivered",
    "came-back", "late", "corrected", "stopped", "withdrawn", "removed", "expiring", "list-changed",
    "digest", "linked",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

# What a notice is called where many are listed.
NAMES: Mapping[str, str] = {
    "received": N_("đã nhận hồ sơ"),
    "refused": N_("không được tiếp nhận"),
    "missing": N_("cần bổ sung giấy tờ"),
    "fee": N_("cần nộp tiền"),
    "done": N_("có kết quả"),
    "returned": N_("đã trả kết quả"),
    "posted": N_("đã gửi bưu điện"),
    "in-transit": N_("bưu điện đang chuyển"),
    "delivered": N_("bưu điện đã phát"),
    "came-back": N_("bưu điện hoàn trả"),
    "late": N_("trễ hẹn"),
    "corrected": N_("đính chính tin trước"),
    "stopped": N_("dừng xử lý"),
    "withdrawn": N_("đã rút hồ sơ"),
    "removed": N_("hồ sơ không còn trong sổ"),
    "expiring": N_("giấy tờ sắp hết hạn"),
    "list-changed": N_("danh sách giấy tờ thay đổi"),
    "digest": N_("việc đang chờ bạn"),
    "linked": N_("đã liên kết kênh"),
}
OF_STATUS: Mapping[int, Kind] = {
    2: "received", 3: "refused", 5: "missing", 6: "fee", 7: "withdrawn", 8: "stopped", 9: "done",
    10: "returned",
}  # fmt: skip
OF_POST: Mapping[str, Kind] = {
    "posted": "posted", "in-transit": "in-transit", "delivered": "delivered", "came-back": "came-back",
}  # fmt: skip


@dataclass(frozen=True)
class Apology:
    """What the clerk has released about a dossier that is, or will be, late."""

    reason: str = ""
    new_due: date | None = None


def kind_of(dossier: Dossier) -> Kind | Literal[""]:
    """What its followers are told of the state it is in; "" if that is nothing to tell."""
    state = statuses.state_of(dossier.status)
    posted = postal.state_of(dossier.postal) if dossier.postal else None
    if posted and (state is None or state.phase in ("done", "handed_over")):
        return OF_POST[posted.id]
    return OF_STATUS.get(state.code, "") if state else ""


def notice(kind: Kind, dossier: Dossier, on: Occasion, apology: Apology | None = None) -> Reply:
    """The notice of that kind. Raises KeyError for a kind that is not of a dossier."""
    details = Choice(on.tr("Xem chi tiết"), ShowDossier(dossier.code))
    stop = Choice(on.tr("Dừng báo tin"), StopNotices(dossier.code))
    choices = (*on.acknowledgement(), details, stop)
    if not on.follower.proved:
        return Reply(on.said(_bare(kind, on.tr)), _title(dossier, on), choices)
    told = _late(dossier, apology or Apology(), on) if kind == "late" else TEXTS[kind](dossier, on)
    body: tuple[Block, ...] = (Text(on.said(told)), *_to_copy(kind, dossier, on))
    files = payment_code(dossier, on.world.office, on.tr) if kind == "fee" else ()
    return Reply(body, _title(dossier, on), choices, enclosures=files)


def _bare(kind: Kind, tr: Translate) -> str:
    """What whoever holds the receipt may hear: no word of the clerk, no day, no sum."""
    text = tr(
        "Có tin mới: {news}. Muốn biết rõ, bạn chọn “Xem chi tiết” và cho biết số đã khai khi nộp hồ sơ."
    )
    return text.format(news=tr(NAMES[kind]))


def _title(dossier: Dossier, on: Occasion) -> str:
    if on.follower.detailed and on.follower.proved:
        procedure = title(dossier, on.world, on.tr)
        return on.tr("{procedure}, hồ sơ {code}").format(procedure=procedure, code=dossier.code)
    return on.tr("Hồ sơ {code}").format(code=dossier.code)


def _to_copy(kind: Kind, dossier: Dossier, on: Occasion) -> Iterator[Facts]:
    """What one takes over into another app: the account, the number of the post."""
    if kind == "fee":
        yield from payment(dossier, on.world.office, on.tr)
    if kind in OF_POST.values() and dossier.tracking:
        yield Facts((tracking_fact(dossier.tracking, on.tr),))


def _received(dossier: Dossier, on: Occasion) -> str:
    if dossier.due is None:
        return on.tr("Bộ phận một cửa đã nhận hồ sơ. Ngày hẹn trả ghi trên giấy hẹn.")
    text = on.tr("Bộ phận một cửa đã nhận hồ sơ. Ngày hẹn trả kết quả: {date}.")
    return "\n".join([text.format(date=date_text(dossier.due)), *first_day(dossier.due, on)])


def _refused(dossier: Dossier, on: Occasion) -> str:
    again = on.tr("Sửa hoặc bổ sung xong, bạn nộp lại được.")
    return "\n".join([on.tr("Hồ sơ không được tiếp nhận."), reason(dossier, on.tr), again])


def _missing(dossier: Dossier, on: Occasion) -> str:
    papers = ended(dossier.missing or dossier.note)
    lines = [on.tr("Hồ sơ cần bổ sung giấy tờ, ghi trong phiếu yêu cầu bổ sung.")]
    if papers:
        lines = [on.tr("Hồ sơ cần bổ sung: {papers}").format(papers=papers)]
    if dossier.missing and dossier.note:
        lines.append(ended(dossier.note))
    if dossier.missing_until:
        lines.append(
            on.tr("Bạn nộp bổ sung trước hết ngày {date}.").format(date=date_text(dossier.missing_until))
        )
        lines += last_day(dossier.missing_until, on)
    lines.append(on.tr("Thời hạn giải quyết tạm dừng cho đến khi bạn nộp bổ sung."))
    return "\n".join(lines)


def _fee(dossier: Dossier, on: Occasion) -> str:
    if not dossier.fee_due:
        return on.tr("Hồ sơ đang chờ bạn nộp thuế, phí hoặc lệ phí theo thông báo đã gửi bạn.")
    amount = money(dossier.fee_due, on.tr.language)
    if on.world.office.bank is None:
        text = on.tr("Hồ sơ cần nộp {amount} đồng. Bạn nộp tại {office} và giữ biên lai.")
        return "\n".join([text.format(amount=amount, office=on.world.office.name), *opening(on)])
    text = on.tr(
        "Hồ sơ cần nộp {amount} đồng: nộp tại quầy, quét mã kèm theo bằng ứng dụng ngân hàng, hoặc chuyển "
        "khoản như dưới đây."
    )
    return "\n".join([text.format(amount=amount), *opening(on)])


def _done(dossier: Dossier, on: Occasion) -> str:
    bring = on.tr("Bạn mang giấy hẹn và giấy tờ tùy thân đến nhận; nếu nhận qua bưu điện thì bạn chờ ở nhà.")
    return "\n".join([on.tr("Hồ sơ đã có kết quả."), bring, *visit(on)])


def _returned(dossier: Dossier, on: Occasion) -> str:
    return on.tr("Kết quả đã được trả. Thấy sai sót, hoặc chưa ai nhận, bạn báo ngay cho bộ phận một cửa.")


def _posted(dossier: Dossier, on: Occasion) -> str:
    return on.tr(
        "Kết quả đã giao cho bưu điện. Bưu tá thường gọi trước khi phát; bạn chuẩn bị giấy tờ tùy thân."
    )


def _in_transit(dossier: Dossier, on: Occasion) -> str:
    return on.tr("Bưu điện đang chuyển kết quả đến bạn. Bạn để ý điện thoại.")


def _delivered(dossier: Dossier, on: Occasion) -> str:
    return on.tr("Bưu điện báo đã giao kết quả. Chưa nhận được thì bạn báo cho bộ phận một cửa hoặc bưu cục.")


def _came_back(dossier: Dossier, on: Occasion) -> str:
    back = on.tr(
        "Bưu điện chưa giao được nên đã chuyển kết quả về. Bạn tới nhận, hoặc báo để gửi lại đúng địa chỉ."
    )
    return "\n".join([back, *visit(on)])


def _corrected(dossier: Dossier, on: Occasion) -> str:
    state = statuses.state_of(dossier.status)
    slip = on.tr("Xin lỗi bạn: tin trước về hồ sơ này là nhầm, bạn bỏ qua tin đó.")
    now = on.tr("Tình trạng đúng: {state}.").format(state=state.name if state else dossier.status)
    where = visit(on) if is_to_fetch(dossier) else []
    return "\n".join([slip, now, *([state.next] if state else []), *where])


def _stopped(dossier: Dossier, on: Occasion) -> str:
    rights = on.tr(
        "Chưa rõ thì bạn hỏi bộ phận một cửa. Không đồng ý thì bạn có quyền khiếu nại: chọn “Xem chi tiết”."
    )
    return "\n".join([on.tr("Cơ quan đã dừng giải quyết hồ sơ."), reason(dossier, on.tr), rights])


def _withdrawn(dossier: Dossier, on: Occasion) -> str:
    text = on.tr(
        "Hồ sơ dừng lại vì có yêu cầu rút. Bạn tới bộ phận một cửa nhận lại giấy tờ đã nộp. "
        "Nếu bạn không yêu cầu rút, bạn báo ngay."
    )
    return "\n".join([text, *visit(on)])


def _late(dossier: Dossier, apology: Apology, on: Occasion) -> str:
    tr = on.tr
    lines = [tr("Xin lỗi bạn: hồ sơ không kịp ngày hẹn.")]
    if dossier.due and dossier.due != apology.new_due:
        promised = date_text(dossier.due)
        lines = [tr("Xin lỗi bạn: hồ sơ không kịp ngày hẹn {date}.").format(date=promised)]
    if apology.reason:
        lines.append(tr("Lý do: {reason}").format(reason=ended(apology.reason)))
    if apology.new_due:
        lines += [tr("Ngày hẹn mới: {date}.").format(date=date_text(apology.new_due))]
        lines += first_day(apology.new_due, on)
    return "\n".join(lines)


TEXTS: Mapping[str, Callable[[Dossier, Occasion], str]] = {
    "received": _received,
    "refused": _refused,
    "missing": _missing,
    "fee": _fee,
    "done": _done,
    "returned": _returned,
    "posted": _posted,
    "in-transit": _in_transit,
    "delivered": _delivered,
    "came-back": _came_back,
    "corrected": _corrected,
    "stopped": _stopped,
    "withdrawn": _withdrawn,
}
