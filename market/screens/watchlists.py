"""관심종목: one list with live prices, and the lists there are."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.roles import Role
from kiwoomweb.broker.domain import Quote, Symbol
from kiwoomweb.ui.templatetags.money import compact, percent, signed, trend, won
from market.models import Watchlist
from market.selectors.instruments import named
from market.selectors.watchlists import removed_watchlists_for, watchlists_for
from market.services.keeping import Answer
from market.services.quotes import quotes_of

__all__ = ["WatchlistsPage"]

ROW = (
    '<tr data-symbol="{symbol}"><th scope="row" class="name"><a href="{address}"><b>{name}</b>'
    '<small class="wide">{symbol}</small></a></th>'
    '<td class="num"><b><live-price symbol="{symbol}" field="price" class="{css}">{price}</live-price></b>'
    '<span class="sub thin"><live-price symbol="{symbol}" field="rate" class="{css}">{rate}</live-price></span>'
    "</td>"
    '<td class="num wide"><live-price symbol="{symbol}" field="signed" class="{css}">{change}</live-price></td>'
    '<td class="num wide"><live-price symbol="{symbol}" field="rate" class="{css}">{rate}</live-price></td>'
    '<td class="num"><live-price symbol="{symbol}" field="volume">{volume}</live-price></td>'
    '<td class="num wide"><live-price symbol="{symbol}" field="turnover">{turnover}</live-price></td>'
    '<td class="num wide"><live-age topic="quote:{symbol}" brief></live-age></td>{remove}</tr>'
)
REMOVE = (
    '<td class="num"><button class="icon-button" type="submit" form="remove" name="symbol" value="{}"'
    ' aria-label="{}">×</button></td>'
)


@dataclass
class WatchlistsPage:
    """``chosen`` is the number in the address; nonsense is the first list."""

    account: Account
    user: User
    role: Role
    chosen: str = ""
    trouble: str = ""

    @cached_property
    def lists(self) -> list[Watchlist]:
        return list(watchlists_for(self.user, self.account))

    @cached_property
    def current(self) -> Watchlist | None:
        return next(
            (one for one in self.lists if str(one.pk) == self.chosen), self.lists[0] if self.lists else None
        )

    @property
    def may_change(self) -> bool:
        """One's own list, or the team's with the right to trade."""
        return bool(self.current and self.is_mine(self.current))

    def is_mine(self, one: Watchlist) -> bool:
        return one.owner_id == self.user.pk or self.role >= Role.TRADER

    @cached_property
    def removed(self) -> list[Watchlist]:
        """Lists thrown away that this person may take back."""
        return [one for one in removed_watchlists_for(self.user, self.account) if self.is_mine(one)]

    @property
    def may_bring(self) -> bool:
        return self.role >= Role.TRADER and hasattr(self.account, "credential")

    @cached_property
    def symbols(self) -> list[str]:
        return [one.symbol for one in self.current.symbols.all()] if self.current else []

    @cached_property
    def answer(self) -> Answer[list[Quote]]:
        return quotes_of(self.account, self.symbols) if self.symbols else Answer([], None)

    @property
    def rows(self) -> SafeString:
        quotes = {quote.symbol: quote for quote in self.answer.value or []}
        names = {one.symbol: one.name for one in named(self.symbols)}
        symbols = reverse("market:symbols", args=[self.account.code])
        return SafeString(
            "".join(self._row(symbol, names, quotes.get(Symbol(symbol)), symbols) for symbol in self.symbols)
        )

    def _row(self, symbol: str, names: dict[str, str], quote: Quote | None, symbols: str) -> SafeString:
        change = quote.change if quote else None
        return format_html(
            ROW,
            symbol=symbol,
            address=f"{symbols}{symbol}/",
            name=names.get(symbol) or (quote.name if quote else "") or symbol,
            css=trend(change),
            price=won(quote.price if quote else None),
            change=signed(change),
            rate=percent(quote.change_rate if quote else None),
            volume=compact(quote.volume if quote else None),
            turnover=compact(quote.turnover if quote else None),
            remove=format_html(REMOVE, symbol, _("빼기")) if self.may_change else "",
        )
