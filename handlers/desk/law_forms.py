"""The forms of Thông tư 03/2025/TT-VPCP, annex I, as far as their blanks are known: 01, 02 and 04.

What the desk knows stands on them; the rest is dots for the hand. One-stop desks work by Nghị định
118/2025/NĐ-CP, amended by 367/2025/NĐ-CP and 309/2026/NĐ-CP.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from handlers.language.format import date_text
from handlers.language.i18n import N_
from knowledge.intake.paper import Paper, Segment, Signed, WordLine
from knowledge.office.office import Office
from knowledge.procedures.catalogue import Procedure

LAW = "Thông tư 03/2025/TT-VPCP ngày 15/9/2025, Phụ lục I"
DECREE = (
    "Nghị định 118/2025/NĐ-CP (sửa đổi, bổ sung bởi Nghị định 367/2025/NĐ-CP và Nghị định 309/2026/NĐ-CP)"
)
# Forms of the same annex whose blanks nobody has supplied: never made up.
UNKNOWN: Mapping[str, str] = {
    "03": N_("Phiếu từ chối giải quyết hồ sơ"),
    "05": N_("Phiếu dừng giải quyết hồ sơ"),
    "06": N_("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    "07": N_("Sổ theo dõi hồ sơ"),
}


@dataclass(frozen=True)
class Facts:
    """What the desk knows of a dossier and of its office."""

    code: str
    office: Office
    procedure: Procedure | None
    title: str  # the procedure in words
    name: str = ""
    phone: str = ""
    id_number: str = ""
    received: datetime | None = None  # with the hour, as far as that is known
    due: date | None = None  # as promised first
    papers: str = ""  # that are missing
    papers_until: date | None = None
    reason: str = ""  # of the request, or of being late
    new_due: date | None = None


def _line(*pieces: tuple[str, str | None]) -> WordLine:
    """Printed words, each followed by what is known, or by dots; None: by nothing."""
    segments = []
    for label, known in pieces:
        segments.append(Segment(label))
        if known is not None:
            segments.append(Segment(known, "answer" if known else "empty"))
    return WordLine(tuple(segments))


def _moment(at: datetime | None) -> str:
    """The hour only where it is known."""
    if at is None:
        return ""
    return (
        f"{at:%H} giờ {at:%M}, ngày {date_text(at.date())}" if at.hour or at.minute else date_text(at.date())
    )


def _day(day: date | None) -> str:
    return date_text(day) if day else ""


def _contact(facts: Facts) -> str:
    return "; ".join(f"{phone.label}: {phone.number}" for phone in facts.office.places["one_stop"].phones)


def _deadline(facts: Facts) -> str:
    """The time by law is what the receipt shows; where the catalogue has several the hand writes it."""
    found = facts.procedure.deadlines if facts.procedure else ()
    texts = {
        "working_days": "{count} ngày làm việc",
        "days": "{count} ngày",
        "same_day": "trong ngày làm việc",
    }
    if len(found) != 1 or found[0].kind not in texts:
        return ""
    return texts[found[0].kind].format(count=found[0].count)


def receipt(facts: Facts) -> Paper:
    """Form 01."""
    person = [
        _line(("Tiếp nhận hồ sơ của: ", facts.name), (" Số định danh: ", facts.id_number)),
        _line(("Địa chỉ: ", "")),
        _line(("Số điện thoại: ", facts.phone), (" Email: ", "")),
        _line(("Người được ủy quyền (nếu có): ", "")),
    ]
    lines = [
        _line(("Số: ", ""), (" Mã hồ sơ: ", facts.code)),
        *person,
        _line(("Nội dung yêu cầu giải quyết: ", facts.title)),
        _line(("Thành phần hồ sơ nộp gồm:", None)),
        *(_line((f"{number}. ", "")) for number in range(1, 6)),
        _line(("Số lượng hồ sơ: ", ""), (" bộ", None)),
        _line(("Thời gian giải quyết hồ sơ theo quy định: ", _deadline(facts))),
        _line(("Thời gian nhận hồ sơ: ", _moment(facts.received))),
        _line(("Thời gian trả kết quả: ", _day(facts.due))),
        _line(("Đăng ký nhận kết quả tại: ", "")),
        _line(("Vào Sổ theo dõi hồ sơ, Quyển số: ", ""), (" Số thứ tự: ", "")),
    ]
    signatures = (_signed("Người nộp hồ sơ", facts.name), _signed("Người tiếp nhận hồ sơ"))
    return _paper(facts, ("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"), lines, signatures)


def request(facts: Facts) -> Paper:
    """Form 02."""
    papers = [each.strip() for each in facts.papers.replace("\n", ";").split(";") if each.strip()]
    lines = [
        _line(("Số: ", ""), ("/PBS", None)),
        _line(("Hồ sơ của: ", facts.name)),
        _line(("Nội dung yêu cầu giải quyết: ", facts.title)),
        _line(("Địa chỉ: ", "")),
        _line(("Số điện thoại: ", facts.phone), (" Email: ", "")),
        _line(("Yêu cầu bổ sung, hoàn thiện hồ sơ gồm những nội dung sau:", None)),
        *(_line((f"{number}. ", paper)) for number, paper in enumerate(papers or ["", "", ""], 1)),
        _line(("Lý do: ", facts.reason)),
        _line(("Trong quá trình bổ sung, hoàn thiện hồ sơ nếu có vướng mắc, liên hệ: ", _contact(facts))),
    ]
    title = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    return _paper(facts, ("02", title), lines, (_signed("Người hướng dẫn"),))


def apology(facts: Facts) -> Paper:
    """Form 04."""
    lines = [
        _line(("Số: ", ""), ("/PXL", None)),
        _line(("Ngày tiếp nhận hồ sơ: ", _moment(facts.received))),
        _line(("Thủ tục: ", facts.title)),
        _line(("Của ông/bà: ", facts.name), (" Số định danh: ", facts.id_number)),
        _line(("Mã hồ sơ: ", facts.code)),
        _line(("Thời gian hẹn trả kết quả: ", _day(facts.due))),
        _line(("Đến nay chưa giải quyết xong hồ sơ. Lý do: ", facts.reason)),
        _line(("Cơ quan xin lỗi ông/bà và sẽ trả kết quả vào ngày: ", _day(facts.new_due))),
    ]
    title = "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
    return _paper(facts, ("04", title), lines, (_signed("Thủ trưởng cơ quan"),))


def _paper(
    facts: Facts, form: tuple[str, str], lines: list[WordLine], signatures: tuple[Signed, ...]
) -> Paper:
    office, (number, title) = facts.office, form
    return Paper(
        form=f"tt03-{number}",
        title=title,
        addressee=facts.name if number == "04" else "",
        lines=(_line((office.name, None)), *lines),
        signatures=signatures,
        made_at=f"{office.unit[:1].upper()}{office.unit[1:]}, ngày ...... tháng ...... năm ..........",
        label=f"Mẫu số {number} - {LAW}",
        notes=(*_own(facts), f"Giải quyết theo cơ chế một cửa: {DECREE}."),
    )


def _own(facts: Facts) -> tuple[str, ...]:
    """What the office adds below the form: the form has no blank for it."""
    until = f"; hạn bổ sung: {date_text(facts.papers_until)}" if facts.papers_until else ""
    return (f"Mã hồ sơ: {facts.code}{until}.",)


def _signed(role: str, name: str = "") -> Signed:
    return Signed(role, "(Ký và ghi rõ họ tên)", name)


FORMS: Mapping[str, Callable[[Facts], Paper]] = {"01": receipt, "02": request, "04": apology}
FOOT = "Lập tại bộ phận một cửa; cán bộ kiểm tra, ghi tiếp chỗ còn trống và ký."
