"""Questions about trades: which there are, what one is made of, and what derivation reads."""

from portfolio.selectors.trades.reading import LegLine, legs_of, trade_of, trades_of

__all__ = ["LegLine", "legs_of", "trade_of", "trades_of"]
