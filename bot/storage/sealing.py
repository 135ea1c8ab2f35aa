"""Personal data at rest: encryption, and keyed hashes by which a value is known again without being kept."""

from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

HASH = 16  # bytes of a keyed hash


class WrongKey(Exception):
    """Sealed with another MOTCUA_SECRET_KEY, or moved to another row; put the old key back."""


class Vault:
    """Seals texts with keys of its own, derived from the key of the settings.

    AES-SIV (RFC 5297) needs no random nonce that could repeat, and the same text with the same associated
    data seals to the same bytes, so that writing it twice changes nothing. Safe to share between threads.
    """

    def __init__(self, secret_key: bytes) -> None:
        self._cipher = AESSIV(blake2b(secret_key, person=b"motcua seal").digest())
        self._marker = blake2b(key=blake2b(secret_key, person=b"motcua mark").digest(), digest_size=HASH)

    def seal(self, content: bytes, associated_data: str) -> bytes:
        """`content` encrypted, 16 bytes longer; opens with that data only: "dossier/H15.50-260706-1377"."""
        return self._cipher.encrypt(content, [associated_data.encode()])

    def open(self, sealed: bytes, associated_data: str) -> bytes:
        """What was sealed there; raises WrongKey."""
        try:
            return self._cipher.decrypt(sealed, [associated_data.encode()])
        except InvalidTag as error:
            raise WrongKey("cannot decrypt: MOTCUA_SECRET_KEY is not the one it was sealed with") from error

    def keyed_hash(self, *parts: str) -> bytes:
        """A keyed hash of these parts in this order; without the key nobody can try out what they were."""
        keyed = self._marker.copy()
        keyed.update("\0".join(parts).encode("utf-8", "surrogatepass"))
        return keyed.digest()
