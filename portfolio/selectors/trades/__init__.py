"""Questions about trades: which there are, what one is made of, and what derivation reads."""

from portfolio.selectors.trades.placing import orders_by_trade, trades_by_fill
from portfolio.selectors.trades.reading import LegLine, legs_of, trade_of, trades_of

__all__ = ["LegLine", "legs_of", "orders_by_trade", "trade_of", "trades_by_fill", "trades_of"]
