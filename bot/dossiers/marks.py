"""Keyed hashes by which the second factor of a dossier is known again without being kept.

A row's marks say how many digits they were made of: who changes `SECOND_FACTOR` locks nobody out.
"""

from functools import cache
from hmac import compare_digest

from bot.dossiers.record import DossierRecord
from bot.storage.sealing import HASH, Vault
from knowledge.dossiers import phones, second_factor
from knowledge.dossiers.second_factor import SecondFactor

NO_HASH = bytes(HASH)  # no value has this mark
FIRST = SecondFactor(4)  # of rows that do not say, from before marks did


def of(record: DossierRecord, vault: Vault, factor: SecondFactor | None = None) -> bytes:
    """Its size, then three marks: the ends of phone and ID number, and the whole phone; keyed by the code."""
    factor = factor or second_factor.SECOND_FACTOR
    return (
        bytes([factor.digits])
        + end_mark(record.code, factor.of(record.phone or ""), vault)
        + end_mark(record.code, factor.of(record.id_number or ""), vault)
        + phone_mark(record.code, record.phone or "", vault)
    )


def nobody() -> bytes:
    """Marks that nothing fits, for a code without a dossier."""
    return bytes([second_factor.SECOND_FACTOR.digits]) + NO_HASH * 3


def factor_of(marks: bytes) -> SecondFactor:
    """The factor that these marks were made of."""
    return FIRST if len(marks) == 3 * HASH else _factor(marks[0])


def end_fits(marks: bytes, code: str, digits: str, vault: Vault) -> bool:
    """Whether these digits end the phone or ID number; as much work for any marks.

    Of more digits than the marks were made of, their end is compared; fewer fit nothing.
    """
    of_phone, of_id, _ = _parts(marks)
    wanted = end_mark(code, factor_of(marks).of(digits), vault)
    phone_fits, id_fits = compare_digest(of_phone, wanted), compare_digest(of_id, wanted)
    return phone_fits | id_fits and wanted != NO_HASH


def phone_fits(marks: bytes, code: str, phone: str, vault: Vault) -> bool:
    """Whether this is the whole phone number, however it is written."""
    wanted = phone_mark(code, phones.dialled(phone), vault)
    return compare_digest(_parts(marks)[2], wanted) and wanted != NO_HASH


def end_mark(code: str, digits: str, vault: Vault) -> bytes:
    """The mark of the last digits of a dossier's phone or ID number."""
    mark = vault.keyed_hash("dossier end", code, digits)  # even for nothing, which must take no less time
    return mark if digits else NO_HASH


def phone_mark(code: str, phone: str, vault: Vault) -> bytes:
    """The mark of a dossier's whole phone number, as dialled."""
    mark = vault.keyed_hash("dossier phone", code, phone)
    return mark if phone else NO_HASH


@cache
def _factor(digits: int) -> SecondFactor:
    return SecondFactor(digits)


def _parts(marks: bytes) -> tuple[bytes, bytes, bytes]:
    three = marks[-3 * HASH :]
    return three[:HASH], three[HASH : 2 * HASH], three[2 * HASH :]
