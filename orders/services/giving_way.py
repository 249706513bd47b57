"""Giving way: what people imported stands only until the broker tells of the same thing itself."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from orders.models import Fill, Order, OrderEvent

__all__ = ["give_way"]


def give_way(account_id: int, day: date) -> int:
    """Supersede the day's imported fills that the broker has told of since; returns how many.

    A fill whose file named the order gives way to that order; one without to any order of its symbol and side.
    Runs inside the transaction that records what the broker told, so no share is counted twice for a moment.
    """
    of_day = Fill.objects.current().filter(account_id=account_id, day=day)
    imported = list(of_day.filter(imported__isnull=False).select_related("imported"))
    if not imported:
        return 0
    told = set(of_day.filter(imported__isnull=True).values_list("order_no", "symbol", "side"))
    orders = Order.objects.current().filter(account_id=account_id, day=day, filled__gt=0)
    told |= set(orders.values_list("order_no", "symbol", "side"))
    numbers = {number.lstrip("0") for number, _symbol, _side in told}
    groups = {(symbol, side) for _number, symbol, side in told}
    gone = [
        fill
        for fill in imported
        if (
            fill.order_no.lstrip("0") in numbers
            if fill.imported.is_numbered
            else (fill.symbol, fill.side) in groups
        )
    ]
    now = timezone.now()
    Fill.objects.filter(pk__in=[fill.pk for fill in gone]).update(superseded_at=now)
    for fill in _confirmed(account_id, day, gone):
        fill.pk, fill.recorded_at, fill.superseded_at = None, now, None
        fill.save(force_insert=True)
    return len(gone)


def _confirmed(account_id: int, day: date, gone: Iterable[Fill]) -> list[Fill]:
    """Those the socket has told word for word: from now on they are the broker's own, and no import's."""
    messages = OrderEvent.objects.filter(account_id=account_id, day=day).exclude(fill_no="")
    heard = set(messages.values_list("order_no", "fill_no"))
    return [fill for fill in gone if (fill.order_no, fill.fill_no) in heard]
