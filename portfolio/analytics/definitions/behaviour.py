"""Behaviour (3.6): habits that cost money, found by definitions whose thresholds the user may change."""

from portfolio.analytics.definitions.definition import Definition as D
from portfolio.analytics.measures import Unit

__all__ = ["BEHAVIOUR"]

WON, RATIO, NUMBER, COUNT = Unit.WON, Unit.RATIO, Unit.NUMBER, Unit.COUNT

BEHAVIOUR = (
    D(
        "revenge",
        "뇌동·복수매매",
        "Revenge trades",
        "entry ≤ 15 min after a loss ≥ 1.5 × median, larger or unplanned",
        20,
        COUNT,
        "3.6",
    ),
    D("overtrading", "과잉매매", "Overtrading", "mean net of trades beyond the own p90 a day", 10, WON, "3.6"),
    D(
        "early_cutting",
        "이른 익절",
        "Early cutting",
        "median capture of winners < 40 % while the price rose on",
        10,
        RATIO,
        "3.6",
    ),
    D("loss_riding", "손실 방치", "Loss riding", "holding time of losers ÷ of winners", 20, NUMBER, "3.6"),
    D("disposition", "처분 효과", "Disposition effect", "PGR − PLR (Odean)", 20, RATIO, "3.6"),
    D("pgr", "이익 실현 비율 (PGR)", "Gains realised", "realised ÷ (realised + paper) gains", 20, RATIO, "3.6"),
    D(
        "plr",
        "손실 실현 비율 (PLR)",
        "Losses realised",
        "realised ÷ (realised + paper) losses",
        20,
        RATIO,
        "3.6",
    ),
    D(
        "size_after_streak",
        "연속 결과와 매매 크기",
        "Size after a streak",
        "corr(size, Σ of the previous 3 results)",
        30,
        NUMBER,
        "3.6",
    ),
    D("adherence", "원칙 준수율", "Plan adherence", "rules met ÷ rules", 10, RATIO, "3.6"),
    D(
        "expectancy_followed",
        "원칙을 지킨 매매 기대값",
        "Expectancy, rules followed",
        "mean(net), all rules met",
        10,
        WON,
        "3.6",
    ),
    D(
        "expectancy_broken",
        "원칙을 어긴 매매 기대값",
        "Expectancy, rules broken",
        "mean(net), a rule not met",
        10,
        WON,
        "3.6",
    ),
    D("mistake_cost", "실수 비용", "Cost of the mistake", "Σ net of the trades with the tag", 1, WON, "3.6"),
)
