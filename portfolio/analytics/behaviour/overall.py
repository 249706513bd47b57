"""Every detector that closed trades alone can feed."""

from collections.abc import Sequence

from portfolio.analytics.behaviour.discipline import adherence
from portfolio.analytics.behaviour.finding import Finding
from portfolio.analytics.behaviour.impulse import overtrading, revenge, size_after_streak
from portfolio.analytics.behaviour.letting_go import early_cutting, loss_riding
from portfolio.analytics.behaviour.thresholds import DEFAULTS, Thresholds
from portfolio.analytics.outcomes import Outcome

__all__ = ["findings"]


def findings(outcomes: Sequence[Outcome], by: Thresholds = DEFAULTS) -> dict[str, Finding]:
    """By key. The disposition effect also needs the positions held on sale days and is asked for alone."""
    found = (
        revenge(outcomes, by),
        overtrading(outcomes, by),
        early_cutting(outcomes, by),
        loss_riding(outcomes, by),
        size_after_streak(outcomes, by),
        adherence(outcomes, by).finding,
    )
    return {each.measure.key: each for each in found}
