"""Columns: whole numbers that change little from row to row, packed small and read back exactly.

Each column is its first value and then differences, in the narrowest width that holds them; the bytes are laid
plane by plane (all low bytes, then all high ones), which is what deflate does best with.
"""

import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["pack", "unpack"]

_HEAD, _COLUMN = struct.Struct("<BHI"), struct.Struct("<qB")
_VERSION = 1
#: Widths in bytes and what an ``array`` of that width is called; 0: every difference is nought.
_CODES = {1: "b", 2: "h", 4: "i", 8: "q"}
#: What differs less than this fits the width.
_REACH = {1: 2**7, 2: 2**15, 4: 2**31, 8: 2**63}


def pack(columns: Sequence[Sequence[int]]) -> bytes:
    """Columns of equal length; values beyond eight bytes raise ``OverflowError``."""
    rows = len(columns[0]) if columns else 0
    parts = [_HEAD.pack(_VERSION, len(columns), rows)]
    for column in columns:
        parts += _packed(column) if rows else ()
    return zlib.compress(b"".join(parts), 6)


def unpack(packed: bytes) -> list[list[int]]:
    """What ``pack`` has packed. Raises ``ValueError`` for what it has not."""
    try:
        return _unpacked(zlib.decompress(packed))
    except (zlib.error, struct.error, IndexError, KeyError) as trouble:
        raise ValueError(f"no packed columns: {trouble}") from None


def _packed(column: Sequence[int]) -> list[bytes]:
    steps = [after - before for before, after in pairwise(column)]
    width = _width(steps)
    parts = [_COLUMN.pack(column[0], width)]
    if width:
        raw = array(_CODES[width], steps).tobytes()
        parts += [raw[plane::width] for plane in range(width)]
    return parts


def _width(steps: Sequence[int]) -> int:
    most = max(max(steps, default=0), -min(steps, default=0))
    return 0 if most == 0 else next((width for width, reach in _REACH.items() if most < reach), 8)


def _unpacked(told: bytes) -> list[list[int]]:
    version, count, rows = _HEAD.unpack_from(told)
    if version != _VERSION:
        raise ValueError(f"columns of version {version}")
    at, columns = _HEAD.size, list[list[int]]()
    for _ in range(count if rows else 0):
        value, width = _COLUMN.unpack_from(told, at)
        at += _COLUMN.size
        length = (rows - 1) * width
        columns.append(_summed(value, _steps(told[at : at + length], width, rows - 1)))
        at += length
    return columns or [[] for _ in range(count)]


def _steps(planes: bytes, width: int, count: int) -> Sequence[int]:
    if width == 0:
        return [0] * count
    raw = bytearray(len(planes))
    for plane in range(width):
        raw[plane::width] = planes[plane * count : (plane + 1) * count]
    return array(_CODES[width], bytes(raw))


def _summed(value: int, steps: Sequence[int]) -> list[int]:
    column = [value]
    for step in steps:
        value += step
        column.append(value)
    return column
