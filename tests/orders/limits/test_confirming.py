"""The dialog before an order says how long it may wait (order safety 3.10)."""

import pytest

from kiwoomweb.broker.domain import OrderKind, Venue
from orders.presenting.confirming import ConfirmPage


@pytest.mark.parametrize(
    ("order", "stays"),
    [
        ({"venue": Venue.SOR}, True),
        ({"venue": Venue.NXT}, True),
        ({"venue": Venue.KRX}, False),
        ({"venue": Venue.SOR, "order_kind": OrderKind.LIMIT_IOC}, False),
    ],
)
def test_who_orders_where_trading_goes_on_in_the_evening_is_told_so(ready, owner, ticket, order, stays):
    page = ConfirmPage(ready, owner.user, ticket(**order))
    assert ("애프터마켓" in page.stays) is stays
