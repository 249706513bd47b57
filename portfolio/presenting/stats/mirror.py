"""만약에: the same trades without some hours, days or labels, with a stop, with half sold on the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.whatif.changes import Change, drop, half_at, in_turn, stop_at
from portfolio.analytics.whatif.comparing import VERDICTS, Comparison, SplitHalf, compare, split_half
from portfolio.analytics.when.breakdown import breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.figures.curves import Line, lines_figure
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.units import text
from portfolio.wording.groups import in_words, label_of, names_for

__all__ = ["Chip", "Mirror", "Row", "Slider"]

#: What may be left out, each under its name in the address with ``no_`` before it.
DROPS = ("entry_session", "entry_venue", "weekday", "holding", "style", "setup", "tag", "mistake", "emotion")
#: Groups offered of each.
MOST = 12
#: Percent: the least, the most and the step of both sliders.
STOP, HALF = ("0.5", "15", "0.5"), ("0.5", "30", "0.5")
SHOWN = ("win_rate", "payoff", "profit_factor", "expectancy_won", "expectancy_percent")


@dataclass(frozen=True, slots=True)
class Chip:
    """One group that can be left out, as a box of the form."""

    label: str
    n: int
    is_out: bool
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Slider:
    """One number that can be set, in percent. ``value`` is empty while it is not; the slider stands at 0."""

    name: str
    label: str
    help: str
    most: str
    step: str
    value: str


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
        return compare(self.outcomes, self.change, self.asked.even) if self.change else None

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
    def sliders(self) -> list[Slider]:
        """The stop and the target."""
        return [
            Slider(
                "stop",
                _("손절 −x %"),
                _("그만큼 물린 거래는 그 값에 팔았다고 봅니다"),
                *STOP[1:],
                _plain(self.stop),
            ),
            Slider(
                "half",
                _("+y %에서 절반 익절"),
                _("그만큼 오른 거래는 절반을 그 값에 팔았다고 봅니다. 손절과 함께 정하면 손절이 먼저입니다"),
                *HALF[1:],
                _plain(self.half),
            ),
        ]

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """The rest of the address, for the form."""
        own = {"stop", "half", "now", *(f"no_{key}" for key in DROPS)}
        pairs = ((name, value) for name, values in self.asked.query.lists() for value in values)
        return [(name, value) for name, value in pairs if name not in own]

    @property
    def address(self) -> str:
        """The whole question without what was left empty: what the browser's bar shows."""
        query = self.asked.query.copy()
        query.pop("now", None)
        said = [(name, value) for name, values in query.lists() for value in values if value]
        path = reverse("portfolio:stats_part", args=[self.asked.account.code, "whatif"])
        return f"{path}?{urlencode(said)}" if said else path

    def _chip(self, key: str, group: str, label: str, n: int) -> Chip:
        return Chip(label, n, group in self.out.get(key, []), f"no_{key}", group)


def name_of(key: str) -> str:
    """A figure's name in the reader's language."""
    return in_words((DEFINITIONS[key].name, DEFINITIONS[key].english))


def _sums(outcomes: Iterable[Outcome], days: list[date]) -> list[float]:
    nets: dict[date, int] = defaultdict(int)
    for one in outcomes:
        nets[one.day] += one.net
    return [float(total) for total in accumulate(nets[day] for day in days)]


def _plain(value: Decimal | None) -> str:
    """As a number box writes it: 3 and not 3.0."""
    return "" if value is None else f"{value.normalize():f}"


def _percent(said: str, limits: tuple[str, str, str]) -> Decimal | None:
    """A percentage of the address; nonsense and nothing are none."""
    try:
        value = Decimal(said)
    except InvalidOperation:
        return None
    low, high, _step = (Decimal(limit) for limit in limits)
    return value if value.is_finite() and low <= value <= high else None
