"""What is mine in one symbol, gathered once for the page and for the marks on its chart."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from kiwoomweb.access.models import Account
from kiwoomweb.ui.covering import bare, is_covered
from orders.selectors.fills import FillLine, fills_of
from orders.selectors.working import WorkingLine, working
from portfolio.models import Trade
from portfolio.selectors.holdings import HoldingLine, holding_of
from portfolio.selectors.trades import trades_by_fill, trades_of

__all__ = ["SymbolMine"]

#: Fills listed under the chart; the chart itself shows all of them.
SHOWN = 8
SHOWN_TRADES = 5


@dataclass
class SymbolMine:
    account: Account
    symbol: str

    @cached_property
    def holding(self) -> HoldingLine | None:
        return holding_of(self.account, self.symbol)

    @cached_property
    def orders(self) -> list[WorkingLine]:
        """Orders of the symbol that still wait, ours and those of other channels; none twice over a change."""
        return [line for line in working(self.account, self.symbol) if not line.is_changed]

    @cached_property
    def fills(self) -> tuple[FillLine, ...]:
        """Every fill of the symbol ever, oldest first."""
        return fills_of(self.account, self.symbol)

    @cached_property
    def trade_numbers(self) -> dict[tuple[date, str, str], int]:
        """The trade of each fill."""
        return trades_by_fill(self.account, self.symbol) if self.fills else {}

    @property
    def last_fills(self) -> list[tuple[FillLine, int | None]]:
        """Newest first, each with the trade it belongs to."""
        return [(fill, self.trade_number(fill)) for fill in self.fills[: -SHOWN - 1 : -1]]

    def trade_number(self, fill: FillLine) -> int | None:
        """``None`` while the fill has not become part of a trade."""
        return self.trade_numbers.get((fill.day, fill.order_no, fill.fill_no))

    @cached_property
    def trades(self) -> tuple[Trade, ...]:
        """The newest trades of the symbol, each with a page of its own."""
        rows = trades_of(self.account).filter(symbol=self.symbol)
        return tuple(rows.order_by("-opened_day", "-pk")[:SHOWN_TRADES])

    def as_marks(self) -> dict[str, Any]:
        """JSON for the browser. ``at`` is epoch seconds, ``null`` where only the day is known;
        ``trade`` the number of the trade's page."""
        return {
            "average": self.holding.average_cost if self.holding else None,
            "quantity": bare(self.holding.quantity) if self.holding else 0,
            "orders": [
                {"no": order.order_no, "price": order.price, "remaining": order.remaining, "side": order.side}
                for order in ([] if is_covered() else self.orders)
            ],
            "fills": [
                {
                    "at": moment(fill.filled_at),
                    "day": fill.day,
                    "side": fill.side,
                    "quantity": 1 if is_covered() else fill.quantity,
                    "price": fill.price,
                    "trade": self.trade_number(fill),
                }
                for fill in self.fills
            ],
        }


def moment(at: datetime | None) -> int | None:
    return int(at.timestamp()) if at else None
