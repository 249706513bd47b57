"""복기: the page of one trade, and the numbers its chart draws."""

from portfolio.presenting.trade.chart import SPANS, TradeChart
from portfolio.presenting.trade.page import TradePage

__all__ = ["SPANS", "TradeChart", "TradePage"]
