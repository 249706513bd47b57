"""Storing recorded rows: one packed row of the database for a few minutes of one share."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from market.analytics.recorded import pack_books, pack_ticks
from market.models import RecordedChunk

__all__ = ["store"]

Kind = RecordedChunk.Kind
#: Chunks in one INSERT.
TOGETHER = 200


def store(
    account_id: int, heard: Iterable[tuple[str, str, bool, Sequence[Any]]], using: str = DEFAULT_DB_ALIAS
) -> int:
    """(kind, place, after a gap, rows in the order heard) as chunks; how many. What is stored already stays
    as it is, so that a batch may be given twice."""
    chunks = [_chunk(account_id, *one) for one in heard if one[3]]
    rows = RecordedChunk.objects.using(using)
    rows.bulk_create(chunks, batch_size=TOGETHER, ignore_conflicts=True)
    return len(chunks)


def _chunk(account_id: int, kind: str, place: str, after_gap: bool, rows: Sequence[Any]) -> RecordedChunk:
    return RecordedChunk(
        account_id=account_id,
        place=place,
        kind=kind,
        begun=rows[0].at,
        ended=rows[-1].at,
        first=rows[0].heard,
        count=len(rows),
        after_gap=after_gap,
        data=pack_ticks(rows) if kind == Kind.TICK else pack_books(rows),
    )
