"""Sealing: only the right key opens, only in the right place, only when nothing was touched."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiwoomweb.access.key_ring import KeyFileMissing, KeyUnknown, add_key
from kiwoomweb.access.sealing import Place, SealBroken, seal, unseal, version_of

HERE = Place("access_credential", 7, "app_secret_seal", "live")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=st.text(max_size=200))
def test_what_is_sealed_opens_again_in_its_place(ring, secret):
    assert unseal(seal(secret, HERE), HERE) == secret


@pytest.mark.security("S-32", asvs=["11.3.4"])
def test_the_same_secret_never_looks_the_same_twice(ring):
    assert len({seal("secret", HERE) for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, row=8),
        replace(HERE, field="app_key_seal"),
        replace(HERE, environment="paper"),
        replace(HERE, table="access_account"),
    ],
    ids=["row", "field", "environment", "table"],
)
def test_a_blob_copied_to_another_place_does_not_open(ring, elsewhere):
    blob = seal("secret", HERE)
    with pytest.raises(SealBroken):
        unseal(blob, elsewhere)


@pytest.mark.security("S-31", asvs=["11.2.5"])
def test_no_flipped_bit_goes_unnoticed(ring):
    blob = seal("secret", HERE)
    for place in range(len(blob) * 8):
        broken = bytearray(blob)
        broken[place // 8] ^= 1 << place % 8
        with pytest.raises((SealBroken, KeyUnknown)):
            unseal(bytes(broken), HERE)


def test_no_cut_blob_opens(ring):
    blob = seal("secret", HERE)
    for length in range(len(blob)):
        with pytest.raises(SealBroken):
            unseal(blob[:length], HERE)


def test_an_old_key_still_opens_what_it_sealed_and_the_new_one_seals(ring):
    before = seal("old", HERE)
    add_key(ring)
    after = seal("new", HERE)
    assert (version_of(before), version_of(after)) == (1, 2)
    assert (unseal(before, HERE), unseal(after, HERE)) == ("old", "new")


def test_a_blob_cannot_be_relabelled_with_another_version(ring):
    blob = seal("secret", HERE)
    add_key(ring)
    with pytest.raises(SealBroken):
        unseal(b"v2:" + blob.partition(b":")[2], HERE)


def test_without_the_ring_nothing_opens_and_the_reason_is_plain(ring):
    blob = seal("secret", HERE)
    ring.unlink()
    with pytest.raises(KeyFileMissing, match="백업"):
        unseal(blob, HERE)


def test_another_ring_with_the_same_version_opens_nothing(ring, tmp_path, settings):
    from kiwoomweb.access import sealing

    blob = seal("secret", HERE)
    settings.SEALING_KEYS_FILE = tmp_path / "other.keys"
    sealing.make_ring()
    with pytest.raises(SealBroken, match="봉인 키 파일"):
        unseal(blob, HERE)
