"""Conditions: what the demo person would have put together in the broker's own terminal (영웅문4).

Formulas cannot be made over the API; an account brings them along (PROTOCOL 8.8). Cheap questions come first
in each, so that most shares are passed over at the price of a comparison.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS
from kiwoomweb.simulator.screening.facts import Facts

__all__ = ["CONDITIONS", "Condition"]

#: 10억, in won.
BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Condition:
    """``seq`` is the 일련번호 the broker lists it under."""

    seq: str
    name: str
    holds: Callable[[Facts], bool]


def surging_breakout(one: Facts) -> bool:
    """거래량 급증 돌파: above yesterday's high, up 2 %, twice the volume usual by this time of day."""
    quote, past = one.quote, one.past
    return (
        quote.price > past.high > 0
        and quote.change_rate >= 2
        and quote.volume >= 2 * past.usual_volume * max(one.elapsed, 0.02)
    )


def near_year_high(one: Facts) -> bool:
    """52주 신고가 근접: within 5 % of the highest price of a year, or above it."""
    return one.past.year_high > 0 and one.quote.price >= 0.95 * one.past.year_high


def averages_in_order(one: Facts) -> bool:
    """이평 정배열: price above the 5-day average, that above the 20-day, that above the 60-day one."""
    week, month, quarter = one.average(5), one.average(20), one.average(60)
    if week is None or month is None or quarter is None:
        return False
    return one.quote.price > week > month > quarter


def golden_cross(one: Facts) -> bool:
    """골든크로스: today the 5-day average has come above the 20-day one."""
    week, month, past = one.average(5), one.average(20), one.past.averages
    if week is None or month is None:
        return False
    return week > month and past[5] <= past[20]


def oversold_turning(one: Facts) -> bool:
    """낙폭과대 반등: 10 % below the 20-day average, and above today's open."""
    month, quote = one.average(20), one.quote
    return month is not None and quote.price <= 0.90 * month and quote.price > quote.open > 0


def gap_up_held(one: Facts) -> bool:
    """갭상승 유지: opened 1 % above yesterday's close and has not fallen below its open."""
    quote = one.quote
    return quote.open >= 1.01 * quote.base_price and quote.price >= quote.open > 0


def rising_fast(one: Facts) -> bool:
    """5분 급등: up 0.6 % within five minutes, on at least 10억 of turnover today."""
    quote = one.quote
    if quote.turnover < BILLION or quote.change <= 0:
        return False
    return quote.price >= 1.006 * one.price_before(5)


def buyers_press(one: Facts) -> bool:
    """체결강도 110 이상: buyers come to sellers, the price is up, at least 10억 traded."""
    quote = one.quote
    return quote.turnover >= BILLION and quote.change > 0 and quote.strength >= 110


def strong_hands_buy(one: Facts) -> bool:
    """외인·기관 동반 순매수: both buy more than they sell, together 3 % of what was traded."""
    turnover = one.quote.turnover
    if turnover < BILLION:
        return False
    traded = one.traded()
    foreign, houses = traded.net_won(FOREIGN), traded.net_won(INSTITUTIONS)
    return foreign > 0 and houses > 0 and foreign + houses >= 0.03 * turnover


def traded_well(one: Facts) -> bool:
    """거래대금 10억 이상: the filter a day trader starts from; the list is long."""
    return one.quote.turnover >= BILLION


def _numbered(*named: tuple[str, Callable[[Facts], bool]]) -> Mapping[str, Condition]:
    return {str(seq): Condition(str(seq), name, holds) for seq, (name, holds) in enumerate(named)}


CONDITIONS = _numbered(
    ("거래량 급증 돌파", surging_breakout),
    ("52주 신고가 근접", near_year_high),
    ("이평 정배열", averages_in_order),
    ("골든크로스 5-20", golden_cross),
    ("낙폭과대 반등", oversold_turning),
    ("갭상승 유지", gap_up_held),
    ("5분 급등", rising_fast),
    ("체결강도 110", buyers_press),
    ("외인·기관 동반 순매수", strong_hands_buy),
    ("거래대금 10억", traded_well),
)
