"""What the account was worth day by day, as the broker estimated it."""

from kiwoomweb.access.models import Account
from portfolio.models import Balance

__all__ = ["worth_by_day"]


def worth_by_day(account: Account, days: int) -> tuple[int, ...]:
    """추정자산 in won of the last so many days on which it was read, oldest first. One query."""
    rows = Balance.objects.current().filter(account=account).order_by("-day")
    return tuple(reversed(rows.values_list("estimated_assets", flat=True)[:days]))
