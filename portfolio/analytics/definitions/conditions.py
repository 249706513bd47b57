"""Condition edge (3.7): what shares did after a condition (조건검색) flagged them."""

from portfolio.analytics.definitions.definition import Definition as D
from portfolio.analytics.measures import Unit

__all__ = ["CONDITIONS"]

RATIO, NUMBER, SECONDS = Unit.RATIO, Unit.NUMBER, Unit.SECONDS

CONDITIONS = (
    D(
        "hit_rate",
        "비용 초과 비율",
        "Hits that paid for their costs",
        "hits with net return > 0 ÷ hits",
        30,
        RATIO,
        "3.7",
    ),
    D("hit_median", "편입 후 수익률 중앙값", "Median return of hits", "median(net return)", 30, RATIO, "3.7"),
    D("hit_mean", "편입 후 평균 수익률", "Mean return of hits", "mean(net return)", 30, RATIO, "3.7"),
    D(
        "hit_taken",
        "매매한 편입",
        "Mean return, taken",
        "mean(net return), own buy after the hit",
        10,
        RATIO,
        "3.7",
    ),
    D(
        "hit_not_taken",
        "매매하지 않은 편입",
        "Mean return, not taken",
        "mean(net return), no own buy",
        10,
        RATIO,
        "3.7",
    ),
    D("hit_mfe", "편입 후 최대 유리폭", "MFE of hits", "mean(max(H) ÷ price − 1)", 30, RATIO, "3.7"),
    D("hit_mae", "편입 후 최대 불리폭", "MAE of hits", "mean(1 − min(L) ÷ price)", 30, RATIO, "3.7"),
    D("hits_a_day", "하루 편입 수", "Hits per day", "hits ÷ days heard", 5, NUMBER, "3.7"),
    D("hit_delay", "편입에서 주문까지", "Delay to the own order", "median(own buy − hit)", 10, SECONDS, "3.7"),
)
