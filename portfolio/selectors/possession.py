"""What an account has, as the pages of ordering ask for it."""

from kiwoomweb.access.models import Account
from orders.selectors.possession import Possession
from portfolio.models import Tag, TagGroup
from portfolio.selectors.holdings import assets

__all__ = ["possession", "setup_names"]


def possession(account: Account, symbol: str) -> Possession:
    """Holdings and cash as last told. A symbol that is not among known holdings is held by 0 shares."""
    found = assets(account)
    lot = next((line for line in found.lines if line.symbol == symbol and not line.lot), None)
    is_told = found.day is not None
    return Possession(
        cash=found.cash.buying_power if found.cash else None,
        settled=found.cash.d2 if found.cash else None,
        assets=found.estimated_assets,
        held=lot.quantity if lot else (0 if is_told else None),
        sellable=lot.sellable if lot else (0 if is_told else None),
        average=lot.average_cost if lot else None,
        read_at=found.read_at,
    )


def setup_names(account: Account) -> list[str]:
    """The setups a trade's review offers, by group and place."""
    tags = Tag.objects.filter(group__team=account.team_id, group__kind=TagGroup.Kind.SETUP)
    live = tags.filter(retired_at=None, group__retired_at=None).order_by("group__position", "position", "pk")
    return list(live.values_list("name", flat=True))
