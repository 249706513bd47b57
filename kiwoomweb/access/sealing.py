"""Sealing: secrets at rest, AES-256-GCM, each bound to the place where it lies.

A sealed blob is ``v<version>:`` + nonce + ciphertext with tag. The place (table, row, field, environment) and
the version are authenticated with it, so a blob copied to another row, field or environment does not open.
``cryptography`` is imported when first needed.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from kiwoomweb.access.key_ring import KeyRing, SealError, first_ring, read_ring, stamp_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["Place", "SealBroken", "make_ring", "ring", "seal", "unseal", "version_of"]

NONCE_BYTES = 12
#: A sealed secret is short; anything longer is not ours.
LONGEST = 65_536


class SealBroken(SealError):
    """The blob was changed, cut, or belongs to another row; or the key of that version is another key."""

    def __init__(self) -> None:
        super().__init__(
            _("봉인된 키를 열 수 없습니다. 봉인 키 파일을 백업에서 되돌리거나 계좌의 키를 다시 등록하세요.")
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret lies. Two places never share a blob."""

    table: str
    row: int | str
    field: str
    environment: str

    def label(self, version: int) -> bytes:
        """What is authenticated beside the secret."""
        return f"{self.table}:{self.row}:{self.field}:{self.environment}:{version}".encode()


def seal(secret: str, place: Place, *, version: int | None = None) -> bytes:
    """``secret`` sealed for ``place`` with the newest key (or the one named)."""
    keys = ring()
    version = version or keys.newest
    nonce = os.urandom(NONCE_BYTES)
    return (
        b"v%d:" % version
        + nonce
        + _cipher(keys.key(version)).encrypt(nonce, secret.encode(), place.label(version))
    )


def unseal(blob: bytes | memoryview, place: Place) -> str:
    """The secret sealed for ``place``. Raises a ``SealError`` that says what to do."""
    from cryptography.exceptions import InvalidTag

    blob = bytes(blob)
    version = version_of(blob)
    body = blob.partition(b":")[2]
    try:
        plain = _cipher(ring().key(version)).decrypt(
            body[:NONCE_BYTES], body[NONCE_BYTES:], place.label(version)
        )
    except (InvalidTag, ValueError):
        raise SealBroken from None
    return plain.decode()


def version_of(blob: bytes, mark: bytes = b"v") -> int:
    """The version of the key that sealed the blob, which begins with ``mark``."""
    head = blob[:12].partition(b":")[0]
    if len(blob) > LONGEST or not head.startswith(mark) or not head[1:].isdigit():
        raise SealBroken
    return int(head[1:])


def ring() -> KeyRing:
    """The key ring as the file stands now: a new key is known to every process at its next seal."""
    path = Path(settings.SEALING_KEYS_FILE)
    return _ring(path, *stamp_of(path))


def make_ring() -> None:
    """Make the key ring at first start. A file that is there stays as it is."""
    first_ring(Path(settings.SEALING_KEYS_FILE))


@lru_cache(maxsize=2)
def _ring(path: Path, _changed: int, _inode: int) -> KeyRing:
    return read_ring(path)


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
