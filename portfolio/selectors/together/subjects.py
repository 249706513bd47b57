"""What members talk about: a trade (``trade.12``) or a day (``2026-11-20``) of an account."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.selectors.trades import trade_of

__all__ = ["About", "about_of", "about_or_404"]


@dataclass(frozen=True, slots=True)
class About:
    """One of ``day`` and ``trade`` is there."""

    account: Account
    day: date | None = None
    trade: Trade | None = None

    @property
    def key(self) -> str:
        """As an address names it."""
        return f"trade.{self.trade.pk}" if self.trade else f"{self.day}"

    @property
    def lookup(self) -> dict[str, Any]:
        """The fields of the rows about it."""
        return {"account": self.account, "day": self.day, "trade": self.trade}

    @property
    def title(self) -> str:
        """``삼성전자 2026-11-20`` or the day."""
        if self.trade:
            return f"{self.trade.name or self.trade.symbol} {self.trade.opened_day}"
        return f"{self.day}"

    @property
    def address(self) -> str:
        """The page it stands on."""
        if self.trade:
            return reverse("portfolio:trade", args=[self.account.code, self.trade.pk])
        return reverse("portfolio:day", args=[self.account.code, str(self.day)])


def about_of(row: Any) -> About:
    """What a comment or a request is about."""
    return About(row.account, row.day, row.trade)


def about_or_404(account: Account, key: str) -> About:
    """The trade or the day of that name. Raises ``Http404`` for another account's, and for nonsense."""
    kind, _dot, number = key.partition(".")
    if kind == "trade" and number.isascii() and number.isdigit() and len(number) < 12:
        trade = trade_of(account, int(number))
        if trade is not None:
            return About(account, trade=trade)
        raise Http404
    try:
        return About(account, day=date.fromisoformat(key))
    except ValueError:
        raise Http404 from None
