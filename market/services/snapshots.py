"""Snapshots: prices and books asked by REST, for topics whose next tick may be minutes away."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls import quotes
from kiwoomweb.broker.domain import Book, Quote
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError
from market.topics import VENUE_SUFFIX, item_of, kind_of, place_of, places_in, topic

__all__ = ["snapshots"]

log = logging.getLogger(__name__)


def snapshots(account: Account, topics: Iterable[str]) -> Iterator[tuple[str, Quote | Book]]:
    """(place, its quote) of every share and (place, its book) of every followed book; what the broker refuses
    is left out.

    Asked on the same venue as the stream listens to, or the volumes would not agree.
    """
    usual = VENUE_SUFFIX[Environment(account.environment)]
    topics = list(topics)
    broker = gateway.broker_for(account)
    for places in _by_venue(topics).values():
        items = [item_of(topic("quote", place), usual) for place in places.values()]
        try:
            for quote in quotes.quotes(broker, items):
                if place := places.get(quote.symbol):
                    yield place, quote
        except BrokerError as trouble:
            log.warning("no snapshot of quotes: %s", trouble)
    for name in topics:
        if kind_of(name) == "book":
            try:
                yield place_of(name), quotes.book(broker, item_of(name, usual))
            except BrokerError as trouble:
                log.warning("no snapshot of %s: %s", name, trouble)


def _by_venue(topics: Iterable[str]) -> dict[str, dict[str, str]]:
    """Venue -> share -> place: an answer names the share alone, so one question asks about one venue."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for place in places_in(topics):
        symbol, _, venue = place.partition("@")
        found[venue][symbol] = place
    return found
