"""Notices: true, short, without names, within the limits of every channel."""

from dataclasses import replace
from datetime import date, datetime
from typing import get_args

import pytest

from bot.channels.telegram import text
from handlers.language.i18n import languages
from handlers.notices.notice import KINDS, NAMES, TEXTS, Apology, Kind, kind_of, notice
from handlers.notices.occasion import Follower, Occasion
from handlers.notices.preview import preview
from handlers.notices.reminders import Entry, digest, list_changed, paper_expiring
from handlers.ports.dossiers import Dossier, Step
from handlers.ports.world import World
from handlers.procedures.lists import Change
from handlers.turn.messages import Reply
from knowledge.dossiers.vietqr import payload
from knowledge.office.office import Bank
from tests.dialogue import MONDAY

ZALO_TEXT = 2000  # characters of a message
CODE = "H15.50-261119-1377"
TODAY = MONDAY.date()
PROVED = Follower(proved=True)
DOSSIER = Dossier(CODE, procedure="1.001193", applicant="N*** V** T***", due=date(2026, 11, 26))
BANK = Bank(name="Ngân hàng thử", bin="970436", account="1234567890", holder="UBND phường thử")


@pytest.mark.parametrize(
    ("status", "posted", "kind"),
    [
        ("1", "", ""),
        ("2", "", "received"),
        ("3", "", "refused"),
        ("4", "", ""),
        ("5", "", "missing"),
        ("6", "", "fee"),
        ("7", "", "withdrawn"),
        ("8", "", "stopped"),
        ("9", "", "done"),
        ("10", "", "returned"),
        ("9", "posted", "posted"),
        ("10", "delivered", "delivered"),
        ("10", "came-back", "came-back"),
        ("4", "came-back", ""),  # back in work: the post is history
        ("", "posted", "posted"),
        ("Trình lãnh đạo lần hai", "", ""),
    ],
)
def test_what_is_told_of_a_state(status: str, posted: str, kind: str) -> None:
    assert kind_of(replace(DOSSIER, status=status, postal=posted)) == kind


def told(kind: Kind, world: World, **facts: object) -> str:
    return notice(kind, replace(DOSSIER, **facts), Occasion(world, MONDAY, PROVED)).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("received", {}, "Ngày hẹn trả kết quả: 26/11/2026."),
        ("received", {"due": None}, "ghi trên giấy hẹn"),
        ("refused", {"note": "Không thuộc thẩm quyền"}, "Lý do: Không thuộc thẩm quyền."),
        ("refused", {"status": "3", "steps": (Step("3", MONDAY, "Thiếu chữ ký"),)}, "Lý do: Thiếu chữ ký."),
        ("refused", {}, "văn bản trả lời"),
        (
            "missing",
            {"missing": "Giấy chứng sinh, trước 30/11"},
            "cần bổ sung: Giấy chứng sinh, trước 30/11.",
        ),
        ("missing", {"missing_until": date(2026, 11, 30)}, "Bạn nộp bổ sung trước hết ngày 30/11/2026."),
        ("missing", {}, "phiếu yêu cầu bổ sung"),
        ("fee", {"fee_due": 50_000}, "50.000 đồng. Bạn nộp tại Trung tâm"),
        ("fee", {}, "thông báo đã gửi"),
        ("done", {}, "giấy hẹn và giấy tờ tùy thân"),
        ("done", {}, "thứ Hai 23/11/2026: 07:30–11:30, 13:30–17:00"),
        ("returned", {}, "Kết quả đã được trả"),
        ("posted", {"tracking": "EE123456785VN"}, "Số bưu gửi: EE123456785VN"),
        ("in-transit", {"tracking": "EE123456785VN"}, "Số bưu gửi: EE123456785VN"),
        ("delivered", {}, "đã giao kết quả"),
        ("came-back", {}, "Nơi tiếp nhận"),
        ("stopped", {"note": "Không đủ điều kiện"}, "quyền khiếu nại"),
        ("withdrawn", {}, "Nếu bạn không yêu cầu rút"),
    ],
)
def test_each_kind_says_what_matters(kind: Kind, facts: dict[str, object], words: str, world: World) -> None:
    assert words in told(kind, world, **facts)


WHOLE_DAY = "07:30–11:30, 13:30–17:00"


@pytest.mark.parametrize("kind", ["done", "came-back"])
@pytest.mark.parametrize("is_reminder", [False, True])
@pytest.mark.parametrize(
    ("at", "hours"),
    [
        (datetime(2026, 11, 30, 7, 0), f"thứ Hai 30/11/2026: {WHOLE_DAY}"),
        (datetime(2026, 11, 30, 10, 0), f"thứ Hai 30/11/2026: {WHOLE_DAY}"),
        (datetime(2026, 11, 30, 11, 30), "thứ Hai 30/11/2026: 13:30–17:00"),
        (datetime(2026, 11, 30, 16, 59), "thứ Hai 30/11/2026: 13:30–17:00"),
        (datetime(2026, 11, 30, 17, 0), f"thứ Ba 01/12/2026: {WHOLE_DAY}"),
        (datetime(2026, 11, 30, 21, 2), f"thứ Ba 01/12/2026: {WHOLE_DAY}"),
        (datetime(2026, 12, 4, 17, 1), "thứ Bảy 05/12/2026: 07:30–11:30"),
        (datetime(2026, 12, 5, 11, 31), f"thứ Hai 07/12/2026: {WHOLE_DAY}"),
        (datetime(2026, 11, 23, 17, 5), f"thứ Tư 25/11/2026: {WHOLE_DAY}"),  # Tuesday is a holiday
    ],
)
def test_only_hours_still_to_come_are_told(
    kind: Kind, is_reminder: bool, at: datetime, hours: str, world: World
) -> None:
    assert f"{hours}." in notice(kind, DOSSIER, Occasion(world, at, PROVED, is_reminder=is_reminder)).text


def test_without_hours_the_phones_are_told(world: World) -> None:
    office = world.office.model_copy(update={"hours": None})
    assert "điện thoại" in told("done", replace(world, office=office))


def test_an_apology_says_why_and_when(world: World) -> None:
    apology = Apology("Phải xác minh thêm", date(2026, 12, 1))
    text = notice("late", DOSSIER, Occasion(world, MONDAY, PROVED), apology).text
    assert text.splitlines() == [
        "Xin lỗi bạn: hồ sơ không kịp ngày hẹn 26/11/2026.",
        "Lý do: Phải xác minh thêm.",
        "Ngày hẹn mới: 01/12/2026.",
    ]


def test_a_fee_carries_its_code_to_pay_by(world: World) -> None:
    office = world.office.model_copy(update={"bank": BANK})
    fee = replace(DOSSIER, fee_due=50_000)
    reply = notice("fee", fee, Occasion(replace(world, office=office), MONDAY, PROVED))
    (code,) = reply.enclosures
    text, *below = code.content.split("\n")
    assert (code.kind, text) == ("qr", payload(BANK, 50_000, "H1550A2611191377"))
    assert below == ["50.000 đồng", "UBND phường thử", "1234567890 · Ngân hàng thử", "H1550A2611191377"]
    assert "Số tài khoản: 1234567890" in reply.text
    assert "Nội dung: H1550A2611191377" in reply.text


def test_a_fee_without_an_account_has_no_picture(world: World) -> None:
    assert notice("fee", replace(DOSSIER, fee_due=50_000), Occasion(world, MONDAY, PROVED)).enclosures == ()


def test_the_procedure_is_named_only_to_who_wants_it(world: World) -> None:
    title = world.catalogue.procedures["1.001193"].short
    assert notice("done", DOSSIER, Occasion(world, MONDAY, PROVED)).title == f"Hồ sơ {CODE}"
    assert (
        title in notice("done", DOSSIER, Occasion(world, MONDAY, Follower(detailed=True, proved=True))).title
    )


def test_a_reminder_says_that_it_is_one(world: World) -> None:
    reply = notice("done", DOSSIER, Occasion(world, MONDAY, PROVED, is_reminder=True))
    assert reply.text.startswith("Nhắc lại: Hồ sơ đã có")


def test_what_matters_is_acknowledged_by_a_tap(world: World) -> None:
    reply = notice("done", DOSSIER, Occasion(world, MONDAY, PROVED, number=12))
    assert [c.value for c in reply.choices] == ["got:12", f"s:{CODE}", f"stop:{CODE}"]
    assert [c.value for c in notice("done", DOSSIER, Occasion(world, MONDAY, PROVED)).choices] == [
        f"s:{CODE}",
        f"stop:{CODE}",
    ]


def test_long_words_of_a_clerk_are_cut(world: World) -> None:
    assert len(told("missing", world, missing="giấy " * 1000, note="ghi chú " * 1000)) < ZALO_TEXT


def test_an_expiring_paper_leads_to_its_renewal(world: World) -> None:
    reply = paper_expiring("xay-dung", date(2027, 1, 22), Occasion(world, MONDAY, PROVED))
    assert "Còn 60 ngày" in reply.text
    assert "giấy phép xây dựng" not in reply.text
    assert "p:1.013227" in {c.value for c in reply.choices}
    assert reply.enclosures[0].content.count("BEGIN:VALARM") == 3
    detailed = paper_expiring(
        "xay-dung", date(2027, 1, 22), Occasion(world, MONDAY, Follower(detailed=True, proved=True))
    )
    assert "giấy phép xây dựng hết hạn" in detailed.text


def test_a_changed_list_says_what_to_drop_and_add(world: World) -> None:
    reply = list_changed(Change("1.001193", ("Giấy A",), ("Giấy B",)), Occasion(world, MONDAY, PROVED))
    assert "Bỏ giấy: Giấy A.\nThêm giấy: Giấy B." in reply.text


def test_a_digest_names_the_first_and_counts_the_rest(world: World) -> None:
    reply = digest(
        [Entry("missing", f"H15.50-261119-{n:04}") for n in range(12)], Occasion(world, MONDAY, PROVED)
    )
    assert "Hồ sơ H15.50-261119-0009: cần bổ sung giấy tờ" in reply.text
    assert reply.text.endswith("và 2 việc khác")


def test_every_kind_has_a_name_and_a_text() -> None:
    assert set(NAMES) == set(KINDS) == set(get_args(Kind))
    assert set(KINDS) - set(TEXTS) == {"late", "expiring", "list-changed", "digest", "linked", "removed"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", languages())
def test_every_preview_fits_every_channel(kind: Kind, language: str, world: World) -> None:
    replies = [
        preview(kind, Occasion(world, MONDAY, Follower(language, detailed), reminder))
        for detailed in (False, True)
        for reminder in (False, True)
    ]
    assert [r.text for r in replies if len(f"{r.title}\n{r.text}") > ZALO_TEXT] == []
    assert [c for r in replies for c in r.choices if len(c.value.encode()) > text.DATA_LIMIT] == []
    assert [r for r in replies if len(text.parts([r])) != 1] == []
    assert [r for r in replies if "{" in r.text] == []
    assert all(isinstance(r, Reply) and "Nguyễn" not in r.text for r in replies)


@pytest.mark.parametrize("kind", ["missing", "fee", "refused", "late", "done"])
def test_who_holds_the_receipt_alone_hears_the_kind_of_news_and_no_more(kind: Kind, world: World) -> None:
    words = "Bà Trần Thị Bímật nộp lại trích lục"
    dossier = replace(DOSSIER, missing=words, note=words, fee_due=50_000, due=date(2026, 11, 30))
    reply = notice(kind, dossier, Occasion(world, MONDAY, Follower(detailed=True)), Apology(words))
    assert reply.text.startswith(f"Có tin mới: {NAMES[kind]}.")
    assert reply.title == f"Hồ sơ {CODE}"
    assert reply.enclosures == ()
    assert not any(part in reply.text for part in ("Bímật", "trích lục", "50.000", "30/11"))
