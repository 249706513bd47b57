"""만약에: the same trades without some hours, days or labels, with a stop, with half sold on the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.whatif.changes import Change, drop, half_at, in_turn, stop_at
from portfolio.analytics.whatif.comparing import VERDICTS, Comparison, SplitHalf, compare, split_half
from portfolio.analytics.when.breakdown import breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.figures.curves import Line, lines_figure
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.breaking import label_of, names_for
from portfolio.presenting.stats.cards import in_words
from portfolio.presenting.stats.units import text

__all__ = ["Chip", "Mirror", "Row"]

#: What may be left out, each under its name in the address with ``no_`` before it.
DROPS = ("entry_session", "weekday", "holding", "style", "setup", "tag", "mistake", "emotion")
#: Groups offered of each.
MOST = 12
#: Percent: the least, the most and the step of both sliders.
STOP, HALF = ("0.5", "15", "0.5"), ("0.5", "30", "0.5")
SHOWN = ("win_rate", "payoff", "profit_factor", "expectancy_won", "expectancy_percent")


@dataclass(frozen=True, slots=True)
class Chip:
    """One group that can be left out; ``address`` turns it."""

    label: str
    n: int
    is_out: bool
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as it was and as it would have been."""

    name: str
    was: str
    would_be: str


@dataclass
class Mirror:
    """Everything imagined is in the address, so it can be sent to somebody."""

    asked: Asked
    outcomes: list[Outcome]

    @property
    def stop(self) -> Decimal | None:
        """The stop in percent of 매입금액."""
        return _percent(self.asked.query.get("stop", ""), STOP)

    @property
    def half(self) -> Decimal | None:
        """Where half is sold, in percent of 매입금액."""
        return _percent(self.asked.query.get("half", ""), HALF)

    @property
    def out(self) -> dict[str, list[str]]:
        """Groups left out, by dimension."""
        told = {key: self.asked.query.getlist(f"no_{key}") for key in DROPS}
        return {key: values for key, values in told.items() if values}

    @cached_property
    def change(self) -> Change | None:
        """All that is imagined, one after the other; ``None`` while nothing is."""
        changes = [drop(DIMENSIONS[key], values) for key, values in self.out.items()]
        changes += [stop_at(self.stop / 100)] if self.stop else []
        changes += [half_at(self.half / 100)] if self.half else []
        return in_turn(*changes) if changes else None

    @cached_property
    def compared(self) -> Comparison | None:
        """As it was and as it would have been."""
        return compare(self.outcomes, self.change) if self.change else None

    @cached_property
    def halves(self) -> SplitHalf | None:
        """Judged on the later half, which had no say."""
        return split_half(self.outcomes, {"this": self.change}) if self.change else None

    @property
    def verdict(self) -> str:
        """The split-half check in words."""
        return in_words(VERDICTS[self.halves.verdict]) if self.halves else ""

    @property
    def rows(self) -> list[Row]:
        """Figures side by side."""
        if not self.compared:
            return []
        was, would_be = self.compared.was, self.compared.would_be
        return [
            Row(
                name_of(key),
                text(was[key].value, was[key].unit),
                text(would_be[key].value, would_be[key].unit),
            )
            for key in SHOWN
        ]

    @property
    def figure(self) -> dict[str, Any]:
        """Two lines by day."""
        days = sorted({one.day for one in self.outcomes})
        lines = [Line(_("실제"), _sums(self.outcomes, days), "line-main", "area-main")]
        if self.compared:
            lines.append(Line(_("만약에"), _sums(self.compared.changed.kept, days), "ma-1", is_dashed=True))
        return lines_figure(lines, [str(day) for day in days])

    @property
    def chips(self) -> list[tuple[str, list[Chip]]]:
        """What can be left out, dimension by dimension."""
        found = []
        for key in DROPS:
            by = DIMENSIONS[key]
            groups = [group for group in breakdown(self.outcomes, by).groups if group.key][:MOST]
            names = names_for(by, [group.key for group in groups])
            chips = [
                self._chip(key, group.key, label_of(by, group.key, names), len(group.rows)) for group in groups
            ]
            if len(chips) > 1 or key in self.out:
                found.append((in_words((by.name, by.english)), chips))
        return found

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """The rest of the address, for the form of the sliders."""
        return [
            (name, value)
            for name, values in self.asked.query.lists()
            if name not in {"stop", "half", "now"}
            for value in values
        ]

    def _chip(self, key: str, group: str, label: str, n: int) -> Chip:
        query = self.asked.query.copy()
        query.pop("now", None)
        name, chosen = f"no_{key}", self.out.get(key, [])
        is_out = group in chosen
        query.setlist(name, [one for one in chosen if one != group] if is_out else [*chosen, group])
        return Chip(label, n, is_out, f"?{query.urlencode()}")


def name_of(key: str) -> str:
    """A figure's name in the reader's language."""
    return in_words((DEFINITIONS[key].name, DEFINITIONS[key].english))


def _sums(outcomes: Iterable[Outcome], days: list[date]) -> list[float]:
    nets: dict[date, int] = defaultdict(int)
    for one in outcomes:
        nets[one.day] += one.net
    return [float(total) for total in accumulate(nets[day] for day in days)]


def _percent(said: str, limits: tuple[str, str, str]) -> Decimal | None:
    """A percentage of the address; nonsense and nothing are none."""
    try:
        value = Decimal(said)
    except InvalidOperation:
        return None
    low, high, _step = (Decimal(limit) for limit in limits)
    return value if value.is_finite() and low <= value <= high else None
