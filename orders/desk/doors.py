"""Doors: the broker as the order process may use it. Only through here an order can be sent."""

from typing import Protocol

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.ordering import OrderDoor
from kiwoomweb.broker.pacing import Priority

__all__ = ["Door", "door", "spare"]


class Door(Broker, OrderDoor, Protocol):
    """Somebody who asks and orders, and who can make the token all of us use worthless."""

    def revoke(self) -> None: ...


def spare(account: Account) -> Door:
    """One that goes on when the database does not answer: made while it still does."""
    return gateway.spare_broker_for(account)


def door(account: Account, priority: Priority) -> Door:
    """A client that may order for the account. Raises ``NotConnected`` or ``KeysUnreadable``."""
    return gateway.order_broker_for(account, priority)
