"""Catching up: REST snapshots into the relay, so that a page sees a price before the next tick."""

import logging
from collections.abc import Iterable
from time import time

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Book, Quote
from kiwoomweb.broker.errors import BrokerError
from market.reading import quote_snapshot
from market.relay import Relay
from market.services.snapshots import snapshots
from market.threads import in_thread

__all__ = ["catch_up"]

log = logging.getLogger(__name__)


async def catch_up(account: Account, relay: Relay, topics: Iterable[str]) -> None:
    """Ask for every symbol of the topics. What the broker will not say now stays as it was, with its age."""
    try:
        answers, moment = await in_thread(ask_all, account, list(topics))
    except BrokerError as trouble:
        log.warning("no snapshots for account %s: %s", account.pk, trouble)
        return
    heard = int(time() * 1000)
    for place, answer in answers:
        if isinstance(answer, Book):
            relay.book(answer, heard)
        elif event := quote_snapshot(answer, place, moment, heard):
            relay.snapshot(event)


def ask_all(account: Account, topics: list[str]) -> tuple[list[tuple[str, Quote | Book]], int]:
    answers = list(snapshots(account, topics))
    return answers, int(gateway.broker_now(account).timestamp())
