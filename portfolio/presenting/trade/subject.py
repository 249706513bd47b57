"""The trade as everything on its page sees it: steps, moves, bars, rates; each looked up once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.market_calendar import trading_day_after
from market.models import Instrument
from portfolio.analytics.replay.moves import Move
from portfolio.analytics.trades.costs import Rates, tax_rate
from portfolio.models import Excursion, Trade, TradeBars
from portfolio.selectors.days import clock_of
from portfolio.selectors.inside.moves import moves_of
from portfolio.selectors.inside.needs import Needs, needs_of
from portfolio.selectors.trades import LegLine, legs_of
from portfolio.services.trades.costing import Costing
from portfolio.timetable import Clock

__all__ = ["Subject"]


@dataclass
class Subject:
    """``trade`` with its account."""

    trade: Trade

    @cached_property
    def clock(self) -> Clock:
        """The broker's clock."""
        return clock_of(self.trade.account)

    @property
    def today(self) -> date:
        """The trading day the account is in."""
        return self.clock.trading_day

    @cached_property
    def legs(self) -> tuple[LegLine, ...]:
        """The steps, oldest first; none of a void trade."""
        return () if self.trade.is_void else legs_of(self.trade)

    @cached_property
    def moves(self) -> list[Move]:
        """The same with the costs the broker took."""
        return moves_of(self.trade, self.legs)

    @property
    def entry(self) -> Decimal | None:
        """The price of the first fill."""
        first = next((leg for leg in self.legs if leg.side is Side.BUY and not leg.event), None)
        return first.price if first else None

    @cached_property
    def needs(self) -> Needs:
        """The bars that belong to it."""
        days = {leg.day for leg in self.legs}
        return needs_of(self.trade, days, self.today, self.clock.corrected)

    @cached_property
    def bars(self) -> TradeBars | None:
        """How far they have been fetched."""
        return TradeBars.objects.filter(trade=self.trade).first()

    @cached_property
    def excursion(self) -> Excursion | None:
        """How far it ran."""
        return Excursion.objects.filter(trade=self.trade).first()

    @cached_property
    def rates(self) -> Rates:
        """What leaving costs: the account's own commission, the tax of a sale today or at the close."""
        commission = Costing(self.trade.account_id).commission_rate
        market = Instrument.objects.filter(symbol=self.trade.symbol).values_list("market", flat=True).first()
        settled = trading_day_after(self.trade.closed_day or self.today, 2, self.clock.corrected)
        return Rates(commission, tax_rate(settled, is_exempt=market in {"ETF", "ETN"}))
