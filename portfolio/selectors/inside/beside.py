"""What stands beside a trade: the account's worth then, the proof of its days, other trades of its kind."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, F, FloatField, Q
from django.db.models.functions import Cast

from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.proof.states import DayState
from portfolio.models import Balance, DayWorth, Review, Trade, TradeSlice
from portfolio.selectors.proof import states_between
from portfolio.selectors.trades import trades_of

__all__ = ["OtherTrades", "SetupRecord", "agreement_of", "others_of", "same_setup", "worth_before"]


@dataclass(frozen=True, slots=True)
class OtherTrades:
    """The newest other trades of the symbol, and how many there are."""

    shown: tuple[Trade, ...]
    count: int


@dataclass(frozen=True, slots=True)
class SetupRecord:
    """Closed trades of the same setup: how many, how many won, mean net won and mean R (of those with one);
    ``shown`` are the newest others of any state."""

    pk: int
    name: str
    color: str
    trades: int
    wins: int
    mean_net: int | None
    mean_r: Decimal | None
    shown: tuple[Trade, ...]

    @property
    def needs(self) -> int:
        """How many trades such a record needs to say anything."""
        return DEFINITIONS["expectancy_won"].needs


def worth_before(trade: Trade) -> int | None:
    """추정예탁자산 of the last day known before the trade was opened, else of that day itself; won."""
    for model in (DayWorth, Balance):
        rows = model.objects.current().filter(account=trade.account, day__lte=trade.opened_day)
        if told := rows.order_by("-day").values_list("estimated_assets", flat=True).first():
            return int(told)
    return None


def agreement_of(trade: Trade) -> DayState | None:
    """The worst state of the days that realised something of it; ``None`` while nothing was sold."""
    days = list(TradeSlice.objects.filter(trade=trade).values_list("day", flat=True))
    if not days:
        return None
    states = states_between(trade.account, min(days), max(days))
    found = [states[day] for day in days if day in states]
    return max(found, key=WORST.index, default=None)


WORST = [DayState.SEALED, DayState.CLOSING, DayState.OPEN, DayState.GAP, DayState.MISMATCH]


def others_of(trade: Trade, most: int = 6) -> OtherTrades:
    """Two queries by the index of symbols."""
    rows = trades_of(trade.account).filter(symbol=trade.symbol).exclude(pk=trade.pk)
    newest = rows.select_related("review__setup").order_by("-opened_day", "-pk")[:most]
    return OtherTrades(tuple(newest), rows.count())


def same_setup(trade: Trade, review: Review | None, most: int = 12) -> SetupRecord | None:
    """How the setup has done in this account, this trade included; ``None`` without a setup."""
    if review is None or review.setup is None:
        return None
    kin = trades_of(trade.account).filter(review__setup=review.setup)
    rows, others = kin.filter(state=Trade.State.CLOSED), kin.exclude(pk=trade.pk)
    in_r = Cast(F("net"), FloatField()) / Cast(F("review__risk"), FloatField())
    told = rows.aggregate(
        trades=Count("pk"),
        wins=Count("pk", filter=Q(net__gt=0)),
        mean_net=Avg("net"),
        mean_r=Avg(in_r, filter=Q(review__risk__gt=0)),
    )
    return SetupRecord(
        review.setup.pk,
        review.setup.name,
        review.setup.shown_color,
        told["trades"],
        told["wins"],
        None if told["mean_net"] is None else round(told["mean_net"]),
        None if told["mean_r"] is None else Decimal(f"{told['mean_r']:.2f}"),
        tuple(others.select_related("review").order_by("-opened_day", "-pk")[:most]),
    )
