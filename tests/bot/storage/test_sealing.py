import pytest

from bot.storage.sealing import HASH, Vault, WrongKey

VAULT = Vault(b"k" * 32)
TEXT = "Nguyễn Văn An".encode()


def test_what_is_sealed_opens_again():
    assert VAULT.open(VAULT.seal(TEXT, "dossier/1"), "dossier/1") == TEXT


def test_nothing_can_be_read_in_it():
    assert "Nguyễn".encode() not in VAULT.seal(TEXT, "dossier/1")


def test_the_same_text_seals_to_the_same_bytes_in_its_place_only():
    assert VAULT.seal(TEXT, "dossier/1") == Vault(b"k" * 32).seal(TEXT, "dossier/1")
    assert VAULT.seal(TEXT, "dossier/1") != VAULT.seal(TEXT, "dossier/2")


@pytest.mark.parametrize(
    ("vault", "place", "change"),
    [
        (Vault(b"x" * 32), "dossier/1", 0),
        (VAULT, "dossier/2", 0),  # moved to another person's row
        (VAULT, "dossier/1", 1),
    ],
)
def test_another_key_place_or_byte_does_not_open_it(vault, place, change):
    sealed = VAULT.seal(TEXT, "dossier/1")
    with pytest.raises(WrongKey, match="MOTCUA_SECRET_KEY"):
        vault.open(sealed[:-1] + bytes([sealed[-1] ^ change]), place)


def test_a_mark_is_keyed_and_does_not_run_its_parts_together():
    assert len(VAULT.keyed_hash("a", "bc")) == HASH
    assert VAULT.keyed_hash("a", "bc") == Vault(b"k" * 32).keyed_hash("a", "bc")
    assert VAULT.keyed_hash("a", "bc") != VAULT.keyed_hash("ab", "c")
    assert VAULT.keyed_hash("a", "bc") != Vault(b"x" * 32).keyed_hash("a", "bc")


def test_a_mark_is_taken_of_whatever_people_type():
    assert VAULT.keyed_hash("\ud800")
