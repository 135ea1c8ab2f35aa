"""Texts of VietQR codes, against texts that other programs make."""

import pytest

from knowledge.dossiers.vietqr import payload
from knowledge.office.office import Bank


@pytest.mark.parametrize(
    ("number", "account", "amount", "message", "text"),
    [
        (
            "970436", "1234567890", 50_000, "TEST MEMO",
            "00020101021238540010A00000072701240006970436011012345678900208QRIBFTTA"
            "53037045405500005802VN62130809TEST MEMO6304DBA4",
        ),
        (
            "970415", "0011001932418", 120_000, "ung ho lu lut",
            "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
            "530370454061200005802VN62170813ung ho lu lut6304C15C",
        ),
    ],
)  # fmt: skip
def test_the_text_is_what_other_programs_make(
    number: str, account: str, amount: int, message: str, text: str
) -> None:
    bank = Bank(name="Ngân hàng thử", bin=number, account=account, holder="Phường thử")
    assert payload(bank, amount, message) == text
