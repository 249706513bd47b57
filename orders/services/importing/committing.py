"""Committing: the new rows of a draft become facts, all of them in one transaction, or none."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.incoming import Candidate
from orders.models import Fill, ImportBatch, ImportedFill, ImportOverlap
from orders.selectors.imports import Preview, preview
from orders.selectors.imports.comparing import batches_among
from orders.services.importing.errors import ImportRefused
from orders.services.locking import locked
from orders.signals import fills_recorded

__all__ = ["commit", "recorded", "tell"]

#: What stands for an order and a fill that nobody numbered.
NO_ORDER, NO_FILL = "i", "imp:"


def commit(batch: ImportBatch, today: date) -> Preview:
    """Record what is new now, whatever was new when somebody looked. Raises ``ImportRefused``.

    After the commit tells ``fills_recorded`` of every day.
    """
    with transaction.atomic():
        locked(batch.account_id)
        batch = ImportBatch.objects.select_for_update().select_related("account").get(pk=batch.pk)
        if batch.state != ImportBatch.State.DRAFT:
            raise ImportRefused(_("이미 끝난 가져오기입니다."))
        found = preview(batch, today)
        if found.mapping.lacks or found.is_asked:
            raise ImportRefused(_("아직 정하지 않은 것이 있습니다. 열과 계좌를 먼저 확인하세요."))
        if not found.new:
            raise ImportRefused(_("새로 들일 줄이 없습니다."))
        recorded(batch, [one.candidate for one in found.new])
        _close(batch, found)
    return found


def recorded(batch: ImportBatch, rows: Sequence[Candidate]) -> list[Fill]:
    """The rows as facts of the batch. Runs inside the caller's transaction."""
    now = timezone.now()
    fills = Fill.objects.bulk_create(_fill(batch, row, number, now) for row, number in _numbered(rows))
    ImportedFill.objects.bulk_create(
        ImportedFill(
            batch=batch,
            fill=fill,
            line=row.line,
            is_numbered=bool(row.order_no),
            is_sum=row.is_sum,
            commission=row.commission,
            tax=row.tax,
        )
        for fill, row in zip(fills, rows, strict=True)
    )
    tell(batch.account_id, fills)
    return fills


def tell(account_id: int, fills: Iterable[Fill]) -> None:
    """After the commit: on which days which symbols changed."""
    symbols: dict[date, set[str]] = defaultdict(set)
    for fill in fills:
        symbols[fill.day].add(fill.symbol)
    for day in sorted(symbols):
        told = {"account_id": account_id, "day": day, "symbols": frozenset(symbols[day])}
        transaction.on_commit(partial(fills_recorded.send, recorded, **told))


def _close(batch: ImportBatch, found: Preview) -> None:
    ImportOverlap.objects.bulk_create(
        ImportOverlap(batch=batch, earlier_id=earlier, rows=rows)
        for earlier, rows in batches_among(found.judged).items()
    )
    odd = [(one.line, one.reason, list(one.cells)) for one in found.refused]
    odd += [(one.candidate.line, one.why, _told(one.candidate)) for one in found.contradicting]
    batch.new, batch.same = len(found.new), len(found.same)
    batch.contradicting, batch.refused = len(found.contradicting), len(found.refused)
    batch.passed_over, batch.left_out = found.passed_over, sorted(map(list, odd))
    batch.state, batch.committed_at = ImportBatch.State.COMMITTED, timezone.now()
    batch.save()


def _told(row: Candidate) -> list[str]:
    return [str(row.day), row.symbol, row.name, row.side.value, str(row.quantity), str(row.price)]


def _numbered(rows: Iterable[Candidate]) -> list[tuple[Candidate, str]]:
    """Every row with a digest of what it says; equal rows are counted, so that each has its own."""
    copies: Counter[tuple[object, ...]] = Counter()
    found = []
    for row in rows:
        said = (row.day, row.order_no, row.symbol, row.side, row.quantity, row.price, row.filled_at, row.is_sum)
        digest = hashlib.sha256(repr((*map(str, said), copies[said])).encode()).hexdigest()
        copies[said] += 1
        found.append((row, digest))
    return found


def _fill(batch: ImportBatch, row: Candidate, digest: str, now: datetime) -> Fill:
    return Fill(
        account_id=batch.account_id,
        day=row.day,
        recorded_at=now,
        order_no=row.order_no or NO_ORDER + digest[:9],
        fill_no=row.fill_no if row.order_no and row.fill_no else NO_FILL + digest[:12],
        symbol=row.symbol,
        name=row.name,
        side=row.side.value,
        credit=row.credit,
        quantity=row.quantity,
        price=row.price,
        amount=row.amount,
        filled_at=row.filled_at,
        venue=row.venue,
    )
