"""Personal data at rest: encryption, and keyed hashes by which a value is known again without being kept."""

from contextlib import suppress
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

HASH = 16  # bytes of a keyed hash


class WrongKey(Exception):
    """Sealed with another MOTCUA_SECRET_KEY, or moved to another row; put the old key back."""


class Vault:
    """Seals texts with keys of its own, derived from those of the settings.

    AES-SIV (RFC 5297) needs no random nonce that could repeat, and the same text with the same associated
    data seals to the same bytes, so that writing it twice changes nothing. Safe to share between threads.
    """

    def __init__(self, *keys: bytes, lasting: bytes = b"") -> None:
        """`keys`: the newest first, which seals; all open. `lasting`: else `lasting_key` of the oldest."""
        self._ciphers = [AESSIV(blake2b(key, person=b"motcua seal").digest()) for key in keys]
        self._lasting = lasting or lasting_key(keys[-1])
        self._marker = blake2b(key=self._lasting, digest_size=HASH)
        self._link_cipher = AESSIV(blake2b(self._lasting, person=b"motcua link").digest())

    def seal(self, content: bytes, associated_data: str) -> bytes:
        """`content` encrypted, 16 bytes longer; opens with that data only: "dossier/H15.50-260706-1377"."""
        return self._ciphers[0].encrypt(content, [associated_data.encode()])

    def open(self, sealed: bytes, associated_data: str) -> bytes:
        """What was sealed there; raises WrongKey."""
        for cipher in self._ciphers:
            with suppress(InvalidTag):
                return cipher.decrypt(sealed, [associated_data.encode()])
        raise WrongKey("cannot decrypt: MOTCUA_SECRET_KEY is not the one it was sealed with")

    def resealed(self, sealed: bytes, associated_data: str) -> bytes:
        """The same content under the newest key: the same bytes if it is that already. Raises WrongKey."""
        return self.seal(self.open(sealed, associated_data), associated_data)

    def sealed_by_each(self, content: bytes, associated_data: str) -> list[bytes]:
        """How the content may stand in the database, the newest key first."""
        return [cipher.encrypt(content, [associated_data.encode()]) for cipher in self._ciphers]

    def seal_link(self, content: bytes) -> bytes:
        """What is printed and has to open whatever key comes later."""
        return self._link_cipher.encrypt(content, None)

    def open_link(self, sealed: bytes) -> bytes:
        """What `seal_link` was given; raises WrongKey."""
        try:
            return self._link_cipher.decrypt(sealed, None)
        except InvalidTag as error:
            raise WrongKey("not a link of this office") from error

    def keyed_hash(self, *parts: str) -> bytes:
        """A keyed hash of these parts in this order; without the key nobody can try out what they were."""
        keyed = self._marker.copy()
        keyed.update("\0".join(parts).encode("utf-8", "surrogatepass"))
        return keyed.digest()

    def lasting_secret(self, purpose: bytes) -> bytes:
        """32 bytes that stay the same under every later key; `purpose`: 16 bytes at most."""
        return blake2b(self._lasting, digest_size=32, person=purpose).digest()

    def proof(self, number: int) -> bytes:
        """The lasting key sealed by the newest key, which has this number."""
        return self.seal(self._lasting, proof_place(number))


def lasting_key(secret_key: bytes) -> bytes:
    """What marks and links are made of, for good: nobody can make them anew, as what they hide is not kept.

    Made of the first key of a database, and kept in it sealed by the newest.
    """
    return blake2b(secret_key, person=b"motcua mark").digest()


def proof_place(number: int) -> str:
    """Where the lasting key is sealed by key `number`."""
    return f"seal_key/{number}"
