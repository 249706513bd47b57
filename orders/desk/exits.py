"""Looking after exits: once a second the prices of what is watched, from the same live values the pages show.

It decides orders and sends none. Every decision is made under the exit's own key, so that two of these, or one
after a crash, are one order. Without a price of the last seconds nothing fires.
"""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from orders.desk.prices import Prices
from orders.errors import OrderError
from orders.exits.triggers import Seen
from orders.selectors.exits import unsettled, watched
from orders.selectors.stops import State, state_of, stops_of
from orders.services.deciding import decide
from orders.services.exits import attach, due, settle

__all__ = ["ExitWatch", "fire"]

EVERY = 1.0

log = logging.getLogger(__name__)


class ExitWatch:
    """Runs until ``stop`` is set, in a thread of its own, whatever goes wrong on the way."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.prices = Prices()

    def run(self) -> None:
        while not self.stop.wait(EVERY):
            try:
                self.look()
            except DatabaseError as trouble:  # it comes back; nothing can be decided meanwhile
                log.warning("exits wait: %s", type(trouble).__name__)
            except Exception:
                log.exception("exits could not be looked at")
            finally:
                close_old_connections()

    def look(self) -> None:
        """One look at every account with an exit that watches, or whose order is still on its way."""
        wanted: dict[int, set[str]] = {number: set() for number in unsettled()}
        for account_id, symbol in watched().values_list("account_id", "symbol"):
            wanted.setdefault(account_id, set()).add(symbol)
        for account in Account.objects.filter(pk__in=wanted):
            try:
                fire(account, self.prices.of(account, wanted[account.pk]), timezone.now())
            except DatabaseError:
                raise
            except Exception:  # of one account: the others' stops do not wait for it
                log.exception("the exits of account %s could not be looked at", account.pk)


def fire(account: Account, quotes: dict[str, Seen], now: datetime) -> int:
    """Settle what has fired, decide what is due; how many orders were decided."""
    settle(account)
    is_halted = state_of(stops_of(account)) is State.HALTED
    found = due(account, quotes, now, broker_now(account).date(), is_halted=is_halted)
    for one in found:
        try:
            # In nobody's name: who set it agreed then, and is not there to prove it now (C02, C03).
            decision = decide(account, None, one.ticket, one.key, origin="exit")
        except OrderError as no:
            log.warning("exit %s waits: %s", one.exit.pk, no)
        else:
            attach(one, decision.intent, now)
    return len(found)
