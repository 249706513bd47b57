"""Formats: how the TRs about who traded write their numbers.

Units are cut towards zero. A net figure comes with its plain sign, or with two of them in the TRs where that
was measured (PROTOCOL 5.2: ``--335``).
"""

from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.flows.traded import Group, Traded
from kiwoomweb.simulator.replies.flows.prices import Price
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = [
    "HUNDRED_MILLION",
    "MILLION",
    "THOUSAND",
    "chosen",
    "cut",
    "doubled",
    "minus",
    "per_cent",
    "price_fields",
]

THOUSAND, MILLION, HUNDRED_MILLION = 1_000, 1_000_000, 100_000_000


def cut(value: int, unit: int) -> int:
    """In whole units, the rest cut off towards zero."""
    return value // unit if value >= 0 else -(-value // unit)


def doubled(value: int, unit: int = 1) -> str:
    """A net figure with the broker's two signs: ``--335``, ``+335``, ``0``; ``-0`` for less than a unit."""
    whole = cut(value, unit)
    if value < 0:
        return f"-{whole}" if whole else "-0"
    return plus(whole)


def minus(value: int) -> str:
    """What was sold, with a minus: ``-5689``."""
    return f"-{value}" if value else "0"


def chosen(traded: Traded, group: Group, side: str, *, won: bool) -> int:
    """매매구분 0 순매수, 1 매수, 2 매도 of a group, in shares or won."""
    if side == "1":
        return traded.paid(group) if won else traded.bought(group)
    if side == "2":
        return traded.received(group) if won else traded.sold(group)
    return traded.net_won(group) if won else traded.net(group)


def price_fields(price: Price, *, sign: str = "pre_sig", rate: bool = True) -> dict[str, Value]:
    """현재가 and how it stands to the day before; ``sign`` is the TR's name for 대비기호, "" for none."""
    said: dict[str, Value] = {
        "cur_prc": directed(price.price, price.base),
        "pred_pre": plus(price.change),
    }
    if sign:
        said[sign] = direction(price.price, price.base, price.upper, price.lower)
    if rate:
        said["flu_rt"] = plus(price.rate)
    return said


def per_cent(value: Decimal) -> str:
    """``+49.17``, ``0.00``."""
    return plus(value)
