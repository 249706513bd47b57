"""What every set of statistics takes over all trades of the account, by the processor's own clock."""

from collections.abc import Iterator

from kiwoomweb.access.models import Account
from kiwoomweb.operation.benchmarks.journal.figures import Figure
from portfolio.analytics.pace import pace
from portfolio.selectors.outcomes import outcomes_of
from portfolio.selectors.trades import trades_of

__all__ = ["statistics_figures"]


def statistics_figures(account: Account) -> Iterator[Figure]:
    """Seconds by set, told for comparison."""
    outcomes = outcomes_of(account, trades_of(account))
    for name, seconds in pace(outcomes).items():
        yield Figure(f"통계 (statistics of {len(outcomes):,} trades): {name}", seconds, "s")
