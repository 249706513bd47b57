"""Gold charts, newest first: ka50079 and ka50091 ticks, ka50080 and ka50092 minutes, ka50081-ka50083 bars.

Prices carry no sign here. The guide gives bars a moment of fourteen digits where shares' have a day of eight.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import pairwise
from typing import Literal

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.wire.writing import day, millions, moment, plus
from kiwoomweb.simulator.market_facts import Bar, Print
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.charts import Backwards
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["days", "minutes", "minutes_today", "months", "ticks", "ticks_today", "weeks"]

#: How far back the close before an intraday bar is known.
DAYS_OF_INTRADAY = 250


def ticks(ask: Ask) -> Said:
    """ka50079."""
    return _ticks(ask, "cur_prc", today_only=False)


def ticks_today(ask: Ask) -> Said:
    """ka50091."""
    return _ticks(ask, "cntr_pric", today_only=True)


def minutes(ask: Ask) -> Said:
    """ka50080."""
    return _minutes(ask, "cur_prc", today_only=False)


def minutes_today(ask: Ask) -> Said:
    """ka50092, with the day's turnover so far."""
    return _minutes(ask, "cntr_pric", today_only=True)


def days(ask: Ask) -> Said:
    """ka50081."""
    return _bars(ask, "day", "gds_day_chart_qry")


def weeks(ask: Ask) -> Said:
    """ka50082."""
    return _bars(ask, "week", "gds_week_chart_qry")


def months(ask: Ask) -> Said:
    """ka50083. The guide counts its turnover in won, the other charts' in millions."""
    return _bars(ask, "month", "gds_month_chart_qry")


def _ticks(ask: Ask, price: str, *, today_only: bool) -> Said:
    gold, code, scope = ask.exchange.products.gold, ask.text("stk_cd"), int(ask.text("tic_scope"))
    closes, board = _closes(ask), gold.market.day_at(ask.now)

    def fetch(count: int) -> Sequence[Sequence[Print]]:
        trades = gold.ticks(code, count * scope, ask.now)
        chosen = [one for one in trades if not today_only or one.at.date() == board]
        return [chosen[start : start + scope] for start in range(0, len(chosen), scope)]

    return Said(rows=Rows("gds_tic_chart_qry", Backwards(fetch), partial(_tick_row, price, closes)))


def _minutes(ask: Ask, price: str, *, today_only: bool) -> Said:
    gold, code, scope = ask.exchange.products.gold, ask.text("stk_cd"), int(ask.text("tic_scope"))
    closes, board = _closes(ask), gold.market.day_at(ask.now)

    def fetch(count: int) -> Sequence[tuple[Bar, int, int]]:
        # A whole day more than is asked for, so that every row knows what its day had traded before it.
        bars = gold.minutes(code, scope, count + 400 // scope + 1, ask.now)
        return _with_totals([bar for bar in bars if not today_only or bar.day == board])[:count]

    return Said(rows=Rows("gds_min_chart_qry", Backwards(fetch), partial(_minute_row, price, closes)))


def _with_totals(bars: Sequence[Bar]) -> list[tuple[Bar, int, int]]:
    """Each bar with its day's volume and turnover up to its end; ``bars`` are newest first."""
    found: list[tuple[Bar, int, int]] = []
    volume = turnover = 0
    before: date | None = None
    for bar in reversed(bars):
        if bar.day != before:
            volume, turnover, before = 0, 0, bar.day
        volume, turnover = volume + bar.volume, turnover + bar.turnover
        found.append((bar, volume, turnover))
    return found[::-1]


def _bars(ask: Ask, span: Literal["day", "week", "month"], name: str) -> Said:
    gold, code, until = ask.exchange.products.gold, ask.text("stk_cd"), ask.day("base_dt")

    def fetch(count: int) -> Sequence[tuple[Bar, int]]:
        bars = gold.bars(code, span, count + 1, until)
        pairs = [(newer, older.close) for newer, older in pairwise(bars)]
        return pairs if len(bars) > count else [*pairs, *((bar, bar.open) for bar in bars[-1:])]

    return Said(rows=Rows(name, Backwards(fetch), partial(_bar_row, span)))


def _closes(ask: Ask) -> dict[date, int]:
    """For each recent day the close of the day before."""
    bars = ask.exchange.products.gold.bars(ask.text("stk_cd"), "day", DAYS_OF_INTRADAY)
    return {newer.day: older.close for newer, older in pairwise(bars)}


def _tick_row(price: str, closes: Mapping[date, int], bundle: Sequence[Print]) -> Mapping[str, Value]:
    last, first = bundle[0], bundle[-1]
    return {
        price: last.price,
        "trde_qty": sum(one.size for one in bundle),
        "open_pric": first.price,
        "high_pric": max(one.price for one in bundle),
        "low_pric": min(one.price for one in bundle),
        **_moment(last.at),
        **_change(last.price, closes.get(last.at.date(), last.price)),
    }


def _minute_row(price: str, closes: Mapping[date, int], row: tuple[Bar, int, int]) -> Mapping[str, Value]:
    bar, volume, turnover = row
    worth = {"acc_trde_prica": millions(turnover)} if price == "cntr_pric" else {}
    return {
        price: bar.close,
        "acc_trde_qty": volume,
        "trde_qty": bar.volume,
        **_prices(bar),
        **_moment(bar.at),
        **_change(bar.close, closes.get(bar.day, bar.close)),
        **worth,
    }


def _bar_row(span: str, row: tuple[Bar, int]) -> Mapping[str, Value]:
    bar, before = row
    said: dict[str, Value] = {
        "cur_prc": bar.close,
        "acc_trde_qty": bar.volume,
        "acc_trde_prica": bar.turnover if span == "month" else millions(bar.turnover),
        **_prices(bar),
    }
    if span == "day":
        return said | {"dt": day(bar.day), "pred_pre_sig": direction(bar.close, before)}
    return said | {"dt": moment(datetime.combine(bar.day, time(), SEOUL))}


def _prices(bar: Bar) -> dict[str, Value]:
    return {"open_pric": bar.open, "high_pric": bar.high, "low_pric": bar.low}


def _moment(at: datetime) -> dict[str, Value]:
    return {"cntr_tm": moment(at), "dt": moment(at)}


def _change(price: int, before: int) -> dict[str, Value]:
    return {"pred_pre": plus(price - before), "pred_pre_sig": direction(price, before)}
