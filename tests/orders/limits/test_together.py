"""O-25: many orders at the same instant cannot jointly pass what each of them alone may pass.

Real threads with connections of their own, on both databases; what the database turns away is asked again.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection

from kiwoomweb.broker.domain import Side
from orders import checking
from orders.errors import InProgress, NotStored
from orders.models import AccountLimits, Intent, Reservation
from orders.services.deciding import decide
from orders.states import State
from tests.orders.limits.conftest import SHARE, stand, tell

MANY = 10


@pytest.fixture
def together(transactional_db, ready, owner, ticket, monkeypatch):
    """All at once; how many went through. One order a second (C17) would hide what is looked for."""
    others = tuple(one for one in checking.CHECKS if one.__name__ not in {"c17", "c22"})
    monkeypatch.setattr(checking, "CHECKS", others)

    def asked(**changed) -> int:
        tell(ready)
        gate = threading.Barrier(MANY)

        def one(number: int) -> None:
            gate.wait(30)
            try:
                _persist(number)
            finally:
                connection.close()

        def _persist(number: int) -> None:
            for _ in range(50):
                try:
                    decide(ready, owner.user, ticket(**changed), f"together-{number:04}")
                except (InProgress, NotStored):
                    close_old_connections()
                else:
                    return

        with ThreadPoolExecutor(MANY) as pool:
            list(pool.map(one, range(MANY)))
        assert Intent.objects.count() == MANY
        return Intent.objects.filter(state=State.READY).count()

    return asked


def limited(**figures: int) -> None:
    roomy = {"max_day": 900_000_000, "share_bp": 10_000, "max_open": 50, "trades_a_day": 999}
    AccountLimits.objects.update(figures=roomy | figures)


@pytest.mark.security("S-63", asvs=["2.3.3", "15.4.1"])
def test_the_limit_of_a_day_holds_to_the_won(together, ready):
    """C15: 700,000 won each."""
    limited(max_day=3_500_000)
    stand(ready, power=10**9, assets=10**9)
    assert together() == 5


@pytest.mark.security("S-63", asvs=["2.3.4", "15.4.3"])
def test_the_money_is_spent_once(together, ready):
    """C19: 702,450 won each at worst."""
    limited()
    stand(ready, power=3 * 702_450 + 702_449, assets=10**9)
    assert together() == 3
    assert sum(Reservation.objects.values_list("cash", flat=True)) <= 4 * 702_450 - 1


def test_the_shares_are_sold_once(together, ready):
    """C18."""
    limited()
    stand(ready, holdings={SHARE: [20, 20, 1_400_000]})
    assert together(side=Side.SELL, quantity=3) == 6


def test_the_part_of_one_holding_does_not_outgrow(together, ready):
    """C20: 1,400,000 won held, 6,000,000 allowed."""
    limited(share_bp=3_000)
    stand(ready, power=10**9)
    assert together() == 6


@pytest.mark.parametrize("limit", ["max_open", "trades_a_day"])
def test_the_number_of_orders_holds(together, ready, limit):
    """C16 and C21."""
    limited(**{limit: 4})
    stand(ready, power=10**9, assets=10**9)
    assert together() == 4
