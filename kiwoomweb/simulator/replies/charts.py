"""Charts, newest first: ka10079 ticks, ka10080 minutes, ka10081-ka10083 and ka10094 (PROTOCOL 3, 5.2, 5.6).

A chart is read a page at a time: the market is asked for bars only as far back as somebody turns the pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, Literal

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.wire.writing import day, directed, millions, plus
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import Bar, Print, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["Backwards", "days", "minutes", "months", "ticks", "weeks", "years"]

Span = Literal["day", "week", "month", "year"]

#: Where pages are switched off, a chart still ends somewhere.
MOST_ROWS = 10_000


@dataclass(slots=True)
class Backwards:
    """A list that grows into the past as it is sliced. ``fetch(n)`` gives the newest ``n``, or all there are.

    ``fetch`` must be pinned to the moment of the first page: what is older never changes.
    """

    fetch: Callable[[int], Sequence[Any]]
    known: Sequence[Any] = field(default_factory=tuple)
    whole: bool = False

    def __getitem__(self, part: slice) -> Sequence[Any]:
        wanted = MOST_ROWS if part.stop is None else part.stop
        if not self.whole and len(self.known) < wanted:
            self.known = self.fetch(wanted)
            self.whole = len(self.known) < wanted
        return self.known[part]


def ticks(ask: Ask) -> Said:
    """ka10079. ``tic_scope`` prints make one row."""
    scope = int(ask.text("tic_scope"))
    code, closes = _code_and_closes(ask)
    bundles = Backwards(lambda count: _bundles(ask.exchange, code, count, scope, ask.now) if closes else ())
    return _chart(ask, "stk_tic_chart_qry", bundles, lambda bundle: _tick_row(bundle, closes))


def minutes(ask: Ask) -> Said:
    """ka10080. Prices carry their direction from the close of the day before the bar."""
    scope = int(ask.text("tic_scope"))
    code, closes = _code_and_closes(ask)
    until = min(ask.now, _end_of(ask.day("base_dt") or ask.today))
    bars = Backwards(lambda count: ask.exchange.minutes(code, scope, count, until) if closes else ())
    return _chart(ask, "stk_min_pole_chart_qry", bars, lambda bar: _minute_row(bar, closes))


def days(ask: Ask) -> Said:
    """ka10081."""
    return _bars(ask, "day", "stk_dt_pole_chart_qry")


def weeks(ask: Ask) -> Said:
    """ka10082."""
    return _bars(ask, "week", "stk_stk_pole_chart_qry")


def months(ask: Ask) -> Said:
    """ka10083."""
    return _bars(ask, "month", "stk_mth_pole_chart_qry")


def years(ask: Ask) -> Said:
    """ka10094. Rows of years have no change from the bar before."""
    return _bars(ask, "year", "stk_yr_pole_chart_qry")


def _chart(ask: Ask, name: str, things: Any, fill: Callable[[Any], Mapping[str, Value]]) -> Said:
    return Said({"stk_cd": ask.text("stk_cd")}, Rows(name, things, fill))


def _bars(ask: Ask, span: Span, name: str) -> Said:
    code, _ = listed_code(ask.text("stk_cd"))
    found = ask.exchange.quoted(code)
    until = min(ask.today, ask.day("base_dt") or ask.today)

    def with_older(count: int) -> Sequence[tuple[Bar, Bar | None]]:
        """Each bar beside the one before it, which its change is measured from."""
        bars = ask.exchange.bars(code, span, count + 1, until)
        return list(zip(bars, [*bars[1:], None], strict=True))[:count]

    shares = found.shares if found else 0
    things = Backwards(with_older if found else lambda count: ())
    return _chart(ask, name, things, lambda pair: _bar_row(span, pair[0], pair[1], shares))


def _bar_row(span: Span, bar: Bar, older: Bar | None, shares: int) -> Mapping[str, Value]:
    row: dict[str, Value] = {
        "cur_prc": bar.close,
        "trde_qty": bar.volume,
        "trde_prica": millions(bar.turnover),
        "dt": day(bar.day),
        "open_pric": bar.open,
        "high_pric": bar.high,
        "low_pric": bar.low,
    }
    if span == "year":
        return row
    before = older.close if older else bar.close
    return row | {
        "pred_pre": plus(bar.close - before),
        "pred_pre_sig": direction(bar.close, before),
        "trde_tern_rt": plus(percent(bar.volume, shares)),
    }


def _code_and_closes(ask: Ask) -> tuple[str, dict[date, int]]:
    """The bare code, and for each of its days the close of the day before; empty for an unknown code."""
    code, _ = listed_code(ask.text("stk_cd"))
    if ask.exchange.quoted(code) is None:
        return code, {}
    bars = ask.exchange.bars(code, "day", DAYS_OF_INTRADAY)
    return code, {newer.day: older.close for newer, older in pairwise(bars)}


#: How far back the direction of an intraday bar is known; older bars go without a sign.
DAYS_OF_INTRADAY = 250


def _bundles(
    exchange: Exchange, code: str, count: int, scope: int, until: datetime
) -> Sequence[tuple[Print, ...]]:
    prints = exchange.ticks(code, count * scope, until)
    return [tuple(prints[start : start + scope]) for start in range(0, len(prints), scope)]


def _tick_row(bundle: tuple[Print, ...], closes: Mapping[date, int]) -> Mapping[str, Value]:
    """Newest print first inside the bundle too."""
    last, first = bundle[0], bundle[-1]
    before = closes.get(last.at.date(), last.price)
    return {
        "cur_prc": last.price,
        "trde_qty": sum(one.size for one in bundle),
        "cntr_tm": f"{last.at:%Y%m%d%H%M%S}",
        "open_pric": first.price,
        "high_pric": max(one.price for one in bundle),
        "low_pric": min(one.price for one in bundle),
        "pred_pre": plus(last.price - before),
        "pred_pre_sig": direction(last.price, before),
    }


def _minute_row(bar: Bar, closes: Mapping[date, int]) -> Mapping[str, Value]:
    before = closes.get(bar.day, bar.close)
    return {
        "cur_prc": directed(bar.close, before),
        "trde_qty": bar.volume,
        "cntr_tm": f"{bar.at:%Y%m%d%H%M%S}",
        "open_pric": directed(bar.open, before),
        "high_pric": directed(bar.high, before),
        "low_pric": directed(bar.low, before),
        "pred_pre": plus(bar.close - before),
        "pred_pre_sig": direction(bar.close, before),
    }


def _end_of(one: date) -> datetime:
    return datetime.combine(one, time(23, 59, 59), SEOUL)
