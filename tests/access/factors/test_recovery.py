"""Recovery codes: long enough, hashed, and only the right one fits."""

import pytest

from kiwoomweb.access.factors import recovery

pytestmark = pytest.mark.security(39, "6.5.2", "6.5.3")


@pytest.mark.security("S-39", asvs=["6.5.4"])
def test_ten_codes_of_78_bits_never_the_same():
    codes = [code for _ in range(200) for code in recovery.new_codes()]
    assert len(set(codes)) == 2000
    assert {len(recovery.tidy(code)) for code in codes} == {16}


def test_what_is_kept_does_not_hold_the_code():
    code = recovery.new_codes()[0]
    assert recovery.tidy(code) not in recovery.hashed(code, "salt")
    assert recovery.hashed(code, "salt") != recovery.hashed(code, "other salt")


def test_a_code_is_found_however_it_is_typed_and_a_wrong_one_is_not():
    codes = recovery.new_codes()
    hashes = [recovery.hashed(code, "s") for code in codes]
    assert recovery.which(codes[3], "s", hashes) == 3
    assert recovery.which(codes[3].lower().replace("-", " "), "s", hashes) == 3
    assert recovery.which(codes[3][:-1] + "?", "s", hashes) is None
    assert recovery.which("", "s", ["", *hashes]) is None
    hashes[3] = ""
    assert recovery.which(codes[3], "s", hashes) is None
