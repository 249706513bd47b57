"""The only door to the broker: whoever wants to ask for an account asks here for a client.

    with gateway.answers(account) as heard:            # notes trouble, collects the raw replies' ids
        balance = calls.account.balance(gateway.broker_for(account))
    heard.replies -> [BrokerReply ids, in order]

Never ask inside a database transaction: the raw reply must stay even if what follows fails, and a slow broker
must not hold the write lock.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from kiwoomweb.access import broker_clock
from kiwoomweb.access.models import Account
from kiwoomweb.broker.environment import Environment

if TYPE_CHECKING:
    from kiwoomweb.broker.client import Client
    from kiwoomweb.broker.stream import Stream

__all__ = ["broker_for", "broker_now", "stream_for"]


def broker_for(account: Account) -> "Client":
    """A client that speaks for the account. Raises ``NotConnected`` when it has no keys.

    Cheap and shared: one per account and process, safe to use from threads.
    """
    raise NotImplementedError


def stream_for(account: Account) -> "Stream":
    """The account's realtime socket, not yet opened. Raises ``NotConnected`` when it has no keys."""
    raise NotImplementedError


def broker_now(account: Account) -> datetime:
    """The present moment where the account trades, in Seoul; every "today" is decided by it."""
    return broker_clock.now_at(Environment(account.environment))
