"""What the address of a statistics page asks for: which trades, before or after costs, in won or in R."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter, filtered, names_of

__all__ = ["BASES", "UNITS", "Asked"]

BASES = {"net": gettext_lazy("순손익"), "gross": gettext_lazy("총손익")}
UNITS = {"won": gettext_lazy("원"), "r": "R"}


@dataclass
class Asked:
    """The filter lives in the address beside ``basis`` (net is the default everywhere) and ``unit``."""

    account: Account
    query: QueryDict

    @cached_property
    def today(self) -> date:
        """The trading day the account is in."""
        return today_of(self.account)

    @cached_property
    def filter(self) -> TradeFilter:
        """Which trades."""
        return TradeFilter.parse(self.query, self.today)

    @property
    def basis(self) -> str:
        """``net`` after costs, ``gross`` before."""
        return "gross" if self.query.get("basis") == "gross" else "net"

    @property
    def unit(self) -> str:
        """``won``, or ``r``: in multiples of what the first stop put at risk."""
        return "r" if self.query.get("unit") == "r" else "won"

    @cached_property
    def trades(self) -> "QuerySet[Trade]":
        """The trades asked for, of any state."""
        return filtered(self.account, self.filter)

    @property
    def span(self) -> str:
        """The days asked for: ``2026-01-01 ~ 2026-11-25``, or that it is all of them."""
        first, last = self.filter.first, self.filter.last
        if first is None and last is None:
            return _("전체 기간")
        return str(last) if first == last else f"{first or ''} ~ {last or self.today}"

    @cached_property
    def words(self) -> str:
        """What is asked beside the days, in words; empty when nothing is."""
        rest = self.filter.without("period", "first", "last")
        return rest.describe(names_of(self.account, rest)) if not rest.is_empty else ""

    @property
    def basis_label(self) -> "str | Promise":
        """순손익 or 총손익."""
        return BASES[self.basis]

    @property
    def kept(self) -> str:
        """The whole question as a query, for links to other pages of the same trades."""
        return self.address()

    def address(self, **changes: str) -> str:
        """The query with some things said differently; what is usual is not said."""
        said = {"basis": self.basis, "unit": self.unit, **changes}
        usual: Mapping[str, str] = {"basis": "net", "unit": "won"}
        rest = urlencode({name: value for name, value in said.items() if value and usual.get(name) != value})
        return "&".join(part for part in (self.filter.query(), rest) if part)
