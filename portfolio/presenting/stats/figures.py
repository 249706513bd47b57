"""Figures of the statistics: each answers the question above it and leads to the trades behind it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.analytics.edge.rates import win_rate
from portfolio.analytics.edge.sample import sample
from portfolio.analytics.equity import deepest_fall, equity
from portfolio.analytics.outcomes import Outcome, Result, r_of, result_of
from portfolio.analytics.when.breakdown import breakdown
from portfolio.analytics.when.bucket import Bucket
from portfolio.figures.bars import Bar, bars_figure
from portfolio.figures.curves import Line, lines_figure
from portfolio.figures.dots import Dot, dots_figure
from portfolio.figures.equity import equity_figure
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.breaking import group_address
from portfolio.presenting.stats.pictures import Picture
from portfolio.presenting.stats.spreads import SPREADS, is_below
from portfolio.selectors.performance import EquityCurve

__all__ = ["edge_pictures", "inside_pictures", "path_pictures"]

#: A rolling figure is of so many trades.
WINDOW = 30
DOTS = 1_500


def edge_pictures(outcomes: Sequence[Outcome], asked: Asked) -> list[Picture]:
    """Where it stands, how results are spread, whether it gets better."""
    return [by_trade(outcomes, asked), spread(outcomes, asked), *rolling(outcomes, asked.even)]


def path_pictures(outcomes: Sequence[Outcome], asked: Asked) -> list[Picture]:
    """The curve by day over its drawdown, and by trade."""
    return [by_day(outcomes), by_trade(outcomes, asked)]


def inside_pictures(outcomes: Sequence[Outcome], asked: Asked) -> list[Picture]:
    """How far trades ran for and against, against what they brought."""
    trades = f"{reverse('portfolio:overview', args=[asked.account.code])}trades/"
    questions = (
        ("mae", gettext_lazy("얼마나 물렸다가 어떻게 끝났는가")),
        ("mfe", gettext_lazy("얼마나 올랐을 때 얼마를 챙겼는가")),
    )
    found = [(key, asks, list(_dots(outcomes, key, trades))) for key, asks in questions]
    note = _("가로: 보유 중 최대 평가손익 ÷ 매입금액, 세로: 결과 ÷ 매입금액")
    return [Picture(key, asks, dots_figure(dots), note) for key, asks, dots in found if dots]


def by_day(outcomes: Iterable[Outcome]) -> Picture:
    """The running sum by closing day over its drawdown."""
    days: dict[Any, int] = defaultdict(int)
    for one in outcomes:
        days[one.day] += one.net
    points = equity(days.items())
    curve = EquityCurve(points, deepest_fall(points), points[-1].cumulative if points else 0)
    return Picture("days", gettext_lazy("날마다 쌓인 손익은 어디서 얼마나 내려갔는가"), equity_figure(curve))


def by_trade(outcomes: Sequence[Outcome], asked: Asked) -> Picture:
    """The running sum by trade, in won or in R."""
    if asked.unit == "r":
        known = [(one, float(r)) for one in outcomes if (r := r_of(one)) is not None]
        note = _("손절을 적은 거래 %(n)s건") % {"n": f"{len(known):,}"}
    else:
        known = [(one, float(one.net)) for one in outcomes]
        note = _("끝난 거래 %(n)s건, 끝난 차례대로") % {"n": f"{len(known):,}"}
    sums = list(accumulate(value for _one, value in known))
    labels = [f"{number:,} · {one.day}" for number, (one, _value) in enumerate(known, 1)]
    line = Line(_("누적"), sums, "line-main", "area-main")
    return Picture(
        "trades",
        gettext_lazy("거래를 거듭할수록 쌓이고 있는가"),
        lines_figure([line], labels, asked.unit),
        note,
    )


def spread(outcomes: Sequence[Outcome], asked: Asked) -> Picture:
    """How results are spread: percent of what was paid, or R."""
    by = SPREADS["r" if asked.unit == "r" else "percent"]
    groups = {group.key: len(group.rows) for group in breakdown(outcomes, by).groups if group.key}
    bars = [
        Bar(
            bucket.name,
            float(groups.get(bucket.key, 0)),
            groups.get(bucket.key, 0),
            group_address(asked, by.key, bucket.key),
            ink="fall" if is_below(bucket.key) else "rise",
        )
        for bucket in _reached(by.buckets, groups)
    ]
    asks = (
        gettext_lazy("R은 어떻게 흩어져 있는가")
        if asked.unit == "r"
        else gettext_lazy("수익률은 어떻게 흩어져 있는가")
    )
    note = _("손절을 적은 거래의 R, 0.5R 간격") if asked.unit == "r" else _("매입금액에 견준 결과, 1 %p 간격")
    return Picture("spread", asks, bars_figure(bars, "n"), note)


def _reached(buckets: Sequence[Bucket], groups: Mapping[str, int]) -> Sequence[Bucket]:
    """From the lowest to the highest bucket that holds a trade."""
    places = [place for place, bucket in enumerate(buckets) if bucket.key in groups]
    return buckets[places[0] : places[-1] + 1] if places else ()


def rolling(outcomes: Sequence[Outcome], even: int = 0) -> list[Picture]:
    """The win rate of the last ``WINDOW`` trades, trade after trade."""
    if len(outcomes) <= WINDOW:
        return []
    results = [1 if result_of(one.net, one.costs, even) is Result.WIN else 0 for one in outcomes]
    sums = list(accumulate(results, initial=0))
    places = range(WINDOW, len(results) + 1)
    rates = [100 * (sums[place] - sums[place - WINDOW]) / WINDOW for place in places]
    whole = win_rate(sample(outcomes, even)).value or Decimal(0)
    flat = [float(whole * 100)] * len(rates)
    labels = [f"{place:,} · {outcomes[place - 1].day}" for place in places]
    lines = [
        Line(_("최근 %(n)s건 승률") % {"n": WINDOW}, rates, "line-main"),
        Line(_("전체"), flat, "ink-3", "", True),
    ]
    return [Picture("rolling", gettext_lazy("나아지고 있는가"), lines_figure(lines, labels, "%"))]


def _dots(outcomes: Iterable[Outcome], key: str, trades: str) -> Iterable[Dot]:
    known = [one for one in outcomes if getattr(one, key) is not None and one.cost]
    for one in known[-DOTS:]:
        x, y = 100 * getattr(one, key) / one.cost, 100 * one.net / one.cost
        yield Dot(x, y, f"{one.name or one.symbol} {one.day}<br>{x:.1f} % → {y:.1f} %", f"{trades}{one.key}/")
