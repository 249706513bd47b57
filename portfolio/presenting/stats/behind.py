"""The trades behind one figure: exactly those it was made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kiwoomweb.ui.templatetags.money import profit, won
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.edge.overall import quick_measures
from portfolio.analytics.measures import Measure, Unit
from portfolio.analytics.outcomes import Outcome, r_of
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.cards import Card, card
from portfolio.presenting.stats.groups import PARTS, address_of, part_named
from portfolio.presenting.stats.measured import Facts, measures_of
from portfolio.presenting.stats.spreads import EVERY, SPREADS
from portfolio.presenting.stats.units import text
from portfolio.wording.groups import in_words, label_of, names_for

__all__ = ["MOST", "GroupPage", "RowsPage", "rows_of"]

#: More rows are not read by anyone; the file has all of them.
MOST = 500
ROW = (
    '<tr><td class="name"><a href="{}"><b>{}</b><small>{}</small></a></td><td>{}</td>'
    '<td class="num wide">{}</td><td class="num wide">{}</td><td class="num wide">{}</td>'
    '<td class="num">{}</td></tr>'
)


@dataclass
class RowsPage:
    """``key`` names a figure of the catalogue."""

    asked: Asked
    key: str

    @property
    def back(self) -> str:
        """The page it came from."""
        section = DEFINITIONS[self.key].source
        part = next((part for part in PARTS if part.section == section), PARTS[0])
        return f"{address_of(self.asked.account, part, self.asked.kept)}#m-{self.key}"

    @cached_property
    def facts(self) -> Facts:
        """What the formula read."""
        return Facts(self.asked)

    @cached_property
    def measure(self) -> Measure:
        """The figure itself, computed again."""
        return measures_of(DEFINITIONS[self.key].source, self.facts)[self.key]

    @cached_property
    def card(self) -> Card:
        """The figure as its page shows it."""
        return card(self.measure, self.asked)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The trades behind it, newest first."""
        keys = None if self.measure.rows is None else set(self.measure.rows)
        return [one for one in reversed(self.facts.outcomes) if keys is None or one.key in keys]

    @property
    def total(self) -> int:
        """Their sum in won."""
        return sum(one.net for one in self.outcomes)

    @property
    def hidden(self) -> int:
        """How many are not on the page."""
        return max(0, len(self.outcomes) - MOST)

    @property
    def rows(self) -> SafeString:
        """The body of the table."""
        return rows_of(self.outcomes[:MOST], self.asked.account.code)


def rows_of(outcomes: Iterable[Outcome], code: str) -> SafeString:
    """One table row for each trade."""
    trades = f"{reverse('portfolio:overview', args=[code])}trades/"
    return SafeString("".join(trade_row(one, trades) for one in outcomes))


def trade_row(one: Outcome, trades: str) -> SafeString:
    """One closed trade: who, when, how long, what it cost, R, result. ``trades`` is where trades live."""
    return format_html(
        ROW,
        f"{trades}{one.key}/",
        one.name or one.symbol,
        one.symbol,
        one.day,
        text(None if one.minutes is None else Decimal(one.minutes), Unit.MINUTES),
        SafeString(f'<span class="amount">{won(one.cost or None)}</span>'),
        text(r_of(one), Unit.R),
        profit(one.net),
    )


@dataclass
class GroupPage:
    """The trades of one group of a breakdown. ``group`` of the address names it, ``-`` what nobody knows."""

    asked: Asked
    by: str

    @cached_property
    def facts(self) -> Facts:
        """What the breakdown read."""
        return Facts(self.asked)

    @property
    def key(self) -> str:
        """The group; empty is unknown."""
        return self.asked.query.get("group", "-").removeprefix("-")

    @property
    def name(self) -> str:
        """The dimension in the reader's language."""
        return in_words((EVERY[self.by].name, EVERY[self.by].english))

    @property
    def label(self) -> str:
        """The group in the reader's language."""
        by = EVERY[self.by]
        return label_of(by, self.key, names_for(by, [self.key]))

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Its trades, newest first."""
        of = EVERY[self.by].of
        return [one for one in reversed(self.facts.outcomes) if self.key in (of(one) or ("",))]

    @property
    def cards(self) -> list[Card]:
        """Its figures."""
        found = quick_measures(self.outcomes, self.asked.even)
        return [card(measure, self.asked, with_rows=False) for measure in found.values()]

    @property
    def back(self) -> str:
        """The page of the breakdown."""
        part = part_named("edge" if self.by in SPREADS else "when") or PARTS[0]
        return f"{address_of(self.asked.account, part, self.asked.kept)}#g-{self.by}"

    @property
    def total(self) -> int:
        """Their sum in won."""
        return sum(one.net for one in self.outcomes)

    @property
    def hidden(self) -> int:
        """How many are not on the page."""
        return max(0, len(self.outcomes) - MOST)

    @property
    def rows(self) -> SafeString:
        """The body of the table."""
        return rows_of(self.outcomes[:MOST], self.asked.account.code)
