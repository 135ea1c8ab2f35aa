"""Texts of transfers: what banks take, and of every dossier another one."""

import re
from datetime import date
from random import Random

import pytest

from bot.dossiers import demo
from handlers.ports.world import World
from knowledge.dossiers.dossier_codes import Receipt, codes_in, parse
from knowledge.dossiers.transfer_text import transfer_text

TAKEN = re.compile(r"[A-Z0-9]{1,25}")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("H36.99-260706-0001", "H3699A2607060001"),
        ("H36.99-20260706-0001", "H3699D2607060001"),
        ("H36-260706-0001", "H36A2607060001"),
        ("000.00.12.H10-260706-0092637", "0000012H10A2607060092637"),
        ("000.00.00.H15-20260706-0092637", "0000000H15D2607060092637"),
        ("H36.99.012-260706-0001", "H3699012A2607060001"),
        ("H36.990.12-260706-0001", "H3699012B2607060001"),
        ("H36.99", ""),
        ("HS-7K3F-92QX", ""),
        ("H36.999.999.999-260706-1234567", ""),  # a letter too long
        ("H36.999.999.999-260706-123456", "H36999999999A260706123456"),
    ],
)
def test_it_is_the_code_in_letters_and_digits(code: str, text: str) -> None:
    assert transfer_text(code) == text


def random_code(random: Random) -> str:
    def digits(*lengths: int) -> str:
        return "".join(str(random.randrange(10)) for _ in range(random.choice(lengths)))

    unit = "H" + digits(2) + "".join(f".{digits(2, 3)}" for _ in range(random.randrange(4)))
    if random.random() < 0.3:
        unit = f"{digits(3)}.{digits(2)}.{digits(2)}.H{digits(2)}"
    date = f"{random.choice(('', '20'))}{random.randrange(18, 99)}{random.randrange(1, 13):02}"
    return f"{unit}-{date}{random.randrange(1, 29):02}-{digits(3, 4, 5, 6)}1"


def test_banks_take_it_and_it_is_the_code_again() -> None:
    random = Random(25)
    codes = {random_code(random) for _ in range(5000)}
    texts = {code: transfer_text(code) for code in codes}
    short = {code: text for code, text in texts.items() if text}
    assert len(short) > 4900  # the others have too many digits for a QR
    assert all(TAKEN.fullmatch(text) for text in short.values())
    assert {code: codes_in(text) for code, text in short.items()} == {code: [code] for code in short}


def test_every_dossier_of_the_demo_has_its_own(world: World) -> None:
    codes = {update.code for update in demo.news(world.holidays, date(2026, 11, 30))}
    assert len(codes) == 408
    texts = {transfer_text(code) for code in codes}
    assert len(texts - {""}) == 408


@pytest.mark.parametrize(
    "written", ["h3699a2607060001", "CT DEN 0123 H3699A2607060001 GD 998877", "ND:H3699A2607060001."]
)
def test_a_line_of_a_bank_statement_names_the_dossier(written: str) -> None:
    read = parse(written)
    assert isinstance(read, Receipt)
    assert read.code == "H36.99-260706-0001"


@pytest.mark.parametrize("written", ["H3699B2607060001", "H3699A2613060001", "AH3699A2607060001", "B12C3"])
def test_what_no_dossier_has_is_none(written: str) -> None:
    assert codes_in(written) == []
