"""Codes of an authenticator app: the RFC's own numbers, and each code once."""

import base64

import pytest

from kiwoomweb.access.factors import totp

#: The secret of RFC 4226 and 6238: the ASCII digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("counter", "code"),
    [*enumerate(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871"])],
)
def test_the_codes_are_those_of_rfc_4226(counter, code):
    assert totp.code_of(SECRET, counter) == code


@pytest.mark.parametrize(("moment", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_the_codes_are_those_of_rfc_6238(moment, code):
    assert totp.matching(SECRET, code, moment) == moment // 30


@pytest.mark.security(39, "6.5.1", "6.5.5")
@pytest.mark.parametrize(("off", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off_and_no_more(off, fits):
    assert (totp.matching(SECRET, totp.code_of(SECRET, 1000 + off), 30_000) is not None) is fits


@pytest.mark.security(39, "6.5.1")
def test_a_code_is_used_once_and_with_it_every_one_before():
    code, before = totp.code_of(SECRET, 1000), totp.code_of(SECRET, 999)
    assert totp.matching(SECRET, code, 30_000, after=999) == 1000
    assert totp.matching(SECRET, code, 30_000, after=1000) is None
    assert totp.matching(SECRET, before, 30_000, after=1000) is None


@pytest.mark.parametrize("said", ["", "75522", "7552240", "٧٥٥٢٢٤", "abcdef", "-75522", "7 5 5 2 2"])
def test_what_is_no_code_opens_nothing(said):
    assert totp.matching(SECRET, said, 0) is None


def test_a_code_may_be_typed_with_a_space():
    code = totp.code_of(SECRET, 1000)
    assert totp.matching(SECRET, f" {code[:3]} {code[3:]} ", 30_000) == 1000


def test_a_new_secret_has_160_bits_and_is_never_the_same():
    found = {totp.new_secret() for _ in range(1000)}
    assert len(found) == 1000
    assert {len(base64.b32decode(one)) for one in found} == {20}
