"""A fund through its day: ka40006 minutes, ka40007 trades, ka40009 NAV, ka40010 who buys, and 0G live.

Rows are newest first, one a minute that traded; ka40009 and ka40010 have no field for the time. Blank on
purpose: 원주가격, DR/주, 환산가격 are a depositary receipt's, ETN과세유형 a note's; 667-669 (0G) a warrant's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.wire.writing import clock, directed, millions, plus
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.flows.traded import FOREIGN
from kiwoomweb.simulator.market_facts import Bar, Print, percent
from kiwoomweb.simulator.products.fund_list import TAXES, Fund
from kiwoomweb.simulator.products.fund_values import FundValue
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import SUFFIXES
from kiwoomweb.simulator.replies.products.etf_words import (
    CLASS,
    asked_fund,
    hundredth,
    index_moved,
    named,
    nav,
)
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction
from kiwoomweb.simulator.tape import minute_of

__all__ = ["buyers", "live", "minutes", "navs", "trades"]

#: Minutes of a day.
MOST = 400
VENUE_TEXT = {Venue.KRX: "KRX", Venue.NXT: "NXT"}


@dataclass(frozen=True, slots=True)
class Minute:
    """A minute of the day on the board, what the fund was worth at its end, and the close of the day before."""

    bar: Bar
    ends: datetime
    value: FundValue
    base: int
    volume: int


def minutes(ask: Ask) -> Said:
    """ka40006."""
    fund = asked_fund(ask)
    head: dict[str, Value] = {**named(ask, fund), "etftxon_type": TAXES[fund.tax]} if fund else {}
    return Said(head, Rows("etftisl_trnsn", _minutes(ask, fund), _minute_row))


def trades(ask: Ask) -> Said:
    """ka40007: every trade of the day on all venues."""
    fund = asked_fund(ask)
    if fund is None:
        return Said(rows=Rows("etftisl_cntr_array", [], lambda row: row))
    board = ask.exchange.market.day_at(ask.now)
    start = datetime.combine(board, time(), SEOUL)
    until = min(ask.now, start + timedelta(days=1, seconds=-1))
    prints = list(ask.exchange.prints(fund.code, start, until))[::-1]
    base = ask.exchange.quote(fund.code).base_price
    head: dict[str, Value] = {
        "stk_cls": CLASS,
        **named(ask, fund),
        "etfobjt_idex_cd": fund.index_code,
        "objt_idex_pre_rt": plus(hundredth(ask.exchange.products.funds.now(fund, ask.now).index_rate)),
    }
    return Said(head, Rows("etftisl_cntr_array", prints, lambda one: _trade_row(one, base)))


def navs(ask: Ask) -> Said:
    """ka40009."""
    fund = asked_fund(ask)
    return Said(rows=Rows("etfnavarray", _minutes(ask, fund), lambda one: _nav_row(ask, fund, one)))


def buyers(ask: Ask) -> Said:
    """ka40010: the day's volume and foreigners' net purchases up to each minute."""
    fund = asked_fund(ask)
    return Said(rows=Rows("etftisl_trnsn", _minutes(ask, fund), lambda one: _buyer_row(ask, fund, one)))


def live(exchange: Exchange, item: str) -> Mapping[str, Value] | None:
    """0G ETF NAV; the price is that of the item's venue."""
    code, underscore, suffix = item.partition("_")
    fund, venue = exchange.products.funds.fund(code), SUFFIXES.get(f"{underscore}{suffix}")
    if fund is None or venue is None:
        return None
    quote, value = exchange.quote(code, venue), exchange.products.funds.now(fund, exchange.now(), venue)
    return {
        "36": plus(hundredth(value.nav)),
        "37": plus(hundredth(value.nav - value.nav_before)),
        "38": plus(hundredth(value.nav_rate)),
        "39": str(hundredth(value.tracking_error)),
        "20": clock(quote.traded_at),
        "10": directed(quote.price, quote.base_price),
        "11": plus(quote.change),
        "12": plus(quote.change_rate),
        "13": quote.volume,
        "25": direction(quote.price, quote.base_price, quote.upper_limit, quote.lower_limit),
        "265": plus(hundredth(value.index_disparity)),
        "266": plus(hundredth(value.disparity)),
    }


def _minutes(ask: Ask, fund: Fund | None) -> Sequence[Minute]:
    if fund is None:
        return []
    values, board = ask.exchange.products.funds, ask.exchange.market.day_at(ask.now)
    bars = [bar for bar in ask.exchange.minutes(fund.code, 1, MOST) if bar.day == board]
    levels, base = values.levels(fund, board), ask.exchange.quote(fund.code, Venue.KRX).base_price
    left, found = sum(bar.volume for bar in bars), []
    for bar in bars:
        ends = min(bar.at + timedelta(seconds=59, milliseconds=999), ask.now)
        level = values.level(fund, ask.now) if bar is bars[0] else _level(levels, minute_of(bar.at))
        value = values.at(fund, bar.close, level, board)
        found.append(Minute(bar, ends, value, base, left))
        left -= bar.volume
    return found


def _level(levels: Mapping[int, int], minute: int) -> int:
    """The source's level as the minute ended; where it did not trade then, the last before, or the first."""
    earlier = [known for known in levels if known <= minute]
    return levels[max(earlier) if earlier else min(levels)]


def _price(one: Minute) -> dict[str, Value]:
    moved = one.bar.close - one.base
    return {"pre_sig": direction(one.bar.close, one.base), "pred_pre": plus(moved)}


def _minute_row(one: Minute) -> Mapping[str, Value]:
    value = one.value
    return {
        "tm": clock(one.bar.at),
        "close_pric": directed(one.bar.close, one.base),
        **_price(one),
        "flu_rt": plus(percent(one.bar.close - one.base, one.base)),
        "trde_qty": one.bar.volume,
        "nav": nav(value),
        "trde_prica": millions(one.bar.turnover),
        "navidex": plus(hundredth(value.index_disparity)),
        "navetf": plus(hundredth(value.disparity)),
        "trace": str(hundredth(value.tracking_error)),
        **index_moved(value, "trace_idex", "trace_idex_pred_pre", "trace_idex_pred_pre_sig"),
    }


def _trade_row(one: Print, base: int) -> Mapping[str, Value]:
    return {
        "cntr_tm": clock(one.at),
        "cur_prc": directed(one.price, base),
        "pre_sig": direction(one.price, base),
        "pred_pre": plus(one.price - base),
        "trde_qty": one.size,
        "stex_tp": VENUE_TEXT.get(one.venue, "통합"),
    }


def _nav_row(ask: Ask, fund: Fund | None, one: Minute) -> Mapping[str, Value]:
    about = ask.exchange.instrument(fund.code) if fund else None
    if fund is None or about is None:
        return {}
    value, board = one.value, one.bar.day
    return {
        "nav": nav(value),
        "navpred_pre": plus(hundredth(value.nav - value.nav_before)),
        "navflu_rt": plus(hundredth(value.nav_rate)),
        "trace_eor_rt": str(hundredth(value.tracking_error)),
        "dispty_rt": plus(hundredth(value.disparity)),
        "stkcnt": about.shares,
        "base_pric": one.base,
        "for_rmnd_qty": ask.exchange.flows.holding(fund.code, board, one.ends).held,
        "repl_pric": class_of(about).substitute(one.base),
    }


def _buyer_row(ask: Ask, fund: Fund | None, one: Minute) -> Mapping[str, Value]:
    if fund is None:
        return {}
    net = ask.exchange.flows.upto(fund.code, one.ends, ask.now).net(FOREIGN)
    return {
        "cur_prc": directed(one.bar.close, one.base),
        **_price(one),
        "trde_qty": one.volume,
        "for_netprps": plus(net),
    }
