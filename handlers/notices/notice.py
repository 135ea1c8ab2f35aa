"""Notices of a dossier: short, without the applicant's name, in the follower's language.

Made when they are sent, from the dossier as it is then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from handlers.dossiers.progress import title
from handlers.notices.notice_parts import ended, reason, visit
from handlers.procedures import render
from handlers.turn.dossiers import Dossier
from handlers.turn.i18n import N_, Translate, language_of, translator
from handlers.turn.messages import Choice, Enclosure, Reply
from handlers.turn.ports import World
from knowledge.dossiers import postal, statuses, vietqr

Kind = Literal[
    "received", "refused", "missing", "fee", "done", "returned", "posted", "in-transit", "delivered",
    "came-back", "late", "stopped", "withdrawn", "expiring", "list-changed", "digest",
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
    "stopped": N_("dừng xử lý"),
    "withdrawn": N_("đã rút hồ sơ"),
    "expiring": N_("giấy tờ sắp hết hạn"),
    "list-changed": N_("danh sách giấy tờ thay đổi"),
    "digest": N_("việc đang chờ bạn"),
}
OF_STATUS: Mapping[int, Kind] = {
    2: "received", 3: "refused", 5: "missing", 6: "fee", 7: "withdrawn", 8: "stopped", 9: "done",
    10: "returned",
}  # fmt: skip
OF_POST: Mapping[str, Kind] = {
    "posted": "posted", "in-transit": "in-transit", "delivered": "delivered", "came-back": "came-back",
}  # fmt: skip


@dataclass(frozen=True)
class Follower:
    """Who is told, as far as the text depends on it."""

    language: str = ""
    detailed: bool = False  # with the procedure's title


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


def notice(
    kind: Kind,
    dossier: Dossier,
    follower: Follower,
    world: World,
    today: date,
    reminder: bool = False,
    *,
    number: int = 0,
    apology: Apology | None = None,
) -> Reply:
    """The notice of that kind; `number` is its id where it has to be acknowledged, else 0.

    Raises KeyError for a kind that is not of a dossier.
    """
    _ = translator(language_of(follower.language, ""))
    told = _late(dossier, apology, _) if kind == "late" else TEXTS[kind](dossier, world, today, _)
    return Reply(
        _("Nhắc lại: {notice}").format(notice=told) if reminder else told,
        _title(dossier, follower, world, _),
        _choices(dossier.code, number, _),
        enclosures=_enclosures(kind, dossier, world),
    )


def acknowledgement(number: int, _: Translate) -> tuple[Choice, ...]:
    """The button that says a notice was read, under those that matter: else the person is told otherwise."""
    return (Choice(_("Tôi đã nhận tin"), f"got:{number}"),) if number else ()


def _title(dossier: Dossier, follower: Follower, world: World, _: Translate) -> str:
    if follower.detailed:
        return _("{procedure}, hồ sơ {code}").format(procedure=title(dossier, world, _), code=dossier.code)
    return _("Hồ sơ {code}").format(code=dossier.code)


def _choices(code: str, number: int, _: Translate) -> tuple[Choice, ...]:
    details, stop = Choice(_("Xem chi tiết"), f"s:{code}"), Choice(_("Dừng báo tin"), f"stop:{code}")
    return (*acknowledgement(number, _), details, stop)


def _enclosures(kind: Kind, dossier: Dossier, world: World) -> tuple[Enclosure, ...]:
    bank = world.office.bank
    if kind != "fee" or not bank or not dossier.fee_due:
        return ()
    text = vietqr.payload(bank, dossier.fee_due, dossier.code)
    return (Enclosure("qr", f"{dossier.code}.png", text),)


def _received(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    if dossier.due is None:
        return _("Bộ phận một cửa đã nhận hồ sơ. Ngày hẹn trả ghi trên giấy hẹn.")
    due = render.date_text(dossier.due)
    return _("Bộ phận một cửa đã nhận hồ sơ. Ngày hẹn trả kết quả: {date}.").format(date=due)


def _refused(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    again = _("Sửa hoặc bổ sung xong, bạn nộp lại được.")
    return "\n".join([_("Hồ sơ không được tiếp nhận."), reason(dossier, _), again])


def _missing(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    papers = ended(dossier.missing or dossier.note)
    lines = [_("Hồ sơ cần bổ sung giấy tờ, ghi trong phiếu yêu cầu bổ sung.")]
    if papers:
        lines = [_("Hồ sơ cần bổ sung: {papers}").format(papers=papers)]
    if dossier.missing and dossier.note:
        lines.append(ended(dossier.note))
    if dossier.missing_until:
        lines.append(
            _("Bạn nộp bổ sung trước hết ngày {date}.").format(date=render.date_text(dossier.missing_until))
        )
    lines.append(_("Thời hạn giải quyết tạm dừng cho đến khi bạn nộp bổ sung."))
    return "\n".join(lines)


def _fee(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    if not dossier.fee_due:
        return _("Hồ sơ đang chờ bạn nộp thuế, phí hoặc lệ phí theo thông báo đã gửi bạn.")
    amount, bank = render.money(dossier.fee_due), world.office.bank
    if bank is None:
        text = _("Hồ sơ cần nộp {amount} đồng. Bạn nộp tại {office} và giữ biên lai.")
        return text.format(amount=amount, office=world.office.name)
    text = _(
        "Hồ sơ cần nộp {amount} đồng. Quét mã kèm theo bằng ứng dụng ngân hàng, hoặc chuyển khoản:\n"
        "Ngân hàng: {bank}\nSố tài khoản: {account}\nChủ tài khoản: {holder}\nNội dung: {code}\n"
        "Bạn cũng nộp được tại quầy."
    )
    return text.format(
        amount=amount, bank=bank.name, account=bank.account, holder=bank.holder, code=dossier.code
    )


def _done(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    bring = _("Bạn mang giấy hẹn và giấy tờ tùy thân đến nhận; nếu nhận qua bưu điện thì bạn chờ ở nhà.")
    return "\n".join([_("Hồ sơ đã có kết quả."), bring, *visit(world.office, world.holidays, today, _)])


def _returned(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    return _("Kết quả đã được trả. Thấy sai sót, hoặc chưa ai nhận, bạn báo ngay cho bộ phận một cửa.")


def _posted(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    sent = _("Kết quả đã giao cho bưu điện. Bưu tá thường gọi trước khi phát; bạn chuẩn bị giấy tờ tùy thân.")
    return _tracked(sent, dossier, _)


def _in_transit(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    return _tracked(_("Bưu điện đang chuyển kết quả đến bạn. Bạn để ý điện thoại."), dossier, _)


def _delivered(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    there = _("Bưu điện báo đã giao kết quả. Chưa nhận được thì bạn báo cho bộ phận một cửa hoặc bưu cục.")
    return _tracked(there, dossier, _)


def _came_back(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    back = _(
        "Bưu điện chưa giao được nên đã chuyển kết quả về. Bạn tới nhận, hoặc báo để gửi lại đúng địa chỉ."
    )
    return "\n".join([_tracked(back, dossier, _), *visit(world.office, world.holidays, today, _)])


def _tracked(text: str, dossier: Dossier, _: Translate) -> str:
    if not dossier.tracking:
        return text
    return f"{text}\n" + _("Số bưu gửi: {code}").format(code=dossier.tracking)


def _stopped(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    rights = _("Chưa rõ hoặc không đồng ý, bạn hỏi bộ phận một cửa; bạn có quyền khiếu nại.")
    return "\n".join([_("Cơ quan đã dừng giải quyết hồ sơ."), reason(dossier, _), rights])


def _withdrawn(dossier: Dossier, world: World, today: date, _: Translate) -> str:
    return _(
        "Hồ sơ dừng lại vì có yêu cầu rút. Bạn tới bộ phận một cửa nhận lại giấy tờ đã nộp. "
        "Nếu bạn không yêu cầu rút, bạn báo ngay."
    )


def _late(dossier: Dossier, apology: Apology | None, _: Translate) -> str:
    known = apology or Apology()
    lines = [_("Xin lỗi bạn: hồ sơ không kịp ngày hẹn.")]
    if dossier.due and dossier.due != known.new_due:
        promised = render.date_text(dossier.due)
        lines = [_("Xin lỗi bạn: hồ sơ không kịp ngày hẹn {date}.").format(date=promised)]
    if known.reason:
        lines.append(_("Lý do: {reason}").format(reason=ended(known.reason)))
    if known.new_due:
        lines.append(_("Ngày hẹn mới: {date}.").format(date=render.date_text(known.new_due)))
    return "\n".join(lines)


Text = Callable[[Dossier, World, date, Translate], str]
TEXTS: Mapping[str, Text] = {
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
    "stopped": _stopped,
    "withdrawn": _withdrawn,
}
