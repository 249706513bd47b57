"""Bucket: one group trades may fall into, with its words; and numbers put into bands."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Bucket", "banded"]


class Bucket(NamedTuple):
    """``key`` as it stands in URLs, the Korean msgid and its English."""

    key: str
    name: str
    english: str


def banded(value: Decimal | int | None, edges: Sequence[Decimal | int], buckets: Sequence[Bucket]) -> str:
    """The bucket's key: the first lies below ``edges[0]``, the last from ``edges[-1]`` on; "" = unknown."""
    return "" if value is None else buckets[bisect_right(edges, value)].key
