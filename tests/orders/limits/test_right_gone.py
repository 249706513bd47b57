"""A right that goes while an order is on its way through the house: the order goes no further."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Membership
from kiwoomweb.access.roles import Role
from orders.services import examining
from orders.services.deciding import decide
from orders.states import State


@pytest.mark.security("S-59", asvs=["15.4.2", "8.3.2"])
def test_who_may_no_longer_trade_has_ordered_nothing(
    ready: Any, trader: Any, ticket: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right goes between the door and the lock of the account; or between the decision and the sending."""
    mine = Membership.objects.get(user=trader.user)
    decided = decide(ready, trader.user, ticket(), "while-a-trader").intent
    assert decided.at is State.READY

    def barrier(*_: Any) -> None:
        Membership.objects.filter(pk=mine.pk).update(role=Role.VIEWER)

    monkeypatch.setattr(examining, "prepare", barrier)
    told = decide(ready, trader.user, ticket(quantity=9), "no-longer-one").intent
    assert (told.at, told.why_code) == (State.DENIED, "C02")
    again = examining.examine(ready, trader.user, decided.ticket, timezone.now(), again=decided)
    assert "C02" in {one.code for one in again.refusals}
