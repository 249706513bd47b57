"""What is held now as stakes: value and sector of each symbol, beside the worth of the whole account."""

from collections import defaultdict

from kiwoomweb.access.models import Account
from market.models import Instrument
from portfolio.analytics.path.exposure import Stake
from portfolio.selectors.holdings import assets

__all__ = ["stakes_of"]


def stakes_of(account: Account) -> tuple[list[Stake], int | None]:
    """One stake a symbol, lots together, by the holdings as last read; and 추정자산 in won when it is known."""
    found = assets(account)
    values: dict[str, int] = defaultdict(int)
    for line in found.lines:
        values[line.symbol] += line.value
    sectors = dict(Instrument.objects.filter(symbol__in=values).values_list("symbol", "sector"))
    stakes = [Stake(symbol, value, sectors.get(symbol, "")) for symbol, value in values.items()]
    return stakes, found.estimated_assets
