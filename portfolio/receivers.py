"""What the journal does when the orders app has something new."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from orders.signals import fills_recorded
from portfolio.services.hurrying import AFTER_A_FILL, hurry

__all__ = ["ask_again_after_fills"]


@receiver(fills_recorded)
def ask_again_after_fills(sender: object, *, account_id: int, day: date, **_rest: Any) -> None:
    """New fills change holdings, cash and results: ask for them now."""
    hurry(account_id, AFTER_A_FILL)
