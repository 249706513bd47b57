"""Snapshots: prices and books asked by REST, for topics whose next tick may be minutes away."""

import logging
from collections.abc import Iterable, Iterator

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls import quotes
from kiwoomweb.broker.domain import Book, Quote
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError
from market.topics import VENUE_SUFFIX, symbol_of, symbols_in

__all__ = ["snapshots"]

log = logging.getLogger(__name__)


def snapshots(account: Account, topics: Iterable[str]) -> Iterator[Quote | Book]:
    """The quote of every symbol and the book of every followed book; what the broker refuses is left out.

    Asked on the same venue as the stream listens to, or the volumes would not agree.
    """
    suffix = VENUE_SUFFIX[Environment(account.environment)]
    topics = list(topics)
    broker = gateway.broker_for(account)
    try:
        yield from quotes.quotes(broker, [symbol + suffix for symbol in symbols_in(topics)])
    except BrokerError as trouble:
        log.warning("no snapshot of quotes: %s", trouble)
    for name in topics:
        if name.startswith("book:"):
            try:
                yield quotes.book(broker, symbol_of(name) + suffix)
            except BrokerError as trouble:
                log.warning("no snapshot of %s: %s", name, trouble)
