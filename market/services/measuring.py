"""Measuring: the price at each 편입, its worth after 1, 5, 30 minutes, at the close, 1 and 5 days later.

Everything comes from the broker's own prints and candles, later; what they do not tell stays unknown. A figure
once written is never written again (``analytics.returns`` has the formulas).
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from kiwoomweb.access.gateway import broker_for, broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.charts import candles
from kiwoomweb.broker.domain import SEOUL, Candle, Span
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError, UnknownSymbol
from kiwoomweb.broker.market_calendar import sessions, trading_day_after
from kiwoomweb.broker.pacing import Priority
from market.analytics.returns import costs_of, extremes_after, gross, last_print, net, price_after
from market.models import HitReturn, Instrument, ScreenerHit

__all__ = ["HORIZONS", "measure_hits", "price_hits", "unsettled_accounts"]

HORIZONS = ("1m", "5m", "30m", "close", "1d", "5d")
MINUTES = {"1m": 1, "5m": 5, "30m": 30}
DAYS = {"close": 0, "1d": 1, "5d": 5}
#: The official close is known a little after the closing auction.
CLOSED = timedelta(minutes=10)
#: How long prints and minutes can be asked for; then they count as gone.
PRINTS_REACH, MINUTES_REACH, DAYS_REACH = timedelta(minutes=20), timedelta(days=3), timedelta(days=60)
#: Hits looked at in one round; the next round goes on.
MOST = 400

log = logging.getLogger(__name__)
Why = HitReturn.Why


def unsettled_accounts() -> list[int]:
    """Ids of accounts with keys that have a hit without its price or its returns."""
    open_hits = ScreenerHit.objects.filter(kind=ScreenerHit.Kind.IN, is_settled=False) | (
        ScreenerHit.objects.filter(kind=ScreenerHit.Kind.OUT, price_asked=False)
    )
    with_keys = open_hits.filter(screener__account__credential__isnull=False)
    return sorted(set(with_keys.order_by().values_list("screener__account", flat=True)))


def price_hits(account: Account) -> int:
    """Find the price at every new hit: the last print at or before it (ka10079). Returns how many it found."""
    unpriced = ScreenerHit.objects.filter(screener__account=account, price=None, price_asked=False)
    hits = [*unpriced.exclude(kind=ScreenerHit.Kind.PRESENT).order_by("at")[:MOST]]
    now = broker_now(account)
    found = 0
    for symbol, group in _by_symbol(hits).items():
        prints = _Bars(account, symbol, Span.TICK)
        for hit in group:
            price = last_print(prints.told or (), hit.at)
            over = prints.told is not None and now - hit.at > PRINTS_REACH
            if price or over:
                ScreenerHit.objects.filter(pk=hit.pk, price=None).update(price=price, price_asked=True)
                found += bool(price)
    return found


def measure_hits(account: Account) -> int:
    """Write every return that is due. Returns how many rows were written."""
    hits = ScreenerHit.objects.filter(
        screener__account=account, kind=ScreenerHit.Kind.IN, is_settled=False, price_asked=True
    )
    now = broker_now(account)
    return sum(
        _measured(account, symbol, group, now)
        for symbol, group in _by_symbol(hits.prefetch_related("returns").order_by("at")[:MOST]).items()
    )


@dataclass(frozen=True, slots=True)
class _Due:
    hit: ScreenerHit
    horizon: str
    at: datetime


def _measured(account: Account, symbol: str, hits: Sequence[ScreenerHit], now: datetime) -> int:
    due = [one for hit in hits for one in _due(hit, now)]
    minutes = _Bars(account, symbol, Span.MINUTE)
    written = 0
    written += _write(account, [one for one in due if one.horizon in MINUTES], now, _minutes(minutes))
    written += _write(account, [one for one in due if one.horizon in DAYS], now, _days(account, symbol))
    _reach(hits, now, minutes)
    done = [hit.pk for hit in hits if HitReturn.objects.filter(hit=hit).count() == len(HORIZONS)]
    ScreenerHit.objects.filter(pk__in=done).update(is_settled=True)
    return written


def _due(hit: ScreenerHit, now: datetime) -> Iterable[_Due]:
    has = {row.horizon for row in hit.returns.all()}
    day = hit.at.astimezone(SEOUL).date()
    for horizon in HORIZONS:
        if horizon in MINUTES:
            at = hit.at + timedelta(minutes=MINUTES[horizon])
        else:
            on = trading_day_after(day, DAYS[horizon]) if DAYS[horizon] else day
            at = _close(datetime.combine(on, time(), tzinfo=SEOUL)) + CLOSED
        if horizon not in has and now >= at + timedelta(minutes=1):
            yield _Due(hit, horizon, at)


class _Silent(Exception):
    """The broker cannot be asked now: neither a price nor its absence is known."""


Price = Callable[[_Due], Decimal | None]


def _write(account: Account, due: Sequence[_Due], now: datetime, price_of: Price) -> int:
    """A price, or the reason why there is none and never will be; else nothing yet."""
    written = 0
    for one in due:
        reach = MINUTES_REACH if one.horizon in MINUTES else DAYS_REACH
        leaving, why = None, ""
        if not one.hit.price:
            why = Why.NO_PRICE
        elif one.horizon in MINUTES and one.at > _close(one.hit.at):
            why = Why.AFTER_CLOSE
        else:
            try:
                leaving = price_of(one)
            except _Silent:
                continue
            why = Why.NOT_TOLD if leaving is None and now - one.at > reach else ""
        if leaving is not None or why:
            written += _kept(account, one, leaving, why)
    return written


def _kept(account: Account, one: _Due, leaving: Decimal | None, why: str) -> bool:
    told: dict[str, object] = {"why": why, "price": leaving}
    if leaving is not None and one.hit.price:
        entry, kind = Decimal(one.hit.price), _kind(one.hit.symbol)
        costs = costs_of(Environment(account.environment), kind, one.at.astimezone(SEOUL).date())
        told |= {"gross": gross(entry, leaving), "net": net(entry, leaving, costs)}
    _row, is_new = HitReturn.objects.get_or_create(hit=one.hit, horizon=one.horizon, defaults=told)
    return is_new


def _minutes(bars: "_Bars") -> Price:
    """By the minutes of the day of the hit (ka10080), asked when the first of them is needed."""

    def price(one: _Due) -> Decimal | None:
        found = price_after(_of_day(bars.heard(), one.hit), one.at)
        return None if found is None else Decimal(found)

    return price


def _reach(hits: Sequence[ScreenerHit], now: datetime, bars: "_Bars") -> None:
    """Write how far the share ran from the hit to the close of its day, once that day is over."""
    for hit in hits:
        over = _close(hit.at) + CLOSED <= now <= hit.at + MINUTES_REACH
        if not over or not hit.price or hit.highest is not None or bars.told is None:
            continue
        if minutes := _of_day(bars.told, hit):
            low, high = extremes_after(minutes, hit.at, hit.price)
            ScreenerHit.objects.filter(pk=hit.pk, highest=None).update(highest=high, lowest=low)


def _of_day(bars: Sequence[Candle], hit: ScreenerHit) -> list[Candle]:
    """The bars of the day of the hit."""
    day = hit.at.astimezone(SEOUL).date()
    return [bar for bar in bars if bar.at.date() == day]


def _days(account: Account, symbol: str) -> Price:
    """By the official closes (ka10081), adjusted. A split in between lifts all bars alike, so a later close is
    brought back to the prices of the day of the hit by that day's own close, as it was written then."""
    bars = _Bars(account, symbol, Span.DAY)

    def price(one: _Due) -> Decimal | None:
        closes = {bar.at.date(): Decimal(bar.close) for bar in bars.heard()}
        close = closes.get(one.at.astimezone(SEOUL).date())
        if close is None or one.horizon == "close":
            return close
        written = one.hit.returns.filter(horizon="close", price__isnull=False).first()
        that_day = closes.get(one.hit.at.astimezone(SEOUL).date())
        return close * written.price / that_day if written and written.price and that_day else close

    return price


def _close(moment: datetime) -> datetime:
    """The end of the closing auction of its day; of no trading day, midnight."""
    day = sessions(moment.astimezone(SEOUL).date())
    return day.closing_auction.closes if day else moment.astimezone(SEOUL).replace(hour=0, minute=0)


def _kind(symbol: str) -> str:
    return Instrument.objects.filter(symbol=symbol).values_list("kind", flat=True).first() or ""


def _by_symbol(hits: Iterable[ScreenerHit]) -> dict[str, list[ScreenerHit]]:
    groups: defaultdict[str, list[ScreenerHit]] = defaultdict(list)
    for hit in hits:
        groups[hit.symbol].append(hit)
    return groups


class _Bars:
    """The newest page of bars of one symbol, asked for when first needed. Days are adjusted (수정주가)."""

    def __init__(self, account: Account, symbol: str, span: Span) -> None:
        self._account, self._symbol, self._span = account, symbol, span

    @cached_property
    def told(self) -> list[Candle] | None:
        """``None`` while the broker cannot be asked: the next round asks again."""
        try:
            broker = broker_for(self._account, Priority.BACKFILL)
            return candles(broker, self._symbol, self._span, adjusted=self._span is Span.DAY)
        except UnknownSymbol:
            return []
        except BrokerError as trouble:
            log.info("not measured: %s", trouble)
            return None

    def heard(self) -> list[Candle]:
        if self.told is None:
            raise _Silent
        return self.told
