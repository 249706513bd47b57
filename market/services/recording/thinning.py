"""Thinning: what the feed said grows coarser with age, in small steps.

A week lies as it was heard: that is what one still replays. After it a price a second and a book a minute are
kept for two months, enough to look at a trade again. Then only minute bars are left, and those for good.
"""

from datetime import date, datetime, timedelta
from typing import Any

from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import pack, together
from market.analytics.recorded import (
    books_of,
    minutes_of,
    pack_books,
    pack_ticks,
    ticks_of,
    wide_books,
    wide_ticks,
)
from market.models import KeptBars, RecordedChunk

__all__ = ["GRAINS", "KEPT_WHOLE", "KEPT_WIDE", "thin"]

Kind = RecordedChunk.Kind
KEPT_WHOLE, KEPT_WIDE = timedelta(days=7), timedelta(days=60)
#: Seconds between two rows of what is older than a week.
GRAINS = {Kind.TICK: 1, Kind.BOOK: 60}
#: Chunks rewritten and chunks deleted in one go: the database belongs to others in between.
STEP, DELETED = 200, 1_000


def thin(now: datetime, most: int = 20) -> int:
    """At most so many steps of work; how many chunks were made coarser or let go. Called again until nought.

    ``now`` is our own clock, and so is the age: a simulator may live in another year.
    """
    done = 0
    for _ in range(most):
        step = _widen(now - KEPT_WHOLE) + _let_go(now - KEPT_WIDE)
        done += step
        if not step:
            break
    return done


def _widen(before: datetime) -> int:
    heard = RecordedChunk.objects.filter(grain=0, first__lt=int(before.timestamp() * 1000))
    chunks = list(heard.select_related("account").order_by("first")[:STEP])
    for day, environment, place, account_id in sorted({_day_of(chunk) for chunk in chunks}):
        keep_minutes(environment, account_id, place, day)
    for chunk in chunks:
        grain, data = GRAINS[Kind(chunk.kind)], bytes(chunk.data)
        if chunk.kind == Kind.TICK:
            ticks = wide_ticks(ticks_of(data), grain)
            chunk.count, chunk.data = len(ticks), pack_ticks(ticks)
        else:
            books = wide_books(books_of(data), grain)
            chunk.count, chunk.data = len(books), pack_books(books)
        chunk.grain = grain
    RecordedChunk.objects.bulk_update(chunks, ["grain", "count", "data"], batch_size=STEP)
    return len(chunks)


def _let_go(before: datetime) -> int:
    old = RecordedChunk.objects.filter(first__lt=int(before.timestamp() * 1000)).order_by("first")
    return RecordedChunk.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:DELETED])).delete()[0]


def _day_of(chunk: RecordedChunk) -> tuple[date, str, str, int]:
    day = datetime.fromtimestamp(chunk.begun, SEOUL).date()
    return day, chunk.account.environment, chunk.place, chunk.account_id


def keep_minutes(environment: str, account_id: int, place: str, day: date) -> None:
    """The minute bars of a recorded day, where the broker's are not kept: those stay until there are."""
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=SEOUL).timestamp())
    if "@" in place:
        return
    key: dict[str, Any] = {
        "environment": environment,
        "symbol": place,
        "span": KeptBars.Span.MINUTE,
        "starts": day,
    }
    row = KeptBars.objects.filter(**key).first()
    if row and row.count:
        return
    chunks = RecordedChunk.objects.filter(
        account_id=account_id, place=place, kind=Kind.TICK, begun__range=(midnight, midnight + 86_399)
    )
    rows = [row for chunk in chunks.order_by("first") for row in ticks_of(bytes(chunk.data))]
    if bars := together([], minutes_of(rows)):
        told: dict[str, Any] = {"rows": pack(bars), "count": len(bars), "source": "recorded", "venue": "ALL"}
        KeptBars.objects.update_or_create(**key, defaults=told)
