"""What the trades of a filter come to, in one query that reads no rows where an index can answer."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from kiwoomweb.access.models import Account
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.models import Rollup, Trade
from portfolio.models.deciding import EVEN, LOST, WON
from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.finding import filtered
from portfolio.selectors.trades import trades_of

__all__ = ["Sums", "sums_of"]

CLOSED, UNSETTLED = Q(state=Trade.State.CLOSED), Q(state=Trade.State.UNSETTLED)


@dataclass(frozen=True, slots=True)
class Sums:
    """``trades`` of any state; the rest of closed ones: counts and net won.

    ``unsettled`` of the trades are of unknown beginning."""

    trades: int
    wins: int
    losses: int
    flats: int
    net: int
    unsettled: int

    @property
    def decided(self) -> int:
        """Closed trades with a known result."""
        return self.wins + self.losses + self.flats

    @property
    def is_few(self) -> bool:
        """Too few for a rate or a mean to say anything: they are shown grey."""
        return 0 < self.decided < self.needs

    @property
    def needs(self) -> int:
        """How many closed trades a rate or a mean needs."""
        return DEFINITIONS["win_rate"].needs

    @property
    def win_rate(self) -> Decimal | None:
        """W / (W + L + B) in percent."""
        return Decimal(100 * self.wins) / self.decided if self.decided else None

    @property
    def expectancy(self) -> Decimal | None:
        """Mean net result in won."""
        return Decimal(self.net) / self.decided if self.decided else None


def sums_of(account: Account, asked: TradeFilter) -> Sums:
    """The sums of a filter. Without one they come from rollups, however many trades there are."""
    if asked.is_empty:
        return _of_all(account)
    found = filtered(account, asked).aggregate(
        trades=Count("pk"),
        wins=Count("pk", filter=WON),
        losses=Count("pk", filter=LOST),
        flats=Count("pk", filter=EVEN),
        unsettled=Count("pk", filter=UNSETTLED),
        net=Sum("net", filter=CLOSED),
    )
    return Sums(**found | {"net": found["net"] or 0})


def _of_all(account: Account) -> Sums:
    """Rollups count what closed and sum what was sold: what is open or unsettled is taken out or added."""
    months = Rollup.objects.filter(account=account, kind=Rollup.Kind.ALL, span=Rollup.Span.MONTH)
    found = months.aggregate(**{f"{name}_": Sum(name) for name in ("trades", "wins", "losses", "flats", "net")})
    kept = {name.removesuffix("_"): value or 0 for name, value in found.items()}
    others = trades_of(account).filter(state__in=(Trade.State.OPEN, Trade.State.UNSETTLED))
    rest = others.aggregate(
        still_open=Count("pk", filter=Q(closed_day=None)),
        unsettled=Count("pk", filter=UNSETTLED),
        net=Sum("net"),
    )
    return Sums(
        **kept | {"trades": kept["trades"] + rest["still_open"], "net": kept["net"] - (rest["net"] or 0)},
        unsettled=rest["unsettled"],
    )
