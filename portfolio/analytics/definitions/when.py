"""When and where (3.4): the figures of each group of a breakdown, beside those of 3.1."""

from portfolio.analytics.definitions.definition import Definition as D
from portfolio.analytics.measures import Unit

__all__ = ["WHEN"]

WHEN = (
    D("trades", "매매 수", "Trades", "n", 1, Unit.COUNT, "3.4"),
    D("net", "손익", "Net", "Σ net", 1, Unit.WON, "3.4"),
    D("share_of_net", "손익 비중", "Share of the net", "Σ net of the group ÷ Σ net", 1, Unit.RATIO, "3.4"),
)
