"""How a fee that is due is transferred: the account, what to write, and the code that fills it all in."""

from collections.abc import Iterator

from handlers.language.format import money
from handlers.language.i18n import Translate
from handlers.ports.dossiers import Dossier
from handlers.turn.blocks import Fact, Facts, Span
from handlers.turn.messages import Enclosure
from knowledge.dossiers import vietqr
from knowledge.dossiers.transfer_text import transfer_text
from knowledge.office.office import Office


def payment(dossier: Dossier, office: Office, tr: Translate) -> Iterator[Facts]:
    """Where the fee can be transferred to; nothing if none is due or the office has no account."""
    bank = office.bank
    if bank and dossier.fee_due:
        message = transfer_text(dossier.code)
        yield Facts(
            (
                Fact(tr("Ngân hàng"), bank.name),
                Fact(tr("Số tài khoản"), (Span(bank.account, "code"),)),
                Fact(tr("Chủ tài khoản"), bank.holder),
                Fact(tr("Nội dung"), (Span(message, "code"),) if message else tr("hỏi bộ phận một cửa")),
            )
        )


def payment_code(dossier: Dossier, office: Office, tr: Translate) -> tuple[Enclosure, ...]:
    """The same as a picture for the bank's app: the code, and what it holds in words below it."""
    bank, message = office.bank, transfer_text(dossier.code)
    if not bank or not dossier.fee_due or not message:
        return ()
    amount = tr("{amount} đồng").format(amount=money(dossier.fee_due, tr.language))
    text = vietqr.payload(bank, dossier.fee_due, message)
    below = (amount, bank.holder, f"{bank.account} · {bank.name}", message)
    label = tr("Mã VietQR {amount}").format(amount=amount)
    return (Enclosure("qr", f"vietqr-{message}.png", "\n".join((text, *below)), label),)
