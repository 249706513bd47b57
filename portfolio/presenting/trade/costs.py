"""비용 분해: from what the shares brought to what is left, and who says so."""

from dataclasses import dataclass
from decimal import Decimal

from portfolio.models import Trade

__all__ = ["Costs", "costs_of"]


@dataclass(frozen=True, slots=True)
class Costs:
    """Won; ``None`` is unknown. ``ours`` is 매도금액 − 매수금액 by our average, ``cut`` how far the broker's
    gross is from it (단가 절사); ``share`` is costs in percent of the gross. ``is_told`` by the broker."""

    ours: int | None
    cut: int
    gross: int | None
    commission: int | None
    tax: int | None
    interest: int
    net: int | None
    share: Decimal | None
    is_told: bool


def costs_of(trade: Trade) -> Costs:
    """Of what was sold so far."""
    ours = trade.sold - trade.cost if trade.cost is not None and trade.sold_quantity else None
    cut = trade.gross - ours if trade.gross is not None and ours is not None else 0
    costs = trade.costs
    share = Decimal(100) * costs / abs(trade.gross) if costs is not None and trade.gross else None
    is_told = trade.costs_from == Trade.Costs.BROKER
    return Costs(
        ours,
        cut,
        trade.gross,
        trade.commission,
        trade.tax,
        trade.interest or 0,
        trade.net,
        share,
        is_told,
    )
