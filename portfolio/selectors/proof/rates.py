"""What the account was charged: the rows its commission rate is learnt from."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from kiwoomweb.access.models import Account
from orders.models import Order
from portfolio.analytics.proof.cutting import hidden_in_average
from portfolio.analytics.proof.rates import Charge
from portfolio.models import Sale

__all__ = ["charges"]

#: More rows than these teach nothing new.
MOST = 400


def charges(account: Account, first: date, last: date) -> Iterator[Charge]:
    """Charged commissions from ``first`` to ``last``: one leg of each order, both legs of each sale."""
    span = {"account": account, "day__range": (first, last)}
    orders = Order.objects.current().filter(**span, source="ka10076", filled__gt=0, commission__gt=0)
    for filled, price, charged in orders.values_list("filled", "fill_price", "commission")[:MOST]:
        amount = Fraction(price or 0) * filled
        yield Charge(amount, amount + hidden_in_average(filled, price), charged)
    sales = Sale.objects.current().filter(**span, commission__gt=0).exclude(source="ka10072")
    columns = ("quantity", "buy_price", "sell_price", "commission")
    for quantity, bought, sold, charged in sales.order_by("day", "pk").values_list(*columns)[:MOST]:
        amount = (Fraction(bought) + Fraction(sold)) * quantity
        yield Charge(amount, amount + Fraction(quantity, 100), charged, cuts=2)
