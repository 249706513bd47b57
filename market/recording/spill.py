"""Spill: a file of batches that survives a crash, until they are in the database.

Each batch has its length and checksum before it. A batch that was being written when the power went is
recognised by them and ends the file.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

__all__ = ["Spill", "batches"]

_HEAD = struct.Struct("<II")


class Spill:
    """One open file. Raises ``OSError`` where the disk will not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")

    def append(self, batch: bytes) -> None:
        """On the disk when this returns."""
        self._file.write(_HEAD.pack(len(batch), crc32(batch)) + batch)
        self._file.flush()
        os.fsync(self._file.fileno())

    def empty(self) -> None:
        """All of it is in the database."""
        self._file.truncate(0)

    def remove(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


def batches(path: Path) -> Iterator[bytes]:
    """The whole batches of a file, in their order; nothing behind the first that is not whole."""
    told, at = path.read_bytes(), 0
    while at + _HEAD.size <= len(told):
        length, checksum = _HEAD.unpack_from(told, at)
        batch = told[at + _HEAD.size : at + _HEAD.size + length]
        if len(batch) < length or crc32(batch) != checksum:
            return
        yield batch
        at += _HEAD.size + length
