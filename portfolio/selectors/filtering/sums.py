"""What the trades of a filter come to, in one query that reads no rows where an index can answer."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.models.deciding import EVEN, LOST, WON
from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.finding import filtered

__all__ = ["Sums", "sums_of"]

CLOSED = Q(state=Trade.State.CLOSED)


@dataclass(frozen=True, slots=True)
class Sums:
    """``trades`` of any state; the rest of closed ones: counts and net won."""

    trades: int
    wins: int
    losses: int
    flats: int
    net: int

    @property
    def decided(self) -> int:
        """Closed trades with a known result."""
        return self.wins + self.losses + self.flats

    @property
    def win_rate(self) -> Decimal | None:
        """W / (W + L + B) in percent."""
        return Decimal(100 * self.wins) / self.decided if self.decided else None

    @property
    def expectancy(self) -> Decimal | None:
        """Mean net result in won."""
        return Decimal(self.net) / self.decided if self.decided else None


def sums_of(account: Account, asked: TradeFilter) -> Sums:
    """The sums of a filter."""
    found = filtered(account, asked).aggregate(
        trades=Count("pk"),
        wins=Count("pk", filter=WON),
        losses=Count("pk", filter=LOST),
        flats=Count("pk", filter=EVEN),
        net=Sum("net", filter=CLOSED),
    )
    return Sums(**found | {"net": found["net"] or 0})
