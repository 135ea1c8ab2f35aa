"""How to reach the office without this page: phones, place, hours, and who runs this."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.language.i18n import Translate
from handlers.office.hours import place_text, week
from knowledge.office.office import Office


@dataclass(frozen=True)
class Fact:
    """One line about the office."""

    label: str
    text: str  # several lines if need be
    phone: str = ""  # the number in the text that can be called


def way_in(office: Office, tr: Translate) -> Iterator[Fact]:
    """What is known of the desk; what is not known is said."""
    for phone in office.phones:
        yield Fact(phone.label, phone.number, phone.number)
    if not office.phones:
        yield Fact(tr("Điện thoại"), tr("Chưa có số: xem trên giấy hẹn, hoặc đến thẳng quầy."))
    hotline = office.portal.hotline
    yield Fact(tr("Tổng đài {name}").format(name=office.portal.name), hotline, hotline)
    label, _colon, where = place_text(office, tr).partition(": ")
    yield Fact(label, where)
    yield Fact(tr("Giờ làm việc"), "\n".join(_hours(office, tr)))
    yield Fact(tr("Trang này"), _about(office, tr))


def _hours(office: Office, tr: Translate) -> Iterator[str]:
    if office.hours is None:
        yield tr("Mình chưa có giờ làm việc của {office}.").format(office=office.name)
        return
    yield from week(office.hours.week, tr)
    if not office.hours.confirmed:
        yield tr("Đây là giờ thông thường, bộ phận một cửa chưa xác nhận: bạn hỏi trước khi đi xa.")


def _about(office: Office, tr: Translate) -> str:
    return tr(
        "Chương trình trả lời tự động của {office}, không phải người thật. Cuộc trò chuyện được giữ có "
        "mã hóa; gõ /dulieu để xem, /xoa để xóa."
    ).format(office=office.name)
