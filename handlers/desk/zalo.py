"""What the administrator is told when Zalo is connected, and what is wrong with its tokens."""

from collections.abc import Mapping
from typing import ClassVar

from handlers.desk.refusals import Refused
from handlers.language.i18n import N_

CONNECTED = N_("Đã kết nối Zalo. Có thể đóng trang này.")
CONSOLE = N_(
    "Trên developers.zalo.me, mục Sản phẩm → Official Account → Thiết lập chung, lưu đúng từng ký tự:\n"
    "  Callback URL:   {callback}\n"
    "  Code challenge: {challenge}\n"
    "Chọn đủ mọi quyền: thêm hay bớt quyền về sau thì phải kết nối lại."
)
CLICK = N_("Rồi quản trị viên của OA mở liên kết này và đồng ý (trong 60 phút tới):\n  {link}")
NO_CALLBACK = N_(
    "Chưa đặt PUBLIC_URL nên Zalo không tự báo lại được: mở liên kết mà trang của Zalo đưa ra, đồng ý, "
    "rồi dán liên kết của trang hiện ra sau đó."
)
PASTE = N_("Dán liên kết, mã hoặc cặp token ở đây (không hiện ra); để trống nếu trang đã báo kết nối: ")
KEPT = N_("Đã lưu cặp token {hash}; tự đổi lúc {renewed}, dùng được đến {good_until}.")

# What `bot.channels.zalo.tokens.pair.Trouble` means, and what to do; "": nothing is wrong.
TROUBLES: Mapping[str, str] = {
    "": N_("Không có gì phải làm."),
    "none": N_("Chưa kết nối: chạy `motcua zalo login`."),
    "lost": N_("Refresh token không còn dùng được ({error}): chạy `motcua zalo login`."),
    "unanswered": N_("Hai lần đổi token đều không có trả lời: chạy `motcua zalo login`."),
    "denied": N_(
        "Zalo không cho đổi token ({error}): xem lại ZALO_APP_ID, ZALO_APP_SECRET và ứng dụng trên "
        "developers.zalo.me; mỗi giờ sẽ thử lại một lần."
    ),
    "refused": N_(
        "Token vừa đổi cũng bị từ chối: có thể quyền của ứng dụng đã bị thu hồi; chạy `motcua zalo login`."
    ),
}
# Error of the token server -> why a login failed.
CANNOT: Mapping[int, str] = {
    -14003: "zalo_bad_callback",
    -14002: "zalo_app_not_active",
    -209: "zalo_app_not_active",
    -14014: "zalo_code_spent",
    -14020: "zalo_code_spent",
    -118: "zalo_code_spent",
    -212: "zalo_not_registered",
    -223: "zalo_not_granted",
}


class ZaloRefused(Refused):
    """Zalo was not connected."""

    texts: ClassVar[Mapping[str, str]] = {
        "zalo_not_set_up": N_(
            "chưa có tài khoản OA: đặt ZALO_APP_ID, ZALO_APP_SECRET, ZALO_OA_ID, ZALO_OA_SECRET"
        ),
        "zalo_not_understood": N_(
            "không đọc được: cần liên kết có “code=”, mã đó, hoặc access token rồi refresh token"
        ),
        "zalo_nobody_waits": N_("Chưa ai bắt đầu kết nối: chạy `motcua zalo login` rồi mở lại liên kết."),
        "zalo_bad_callback": N_(
            "Zalo từ chối ({error} {name}): Callback URL trên developers.zalo.me phải giống từng ký tự, "
            "kể cả dấu / cuối, và tên miền phải đã xác thực"
        ),
        "zalo_app_not_active": N_(
            "Zalo từ chối ({error} {name}): kích hoạt ứng dụng trên developers.zalo.me"
        ),
        "zalo_code_spent": N_(
            "Zalo từ chối ({error} {name}): mã chỉ dùng một lần trong 10 phút, token cũ không dùng lại được; "
            "chạy lại `motcua zalo login` với liên kết mới, và xem Code challenge đã lưu đúng chưa"
        ),
        "zalo_not_registered": N_(
            "Zalo từ chối ({error} {name}): đăng ký sản phẩm Official Account API cho ứng dụng"
        ),
        "zalo_not_granted": N_("Zalo từ chối ({error} {name}): OA chưa cấp đủ quyền cho ứng dụng"),
        "zalo_denied": N_("Zalo từ chối ({error} {name})"),
        "zalo_no_answer": N_("Zalo không trả lời, không rõ mã đã dùng chưa: chạy lại với liên kết mới"),
        "zalo_not_renewed_yet": N_(
            "đã lưu cặp token nhưng Zalo chưa đổi cho cặp mới; xem lại sau ít phút bằng `motcua zalo status`"
        ),
        "zalo_no_refresh_token": N_("Zalo không cấp refresh token: OA phải được xác thực và có gói có API"),
        "zalo_account_not_told": N_("Zalo không cho biết token này của OA nào ({why}); lấy cặp token mới"),
        "zalo_other_account": N_("token này của OA {account}, không phải ZALO_OA_ID={ours}; không lưu"),
    }
