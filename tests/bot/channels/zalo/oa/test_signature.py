"""Signatures against vectors that were made by others."""

import pytest

from bot.channels.zalo.oa.incoming.signature import Keys, judge, mistake, read
from tests.bot.channels.zalo.oa.deliveries import VECTORS

KEYS = Keys(VECTORS["app_id"], VECTORS["oa_id"], VECTORS["oa_secret_key"], VECTORS["app_secret"])
TOLERANT = Keys(VECTORS["app_id"], VECTORS["oa_id"], VECTORS["oa_secret_key"], "", takes_oa_id=True)
CASES = {case["name"]: case for case in VECTORS["cases"]}
VERDICTS = {True: "signed", False: "wrong", "setting": "wrong"}


def delivery(case):
    names = ("X-ZEvent-Signature", "X-ZEvent-Timestamp")
    return read(case["raw_body"].encode(), {name: case[name] for name in names if case.get(name)})


@pytest.mark.parametrize("name", CASES)
def test_every_vector(name):
    case = CASES[name]
    verdict = VERDICTS[case["accept"]] if case["X-ZEvent-Signature"] else "unsigned"
    assert judge(delivery(case), KEYS) == verdict


@pytest.mark.parametrize(
    ("name", "verdict"), [("oa_id first", "signed_by_oa_id"), ("plain", "signed"), ("tampered", "wrong")]
)
def test_the_oa_s_id_in_place_of_the_app_s_counts_only_if_that_is_set(name, verdict):
    assert judge(delivery(CASES[name]), TOLERANT) == verdict


@pytest.mark.parametrize(
    ("name", "why"), [("app secret", "app secret"), ("oa_id first", "oa id"), ("hmac", ""), ("tampered", "")]
)
def test_a_wrong_one_tells_what_was_mixed_up(name, why):
    assert mistake(delivery(CASES[name]), KEYS) == why


@pytest.mark.parametrize("given", ["mac=", "mac=ệ", "mac=" + "0" * 63, "\udcff", " "])
def test_what_is_no_digest_is_never_right(given):
    content = CASES["plain"]["raw_body"].encode()
    assert judge(read(content, {"X-ZEvent-Signature": given}), KEYS) != "signed"


@pytest.mark.parametrize("content", [b"", b"[1]", b"\xff", b"[" * 100_000, b'{"timestamp": true}'])
def test_a_body_of_any_shape_is_judged(content):
    assert judge(read(content, {"X-ZEvent-Signature": "mac=00"}), KEYS) == "wrong"
