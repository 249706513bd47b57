"""Findings: what each habit detector saw, the trades it means, and what they cost."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.analytics.behaviour.discipline import MistakeCost, adherence, mistake_costs
from portfolio.analytics.behaviour.finding import Finding
from portfolio.analytics.behaviour.letting_go import disposition
from portfolio.analytics.behaviour.overall import findings
from portfolio.analytics.behaviour.thresholds import DEFAULTS, Thresholds
from portfolio.analytics.definitions import DEFINITIONS, made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.breaking import group_address
from portfolio.presenting.stats.units import text
from portfolio.selectors.habits import LIMITS, sale_days, thresholds_of
from portfolio.wording.groups import in_words, names_for

__all__ = ["Field", "FindingLine", "Habits", "MistakeLine", "mistake_lines"]

LABELS: dict[str, "str | Promise"] = {
    "revenge_minutes": gettext_lazy("복수매매: 손실 뒤 몇 분까지 보는가"),
    "revenge_loss": gettext_lazy("복수매매: 손실이 중앙값의 몇 배부터인가"),
    "revenge_size": gettext_lazy("복수매매: 다음 거래가 중앙값의 몇 배부터인가"),
    "busy_percentile": gettext_lazy("과잉매매: 하루 거래 수의 몇 백분위부터인가"),
    "capture": gettext_lazy("이른 익절: 포착률이 얼마보다 작은가"),
    "riding": gettext_lazy("손실 방치: 보유 시간이 몇 배를 넘는가"),
    "disposition": gettext_lazy("처분 효과: PGR − PLR이 얼마를 넘는가"),
    "streak": gettext_lazy("크기: 앞선 결과 몇 개를 보는가"),
    "correlation": gettext_lazy("크기: 상관이 얼마부터인가"),
    "adherence": gettext_lazy("원칙: 준수율이 얼마보다 낮은가"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One threshold on the form: ``usual`` is the catalogue's, ``said`` what was typed."""

    name: str
    label: "str | Promise"
    usual: str
    said: str
    is_wrong: bool
    limits: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One habit. ``says``: found, not found, or not to be told yet; ``cost`` in won, above 0 is lost."""

    key: str
    name: str
    value: str
    says: str
    css: str
    n: int
    cost: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class MistakeLine:
    """One mistake: how often, what its trades brought, where they are."""

    name: str
    n: int
    net: int
    address: str


def mistake_lines(costs: list[MistakeCost], asked: Asked) -> list[MistakeLine]:
    """The dearest first, by their names."""
    names = names_for(DIMENSIONS["mistake"], [cost.mistake for cost in costs])
    return [
        MistakeLine(
            names.get(cost.mistake, cost.mistake),
            cost.measure.n,
            int(cost.measure.value or 0),
            group_address(asked, "mistake", cost.mistake),
        )
        for cost in costs
    ]


class Habits:
    """The habits in the trades asked for, by the account's thresholds."""

    def __init__(self, asked: Asked, outcomes: list[Outcome]) -> None:
        self.asked, self.outcomes = asked, outcomes
        self.by: Thresholds = replace(thresholds_of(asked.account), even_within=asked.even)
        self.found: dict[str, Finding] = findings(outcomes, self.by)
        self.kept = adherence(outcomes, self.by)
        days = sale_days(asked.account, asked.filter.first, asked.filter.last)
        self.gap, self.pgr, self.plr, self.is_disposed = disposition(days, self.by)
        self.mistakes: list[MistakeCost] = mistake_costs(outcomes)

    def measures(self) -> dict[str, Measure]:
        """All of 3.6 by key; those of a detector count the trades it means as their rows."""
        found = {key: _meaning(each) for key, each in self.found.items()}
        singles = [self.gap, self.pgr, self.plr, self.kept.followed, self.kept.broken, self._mistakes()]
        return found | {measure.key: measure for measure in singles}

    def lines(self) -> list[FindingLine]:
        """What each detector says, the dearest first."""
        found = [
            self._line(each.measure, each.shown, len(each.rows), each.cost) for each in self.found.values()
        ]
        found.append(self._line(self.gap, self.is_disposed, 0, None))
        return sorted(found, key=lambda line: (line.css != "found", -(line.cost or 0)))

    def fields(self, said: dict[str, str], wrong: list[str]) -> list[Field]:
        """The form of the thresholds, with what was typed last."""
        return [
            Field(
                name,
                label,
                str(getattr(DEFAULTS, name)),
                said.get(name, str(getattr(self.by, name))),
                name in wrong,
                f"{LIMITS[name][0]} – {LIMITS[name][1]}",
            )
            for name, label in LABELS.items()
        ]

    def _line(self, measure: Measure, shown: bool, rows: int, cost: int | None) -> FindingLine:
        definition = DEFINITIONS[measure.key]
        says, css = _verdict(measure, shown)
        return FindingLine(
            measure.key,
            in_words((definition.name, definition.english)),
            text(measure.value, measure.unit),
            says,
            css,
            measure.n,
            cost if shown else None,
            rows if shown else 0,
        )

    def _mistakes(self) -> Measure:
        """Every trade with a mistake once."""
        marked = [one for one in self.outcomes if one.mistakes]
        total: Any = sum(one.net for one in marked) if marked else Why.NO_TRADES
        return made("mistake_cost", total, len(marked), rows=(one.key for one in marked))


def _meaning(finding: Finding) -> Measure:
    """The measure with the trades the detector means, where it means any."""
    measure = finding.measure
    return Measure(
        measure.key,
        measure.value,
        measure.n,
        measure.unit,
        measure.low,
        measure.high,
        measure.needs,
        finding.rows if finding.shown else measure.rows,
        measure.why_none,
    )


def _verdict(measure: Measure, shown: bool) -> tuple[str, str]:
    if measure.value is None or not measure.enough:
        return _("아직 말할 수 없음"), "few"
    return (_("보입니다"), "found") if shown else (_("보이지 않습니다"), "calm")
