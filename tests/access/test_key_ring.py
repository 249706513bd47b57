"""The key ring: made once, private, and clear about what is wrong with it."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiwoomweb.access.key_ring import KeyFileBroken, KeyFileMissing, KeyUnknown, add_key, first_ring, read_ring


def test_the_first_ring_is_one_key_that_only_the_owner_of_the_process_may_read(ring_file):
    first_ring(ring_file)
    assert list(read_ring(ring_file).keys) == [1]
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o600
    assert [path.name for path in ring_file.parent.iterdir()] == [ring_file.name]


def test_making_a_ring_again_keeps_the_one_that_is_there(ring_file):
    first_ring(ring_file)
    before = ring_file.read_bytes()
    first_ring(ring_file)
    assert ring_file.read_bytes() == before


def test_eight_first_starts_at_once_make_one_ring(ring_file):
    def start(_number: int) -> bytes:
        first_ring(ring_file)
        return ring_file.read_bytes()

    with ThreadPoolExecutor(8) as starts:
        assert len(set(starts.map(start, range(8)))) == 1


def test_a_new_key_seals_and_the_old_ones_stay(ring):
    old = read_ring(ring).key(1)
    assert add_key(ring) == 2
    after = read_ring(ring)
    assert after.newest == 2
    assert after.key(1) == old != after.key(2)
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600


def test_a_missing_ring_says_which_file_to_bring_back(ring_file):
    with pytest.raises(KeyFileMissing, match="SEALING_KEYS_FILE") as missing:
        read_ring(ring_file)
    assert str(ring_file) in str(missing.value)


def test_an_empty_ring_counts_as_missing(ring):
    ring.write_text("\n")
    with pytest.raises(KeyFileMissing):
        read_ring(ring)


@pytest.mark.parametrize("line", ["no colon", "2:tooshort", "0:" + "A" * 43 + "=", "1:" + "A" * 43 + "=", "é"])
def test_a_broken_line_is_named(ring, line):
    ring.write_text(ring.read_text() + line + "\n")
    with pytest.raises(KeyFileBroken, match=r"[12]번째"):
        read_ring(ring)


def test_a_key_that_is_not_on_the_ring_is_named(ring):
    with pytest.raises(KeyUnknown, match="7번 키"):
        read_ring(ring).key(7)


def test_a_ring_never_prints_its_keys(ring):
    text = ring.read_text().strip().partition(":")[2]
    assert text not in repr(read_ring(ring))
    assert repr(read_ring(ring).key(1)) not in repr(read_ring(ring))
