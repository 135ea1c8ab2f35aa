"""The office's key for Web Push (VAPID, RFC 8292): browsers bind a subscription to it, so it lasts."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.storage.sealing import Vault

PURPOSE = b"motcua push"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256: FIPS 186-4, D.1.2.3


def private_key(vault: Vault) -> ec.EllipticCurvePrivateKey:
    """Made of what lasts as long as the database, whichever secret key is the newest."""
    number = int.from_bytes(vault.lasting_secret(PURPOSE)) % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def public_key(vault: Vault) -> str:
    """As browsers take it."""
    public = private_key(vault).public_key()
    return unpadded(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def unpadded(content: bytes) -> str:
    """In the base64 of addresses."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
