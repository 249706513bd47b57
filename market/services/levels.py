"""Levels: the candles of an index and of gold for the chart, kept with their age."""

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.gold import CHARTS, gold_candles
from kiwoomweb.broker.calls.indices import index_candles, index_quote
from kiwoomweb.broker.domain import Candle, IndexCandle, IndexQuote
from kiwoomweb.broker.pacing import Priority
from market.services.candles import SPANS, ChartSpan
from market.services.keeping import Answer, kept_or_asked
from market.services.replies import FRESH

__all__ = ["GOLD_SPANS", "gold_candles_of", "index_candles_of", "index_of"]

GOLD_SPANS = {key: span for key, span in SPANS.items() if span.span in CHARTS}


def index_of(account: Account, sector: str) -> Answer[IndexQuote]:
    """업종현재가 (ka20001). Raises ``UnknownSymbol``."""

    def ask() -> IndexQuote:
        return index_quote(broker_for(account, Priority.PERSON), sector)

    return kept_or_asked(account, f"index:{sector}", IndexQuote, ask, FRESH)


def index_candles_of(account: Account, sector: str, span: ChartSpan) -> Answer[list[IndexCandle]]:
    """One page of candles of a sector index, oldest first."""

    def ask() -> list[IndexCandle]:
        broker = broker_for(account, Priority.PERSON)
        return index_candles(broker, sector, span.span, minutes=span.minutes or 1)

    return kept_or_asked(account, f"index:{sector}:{span.key}", list[IndexCandle], ask, span.fresh)


def gold_candles_of(account: Account, symbol: str, span: ChartSpan) -> Answer[list[Candle]]:
    """One page of candles of a gold contract, oldest first."""

    def ask() -> list[Candle]:
        broker = broker_for(account, Priority.PERSON)
        return gold_candles(broker, symbol, span.span, minutes=span.minutes or 1)

    return kept_or_asked(account, f"gold:{symbol}:{span.key}", list[Candle], ask, span.fresh)
