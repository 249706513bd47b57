"""The desk's key pair: account keys are sealed to its public half, which lies beside the sealing keys.

The private half lies in a folder of its own outside the data folder (``DESK_KEYS_FILE``): the order process
alone reads it, and the person at the command line. Both files have the form of the key ring, one line for each
version.
"""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kiwoomweb.access.key_ring import (
    KeyFileMissing,
    KeyRing,
    SealError,
    add_key,
    first_ring,
    put_ring,
    read_ring,
    stamp_of,
)
from kiwoomweb.access.sealed_box import public_half

__all__ = [
    "DeskKeysClosed",
    "DeskKeysMissing",
    "add_desk_key",
    "is_anothers",
    "make_desk_keys",
    "private",
    "public",
    "withdraw",
]

#: Read by its owner, written by nobody: a new version takes the place of the file as a whole.
MODE = 0o400


class DeskKeysClosed(SealError):
    """Another user of this machine, or the kernel, keeps the private half from this process."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("계좌 키를 여는 파일 %(path)s은(는) 주문 프로세스만 읽습니다. 그 파일의 사용자로 실행하세요.")
            % {"path": path}
        )


class DeskKeysMissing(KeyFileMissing):
    """The private half is not there: account keys stay closed until it comes back."""

    def __init__(self, path: Path) -> None:
        SealError.__init__(
            self,
            _("계좌 키를 여는 파일이 없습니다: %(path)s. 백업에서 되돌리거나 DESK_KEYS_FILE을 바로잡으세요.")
            % {"path": path},
        )


def private() -> KeyRing:
    """What opens account keys. Raises ``DeskKeysMissing``, or ``DeskKeysClosed`` where we may not read it."""
    path = _private_file()
    try:
        return _ring(path, *stamp_of(path))
    except PermissionError:
        raise DeskKeysClosed(path) from None
    except KeyFileMissing:
        raise DeskKeysMissing(path) from None


def public() -> KeyRing:
    """What seals account keys. Raises ``DeskKeysMissing`` before the first start, and once withdrawn."""
    path = _public_file()
    try:
        return _ring(path, *stamp_of(path))
    except KeyFileMissing:
        raise DeskKeysMissing(_private_file()) from None


def make_desk_keys() -> None:
    """Make the pair unless it is there; bring the public half to what the private one says.

    Never where account keys wait for a pair that is lost: whoever calls this asks that first.
    """
    path = _private_file()
    first_ring(path, MODE)
    _publish()


def add_desk_key() -> int:
    """One version more, which seals from now on; the older ones still open. Its number."""
    version = add_key(_private_file())
    _publish()
    return version


def withdraw() -> None:
    """Nobody seals to a pair whose private half is lost: what they seal, nobody would open."""
    _public_file().unlink(missing_ok=True)


def is_anothers() -> bool:
    """Whether the private half is there for somebody else: the order process runs as a user of its own."""
    path = _private_file()
    try:
        return path.exists() and not os.access(path, os.R_OK)
    except PermissionError:  # not even its folder
        return True


def _publish() -> None:
    """The private file is on disk before: a box never waits for a key that a power cut has taken."""
    halves = {version: public_half(key) for version, key in private().keys.items()}
    try:
        if public().keys == halves:
            return
    except SealError:
        pass
    put_ring(_public_file(), halves)


def _private_file() -> Path:
    return Path(settings.DESK_KEYS_FILE)


def _public_file() -> Path:
    return Path(settings.SEALING_KEYS_FILE).with_name("desk.public")


@lru_cache(maxsize=4)
def _ring(path: Path, _changed: int, _inode: int) -> KeyRing:
    return read_ring(path)
