"""The slip that the desk hands over: the dossier's code, its day, and a code to scan for news of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.dossiers.progress import title
from handlers.language.format import date_text
from handlers.language.i18n import N_, Translate
from handlers.office.hours import phones_text, place_text
from handlers.ports.dossiers import Dossier
from handlers.ports.world import World

AT_DESK, BY_ZALO = "desk-2026-11", "desk-zalo-2026-12"
ZALO_BY_PHONE = "zalo-phone"  # the purpose of the second
# What the clerk reads out before noting a phone; a changed text gets a new version, and the old one stays.
CONSENTS: Mapping[str, str] = {
    AT_DESK: N_(
        "Bộ phận một cửa ghi số điện thoại của bạn cùng mã hồ sơ để báo tin về hồ sơ này. Khi bạn gửi số của "
        "mình cho trợ lý Một Cửa lần đầu, trợ lý hỏi lại bạn rồi mới báo tin. Bạn dừng lúc nào cũng được. "
        "Bạn có đồng ý không?"
    ),
    BY_ZALO: N_(
        "Khi bạn đã theo dõi hồ sơ trên Zalo mà lâu không nhắn cho chúng tôi, Zalo không cho nhắn tự do nữa. "
        "Khi đó bộ phận một cửa gửi tin về hồ sơ qua Zalo đến số điện thoại này: số được chuyển cho Zalo để "
        "gửi tin. Bạn nhắn “dừng” trên Zalo là thôi. Bạn có đồng ý không?"
    ),
}
CHANNELS: Mapping[str, str] = {
    "telegram": N_("Nhận tin qua Telegram"),
    "zalo": N_("Nhận tin qua Zalo"),
    "web": N_("Nhận tin trên web"),
}
TYPED = "tra cứu {code}"  # what is typed, in every language, and what the code to photograph holds


@dataclass(frozen=True)
class Slip:
    """All texts of a slip."""

    office: str
    heading: str
    procedure: str
    code_label: str
    code: str
    code_use: str  # under the code to scan that holds nothing else
    lines: tuple[str, ...]
    ways: tuple[str, ...]  # one under each code to scan
    typed: str  # what is typed where a code to scan cannot say which dossier; "": nothing
    type_it: str  # where that is typed
    how: str  # without any way to scan: what to do instead; else what scanning does
    warning: str
    desk: tuple[str, ...]  # where it is, and whom to call


def slip(dossier: Dossier, channels: Sequence[str], code: str, world: World, tr: Translate) -> Slip:
    """The slip of a dossier; `channels` are those that have a code to scan, of CHANNELS.

    `code`: the letters to type; "" for none.
    """
    office = world.office
    how = tr("Bạn quét một mã dưới đây bằng điện thoại, hồ sơ có thay đổi là có tin báo.")
    if not channels:
        how = tr("Nhắn mã hồ sơ này cho trợ lý Một Cửa để xem hồ sơ đến đâu.")
    return Slip(
        office=office.name,
        heading=tr("Phiếu theo dõi hồ sơ"),
        procedure=title(dossier, world, tr),
        code_label=tr("Mã hồ sơ"),
        code=dossier.code,
        code_use=tr("Cán bộ quét mã này tại quầy"),
        lines=tuple(_dates(dossier, tr)),
        ways=tuple(tr(CHANNELS[channel]) for channel in channels),
        typed=TYPED.format(code=f"{code[:4]}-{code[4:]}") if code else "",
        type_it=tr("Dùng Zalo, hoặc không quét được: nhắn cho trợ lý dòng dưới, hay gửi ảnh mã bên cạnh."),
        how=how,
        warning=tr("Ai cầm phiếu cũng nhận được tin về hồ sơ này: bạn giữ phiếu cẩn thận."),
        desk=(place_text(office, tr), *([phones_text(office, tr)] if office.phones else ())),
    )


def _dates(dossier: Dossier, tr: Translate) -> list[str]:
    lines = []
    if dossier.received:
        lines.append(tr("Ngày nhận: {date}").format(date=date_text(dossier.received)))
    if dossier.due:
        lines.append(tr("Ngày hẹn trả: {date}").format(date=date_text(dossier.due)))
    return lines
