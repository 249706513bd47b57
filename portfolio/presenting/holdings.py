"""보유 종목 as a table: each lot at what selling it now would bring, its row written before the template.

The rows carry the terms of each lot, so that ``<live-holdings>`` reckons on from the live price as we do.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.ui.covering import is_covered
from kiwoomweb.ui.templatetags.figures import share
from kiwoomweb.ui.templatetags.money import percent, price, profit, rate, trend, unsigned_percent, won
from portfolio.analytics.liquidation import Terms, Worth, liquidate, terms, together
from portfolio.analytics.trades.costs import Rates, share_out, tax_rate
from portfolio.selectors.holdings import Assets, HoldingLine
from portfolio.services.trades.costing import Costing
from portfolio.timetable import Clock

__all__ = ["Held", "HoldingsView"]

ROW = (
    '<tr data-symbol="{symbol}" {terms} data-price="{price}">'
    '<td class="name"><a id="holding-{n}-{symbol}" href="{address}"><b>{name}</b>'
    '<small class="wide">{symbol}</small>{credit}</a></td>'
    '<td class="num wide amount">{quantity}</td><td class="num wide">{average}</td>'
    '<td class="num"><b><live-price symbol="{symbol}" field="price" class="{css}">{shown}</live-price></b>'
    '<span class="sub thin"><live-price symbol="{symbol}" field="rate" class="{css}">{day}</live-price></span>'
    "</td>"
    '<td class="num wide"><live-price symbol="{symbol}" field="rate" class="{css}">{day}</live-price></td>'
    '<td class="num wide" data-w="value"><span class="amount">{value}</span></td>'
    '<td class="num"><b data-w="profit">{profit}</b><span class="sub thin" data-w="rate">{rate}</span></td>'
    '<td class="num wide" data-w="rate">{rate}</td>'
    '<td class="num wide" data-w="proceeds"><span class="amount">{proceeds}</span></td>'
    '<td class="num wide nowrap" data-w="weight">{share} {weight}</td>'
    '<td class="num wide"><live-age topic="quote:{symbol}" class="age none" brief>{waits}</live-age></td></tr>'
)
CREDIT = '<span class="badge line" title="{}">{}</span>'


@dataclass(frozen=True, slots=True)
class Held:
    """One lot: as the broker told it, its terms, and its worth at the price the broker told."""

    line: HoldingLine
    terms: Terms
    worth: Worth


@dataclass
class HoldingsView:
    """Everything of the table; ``assets`` as last read."""

    account: Account
    assets: Assets
    clock: Clock

    @cached_property
    def lots(self) -> tuple[Held, ...]:
        """Biggest value first. What 융자 lots owe together is shared out by what they cost."""
        rates = self._rates()
        loans = self._loans()
        lots = []
        for line in self.assets.lines:
            told = (line.value, line.commission, line.tax)
            held = terms((line.quantity, line.cost), told, rates, loans.pop(0))
            lots.append(Held(line, held, liquidate(held, line.price)))
        return tuple(lots)

    def _rates(self) -> Rates:
        """The account's own commission, and the tax of a sale today; of a fund its line knows better."""
        settled = trading_day_after(self.clock.trading_day, 2, self.clock.corrected)
        return Rates(Costing(self.account.pk).commission_rate, tax_rate(settled))

    def _loans(self) -> list[int]:
        """One for each line; 0 of own shares. A loan the broker has not told yet counts as none."""
        lines = self.assets.lines
        on_credit = [line.cost if line.lot else 0 for line in lines]
        return share_out(self.assets.loan or 0, on_credit) if any(on_credit) else [0] * len(lines)

    @cached_property
    def sum(self) -> Worth:
        return together(lot.worth for lot in self.lots)

    @property
    def sum_rate(self) -> Decimal | None:
        return self.sum.rate

    @property
    def rows(self) -> SafeString:
        return SafeString("".join(self._rows()))

    def _rows(self) -> Iterable[SafeString]:
        symbols = reverse("market:symbols", args=[self.account.code])
        for number, lot in enumerate(self.lots, 1):
            yield self._row(number, lot, f"{symbols}{lot.line.symbol}/")

    def _row(self, number: int, lot: Held, address: str) -> SafeString:
        line, worth = lot.line, lot.worth
        change = line.price - line.previous_close if line.previous_close else None
        weight = Decimal(100 * worth.value) / self.sum.value if self.sum.value else None
        return format_html(
            ROW,
            n=number,
            symbol=line.symbol,
            terms="" if is_covered() else format_html_join(" ", 'data-{}="{}"', asdict(lot.terms).items()),
            price=line.price,
            address=address,
            name=line.name or line.symbol,
            credit=format_html(CREDIT, line.lot, _("신용")) if line.lot else "",
            quantity=won(line.quantity),
            average=price(line.average_cost),
            css=trend(change),
            shown=price(line.price),
            day=percent(None if change is None else Decimal(100) * change / line.previous_close),
            value=won(worth.value),
            profit=profit(worth.profit),
            rate=rate(worth.rate),
            proceeds=won(worth.proceeds),
            share=share(float(weight or 0)),
            weight=unsigned_percent(weight),
            waits=_("대기"),
        )
