"""조건검색: the edge of each condition, of those taken and those not, with the hits behind every figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.broker.domain import SEOUL
from market.models import Instrument
from portfolio.analytics.conditions.edge import Flagged, condition_edge, condition_pace
from portfolio.analytics.measures import Measure, Unit
from portfolio.figures.bars import Bar, bars_figure
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.cards import Card, card
from portfolio.presenting.stats.units import interval, text
from portfolio.selectors.flagged import Heard, heard_of, was_anything_flagged

__all__ = ["HORIZONS", "ConditionLine", "Screening"]

#: How long after the hit, as the address says it.
HORIZONS: dict[str, "str | Promise"] = {
    "1m": gettext_lazy("1분 뒤"),
    "5m": gettext_lazy("5분 뒤"),
    "30m": gettext_lazy("30분 뒤"),
    "close": gettext_lazy("그날 종가"),
    "1d": gettext_lazy("1일 뒤"),
    "5d": gettext_lazy("5일 뒤"),
}
USUAL = "30m"
#: Hits in the list below; more are not read by anyone.
MOST = 200
HIT = (
    '<tr><th scope="row" class="name"><a href="{}"><b>{}</b><small>{}</small></a></th><td>{}</td>'
    '<td class="num wide">{}</td><td class="num {}">{}</td><td class="num wide">{}</td>'
    '<td class="num wide">{}</td><td>{}</td></tr>'
)


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition in the table: its figures by key as texts, and whether there are too few hits."""

    name: str
    n: int
    figures: Mapping[str, str]
    rate_range: str
    css: str
    address: str
    is_current: bool


@dataclass
class Screening:
    """``horizon`` and ``condition`` of the address say which; of the filter the days alone are used."""

    asked: Asked

    @property
    def horizon(self) -> str:
        """How long after the hit."""
        wanted = self.asked.query.get("horizon", "")
        return wanted if wanted in HORIZONS else USUAL

    @cached_property
    def heard(self) -> list[Heard]:
        """Every condition of the span."""
        return heard_of(self.asked.account, self.asked.filter.first, self.asked.filter.last)

    @property
    def ever(self) -> bool:
        """Whether any condition ever told of a share, whatever the days."""
        return bool(self.heard) or was_anything_flagged(self.asked.account)

    @property
    def horizons(self) -> list[tuple[Any, str, bool]]:
        """The switch: label, address, whether it is this one."""
        chosen = self.chosen.name if self.chosen else ""
        return [(label, self._address(key, chosen), key == self.horizon) for key, label in HORIZONS.items()]

    @cached_property
    def chosen(self) -> Heard | None:
        """The condition looked at: that of the address, else the one with the most hits."""
        wanted = self.asked.query.get("condition", "")
        named = next((one for one in self.heard if one.name == wanted), None)
        return named or max(self.heard, key=lambda one: len(one.hits), default=None)

    @property
    def lines(self) -> list[ConditionLine]:
        """The table, the best mean first; those that say nothing yet come last."""
        found = [(one, self._measures(one)) for one in self.heard]
        found.sort(key=lambda pair: (pair[1]["hit_mean"].value is None, -(pair[1]["hit_mean"].value or 0)))
        return [self._line(one, measures) for one, measures in found]

    @cached_property
    def cards(self) -> list[Card]:
        """The figures of the chosen condition."""
        if self.chosen is None:
            return []
        return [card(measure, self.asked, with_rows=False) for measure in self._measures(self.chosen).values()]

    @property
    def figure(self) -> dict[str, Any]:
        """The mean net return of the chosen condition at every horizon, in percent."""
        hits = self.chosen.hits if self.chosen else ()
        means = [(label, condition_edge(hits, key)["hit_mean"]) for key, label in HORIZONS.items()]
        bars = [
            Bar(str(label), float((mean.value or 0) * 100), mean.n, is_pale=not mean.enough)
            for label, mean in means
        ]
        return bars_figure(bars, "%")

    @property
    def file_query(self) -> str:
        """The chosen condition and the days, as the address of the file says them."""
        return self._address(USUAL, self.chosen.name).removeprefix("?") if self.chosen else ""

    @property
    def hidden(self) -> int:
        """Hits that are not in the list."""
        return max(0, len(self.chosen.hits) - MOST) if self.chosen else 0

    @property
    def rows(self) -> SafeString:
        """The newest hits of the chosen condition: when, what came of it, whether it was taken."""
        if self.chosen is None:
            return SafeString("")
        newest, symbols = self.chosen.hits[: -MOST - 1 : -1], self.chosen.symbols
        names = dict(Instrument.objects.filter(symbol__in=set(symbols.values())).values_list("symbol", "name"))
        return SafeString("".join(self._row(hit, symbols[hit.key], names) for hit in newest))

    def _row(self, hit: Flagged, symbol: str, names: Mapping[str, str]) -> SafeString:
        moved = hit.returns.get(self.horizon)
        css = "" if not moved else "rise" if moved > 0 else "fall"
        at = hit.at.astimezone(SEOUL)
        return format_html(
            HIT,
            reverse("market:symbol", args=[self.asked.account.code, symbol]),
            names.get(symbol, symbol),
            symbol,
            f"{at:%Y-%m-%d}",
            f"{at:%H:%M:%S}",
            css,
            _percent(moved),
            _percent(hit.mfe),
            _percent(hit.mae),
            _bought(hit),
        )

    def _measures(self, one: Heard) -> dict[str, Measure]:
        return condition_edge(one.hits, self.horizon) | condition_pace(one.hits, one.days)

    def _line(self, one: Heard, measures: Mapping[str, Measure]) -> ConditionLine:
        rate = measures["hit_rate"]
        return ConditionLine(
            one.name,
            rate.n,
            {key: _figure(measure) for key, measure in measures.items()},
            interval(rate),
            "" if rate.enough else "few",
            self._address(self.horizon, one.name),
            one is self.chosen,
        )

    def _address(self, horizon: str, condition: str) -> str:
        said = {"horizon": "" if horizon == USUAL else horizon, "condition": condition}
        return f"?{self.asked.address(**said)}"


def _percent(share: Decimal | None) -> str:
    """Two places, as a column of returns wants them."""
    return "—" if share is None else f"{share * 100:.2f} %".replace("-", "\u2212")


def _figure(measure: Measure) -> str:
    is_return = measure.unit is Unit.RATIO and measure.key != "hit_rate"
    return _percent(measure.value) if is_return else text(measure.value, measure.unit)


def _bought(hit: Flagged) -> str:
    if hit.bought_at is None:
        return _("사지 않음")
    seconds = Decimal((hit.bought_at - hit.at).total_seconds())
    return _("%(wait)s 뒤에 삼") % {"wait": text(seconds, Unit.SECONDS)}
