"""Sample: closed trades parted into what won, what lost and what came out even, once for all figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from portfolio.analytics.outcomes import Outcome, Result, in_order, result_of

__all__ = ["Sample", "keys", "net_of", "sample"]


@dataclass(frozen=True, slots=True)
class Sample:
    """All trades in the order they were closed, and the three parts. Even ones keep their small amounts: they
    count in the sum and in the mean, but are neither wins nor losses."""

    all: list[Outcome]
    wins: list[Outcome]
    losses: list[Outcome]
    flats: list[Outcome]
    #: sums of net in won: of the wins, of the losses (below 0), of all
    won: int
    lost: int
    net: int
    win_keys: tuple[int, ...]
    loss_keys: tuple[int, ...]

    @property
    def n(self) -> int:
        return len(self.all)

    @property
    def decided(self) -> int:
        """Wins and losses."""
        return len(self.wins) + len(self.losses)

    @property
    def decided_keys(self) -> tuple[int, ...]:
        """The rows behind figures that leave even trades out."""
        return self.win_keys + self.loss_keys

    @property
    def payoff(self) -> Fraction | None:
        """avgWin / |avgLoss|; ``None`` when one side is missing."""
        if not self.wins or not self.losses:
            return None
        return Fraction(self.won * len(self.losses), -self.lost * len(self.wins))


def sample(outcomes: Iterable[Outcome], even_within: int = 0) -> Sample:
    """Part the trades; ``even_within`` won is what the user calls even (``result_of``)."""
    parts: dict[Result, list[Outcome]] = {result: [] for result in Result}
    ordered = in_order(outcomes)
    for outcome in ordered:
        parts[result_of(outcome.net, outcome.costs, even_within)].append(outcome)
    wins, losses, flats = parts[Result.WIN], parts[Result.LOSS], parts[Result.FLAT]
    won, lost = net_of(wins), net_of(losses)
    total = won + lost + net_of(flats)
    return Sample(ordered, wins, losses, flats, won, lost, total, keys(wins), keys(losses))


def net_of(outcomes: Iterable[Outcome]) -> int:
    """Their sum in won."""
    return sum(outcome.net for outcome in outcomes)


def keys(outcomes: Iterable[Outcome]) -> tuple[int, ...]:
    """The rows behind a figure."""
    return tuple(outcome.key for outcome in outcomes)
