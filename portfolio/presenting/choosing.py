"""Choosing: a page of days that shows the trades its address asks for, and carries the question in links."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.http import QueryDict

from kiwoomweb.access.models import Account, User
from portfolio.presenting.filter_bar import FilterBar
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.filtering.results import Chosen

__all__ = ["Choosing"]


@dataclass(kw_only=True)
class Choosing:
    """What such a page is made of. ``query`` is its address's; ``OWN`` what the address says of the page itself
    and a new filter keeps."""

    OWN: ClassVar[tuple[str, ...]] = ()

    account: Account
    query: QueryDict | None = None
    person: User | None = None

    @cached_property
    def trading_day(self) -> date:
        """The trading day the account is in."""
        return today_of(self.account)

    def said(self, name: str) -> str:
        """One word of the address; empty when it says nothing of it."""
        return str(self.query.get(name, "")) if self.query else ""

    @cached_property
    def asked(self) -> TradeFilter:
        """The filter of the address."""
        return TradeFilter.parse(self.query or {}, self.trading_day)

    @cached_property
    def chosen(self) -> Chosen:
        """The trades it asks for."""
        return Chosen(self.account, self.asked)

    @property
    def is_chosen(self) -> bool:
        """Whether the page shows some of the trades alone."""
        return not self.asked.is_empty

    @cached_property
    def bar(self) -> FilterBar | None:
        """The filter bar, for whoever is signed in."""
        kept = {name: said for name in self.OWN if (said := self.said(name))}
        return FilterBar(self.account, self.person, self.asked, kept) if self.person else None

    @property
    def carried(self) -> str:
        """The filter behind other words of an address: ``&tag=3``, or nothing."""
        return f"&{self.asked.query()}" if self.is_chosen else ""

    @property
    def onward(self) -> str:
        """The filter as the whole query of a link: ``?tag=3``, or nothing."""
        return f"?{self.asked.query()}" if self.is_chosen else ""
