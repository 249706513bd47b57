"""Hearing: the bytes of an answer, unpacked, as far as an answer may go.

A page of the broker is a megabyte at most. What goes on beyond ``LARGEST`` is none: it is left where it is,
however small it was packed, so that neither a broken gateway nor somebody in between fills our memory (F-10).
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import httpx

from kiwoomweb.broker.sending import LARGEST

__all__ = ["PACKINGS", "Heard", "NoAnswer", "whole"]

#: What we take an answer packed in.
PACKINGS = "gzip, deflate"


class NoAnswer(Exception):
    """Too long, or packed in a way nobody asked for."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer in full."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)


def whole(response: httpx.Response) -> Heard:
    """Read an open response to its end. Raises ``NoAnswer``, or what httpx raises for a broken connection."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in {"", "identity"}:
        pieces: Iterable[bytes] = response.iter_bytes()
    elif packing in {"gzip", "x-gzip", "deflate"}:
        pieces = _unpacked(response.iter_raw())
    else:
        raise NoAnswer(f"packed as {packing[:20]}")
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > LARGEST:
            raise NoAnswer(f"more than {LARGEST:,} bytes")
    return Heard(response.status_code, dict(response.headers), bytes(content))


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Never more at once than may be taken: a kilobyte can hold a megabyte of nothing."""
    unpacker = zlib.decompressobj(47)  # gzip or zlib, whichever it is
    try:
        for piece in pieces:
            left = piece
            while left:
                yield unpacker.decompress(left, LARGEST)
                left = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as broken:
        raise NoAnswer(str(broken)) from None
    if not unpacker.eof:
        raise NoAnswer("the packing has no end")
