"""Sealed boxes: written with the public half, opened with the private one, each bound to its place."""

import os

import pytest

from kiwoomweb.access import desk_keys
from kiwoomweb.access.desk_keys import DeskKeysMissing
from kiwoomweb.access.key_ring import KeyUnknown
from kiwoomweb.access.sealed_box import open_box, seal_to
from kiwoomweb.access.sealing import Place, SealBroken

HERE = Place("access_credential", 7, "app_key_seal", "live")
SECRET = "an-app-key-of-somebody"


@pytest.fixture(autouse=True)
def pair() -> None:
    desk_keys.make_desk_keys()


def test_who_seals_needs_the_public_half_alone_and_cannot_open(settings):
    settings.DESK_KEYS_FILE.rename(aside := settings.DESK_KEYS_FILE.with_suffix(".aside"))
    box = seal_to(desk_keys.public(), SECRET, HERE)
    with pytest.raises(DeskKeysMissing, match="DESK_KEYS_FILE"):
        desk_keys.private()
    with pytest.raises(SealBroken):
        open_box(desk_keys.public(), box, HERE)
    aside.rename(settings.DESK_KEYS_FILE)
    assert open_box(desk_keys.private(), box, HERE) == SECRET


@pytest.mark.security("S-31", asvs=["11.3.2"])
def test_a_box_opens_in_its_place_alone_and_no_changed_or_cut_box_opens():
    box, private = seal_to(desk_keys.public(), SECRET, HERE), desk_keys.private()
    assert SECRET.encode() not in box
    others = [Place("other", 7, "app_key_seal", "live"), Place("access_credential", 8, "app_key_seal", "live"),
              Place("access_credential", 7, "app_secret_seal", "live"),
              Place("access_credential", 7, "app_key_seal", "paper")]  # fmt: skip
    changed = [box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :] for at in range(len(box))]
    for bad, place in [(box, other) for other in others] + [(one, HERE) for one in (*changed, b"", box[:40])]:
        with pytest.raises((SealBroken, KeyUnknown)):
            open_box(private, bad, place)
    assert open_box(private, b"d1:" + box[3:], HERE) == SECRET


def test_a_new_pair_seals_and_the_old_one_still_opens():
    old = seal_to(desk_keys.public(), SECRET, HERE)
    assert desk_keys.add_desk_key() == 2 == desk_keys.public().newest
    new = seal_to(desk_keys.public(), SECRET, HERE)
    assert new.startswith(b"d2:")
    assert [open_box(desk_keys.private(), box, HERE) for box in (old, new)] == [SECRET, SECRET]
    with pytest.raises(SealBroken):
        open_box(desk_keys.private(), b"d2:" + old[3:], HERE)


def test_the_private_half_is_its_owners_to_read_and_nobodys_to_write(settings):
    desk_keys.add_desk_key()
    assert settings.DESK_KEYS_FILE.stat().st_mode & 0o777 == 0o400
    assert settings.DESK_KEYS_FILE.parent.stat().st_mode & 0o777 == 0o700


def test_a_public_half_that_is_lost_or_another_is_made_from_the_private_one(settings):
    place = settings.SEALING_KEYS_FILE.with_name("desk.public")
    right = place.read_bytes()
    for wrong in (None, b"1:" + b"A" * 43 + b"=\n", b"nonsense"):
        place.unlink() if wrong is None else place.write_bytes(wrong)
        os.utime(place.parent)
        desk_keys.make_desk_keys()
        assert place.read_bytes() == right
