"""Entering: note where the price of a trade stood at its first fill, by the bars kept (metrics 3.4)."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from market.models import KeptBars
from market.selectors.bars import bars_between
from portfolio.analytics.inside.entering import entered, percent_over
from portfolio.analytics.inside.shapes import Bar
from portfolio.models import EntryLevels, Trade
from portfolio.selectors.inside.needs import Needs

__all__ = ["note_levels"]

PLACES = Decimal("0.0001")


def note_levels(trade: Trade, entry: Decimal | None, days: list[Bar], needs: Needs) -> None:
    """Write the trade's levels anew from the day bars of its symbol; none when no bar tells any."""
    found, market = entered(trade.opened_day, entry, days), _market(trade, needs)
    told = {"gap": found.gap, "change": found.change, "market": market}
    told |= {f"over_{span}": found.over.get(span) for span in (5, 20, 60)}
    if not any(value is not None for value in told.values()):
        EntryLevels.objects.filter(trade=trade).delete()
        return
    rounded = {key: None if value is None else value.quantize(PLACES) for key, value in told.items()}
    with transaction.atomic():  # a derivation may have taken the trade away meanwhile
        if Trade.objects.select_for_update().filter(pk=trade.pk).exists():
            EntryLevels.objects.update_or_create(trade=trade, defaults=rounded)


def _market(trade: Trade, needs: Needs) -> Decimal | None:
    """The index of the share's market at the close of the day against its close before."""
    environment, day = trade.account.environment, KeptBars.Span.DAY
    bars = bars_between(environment, needs.index, day, needs.day_from, trade.opened_day)
    closes: dict[date, int] = {bar.moment.date(): bar.close for bar in bars if bar.close}
    today = closes.pop(trade.opened_day, None)
    last = closes[max(closes)] if closes else None
    return None if today is None or last is None else percent_over(Decimal(today), Decimal(last))
