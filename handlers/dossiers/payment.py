"""How a fee that is due is transferred: the account, what to write, and the code that fills it all in."""

from collections.abc import Iterator

from handlers.language.format import money
from handlers.language.i18n import Translate
from handlers.ports.dossiers import Dossier
from handlers.turn.blocks import Fact, Facts, Span
from handlers.turn.messages import Enclosure
from knowledge.dossiers import vietqr
from knowledge.office.office import Office


def payment(dossier: Dossier, office: Office, tr: Translate) -> Iterator[Facts]:
    """Where the fee can be transferred to; nothing if none is due or the office has no account."""
    bank = office.bank
    if bank and dossier.fee_due:
        yield Facts(
            (
                Fact(tr("Ngân hàng"), bank.name),
                Fact(tr("Số tài khoản"), (Span(bank.account, "code"),)),
                Fact(tr("Chủ tài khoản"), bank.holder),
                Fact(tr("Nội dung"), (Span(dossier.code, "code"),)),
            )
        )


def payment_code(dossier: Dossier, office: Office, tr: Translate) -> tuple[Enclosure, ...]:
    """The same as a code that the bank's app reads."""
    bank = office.bank
    if not bank or not dossier.fee_due:
        return ()
    text = vietqr.payload(bank, dossier.fee_due, dossier.code)
    label = tr("Mã VietQR {amount} đồng").format(amount=money(dossier.fee_due, tr.language))
    return (Enclosure("qr", f"{dossier.code}.png", text, label),)
