"""Borrowed shares: ka10014 short sales by day; lending ka10068, ka10069, ka20068 and ka90012.

Lending is told when the day's official session is over. A market's figures are the sums of its shares'.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.broker.wire.writing import directed, plus, scaled
from kiwoomweb.simulator.flows.lending import NO_LENDING, LendingDay, added
from kiwoomweb.simulator.market_facts import Instrument, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, THOUSAND, cut, per_cent
from kiwoomweb.simulator.replies.flows.markets import instruments_in
from kiwoomweb.simulator.replies.flows.prices import (
    days_between,
    price_on,
    settled_day,
    share_asked,
    share_days,
)
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["lent_by_share", "lent_in_market", "lent_of_share", "most_lent", "short_sales"]

#: Without dates a trend goes back so far.
USUAL = timedelta(days=31)
TOP = 10


def short_sales(ask: Ask) -> Said:
    """ka10014, newest first; from the first day on (0) or the period (1). Accumulated from its oldest day."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("shrts_trnsn", [], lambda _: {}))
    code, venue = found
    until = ask.day("end_dt") if ask.text("tm_tp") == "1" else None
    days = share_days(ask, code, ask.day("strt_dt"), until)
    shorts = [ask.exchange.flows.short(code, day, ask.now, venue) for day in days]
    running = list(accumulate(short.shares for short in reversed(shorts)))[::-1]

    def fill(place: int) -> dict[str, Value]:
        day, short = days[place], shorts[place]
        price, volume = price_on(ask, code, day, venue), ask.exchange.flows.traded(code, day, ask.now, venue)
        return {
            "dt": written_day(day),
            "close_pric": directed(price.price, price.base),
            "pred_pre_sig": direction(price.price, price.base, price.upper, price.lower),
            "pred_pre": plus(price.change),
            "flu_rt": plus(price.rate),
            "trde_qty": volume.bought(),
            "shrts_qty": short.shares,
            "ovr_shrts_qty": running[place],
            "trde_wght": per_cent(percent(short.shares, volume.bought())),
            "shrts_trde_prica": cut(short.won, THOUSAND),
            "shrts_avg_pric": short.average,
        }

    return Said(rows=Rows("shrts_trnsn", range(len(days)), fill))


def lent_in_market(ask: Ask) -> Said:
    """ka10068: all shares together by day, newest first."""
    return _trend(ask, _period(ask), lambda day: _whole(ask, day))


def lent_of_share(ask: Ask) -> Said:
    """ka20068: one share by day, newest first."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("dbrt_trde_trnsn", [], lambda _: {}))
    since, until = _bounds(ask)
    days = share_days(ask, found[0], since, until)
    return _trend(ask, days, lambda day: _lent(ask, found[0], day))


def most_lent(ask: Ask) -> Said:
    """ka10069: the ten shares of a market most lent in the period; their sums, and those as parts of it."""
    days = _period(ask)
    shares = [(one, _over(ask, one.code, days)) for one in instruments_in(ask, ask.text("mrkt_tp"))]
    ranked = sorted(shares, key=lambda one: (-one[1].lent, one[0].code))[:TOP]
    ten, whole = added([one[1] for one in ranked]), added([one[1] for one in shares])
    said: dict[str, Value] = {
        "dbrt_trde_cntrcnt_sum": ten.lent,
        "dbrt_trde_rpy_sum": ten.returned,
        "rmnd_sum": ten.balance,
        "remn_amt_sum": cut(ten.worth, MILLION),
        "dbrt_trde_cntrcnt_rt": scaled(percent(ten.lent, whole.lent)),
        "dbrt_trde_rpy_rt": scaled(percent(ten.returned, whole.returned)),
        "rmnd_rt": scaled(percent(ten.balance, whole.balance)),
        "remn_amt_rt": scaled(percent(ten.worth, whole.worth)),
    }
    return Said(said, Rows("dbrt_trde_upper_10stk", ranked, lambda one: _share_row(*one)))


def lent_by_share(ask: Ask) -> Said:
    """ka90012: every share of a market on one day."""
    day = settled_day(ask, ask.day("dt"))
    shares = [(one, _lent(ask, one.code, day)) for one in instruments_in(ask, ask.text("mrkt_tp"))]
    shares.sort(key=lambda one: (-one[1].lent, one[0].code))
    return Said(rows=Rows("dbrt_trde_prps", shares, lambda one: _share_row(*one)))


def _share_row(one: Instrument, lending: LendingDay) -> Mapping[str, Value]:
    return {
        "stk_nm": one.name,
        "stk_cd": one.code,
        "dbrt_trde_cntrcnt": lending.lent,
        "dbrt_trde_rpy": lending.returned,
        "rmnd": lending.balance,
        "remn_amt": cut(lending.worth, MILLION),
    }


def _trend(ask: Ask, days: Sequence[date], told: Callable[[date], LendingDay]) -> Said:
    def fill(day: date) -> dict[str, Value]:
        lending = told(day)
        return {
            "dt": written_day(day),
            "dbrt_trde_cntrcnt": lending.lent,
            "dbrt_trde_rpy": lending.returned,
            "dbrt_trde_irds": lending.change,
            "rmnd": lending.balance,
            "remn_amt": cut(lending.worth, MILLION),
        }

    return Said(rows=Rows("dbrt_trde_trnsn", days, fill))


def _bounds(ask: Ask) -> tuple[date, date]:
    until = settled_day(ask, ask.day("end_dt"))
    return ask.day("strt_dt") or until - USUAL, until


def _period(ask: Ask) -> Sequence[date]:
    return days_between(ask, *_bounds(ask))


def _whole(ask: Ask, day: date) -> LendingDay:
    return added([_lent(ask, one.code, day) for one in ask.exchange.instruments()])


def _lent(ask: Ask, code: str, day: date) -> LendingDay:
    """A share's figures of a day; nothing moves on a day on which it has no bar."""
    lending = ask.exchange.flows.lending.on(code, day)
    if ask.exchange.market.daily.series(code, day).on(day) is None:
        return lending._replace(lent=0, returned=0)
    return lending


def _over(ask: Ask, code: str, days: Sequence[date]) -> LendingDay:
    """Lent and returned in the whole period, the balance at its end."""
    rows = [_lent(ask, code, day) for day in days]
    if not rows:
        return NO_LENDING
    return rows[0]._replace(lent=sum(row.lent for row in rows), returned=sum(row.returned for row in rows))
