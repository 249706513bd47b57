"""Used up: how much of a day's limits the orders of an account have taken, by the member who gave them."""

from datetime import date

from kiwoomweb.access.models import Account
from orders.models import Intent
from orders.selectors.commitments import VAIN
from orders.tickets import Kind

__all__ = ["used_today"]


def used_today(account: Account, day: date) -> dict[int | None, int | None]:
    """Won of the orders placed on the day, by member (``None``: the server itself); at the price asked, or at
    what was filled. ``None`` won where an order at the market's price has not been filled yet: nobody knows."""
    rows = Intent.objects.filter(account=account, day=day, kind=Kind.PLACE).exclude(state__in=VAIN)
    found: dict[int | None, int | None] = {}
    for one in rows.only("created_by", "quantity", "price", "filled_amount", "remaining"):
        value = one.quantity * one.price if one.price else one.filled_amount or None
        sum_so_far = found.get(one.created_by_id, 0)
        found[one.created_by_id] = None if value is None or sum_so_far is None else sum_so_far + value
    return found
