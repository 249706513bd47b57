"""오늘 복기할 거래: what waits for a review, one after another."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from kiwoomweb.access.models import Account, User
from portfolio.models import Trade
from portfolio.presenting.filter_bar import FilterBar
from portfolio.presenting.review import ReviewPanel
from portfolio.presenting.trade import TradePage
from portfolio.presenting.trade.subject import Subject
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.reviews.queue import WINDOW, next_waiting, waiting
from portfolio.selectors.trades import trade_of

__all__ = ["QueuePage"]

#: Trades listed beside the one that is gone over.
LISTED = 30


@dataclass
class QueuePage:
    """``query`` is the address's: a filter, and ``trade``, the number of the one to go over; nonsense is the
    first that waits."""

    account: Account
    person: User
    query: QueryDict
    may_write: bool = False

    @cached_property
    def filter(self) -> TradeFilter:
        """Of what waits only these."""
        return TradeFilter.parse(self.query, today_of(self.account))

    @cached_property
    def bar(self) -> FilterBar:
        """The filter bar above."""
        return FilterBar(self.account, self.person, self.filter)

    @property
    def kept(self) -> str:
        """The filter as it follows ``?trade=5`` in an address."""
        asked = self.filter.query()
        return f"&{asked}" if asked else ""

    @cached_property
    def trade(self) -> Trade | None:
        """The trade that is gone over; nothing when all is done."""
        asked = self.query.get("trade", "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
        found = trade_of(self.account, number) if number else None
        return found.present if found else next(iter(self.listed), None)

    @cached_property
    def listed(self) -> list[Trade]:
        """The first of what waits, oldest first."""
        return list(waiting(self.account, asked=self.filter)[: LISTED + 1])

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
        return next_waiting(self.account, self.trade, self.filter) if self.trade else None

    @property
    def then(self) -> str:
        """Where 복기 완료 leads."""
        queue = reverse("portfolio:queue", args=[self.account.code])
        asked = self.filter.query()
        return f"{queue}?trade={self.next}{self.kept}" if self.next else f"{queue}?{asked}" if asked else queue

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
