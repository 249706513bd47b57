"""Exits read: those that watch, those to be shown, and the shares they may sell."""

from datetime import datetime

from django.db.models import QuerySet, Sum

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side
from orders.exits.sizing import Stock, Stocks
from orders.models import Exit, Fill
from orders.selectors.possession import possession_of
from orders.selectors.working import working

__all__ = ["exits_of", "stocks_of", "unsettled", "watched", "watching"]

#: Shown beside those that live: the last that have ended.
SHOWN = 5
ALIVE = (Exit.State.WATCHING, Exit.State.STUCK)


def watching(account: Account) -> list[Exit]:
    """Every exit that watches, oldest first: the older one sells first."""
    rows = Exit.objects.filter(account=account, state=Exit.State.WATCHING)
    return list(rows.select_related("account", "made_by").order_by("pk"))


def watched() -> QuerySet[Exit]:
    """Of all accounts: what the order process has to follow."""
    return Exit.objects.filter(state=Exit.State.WATCHING)


def unsettled() -> set[int]:
    """Accounts with a fired exit whose order is not known to have sold everything yet."""
    fired = Exit.objects.filter(state=Exit.State.FIRED, ended_at=None)
    return set(fired.values_list("account_id", flat=True))


def exits_of(account: Account, symbol: str = "") -> list[Exit]:
    """Those alive, then the last that are over; of one symbol or of all."""
    mine = Exit.objects.filter(account=account, **({"symbol": symbol} if symbol else {}))
    mine = mine.select_related("made_by", "intent")
    over = mine.exclude(state__in=ALIVE).exclude(state=Exit.State.REMOVED).order_by("-pk")[:SHOWN]
    return [*mine.filter(state__in=ALIVE).order_by("symbol", "pk"), *over]


class _Held(dict[str, Stock]):
    """Stocks looked up when first asked for: an exit seldom fires, and then one symbol matters."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account
        self._leaving: dict[str, int] | None = None

    def get(self, symbol: str, default: Stock | None = None) -> Stock | None:  # type: ignore[override]
        """The stock of the symbol, or ``default`` where nobody knows what is held."""
        if symbol not in self:
            has = possession_of(self._account, symbol)
            if has.held is None:
                return default
            leaving = self._out().get(symbol, 0) + self._sold_since(symbol, has.read_at)
            self[symbol] = Stock(has.held, leaving)
        return self[symbol]

    def _sold_since(self, symbol: str, read_at: datetime | None) -> int:
        """Shares sold after the holdings were read: the broker's figure still has them."""
        sold = Fill.objects.current().filter(account=self._account, symbol=symbol, side=Side.SELL)
        sold = sold.filter(recorded_at__gt=read_at) if read_at else sold
        return sold.aggregate(shares=Sum("quantity"))["shares"] or 0

    def _out(self) -> dict[str, int]:
        if self._leaving is None:
            self._leaving = {}
            for line in working(self._account):
                if line.side == Side.SELL:
                    self._leaving[line.symbol] = self._leaving.get(line.symbol, 0) + line.remaining
        return self._leaving


def stocks_of(account: Account) -> Stocks:
    """What may be sold: held by the broker's word, minus all that is already on its way out or may be."""
    return Stocks(_Held(account))
