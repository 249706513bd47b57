"""Possession: what an account has by the broker's word. The journal keeps it and is asked by signal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiwoomweb.access.models import Account
from orders.models import AccountStanding
from orders.signals import possession_asked, setups_asked

__all__ = ["Possession", "held_lately", "possession_of", "setups_of"]

#: What was held that long ago counts as held just before.
LATELY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Possession:
    """Won and shares; ``None`` is unknown. ``held`` and ``sellable`` are of one symbol, bought with one's own
    money; ``average`` is what a share of it cost. ``cash`` is 주문가능, ``settled`` 예수금 D+2, ``assets``
    추정자산.
    """

    cash: int | None = None
    settled: int | None = None
    assets: int | None = None
    held: int | None = None
    sellable: int | None = None
    average: int | None = None
    read_at: datetime | None = None


def possession_of(account: Account, symbol: str) -> Possession:
    """What the journal answers; everything unknown where it has never heard from the broker."""
    for _receiver, answer in possession_asked.send(sender=Possession, account=account, symbol=symbol):
        if isinstance(answer, Possession):
            return answer
    return Possession()


def held_lately(account: Account, symbol: str, now: datetime) -> int | None:
    """Shares held of the symbol, loans included, as told in the last minute; ``None`` where nobody asked."""
    row = AccountStanding.objects.filter(account=account, asked_at__gt=now - LATELY).first()
    if row is None:
        return None
    lots = (int(figures[0]) for key, figures in row.holdings.items() if key.partition("/")[0] == symbol)
    return sum(lots)


def setups_of(account: Account) -> list[str]:
    """The names of the team's setups, in its order."""
    answers = setups_asked.send(sender=Possession, account=account)
    return [name for _receiver, names in answers for name in names or ()]
