"""The numbers of a trade's chart as one JSON object: bars, fills, average, running P&L, peaks, the index below.

``i`` is always the number of a bar. Prices are won, times what the chart library takes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.ui.covering import is_covered
from kiwoomweb.ui.templatetags.money import price, won
from market.analytics.bars import PlainBar, wider
from market.models import KeptBars
from market.selectors.bars import bars_between
from market.services.candles import SPANS as LIVE
from market.services.candles import candles_of
from portfolio.analytics.replay.running import Point, running
from portfolio.models import Excursion, Trade
from portfolio.presenting.trade.slots import Slots, slots
from portfolio.presenting.trade.subject import Subject
from portfolio.presenting.trade.words import event_words, index_name
from portfolio.selectors.inside.bars import around

__all__ = ["SPANS", "TradeChart", "usual_span"]

#: The tabs: key -> (label, minutes).
SPANS = {
    "day": (gettext_lazy("일"), 0),
    "60m": (gettext_lazy("60분"), 60),
    "15m": (gettext_lazy("15분"), 15),
    "5m": (gettext_lazy("5분"), 5),
    "1m": (gettext_lazy("1분"), 1),
    "tick": (gettext_lazy("틱"), 0),
}
DAY = 86_400
#: Calendar days held up to which quarters and hours still show a trade whole; trading minutes for single ones.
WEEK, MONTH, HOUR_AND_HALF = 7, 28, 90
#: Days of bars before and after the trade on the daily chart.
BESIDE = timedelta(days=90)


def usual_span(trade: Trade, today: date) -> str:
    """What shows the whole trade at a glance."""
    ends = trade.closed_day or today
    held = (ends - trade.opened_day).days
    if held:
        return "15m" if held <= WEEK else "60m" if held <= MONTH else "day"
    return "1m" if trade.closed_day and (trade.held_minutes or 0) <= HOUR_AND_HALF else "5m"


@dataclass
class TradeChart:
    """``span`` is one of ``SPANS``; ``adjusted`` shows 수정주가 instead of the prices of the day."""

    subject: Subject
    span: str
    adjusted: bool = False

    @property
    def trade(self) -> Trade:
        """Whose chart it is."""
        return self.subject.trade

    def as_json(self) -> dict[str, Any]:
        """Everything the browser draws."""
        return {
            "span": self.span,
            "bars": self._bars(),
            "fills": self._fills(),
            "running": [self._point(point) for point in self._running],
            "begin": self._begin,
            "average": [number(point.average * self._factor_at(n)) if point.average else None
                        for n, point in enumerate(self._running, self._begin)],
            "peaks": self._peaks(),
            "index": self._index(),
            "resolution": self.resolution,
            "kept": self._kept_words(),
            "trouble": self._trouble(),
        }  # fmt: skip

    @cached_property
    def slots(self) -> Slots:
        """The time axis."""
        return slots(self._plain, self.subject.moves, self._width)

    @property
    def resolution(self) -> str:
        """``tick``, ``minute`` or ``day``: what the bars were made of."""
        if not self._plain:
            return ""
        return {"day": "day", "tick": "tick"}.get(self.span, "minute")

    @property
    def _width(self) -> int:
        return DAY if self.span == "day" else SPANS[self.span][1] * 60

    @cached_property
    def _plain(self) -> list[PlainBar]:
        kept, needs = around(self.trade, self.subject.needs), self.subject.needs
        if self.span == "tick":
            return kept.ticks
        if self.span != "day":
            return wider(kept.minutes, SPANS[self.span][1])
        first, last = needs.first - BESIDE, needs.last + BESIDE
        return [bar for bar in kept.days if first <= bar.moment.date() <= last]

    @cached_property
    def _running(self) -> list[Point]:
        moves = self.subject.moves
        if not moves or not self.slots.starts:
            return []
        width = timedelta(seconds=self._width)
        return running(moves, self.slots.as_bars(moves), width, self.subject.rates)[: len(self.slots.starts)]

    @property
    def _begin(self) -> int:
        moves = self.subject.moves
        return (self.slots.place(moves[0].at) or 0) if moves and self.slots.starts else 0

    def _bars(self) -> list[list[Any]]:
        found: list[list[Any]] = []
        for n, (time, bar) in enumerate(zip(self.slots.times, self.slots.bars, strict=True)):
            if bar is None:
                found.append([time, None, None, None, None, None])
                continue
            factor = self._factor_at(n) / 100
            prices = (number(price * factor) for price in (bar.open, bar.high, bar.low, bar.close))
            found.append([time, *prices, bar.volume])
        return found

    def _point(self, point: Point) -> list[Any]:
        return [None, None] if is_covered() else [point.pnl, point.held]

    def _fills(self) -> list[dict[str, Any]]:
        """Fills and events in order, each at its slot; ``null`` where no bar reaches back to it."""
        return [
            {
                "i": self.slots.place(move.at) if self.slots.starts else None,
                "at": move.at.astimezone(SEOUL).strftime("%m-%d %H:%M"),
                "side": "event" if move.event else "buy" if move.quantity > 0 else "sell",
                "quantity": 1 if is_covered() else abs(move.quantity),
                "text": event_words(move.event)
                if move.event
                else _("%(n)s주 %(price)s") % {"n": won(abs(move.quantity)), "price": price(move.price)},
            }
            for move in self.subject.moves
        ]

    def _peaks(self) -> list[dict[str, Any]]:
        row = self.subject.excursion
        if row is None or not self.slots.starts:
            return []
        found = (("mfe", row.highest_at, row.highest), ("mae", row.lowest_at, row.lowest))
        return [
            {"kind": kind, "i": i, "text": f"{kind.upper()} {price(self._as_traded(row, kind, i, level))}"}
            for kind, at, level in found
            if (i := self.slots.place(at)) is not None
        ]

    def _as_traded(self, row: Excursion, kind: str, i: int, price: Decimal) -> Decimal:
        """The price as it stood on the chart: with a split in between the row counts in later shares."""
        bar = self.slots.bars[i]
        if bar is None or not any(move.event for move in self.subject.moves):
            return price
        return Decimal(bar.high if kind == "mfe" else bar.low) / 100

    def _index(self) -> dict[str, Any] | None:
        """The index at the same slots, as levels."""
        needs, starts = self.subject.needs, self.slots.starts
        if not starts or self.span == "tick":
            return None
        which = KeptBars.Span.DAY if self.span == "day" else KeptBars.Span.MINUTE
        first, last = (
            (needs.day_from, needs.day_to) if self.span == "day" else (needs.minutes[0], needs.minutes[-1])
        )
        told = bars_between(self.trade.account.environment, needs.index, which, first, last)
        levels = {
            bar.at: bar.close for bar in (told if self.span == "day" else wider(told, SPANS[self.span][1]))
        }
        found = [levels.get(start) for start in starts]
        if not any(found):
            return None
        return {
            "name": index_name(needs.index),
            "levels": [None if level is None else level / 100 for level in found],
        }

    def _kept_words(self) -> str:
        """Since when these bars are kept."""
        row = self.subject.bars
        if row is None or row.checked_at is None or not self._plain:
            return ""
        words = {"tick": _("틱"), "minute": _("1분봉"), "day": _("일봉")}[self.resolution]
        at = row.checked_at.astimezone(SEOUL)
        return _("%(what)s · %(at)s 확인, 계속 보관") % {"what": words, "at": at.strftime("%m-%d %H:%M")}

    def _trouble(self) -> str:
        if self.span == "tick" and not self._plain:
            return _("틱은 키움이 최근 것만 줍니다. 이 거래의 틱은 보관하지 못했습니다. 1분봉을 보세요.")
        if self.adjusted and not self._factors:
            return _("수정주가를 받지 못해 그때의 가격으로 보입니다.")
        if self.subject.needs.is_thinned and self.span not in {"day", "tick"}:
            return _("20거래일을 넘게 든 거래는 체결이 있던 날만 분봉을 보관합니다.")
        row = self.subject.bars
        if not self._plain:
            return (row.trouble if row else "") or _(
                "아직 이 거래의 봉을 가져오지 못했습니다. 곧 다시 시도합니다."
            )
        return row.trouble if row else ""

    @cached_property
    def _factors(self) -> dict[date, Decimal]:
        """수정주가 over the price of the day, for the days the broker's adjusted bars reach."""
        if not self.adjusted:
            return {}
        try:
            told = candles_of(self.trade.account, self.trade.symbol, LIVE["day"], adjusted=True).value or []
        except UnknownSymbol:
            return {}
        adjusted = {bar.at.astimezone(SEOUL).date(): bar.close for bar in told}
        raw = {bar.moment.date(): bar.close for bar in around(self.trade, self.subject.needs).days}
        return {day: Decimal(adjusted[day]) * 100 / raw[day] for day in raw if day in adjusted and raw[day]}

    def _factor_at(self, n: int) -> Decimal:
        if not self._factors or n >= len(self.slots.starts):
            return Decimal(1)
        bar = self.slots.bars[n]
        return self._factors.get(bar.moment.date(), Decimal(1)) if bar else Decimal(1)


def number(value: Decimal | int) -> int | float:
    """Whole won as whole numbers; the chart takes no text."""
    return int(value) if value == int(value) else round(float(value), 2)
