"""오늘 복기할 거래: what waits for a review, one after another."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.presenting.review import ReviewPanel
from portfolio.presenting.trade import TradePage
from portfolio.presenting.trade.subject import Subject
from portfolio.selectors.reviews.queue import WINDOW, next_waiting, waiting
from portfolio.selectors.trades import trade_of

__all__ = ["QueuePage"]

#: Trades listed beside the one that is gone over.
LISTED = 30


@dataclass
class QueuePage:
    """``asked`` is the number of the trade to go over, from the address; nonsense is the first that waits."""

    account: Account
    asked: str = ""
    may_write: bool = False

    @cached_property
    def trade(self) -> Trade | None:
        """The trade that is gone over; nothing when all is done."""
        number = (
            int(self.asked) if self.asked.isascii() and self.asked.isdigit() and len(self.asked) < 19 else 0
        )
        found = trade_of(self.account, number) if number else None
        return found.present if found else next(iter(self.listed), None)

    @cached_property
    def listed(self) -> list[Trade]:
        """The first of what waits, oldest first."""
        return list(waiting(self.account)[: LISTED + 1])

    @property
    def has_more(self) -> bool:
        """More wait than are listed."""
        return len(self.listed) > LISTED

    @property
    def days(self) -> int:
        """How many days back the queue reaches."""
        return WINDOW.days

    @cached_property
    def next(self) -> int | None:
        """The number of the trade after this one."""
        return next_waiting(self.account, self.trade) if self.trade else None

    @property
    def then(self) -> str:
        """Where 복기 완료 leads."""
        queue = reverse("portfolio:queue", args=[self.account.code])
        return f"{queue}?trade={self.next}" if self.next else queue

    @cached_property
    def whole(self) -> TradePage | None:
        """What the trade's own page knows of it: its chart and its note stand here too."""
        if self.trade is None:
            return None
        self.trade.account = self.account
        return TradePage(Subject(self.trade), QueryDict(), self.may_write)

    @property
    def panel(self) -> ReviewPanel | None:
        """The review of the trade that is gone over."""
        if self.trade is None:
            return None
        return ReviewPanel(self.account, self.trade, self.may_write, then=self.then)
