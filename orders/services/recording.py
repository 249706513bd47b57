"""Recording: compare what the broker lists with what we know, then insert or supersede.

    nothing new        the current row stays; only its readings (prices) may be refreshed
    another content    the current row is superseded, the new version inserted
    not listed         superseded only when the list was whole, and never at first sight:

A list that shows less than we know is doubted (``Doubtful``): nothing of it is taken until a second look, at
least ``SECOND_LOOK`` later, still shows less. An outage or a half page must not shrink a journal.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from orders.models import Fact, RejectedRow

__all__ = ["SECOND_LOOK", "Doubtful", "Ledger", "Listing", "Rejection", "digest_of", "record"]

#: How long a shrunken list must go on being shrunken before it is believed.
SECOND_LOOK = timedelta(seconds=30)

BOOKKEEPING = frozenset({"id", "account", "day", "copy", "recorded_at", "superseded_at", "reply"})


class Doubtful(Exception):
    """A whole list shows less than we know: read it again before anything is believed."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that contradicts itself or the question: why (a plain sentence), and the row as text."""

    reason: str
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What one list of the broker says about ``scope``, the filter of all facts it speaks of.

    ``whole`` when a fact it does not list is no longer so; ``grows`` when a past fact never leaves the list
    rightly, so that any loss is doubted and not only a list gone empty. ``short`` when the list's own totals
    say that rows are missing. ``rows`` are unsaved facts. An ``is_header`` row comes with every answer, also of
    an empty list, and is not counted among the rows received.
    """

    tr: str
    model: type[Fact]
    account_id: int
    day: date
    rows: Sequence[Fact]
    scope: Mapping[str, object]
    whole: bool = True
    grows: bool = True
    short: bool = False
    rejected: tuple[Rejection, ...] = ()
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """The row count of a read: ``received = new + same + changed + rejected``; ``gone`` left the list."""

    received: int = 0
    new: int = 0
    same: int = 0
    changed: int = 0
    rejected: int = 0
    gone: int = 0

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def moved(self) -> bool:
        """Whether anything in the journal is different now."""
        return bool(self.new or self.changed or self.gone)


def record(listing: Listing, *, sure: bool = False, reply_id: int | None = None) -> Ledger:
    """Make the current facts of ``listing.scope`` agree with the list. Runs inside the caller's transaction.

    Raises ``Doubtful`` before anything is written, unless the caller is ``sure`` (this is the second look).
    """
    current = {_key(row): row for row in listing.model.objects.current().filter(**listing.scope)}
    told = {_key(row): row for row in _numbered(listing.rows)}
    gone = _missing(listing, current, told)
    lost = bool(gone) and (listing.grows or not told)
    if (lost or listing.short) and not sure:
        raise Doubtful(f"{listing.tr}: {len(gone)} of {len(current)} missing")
    new = [row for key, row in told.items() if key not in current]
    pairs = [(current[key], row) for key, row in told.items() if key in current]
    changed = [(old, row) for old, row in pairs if content_of(old) != content_of(row)]
    now = timezone.now()
    _supersede(listing.model, [old for old, _ in changed] + gone, now)
    _insert(listing.model, new + [row for _, row in changed], now, reply_id)
    _refresh(listing.model, [pair for pair in pairs if pair not in changed])
    _reject(listing, now, reply_id)
    same = len(pairs) - len(changed)
    refused = len(listing.rejected)
    return Ledger(len(told) + refused, len(new), same, len(changed), refused, len(gone))


def content_of(row: Fact) -> tuple[Hashable, ...]:
    """What a fact says, apart from what names it, its prices and our own notes about it."""
    silent = BOOKKEEPING.union(row.natural, row.readings)
    return tuple(_plain(field, row) for field in _columns(row) if field.name not in silent)


def digest_of(content: object) -> str:
    """sha256 of anything made of text, numbers, days and the like; equal contents have equal digests."""
    return hashlib.sha256(json.dumps(content, default=str, ensure_ascii=False).encode()).hexdigest()


def _columns(row: Fact) -> Iterable["models.Field[Any, Any]"]:
    return row._meta.concrete_fields


def _plain(field: "models.Field[Any, Any]", row: Fact) -> Hashable:
    """A value as the database will give it back: a rate of 1.5 and one of 1.5000 are the same."""
    value: Hashable = getattr(row, field.attname)
    if isinstance(value, Decimal) and isinstance(field, models.DecimalField):
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return str(value) if isinstance(value, str) else value


def _key(row: Fact) -> tuple[Hashable, ...]:
    return (row.day, *(getattr(row, name) for name in row.natural), row.copy)


def _numbered(rows: Iterable[Fact]) -> Iterable[Fact]:
    """Give rows that are equal in their natural key the copies 0, 1, … in the order of what they say.

    Not in the order they came: the same list in another order must be the same facts. A row that names itself
    (an order number) and comes twice with the same words was sent twice, and is one.
    """
    seen: Counter[tuple[Hashable, ...]] = Counter()
    said: set[tuple[Hashable, ...]] = set()
    for row in sorted(_furthest(rows), key=lambda row: repr(content_of(row))):
        row.copy = 0
        key = _key(row)
        if not row.repeats and (same := (*key, *content_of(row))) in said:
            continue
        elif not row.repeats:
            said.add(same)
        row.copy = seen[key]
        seen[key] += 1
        yield row


def _furthest(rows: Iterable[Fact]) -> Iterable[Fact]:
    """Of rows that tell the same order at two moments (F-50: it was filled between two pages) the later."""
    found: dict[Hashable, Fact] = {}
    for place, row in enumerate(rows):
        if not row.progress:
            found[place] = row
            continue
        row.copy = 0
        known = found.setdefault(_key(row), row)
        if known is not row and _stage(row) > _stage(known):
            found[_key(row)] = row
    return found.values()


def _stage(row: Fact) -> tuple[int, str]:
    return getattr(row, row.progress), repr(content_of(row))


def _missing(listing: Listing, current: Mapping[Any, Fact], told: Mapping[Any, Fact]) -> list[Fact]:
    """Facts the list should have named. A list with rejected or missing rows proves nothing about others."""
    if not listing.whole or listing.rejected or (listing.short and listing.grows):
        return []
    return [row for key, row in current.items() if key not in told]


def _supersede(model: type[Fact], rows: Sequence[Fact], now: datetime) -> None:
    if rows:
        model.objects.filter(pk__in=[row.pk for row in rows]).update(superseded_at=now)


def _insert(model: type[Fact], rows: Sequence[Fact], now: datetime, reply_id: int | None) -> None:
    for row in rows:
        row.recorded_at, row.reply_id = now, reply_id
    model.objects.bulk_create(rows)


def _refresh(model: type[Fact], pairs: Iterable[tuple[Fact, Fact]]) -> None:
    """Put fresh prices on rows that say nothing else new."""
    stale = [
        (old, row) for old, row in pairs if any(getattr(old, n) != getattr(row, n) for n in model.readings)
    ]
    for old, row in stale:
        for name in model.readings:
            setattr(old, name, getattr(row, name))
    if stale:
        model.objects.bulk_update([old for old, _ in stale], model.readings)


def _reject(listing: Listing, now: datetime, reply_id: int | None) -> None:
    rows = [
        RejectedRow(
            account_id=listing.account_id,
            day=listing.day,
            tr=listing.tr,
            reason=refused.reason,
            content=dict(refused.content),
            digest=digest_of(sorted(refused.content.items())),
            recorded_at=now,
            reply_id=reply_id,
        )
        for refused in listing.rejected
    ]
    RejectedRow.objects.bulk_create(rows, ignore_conflicts=True)
