"""How fast trades follow from fills: all of them again, and one new one."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from statistics import median

from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.operation.benchmarks.journal.figures import Figure, percentile
from kiwoomweb.operation.benchmarks.journal.laying import LAST_DAY
from orders.models import Fill
from portfolio.analytics.trades.deriving import derive
from portfolio.models import Trade
from portfolio.selectors.trades.executions import executions_by_symbol
from portfolio.services.trades.catching_up import catch_up

__all__ = ["derivation_figures", "one_fill_figures"]

LEAST_A_SECOND = 200_000
MOST_FOR_ONE = 50.0
NEW_FILLS = 40


def derivation_figures(account: Account) -> Iterator[Figure]:
    """Round trips of every symbol from its fills, by the processor's own clock."""
    fills = trips = 0
    taken = 0.0
    for _symbol, executions in executions_by_symbol(account.pk):
        begin = time.process_time()
        found = derive(executions)
        taken += time.process_time() - begin
        fills, trips = fills + len(executions), trips + len(found)
    what = f"체결에서 매매로 (fills to trades): {fills:,} fills, {trips:,} trades"
    yield Figure(what, fills / taken, "/s", LEAST_A_SECOND, is_most=False)


def one_fill_figures(account: Account) -> Iterator[Figure]:
    """From the moment a fill is stored until its trade, its slice and the day's sums are."""
    luck = Random(7)
    symbols = list(Trade.objects.filter(account=account).values_list("symbol", flat=True).distinct())
    catch_up(account.pk)
    taken = []
    for number in range(NEW_FILLS + 1):
        _store(account, luck.choice(symbols), number)
        begin = time.perf_counter()
        catch_up(account.pk)
        taken.append((time.perf_counter() - begin) * 1_000)
    yield Figure("새 체결 하나 (one new fill) p95", percentile(taken[1:], 0.95), "ms", MOST_FOR_ONE)
    yield Figure("   p50", median(taken[1:]), "ms")


def _store(account: Account, symbol: str, number: int) -> None:
    Fill.objects.create(
        account=account,
        day=LAST_DAY,
        recorded_at=timezone.now(),
        order_no=f"9{number:06}",
        fill_no="1",
        symbol=symbol,
        name=f"종목 {symbol}",
        side="buy",
        quantity=10,
        price=Decimal(10_000),
        amount=100_000,
        filled_at=datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 6, number, tzinfo=UTC),
        venue="KRX",
    )
