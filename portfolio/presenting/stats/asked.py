"""What the address of a statistics page asks for: which trades, net or gross, won or R, what counts as even."""

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
from kiwoomweb.ui.amounts import won_in
from portfolio.models import Trade
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter, filtered, names_of
from portfolio.selectors.versions import version_of

__all__ = ["BASES", "UNITS", "Asked"]

BASES = {"net": gettext_lazy("순손익"), "gross": gettext_lazy("총손익")}
UNITS = {"won": gettext_lazy("원"), "r": "R"}
#: Nobody calls more than this even.
MOST_EVEN = 100_000_000


@dataclass
class Asked:
    """The filter lives in the address beside ``basis`` (net is the default), ``unit`` and ``even``."""

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

    @cached_property
    def version(self) -> int:
        """Which state of the account's trades is looked at: asked for before the first of them is read."""
        return version_of(self.account)

    @property
    def basis(self) -> str:
        """``net`` after costs, ``gross`` before."""
        return "gross" if self.query.get("basis") == "gross" else "net"

    @property
    def unit(self) -> str:
        """``won``, or ``r``: in multiples of what the first stop put at risk."""
        return "r" if self.query.get("unit") == "r" else "won"

    @cached_property
    def even(self) -> int:
        """본전: won, either way, that are called even beside a trade's own costs."""
        won = won_in(self.query.get("even", ""))
        return won if won is not None and won <= MOST_EVEN else 0

    @property
    def even_trouble(self) -> str:
        """A sentence about an even range nobody can use; empty when all is well."""
        said = self.query.get("even", "").strip()
        if not said or won_in(said) == self.even:
            return ""
        told = _("본전 범위 ‘%(said)s’은(는) 쓸 수 없어 0원으로 셌습니다. 0원부터 1억 원까지 적어 주세요.")
        return told % {"said": said[:20]}

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
        said = {"basis": self.basis, "unit": self.unit, "even": str(self.even), **changes}
        usual: Mapping[str, str] = {"basis": "net", "unit": "won", "even": "0"}
        rest = urlencode({name: value for name, value in said.items() if value and usual.get(name) != value})
        return "&".join(part for part in (self.filter.query(), rest) if part)
