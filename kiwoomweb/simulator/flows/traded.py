"""Traded: who bought and sold how much, in shares and won, by kind of investor."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType

__all__ = [
    "BY_CODE",
    "EVERYBODY",
    "FOREIGN",
    "INDIVIDUAL",
    "INSTITUTIONS",
    "NOTHING",
    "Group",
    "Investor",
    "Traded",
    "summed",
]


class Investor(IntEnum):
    """투자자구분. The numbers are places in a row of figures, not the exchange's codes."""

    INDIVIDUAL = 0
    FOREIGN = 1
    DEALER = 2  # 금융투자
    INSURER = 3
    TRUST = 4  # 투신
    OTHER_FINANCE = 5
    BANK = 6
    PENSION = 7
    PRIVATE_FUND = 8
    STATE = 9
    CORPORATION = 10  # 기타법인
    RESIDENT_FOREIGN = 11  # 내외국인


Group = tuple[Investor, ...]

INDIVIDUAL: Group = (Investor.INDIVIDUAL,)
FOREIGN: Group = (Investor.FOREIGN,)
#: 기관계
INSTITUTIONS: Group = tuple(Investor(place) for place in range(2, 10))
EVERYBODY: Group = tuple(Investor)

KINDS = len(Investor)
BUY, SELL, PAID, RECEIVED = (KINDS * block for block in range(4))


class Traded:
    """One row of figures: shares bought and sold, won paid and received, each by investor.

    Sums of buys equal sums of sells; what is asked of a group is added up over its members.
    """

    __slots__ = ("figures",)

    def __init__(self, figures: Sequence[int]) -> None:
        self.figures = figures

    def bought(self, group: Group = EVERYBODY) -> int:
        """Shares."""
        return sum(self.figures[BUY + who] for who in group)

    def sold(self, group: Group = EVERYBODY) -> int:
        """Shares."""
        return sum(self.figures[SELL + who] for who in group)

    def paid(self, group: Group = EVERYBODY) -> int:
        """Won paid for what was bought."""
        return sum(self.figures[PAID + who] for who in group)

    def received(self, group: Group = EVERYBODY) -> int:
        """Won received for what was sold."""
        return sum(self.figures[RECEIVED + who] for who in group)

    def net(self, group: Group) -> int:
        """순매수 in shares."""
        return self.bought(group) - self.sold(group)

    def net_won(self, group: Group) -> int:
        """순매수 in won."""
        return self.paid(group) - self.received(group)

    def in_units(self, shares: int, won: int) -> "Traded":
        """Counted in lots of ``shares`` and ``won``, every figure cut by itself."""
        return Traded(
            [figure // shares for figure in self.figures[:PAID]]
            + [figure // won for figure in self.figures[PAID:]]
        )


NOTHING = Traded((0,) * (4 * KINDS))


def summed(parts: Iterable[Traded]) -> Traded:
    """Several rows as one, in a plain array: thousands of sums are kept."""
    rows = [part.figures for part in parts]
    if len(rows) == 1:
        return Traded(array("q", rows[0]))
    return Traded(array("q", map(sum, zip(*rows, strict=True)))) if rows else NOTHING


#: The exchange's code of an investor (``invsr_tp``, ``orgn_tp``) -> who that is.
BY_CODE: Mapping[str, Group] = MappingProxyType(
    {
        "8000": INDIVIDUAL,
        "9000": FOREIGN,
        "1000": (Investor.DEALER,),
        "2000": (Investor.INSURER,),
        "3000": (Investor.TRUST,),
        "3100": (Investor.PRIVATE_FUND,),
        "4000": (Investor.BANK,),
        "5000": (Investor.OTHER_FINANCE,),
        "6000": (Investor.PENSION,),
        "7000": (Investor.STATE,),
        "7100": (Investor.CORPORATION,),
        "9999": INSTITUTIONS,
    }
)
