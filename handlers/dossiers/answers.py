"""What is told of each thing that is asked about a dossier, from its state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.dossiers import progress
from handlers.dossiers.payment import payment
from handlers.language.i18n import N_
from handlers.office.hours import hours_text, phones_text
from handlers.ports.dossiers import Dossier
from handlers.turn.blocks import Block
from handlers.turn.context import Context
from knowledge.dossiers import postal, statuses

Part = str | Block  # a line, or what is more than text


@dataclass(frozen=True)
class Shown:
    """The dossier that is talked about, and what its state says."""

    dossier: Dossier
    ctx: Context

    @property
    def state(self) -> statuses.State | None:
        """The national state; None for a local one."""
        return statuses.state_of(self.dossier.status)

    def said(self, text: str, **places: str) -> str:
        """A text in the person's language."""
        return self.ctx.tr(text).format(**places)

    @property
    def place(self) -> str:
        """Where the result lies or what is missing is handed in."""
        return progress.place_text(self.dossier, self.ctx.world)


def _missing(shown: Shown) -> Sequence[Part]:
    wanted = progress.demands(shown.dossier, shown.ctx)
    none = shown.said(N_("Hồ sơ này không bị yêu cầu bổ sung giấy tờ nào."))
    return wanted if shown.dossier.missing else [none, *wanted, *_next(shown)]


def _supply(shown: Shown) -> Sequence[Part]:
    at = shown.said(N_("Bạn nộp bổ sung tại {place}, mang theo giấy hẹn."), place=shown.place)
    return [at, *progress.demands(shown.dossier, shown.ctx)]


def _supplied(shown: Shown) -> Sequence[Part]:
    kept = shown.said(
        N_("Bạn giữ lại biên nhận, biên lai. Nhận đủ rồi thì bộ phận một cửa giải quyết tiếp và hồ sơ đổi "
           "tình trạng; vài ngày mà chưa đổi thì hỏi bộ phận một cửa.")
    )  # fmt: skip
    return [kept, *_next(shown)]


def _until(shown: Shown) -> Sequence[Part]:
    dates = [] if shown.dossier.missing_until else [shown.said(UNKNOWN_UNTIL)]
    return [*progress.demands(shown.dossier, shown.ctx), *dates]


KEPT = N_(
    "Kết quả được giữ ở đó bao lâu thì mình không có dữ liệu: chưa đến lấy ngay được thì bạn báo trước cho "
    "bộ phận một cửa."
)
DELIVERY = N_(
    "Muốn nhận qua bưu điện, nhận bản điện tử, hay đổi lại nhận tại quầy: bạn nói với bộ phận một cửa, nhớ "
    "đọc mã hồ sơ, và hỏi luôn tiền bưu điện. Mình không đổi thay bạn được."
)
WITHDRAW = N_(
    "Mình không rút hồ sơ thay bạn được. Bạn đến bộ phận một cửa, mang giấy hẹn và thẻ căn cước, nói là muốn "
    "rút; giấy tờ và tiền đã nộp có được trả lại không thì hỏi luôn lúc đó."
)
CORRECT = N_(
    "Hồ sơ đã nộp thì mình không sửa được. Bạn báo bộ phận một cửa càng sớm càng tốt, mang giấy hẹn và "
    "giấy tờ ghi đúng."
)
RESULT = N_("Kết quả của thủ tục này: {result}")
NO_RESULT = N_("Kết quả là giấy tờ gì thì bạn xem trên giấy hẹn, hoặc hỏi bộ phận một cửa.")
IN_TIME = N_("Hồ sơ chưa quá ngày hẹn.")
UNKNOWN_UNTIL = N_(
    "Bạn bổ sung càng sớm càng tốt: thời hạn giải quyết tạm dừng trong lúc chờ. Hạn cuối xem trên phiếu yêu "
    "cầu bổ sung, hoặc hỏi bộ phận một cửa."
)
PAY = N_(
    "Bạn nộp theo thông báo: tại bộ phận một cửa, hoặc trực tuyến trên {portal} nếu thông báo có ghi. Giữ "
    "lại "
    "biên lai. Không chuyển vào tài khoản riêng của ai."
)
WAIVED = N_(
    "Bạn thuộc diện được miễn, giảm thì báo bộ phận một cửa trước khi nộp tiền, mang giấy tờ chứng minh."
)
NO_FEE = N_("Hồ sơ này hiện không có khoản nào phải nộp.")
PROXY = N_(
    "Nhờ người khác lấy giùm: người đó mang giấy hẹn và giấy tờ của mình; có cần giấy ủy quyền, hay bạn "
    "phải có "
    "mặt, thì hỏi bộ phận một cửa trước khi đi."
)
BRING = N_("Bạn mang giấy hẹn và thẻ căn cước. Mất giấy hẹn thì mang thẻ căn cước và nhớ mã hồ sơ.")
NOT_YET = N_("Hồ sơ chưa có kết quả để lấy.")
FETCH = N_("Lấy tại {place}.")
NOT_RECEIVED = N_(
    "Hệ thống ghi hồ sơ đã trả. Nếu bạn chưa nhận, bạn gặp bộ phận một cửa ngay, mang giấy hẹn và thẻ căn "
    "cước, "
    "để họ xem ai đã ký nhận."
)
LATE = N_(
    "Bạn gọi hoặc đến bộ phận một cửa để hỏi lý do và ngày hẹn mới; bạn cũng phản ánh được trên {portal}."
)
NO_DUE = N_("Hồ sơ này chưa ghi ngày hẹn: bạn xem trên giấy hẹn hoặc hỏi bộ phận một cửa.")


def _pay(shown: Shown) -> Sequence[Part]:
    if not shown.dossier.fee_due:
        return [shown.said(NO_FEE)]
    how = shown.said(PAY, portal=shown.ctx.world.office.portal.name)
    return [
        *progress.demands(shown.dossier, shown.ctx),
        how,
        *payment(shown.dossier, shown.ctx.world.office, shown.ctx.tr),
    ]


def _amount(shown: Shown) -> Sequence[Part]:
    return [*_pay(shown), *([shown.said(WAIVED)] if shown.dossier.fee_due else [])]


def _proxy(shown: Shown) -> Sequence[Part]:
    return [shown.said(PROXY), *_fetch(shown)]


def _fetch(shown: Shown) -> Sequence[Part]:
    if shown.dossier.postal and shown.dossier.postal != "came-back":
        return _post(shown)
    if not progress.is_to_fetch(shown.dossier):
        return [shown.said(NOT_YET), *_when(shown)]
    return [shown.said(FETCH, place=shown.place), shown.said(BRING), *_hours(shown)]


def _bring(shown: Shown) -> Sequence[Part]:
    return [shown.said(BRING)]


def _hours(shown: Shown) -> Sequence[Part]:
    ctx = shown.ctx
    return [hours_text(ctx.world.office, ctx.world.holidays, ctx.incoming.at, ctx.tr)]


def _post(shown: Shown) -> Sequence[Part]:
    posted = postal.state_of(shown.dossier.postal)
    if posted is None:
        return [shown.said(N_("Kết quả chưa giao cho bưu điện.")), *_when(shown)]
    return [posted.meaning, *progress.where(shown.dossier, shown.ctx.world, shown.ctx.tr), posted.next]


def _responsible(shown: Shown) -> Sequence[Part]:
    ctx, state = shown.ctx, shown.state
    if state and state.acts:  # it waits for the citizen
        return [state.meaning, *progress.demands(shown.dossier, ctx), state.next]
    told = shown.said(LATE, portal=ctx.world.office.portal.name)
    return [*progress.dates(shown.dossier, ctx), told, phones_text(ctx.world.office, ctx.tr)]


def _late(shown: Shown) -> Sequence[Part]:
    dossier, ctx = shown.dossier, shown.ctx
    is_open = shown.state is not None and shown.state.is_open and not shown.state.acts
    if is_open and dossier.due and not progress.days_late(dossier, ctx):
        return [shown.said(IN_TIME), *progress.dates(dossier, ctx), phones_text(ctx.world.office, ctx.tr)]
    return _responsible(shown)


def _kept(shown: Shown) -> Sequence[Part]:
    return [shown.said(KEPT), *_fetch(shown)]


def _delivery(shown: Shown) -> Sequence[Part]:
    posted = _post(shown) if shown.dossier.postal else []
    return [*posted, shown.said(DELIVERY)]


def _withdraw(shown: Shown) -> Sequence[Part]:
    return [shown.said(WITHDRAW), *_hours(shown)]


def _correct(shown: Shown) -> Sequence[Part]:
    return [shown.said(CORRECT), *_hours(shown)]


def _result(shown: Shown) -> Sequence[Part]:
    procedure = shown.ctx.world.catalogue.procedures.get(shown.dossier.procedure)
    known = shown.said(RESULT, result=procedure.result) if procedure else shown.said(NO_RESULT)
    return [known, *_fetch(shown)]


def _when(shown: Shown) -> Sequence[Part]:
    dates = progress.dates(shown.dossier, shown.ctx)
    return dates if shown.dossier.due or shown.dossier.finished else [*dates, shown.said(NO_DUE)]


def _next(shown: Shown) -> Sequence[Part]:
    state, posted = shown.state, postal.state_of(shown.dossier.postal)
    if posted:
        return [posted.meaning, posted.next]
    return [state.meaning, *progress.demands(shown.dossier, shown.ctx), state.next] if state else []


def _not_received(shown: Shown) -> Sequence[Part]:
    over = shown.state is not None and shown.state.is_over
    return [shown.said(NOT_RECEIVED), *_post(shown)] if over and shown.dossier.postal else (
        [shown.said(NOT_RECEIVED)] if over else _fetch(shown)
    )  # fmt: skip


def _again(shown: Shown) -> Sequence[Part]:
    return progress.dossier_blocks(shown.dossier, shown.ctx)


ANSWERS: Mapping[str, Callable[[Shown], Sequence[Part]]] = {
    "missing": _missing,
    "supply-where": _supply,
    "supply-until": _until,
    "supplied": _supplied,
    "paid-next": _supplied,
    "pay-how": _pay,
    "pay-amount": _amount,
    "fetch-who": _proxy,
    "fetch-what": _bring,
    "fetch-where": _fetch,
    "fetch-when": _hours,
    "post-when": _post,
    "post-absent": _post,
    "tracking": _post,
    "late": _late,
    "who-handles": _responsible,
    "why-stopped": _next,
    "object": _next,
    "when-done": _when,
    "next": _next,
    "not-received": _not_received,
    "again": _again,
    "kept": _kept,
    "delivery": _delivery,
    "withdraw": _withdraw,
    "correct": _correct,
    "result": _result,
}
