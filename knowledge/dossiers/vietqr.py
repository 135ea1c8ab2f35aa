"""The text of a VietQR code: a transfer to one account, with amount and message filled in."""

from binascii import crc_hqx

from knowledge.office.office import Bank

NAPAS = "A000000727"  # who keeps the standard, in the register of application ids
TO_ACCOUNT = "QRIBFTTA"  # a transfer to an account, not to a card
ONCE, DONG, VIETNAM = "12", "704", "VN"  # with an amount of its own; ISO 4217; ISO 3166


def payload(bank: Bank, amount: int, message: str) -> str:
    """What the QR code says; `amount` in đồng, `message` as `transfer_text` makes it.

    Source: EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode, as NAPAS uses it; read
    second hand, and compared with texts that other programs make.
    """
    receiver = _object("00", bank.bin) + _object("01", bank.account)
    account = _object("00", NAPAS) + _object("01", receiver) + _object("02", TO_ACCOUNT)
    text = "".join(
        [
            _object("00", "01"),
            _object("01", ONCE),
            _object("38", account),
            _object("53", DONG),
            _object("54", str(amount)),
            _object("58", VIETNAM),
            _object("62", _object("08", message)),
            "6304",  # the checksum covers its own head
        ]
    )
    return f"{text}{crc_hqx(text.encode(), 0xFFFF):04X}"


def _object(number: str, value: str) -> str:
    """Number, length in two digits, value."""
    return f"{number}{len(value):02}{value}"
