"""T8: the journal's sums by day, symbol and tag, and its curve: from rollups, from raw SQL, and by pandas.

All three answer the same questions in the same run, and their answers must agree to the won.
"""

from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from typing import Any

from django.db import connection

from kiwoomweb.access.models import Account
from kiwoomweb.operation.benchmarks.journal.figures import Figure, seconds_of
from kiwoomweb.operation.telling import Trouble
from portfolio.selectors.rollups import equity_of, results_by_day, results_by_symbol, results_by_tag

__all__ = ["aggregate_figures"]

TIMES = 7
#: Milliseconds the rollups may take on SQLite up to so many fills (T8); PostgreSQL is told beside them.
BOUNDS = ((100_000, 10.0), (1_000_000, 15.0))
#: Fills count by their own day; net results by the day of the sale (slices).
BY_DAY = """
    SELECT day, SUM(fills), SUM(bought), SUM(sold), SUM(net) FROM (
      SELECT day, 1 AS fills, CASE WHEN side = 'buy' THEN amount ELSE 0 END AS bought,
             CASE WHEN side = 'sell' THEN amount ELSE 0 END AS sold, 0 AS net
        FROM orders_fill WHERE account_id = %(account)s AND superseded_at IS NULL
      UNION ALL
      SELECT day, 0, 0, 0, net FROM portfolio_tradeslice WHERE account_id = %(account)s
    ) parts GROUP BY day ORDER BY day"""
BY_SYMBOL = """
    SELECT symbol, SUM(sold), SUM(net) FROM (
      SELECT symbol, CASE WHEN side = 'sell' THEN amount ELSE 0 END AS sold, 0 AS net
        FROM orders_fill WHERE account_id = %(account)s AND superseded_at IS NULL
      UNION ALL
      SELECT symbol, 0, net FROM portfolio_tradeslice WHERE account_id = %(account)s
    ) parts GROUP BY symbol ORDER BY symbol"""
BY_TAG = """
    SELECT tagged.tag_id, SUM(slice.net) FROM portfolio_tradetag tagged
      JOIN portfolio_tradeslice slice ON slice.trade_id = tagged.trade_id
     WHERE slice.account_id = %(account)s
     GROUP BY tagged.tag_id ORDER BY tagged.tag_id"""


Rows = list[tuple[Any, ...]]
#: What is asked, and how rollups, SQL and pandas answer it.
_Way = tuple[str, Callable[[], Rows], str | None, Callable[[], Rows] | None]


def aggregate_figures(account: Account, fills: int) -> Iterator[Figure]:
    """Milliseconds of each way, medians. Raises ``Trouble`` when two ways disagree."""
    bound = next((most for size, most in BOUNDS if fills <= size), BOUNDS[-1][1])
    bound_here = bound if connection.vendor == "sqlite" else None
    frames = _frames(account)
    ways: tuple[_Way, ...] = (
        ("일자별 (by day)", lambda: _days(account), BY_DAY, lambda: _pandas_days(*frames)),
        ("종목별 (by symbol)", lambda: _symbols(account), BY_SYMBOL, lambda: _pandas_symbols(*frames)),
        ("태그별 (by tag)", lambda: _tags(account), BY_TAG, None),
        ("누적과 낙폭 (equity, drawdown)", lambda: _equity(account), None, lambda: _pandas_equity(frames[1])),
    )
    for what, ours, sql, by_pandas in ways:
        told = _agreed(what, ours(), _raw(sql, account) if sql else None, by_pandas)
        yield Figure(f"T8 {what}: {told} rows, rollups", _ms(ours), "ms", bound_here)
        if sql:
            yield Figure(f"   {what}: raw SQL", _ms(lambda: _raw(sql, account)), "ms")  # noqa: B023
        if by_pandas:
            yield Figure(f"   {what}: pandas, rows in memory", _ms(by_pandas), "ms")


def _ms(act: Callable[[], object]) -> float:
    return median(seconds_of(act, TIMES)) * 1_000


def _agreed(what: str, ours: Any, raw: Any, by_pandas: Callable[[], Any] | None) -> int:
    others = [("SQL", raw)] if raw is not None else []
    others += [("pandas", by_pandas())] if by_pandas else []
    for who, answer in others:
        if answer != ours:
            where = next((pair for pair in zip(ours, answer, strict=False) if pair[0] != pair[1]), None)
            raise Trouble(f"{what}: 요약과 {who}이(가) 다릅니다: {where}", f"{what}: rollups and {who} differ")
    return len(ours)


def _days(account: Account) -> list[tuple[Any, ...]]:
    return [(row.day, row.fills, row.bought, row.sold, row.net) for row in results_by_day(account)]


def _symbols(account: Account) -> list[tuple[Any, ...]]:
    return sorted((row.key, row.sold, row.net) for row in results_by_symbol(account))


def _tags(account: Account) -> list[tuple[Any, ...]]:
    return sorted((int(row.key), row.net) for row in results_by_tag(account))


def _equity(account: Account) -> list[tuple[Any, ...]]:
    return [(point.day, point.cumulative, point.drawdown) for point in equity_of(account).points]


def _raw(sql: str, account: Account) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%(account)s", str(account.pk)))
        return [(_key(key), *map(int, numbers)) for key, *numbers in cursor.fetchall()]


def _key(key: Any) -> Any:
    """SQLite hands days over as text."""
    is_day = isinstance(key, str) and key[4:5] == "-"
    return date.fromisoformat(key) if is_day else key


def _frames(account: Account) -> tuple[Any, Any]:
    """Fills and slices as pandas holds them; it is not timed."""
    import pandas as pd

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, symbol, side, amount FROM orders_fill WHERE account_id = %s AND superseded_at IS NULL",
            [account.pk],
        )
        fills = pd.DataFrame(cursor.fetchall(), columns=["day", "symbol", "side", "amount"])
        cursor.execute("SELECT day, symbol, net FROM portfolio_tradeslice WHERE account_id = %s", [account.pk])
        slices = pd.DataFrame(cursor.fetchall(), columns=["day", "symbol", "net"])
    for frame in (fills, slices):
        frame["day"] = pd.to_datetime(frame["day"])
    return fills, slices


def _pandas_days(fills: Any, slices: Any) -> list[tuple[Any, ...]]:
    bought = fills["amount"].where(fills["side"] == "buy", 0)
    sold = fills["amount"].where(fills["side"] == "sell", 0)
    told = fills.assign(bought=bought, sold=sold).groupby("day")
    sums = told[["bought", "sold"]].sum().join(told.size().rename("fills"))
    sums = sums.join(slices.groupby("day")["net"].sum(), how="outer").fillna(0).astype("int64").sort_index()
    rows = sums[["fills", "bought", "sold", "net"]].itertuples()
    return [(row[0].date(), *(int(number) for number in row[1:])) for row in rows]


def _pandas_symbols(fills: Any, slices: Any) -> list[tuple[Any, ...]]:
    sold = fills[fills["side"] == "sell"].groupby("symbol")["amount"].sum()
    net = slices.groupby("symbol")["net"].sum()
    return sorted((symbol, int(sold[symbol]), int(net[symbol])) for symbol in net.index)


def _pandas_equity(slices: Any) -> list[tuple[Any, ...]]:
    sums = slices.groupby("day")["net"].sum().sort_index().cumsum()
    falls = sums - sums.cummax().clip(lower=0)
    return [(day.date(), int(sums[day]), int(falls[day])) for day in sums.index]
