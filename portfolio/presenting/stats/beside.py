"""나란히: two filters side by side, and whether the difference may be chance."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.edge.overall import quick_measures
from portfolio.analytics.measures import Measure
from portfolio.analytics.outcomes import Outcome
from portfolio.figures.curves import Line, lines_figure
from portfolio.models import SavedFilter
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.measured import Facts
from portfolio.presenting.stats.units import interval, text
from portfolio.wording.groups import in_words

__all__ = ["Beside", "Choice", "Pair"]

PRESETS = (
    *("period=1m", "period=3m", "period=ytd", "period=1y", ""),
    *("style=day", "style=swing", "result=win", "result=loss"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter that can stand on the other side."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure on either side. ``says`` what the intervals allow to be said, empty where there are none."""

    name: str
    left: str
    left_range: str
    left_css: str
    right: str
    right_range: str
    right_css: str
    says: str


@dataclass
class Beside:
    """The address's filter, and the one its ``with`` holds (a canonical query)."""

    asked: Asked
    outcomes: list[Outcome]
    #: Whose saved filters are offered.
    person: User | None

    @property
    def other_query(self) -> str:
        """The other filter as the address says it."""
        return self.asked.query.get("with", "")

    @cached_property
    def other(self) -> Asked:
        """The other side: its own trades, the same basis."""
        query = QueryDict(mutable=True)
        query.update(QueryDict(self.other_query))
        query["basis"], query["even"] = self.asked.basis, str(self.asked.even)
        return Asked(self.asked.account, query)

    @cached_property
    def other_outcomes(self) -> list[Outcome]:
        """Trades of the other side."""
        return Facts(self.other).outcomes

    @property
    def names(self) -> tuple[str, str]:
        """Both filters in words."""
        return self._words(self.asked), self._words(self.other)

    @property
    def choices(self) -> list[Choice]:
        """What can stand on the other side: periods, styles, results, the person's saved filters."""
        offered = [(query, self._words(Asked(self.asked.account, QueryDict(query)))) for query in PRESETS]
        saved = SavedFilter.objects.filter(
            account=self.asked.account, person=self.person, removed_at=None
        ).order_by("name")
        offered += [(row.query, row.name) for row in saved]
        now = self.other.filter.query()
        return [Choice(label, f"?{self._with(query)}", query == now) for query, label in offered]

    @property
    def swapped(self) -> str:
        """The address with the sides changed."""
        query = QueryDict(mutable=True)
        query.update(QueryDict(self.other.filter.query()))
        query["with"] = self.asked.filter.query()
        if self.asked.basis == "gross":
            query["basis"] = "gross"
        if self.asked.even:
            query["even"] = str(self.asked.even)
        return f"?{query.urlencode()}"

    @property
    def pairs(self) -> list[Pair]:
        """Every figure of 3.1 that needs no draws, on both sides."""
        even = self.asked.even
        left, right = quick_measures(self.outcomes, even), quick_measures(self.other_outcomes, even)
        return [_pair(key, left[key], right[key]) for key in left]

    @property
    def figure(self) -> dict[str, Any]:
        """Both running sums by trade."""
        sides = zip(self.names, (self.outcomes, self.other_outcomes), ("line-main", "ma-1"), strict=True)
        lines = [
            Line(name, [float(total) for total in accumulate(one.net for one in trades)], ink)
            for name, trades, ink in sides
        ]
        longest = max(len(self.outcomes), len(self.other_outcomes))
        return lines_figure(lines, [f"{place:,}" for place in range(1, longest + 1)])

    def _words(self, asked: Asked) -> str:
        return " · ".join(part for part in (asked.span, asked.words) if part)

    def _with(self, query: str) -> str:
        kept = QueryDict(mutable=True)
        kept.update(QueryDict(self.asked.kept))
        kept["with"] = query
        return str(kept.urlencode())


def _pair(key: str, left: Measure, right: Measure) -> Pair:
    definition = DEFINITIONS[key]
    return Pair(
        in_words((definition.name, definition.english)),
        text(left.value, left.unit),
        interval(left),
        "" if left.enough else "few",
        text(right.value, right.unit),
        interval(right),
        "" if right.enough else "few",
        _says(left, right),
    )


def _says(left: Measure, right: Measure) -> str:
    if not left.enough or not right.enough:
        return _("표본 부족")
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return ""
    apart = left.low > right.high or right.low > left.high
    return _("구간이 겹치지 않습니다") if apart else _("구간이 겹쳐 다르다고 말할 수 없습니다")
