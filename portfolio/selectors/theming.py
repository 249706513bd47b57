"""The themes of traded shares: as asked at the entry, else as they are grouped now."""

from collections.abc import Collection

import msgspec

from kiwoomweb.access.models import Account
from market.models import Kept

__all__ = ["question", "themes_now"]


def question(symbol: str) -> str:
    """The name under which a share's themes are kept."""
    return f"themes:{symbol}"


def themes_now(account: Account, symbols: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Names of the themes by symbol, of those somebody has asked about. One query."""
    wanted = {question(symbol): symbol for symbol in symbols}
    rows = Kept.objects.filter(environment=account.environment, what__startswith="themes:")
    return {
        wanted[what]: tuple(msgspec.json.decode(bytes(body), type=list[str]))
        for what, body in rows.values_list("what", "body")
        if what in wanted
    }
