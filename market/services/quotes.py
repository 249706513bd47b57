"""Quotes: the present price and order book of one symbol, kept with their age."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls import quotes
from kiwoomweb.broker.domain import Book, Quote
from kiwoomweb.broker.pacing import Priority
from market.services.keeping import Answer, kept_or_asked

__all__ = ["book_of", "quote_of", "quotes_of"]

#: A page drawn twice in this time asks once; the live feed takes over from there.
FRESH = timedelta(seconds=3)


def quote_of(account: Account, symbol: str) -> Answer[Quote]:
    """현재가 (ka10001). Raises ``UnknownSymbol``."""

    def ask() -> Quote:
        return quotes.quote(broker_for(account, Priority.PERSON), symbol)

    return kept_or_asked(account, f"quote:{symbol}", Quote, ask, FRESH)


def book_of(account: Account, symbol: str) -> Answer[Book]:
    """호가 (ka10004). Raises ``UnknownSymbol``."""

    def ask() -> Book:
        return quotes.book(broker_for(account, Priority.PERSON), symbol)

    return kept_or_asked(account, f"book:{symbol}", Book, ask, FRESH)


def quotes_of(account: Account, symbols: Sequence[str]) -> Answer[list[Quote]]:
    """지정종목 정보 (ka10095) of a list of symbols; what the broker does not know is left out."""

    def ask() -> list[Quote]:
        return quotes.quotes(broker_for(account, Priority.PERSON), symbols)

    digest = hashlib.sha256("|".join(symbols).encode()).hexdigest()[:32]
    return kept_or_asked(account, f"quotes:{digest}", list[Quote], ask, FRESH)
