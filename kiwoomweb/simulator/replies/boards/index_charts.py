"""Charts of an index, newest first: ka20004 ticks, ka20005 minutes, ka20006-ka20008 and ka20019.

Levels and their changes come without decimal point (x100), volumes in thousand shares (PROTOCOL 5.2, 5.6); only
the minutes carry the sign of their direction.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.wire.writing import day, directed, moment, plus
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import Bar, Print
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.charts import Backwards
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["days", "minutes", "months", "ticks", "weeks", "years"]

#: An index nobody belongs to trades what its points and shares suggest (see ``quoting``).
OF_NOBODY = 30_000_000
Span = Literal["day", "week", "month", "year"]


def ticks(ask: Ask) -> Said:
    """ka20004. ``tic_scope`` changes of the index make one row."""
    scope, sector = int(ask.text("tic_scope")), ask.text("inds_cd")

    def bundles(count: int) -> Sequence[tuple[Print, ...]]:
        prints = ask.exchange.ticks(sector, count * scope, ask.now)
        return [tuple(prints[start : start + scope]) for start in range(0, len(prints), scope)]

    return _chart(ask, "inds_tic_chart_qry", bundles, lambda bundle: _tick_row(ask, bundle))


def _tick_row(ask: Ask, bundle: tuple[Print, ...]) -> Mapping[str, Value]:
    last, first = bundle[0], bundle[-1]
    return {
        "cur_prc": last.price,
        "trde_qty": last.volume // 1_000 - (first.volume - first.size) // 1_000,
        "cntr_tm": moment(last.at),
        "open_pric": first.price,
        "high_pric": max(one.price for one in bundle),
        "low_pric": min(one.price for one in bundle),
        **_change(last.price, _base(ask, last.at.date())),
    }


def minutes(ask: Ask) -> Said:
    """ka20005, with the day's shares so far beside each bar."""
    scope, sector = int(ask.text("tic_scope")), ask.text("inds_cd")
    until = min(ask.now, _end_of(ask.day("base_dt") or ask.today))

    def bars(count: int) -> Sequence[tuple[Bar, int]]:
        # A day's shares so far need the whole of the oldest day, which is asked for and cut off again.
        found = ask.exchange.minutes(sector, scope, count + -(-MINUTES_A_DAY // scope), until)
        return _with_totals(found)[:count]

    return _chart(ask, "inds_min_pole_qry", bars, lambda pair: _minute_row(ask, *pair))


MINUTES_A_DAY = 391


def _with_totals(bars: Sequence[Bar]) -> list[tuple[Bar, int]]:
    found, total, today = [], 0, None
    for bar in reversed(bars):
        if bar.day != today:
            total, today = 0, bar.day
        total += bar.volume
        found.append((bar, total))
    return found[::-1]


def _minute_row(ask: Ask, bar: Bar, total: int) -> Mapping[str, Value]:
    base = _base(ask, bar.day)
    return {
        "cur_prc": directed(bar.close, base),
        "trde_qty": total // 1_000 - (total - bar.volume) // 1_000,
        "cntr_tm": moment(bar.at),
        "open_pric": directed(bar.open, base),
        "high_pric": directed(bar.high, base),
        "low_pric": directed(bar.low, base),
        "acc_trde_qty": total // 1_000,
        **_change(bar.close, base),
    }


def days(ask: Ask) -> Said:
    """ka20006."""
    return _bars(ask, "day", "inds_dt_pole_qry")


def weeks(ask: Ask) -> Said:
    """ka20007."""
    return _bars(ask, "week", "inds_stk_pole_qry")


def months(ask: Ask) -> Said:
    """ka20008."""
    return _bars(ask, "month", "inds_mth_pole_qry")


def years(ask: Ask) -> Said:
    """ka20019."""
    return _bars(ask, "year", "inds_yr_pole_qry")


def _bars(ask: Ask, span: Span, name: str) -> Said:
    sector, until = ask.text("inds_cd"), min(ask.today, ask.day("base_dt") or ask.today)

    def with_ends(count: int) -> Sequence[tuple[Bar, date]]:
        """Each bar beside the day it ends before."""
        bars = ask.exchange.bars(sector, span, count, until)
        ends = [until + timedelta(days=1), *(bar.day for bar in bars)]
        return list(zip(bars, ends, strict=False))

    return _chart(ask, name, with_ends, lambda pair: _bar_row(ask.exchange, sector, *pair))


def _bar_row(exchange: Exchange, sector: str, bar: Bar, end: date) -> Mapping[str, Value]:
    return {
        "cur_prc": bar.close,
        "trde_qty": bar.volume // 1_000,
        "dt": day(bar.day),
        "open_pric": bar.open,
        "high_pric": bar.high,
        "low_pric": bar.low,
        "trde_prica": _millions(exchange, sector, bar, end),
    }


def _millions(exchange: Exchange, sector: str, bar: Bar, end: date) -> int:
    """Million won the members traded from the bar's day to before ``end``; today's as far as it has come."""
    if not exchange.market.daily.membership.of(sector):
        return bar.turnover // OF_NOBODY
    now, index = exchange.now(), exchange.index(sector)
    days = (bar.day + timedelta(days=n) for n in range((min(end, now.date()) - bar.day).days))
    whole = sum(exchange.market.daily.totals.on(sector, one)[1] for one in days) // 1_000_000
    with_today = bar.day <= now.date() < end and exchange.market.day_at(now) == now.date()
    return whole + (index.turnover if index and with_today else 0)


def _chart(
    ask: Ask,
    name: str,
    fetch: Callable[[int], Sequence[Any]],
    fill: Callable[[Any], Mapping[str, Value]],
) -> Said:
    """A chart that grows into the past as its pages are turned; empty for an index nobody knows."""
    sector = ask.text("inds_cd")
    known = ask.exchange.market.is_index(sector)
    return Said({"inds_cd": sector}, Rows(name, Backwards(fetch if known else lambda count: ()), fill))


def _change(level: int, base: int) -> Mapping[str, Value]:
    return {
        "pred_pre": plus(level - base),
        "pred_pre_sig": direction(level, base),
    }


def _base(ask: Ask, one: date) -> int:
    return ask.exchange.market.base(ask.text("inds_cd"), one)


def _end_of(one: date) -> datetime:
    return datetime.combine(one, time(23, 59, 59), SEOUL)
