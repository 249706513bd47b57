"""Funds: ka40001 returns, ka40002 facts, ka40003 days, ka40004 all of them, ka40008 days with who bought.

Blank on purpose: 원주가격 is a depositary receipt's, ETN과세유형 a note's; these are funds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, day, directed, millions, plus
from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS, Group
from kiwoomweb.simulator.market_facts import Bar, percent
from kiwoomweb.simulator.products.fund_list import TAXES, Fund, funds
from kiwoomweb.simulator.products.fund_values import FundValue
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.products.etf_words import (
    CLASS,
    asked_fund,
    hundredth,
    hundredths,
    index_moved,
    named,
    nav,
)
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["by_day", "everything", "facts", "holders_by_day", "returns"]

#: 기간 of ka40001 -> calendar days.
PERIODS = {"0": 7, "1": 30, "2": 182, "3": 365}
#: Another name the guide itself gives KOSPI200 in its example.
ALSO = {"201": "207"}
#: Days ka40003 and ka40008 look back.
MOST_DAYS = 720
VENUES = {"1": Venue.KRX, "2": Venue.NXT, "3": Venue.ALL}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a fund: its bar, the close before, and what it was worth."""

    bar: Bar
    before: int
    value: FundValue


def returns(ask: Ask) -> Said:
    """ka40001: of NAV and of price over the period, and who bought meanwhile. The index must be the fund's."""
    fund = asked_fund(ask)
    if fund is None or ask.text("etfobjt_idex_cd") not in {fund.index_code, ALSO.get(fund.index_code)}:
        return Said(rows=Rows("etfprft_rt_lst", [], lambda row: row))
    first = ask.today - timedelta(days=PERIODS[ask.text("dt")])
    days = _days(ask, fund, MOST_DAYS)
    period = [one for one in days if one.bar.day > first] or list(days[:1])
    start = days[len(period)] if len(days) > len(period) else period[-1]
    last = period[0]
    row: dict[str, Value] = {
        "etfprft_rt": plus(hundredth((last.value.nav / start.value.nav - 1) * 100)),
        "cntr_prft_rt": plus(percent(last.bar.close - start.bar.close, start.bar.close)),
        "for_netprps_qty": plus(_net(ask, fund.code, period, FOREIGN)),
        "orgn_netprps_qty": plus(_net(ask, fund.code, period, INSTITUTIONS)),
    }
    return Said(rows=Rows("etfprft_rt_lst", [row], lambda found: found))


def facts(ask: Ask) -> Said:
    """ka40002."""
    fund = asked_fund(ask)
    return Said({**named(ask, fund), "etftxon_type": TAXES[fund.tax]}) if fund else Said()


def by_day(ask: Ask) -> Said:
    """ka40003, newest first; turnover in million won (PROTOCOL 5.6)."""
    fund = asked_fund(ask)
    days = _days(ask, fund, MOST_DAYS) if fund else []
    return Said(rows=Rows("etfdaly_trnsn", days, _day_row))


def everything(ask: Ask) -> Said:
    """ka40004: every fund the filters let through, by code."""
    venue = VENUES[ask.text("stex_tp")]
    values = ask.exchange.products.funds
    listed = [fund for code in sorted(funds()) if (fund := values.fund(code)) and _fits(ask, fund)]
    rows = [(fund, values.now(fund, ask.now, venue)) for fund in listed]
    wanted = [pair for pair in rows if _stands(ask, *pair)]
    return Said(rows=Rows("etfall_mrpr", wanted, lambda pair: _market_row(ask, pair, venue)))


def holders_by_day(ask: Ask) -> Said:
    """ka40008."""
    fund = asked_fund(ask)
    if fund is None:
        return Said(rows=Rows("etfnetprps_qty_array", [], lambda row: row))
    quote = ask.exchange.quote(fund.code, Venue.KRX)
    head: dict[str, Value] = {
        "cntr_tm": clock(quote.traded_at),
        "cur_prc": directed(quote.price, quote.base_price),
        "pre_sig": direction(quote.price, quote.base_price),
        "pred_pre": plus(quote.change),
        "trde_qty": quote.volume,
    }
    days = _days(ask, fund, MOST_DAYS)
    return Said(head, Rows("etfnetprps_qty_array", days, lambda one: _holders_row(ask, fund, one)))


def _days(ask: Ask, fund: Fund, most: int) -> Sequence[Day]:
    """The newest days first, today as it stands."""
    values, board = ask.exchange.products.funds, ask.exchange.market.day_at(ask.now)
    level = values.level(fund, ask.now)
    past = {one.bar.day: one.value for one in values.days(fund.code, board)}
    bars = ask.exchange.bars(fund.code, "day", most + 1)
    found = []
    for place, bar in enumerate(bars[:most]):
        value = values.at(fund, bar.close, level, board) if bar.day == board else past.get(bar.day)
        if value:
            before = bars[place + 1].close if place + 1 < len(bars) else bar.open
            found.append(Day(bar, before, value))
    return found


def _net(ask: Ask, code: str, period: Sequence[Day], group: Group) -> int:
    return ask.exchange.flows.period(code, tuple(one.bar.day for one in period), ask.now).net(group)


def _fits(ask: Ask, fund: Fund) -> bool:
    tax, manager, taxed, index = (ask.text(name) for name in ("txon_type", "mngmcomp", "txon_yn", "trace_idex"))
    return (
        tax in ("0", fund.tax)
        and manager in ("0000", fund.manager)
        and (taxed == "0" or (taxed == "1") is fund.is_taxed)
        and index in ("0", fund.index_code)
    )


def _stands(ask: Ask, fund: Fund, value: FundValue) -> bool:
    """NAV대비: above or below yesterday's close of the fund."""
    base = ask.exchange.quote(fund.code, Venue.KRX).base_price
    return {"1": value.nav > base, "2": value.nav < base}.get(ask.text("navpre"), True)


def _day_row(one: Day) -> Mapping[str, Value]:
    bar, before, value = one.bar, one.before, one.value
    return {
        "cntr_dt": day(bar.day),
        "cur_prc": directed(bar.close, before),
        "pre_sig": direction(bar.close, before),
        "pred_pre": plus(bar.close - before),
        "pre_rt": plus(percent(bar.close - before, before)),
        "trde_qty": bar.volume,
        "nav": nav(value),
        "acc_trde_prica": millions(bar.turnover),
        "navidex_dispty_rt": plus(hundredth(value.index_disparity)),
        "navetfdispty_rt": plus(hundredth(value.disparity)),
        "trace_eor_rt": hundredths(value.tracking_error),
        **index_moved(value, "trace_cur_prc", "trace_pred_pre", "trace_pre_sig"),
    }


def _market_row(ask: Ask, pair: tuple[Fund, FundValue], venue: Venue) -> Mapping[str, Value]:
    fund, value = pair
    quote = ask.exchange.quote(fund.code, venue)
    base = quote.base_price
    return {
        "stk_cd": fund.code,
        "stk_cls": CLASS,
        "stk_nm": ask.name(fund.code),
        "close_pric": directed(quote.price, base),
        "pre_sig": direction(quote.price, base),
        "pred_pre": plus(quote.change),
        "pre_rt": plus(quote.change_rate),
        "trde_qty": quote.volume,
        "nav": nav(value),
        "trace_eor_rt": str(hundredth(value.tracking_error)),
        "txbs": f"{value.nav_before:.2f}",
        "dvid_bf_base": f"{value.nav_before:.2f}",
        "pred_dvida": "0.00",
        "trace_idex_nm": fund.index_name,
        "drng": f"{fund.multiple:.2f}",
        "trace_idex_cd": fund.index_code,
        "trace_idex": directed(hundredth(value.index), hundredth(value.index_before)),
        "trace_flu_rt": plus(hundredth(value.index_rate)),
    }


def _holders_row(ask: Ask, fund: Fund, one: Day) -> Mapping[str, Value]:
    traded = ask.exchange.flows.traded(fund.code, one.bar.day, ask.now)
    return {
        "dt": day(one.bar.day),
        "cur_prc_n": directed(one.bar.close, one.before),
        "pre_sig_n": direction(one.bar.close, one.before),
        "pred_pre_n": plus(one.bar.close - one.before),
        "acc_trde_qty": one.bar.volume,
        "for_netprps_qty": plus(traded.net(FOREIGN)),
        "orgn_netprps_qty": plus(traded.net(INSTITUTIONS)),
    }
