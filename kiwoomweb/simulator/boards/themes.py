"""Themes (테마): groups of shares people speak of together, as far as the market lists them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kiwoomweb.simulator.boards.board import Board, Line
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.universe import DATA, Universe

__all__ = ["Theme", "Themes", "mean_rate", "period_return"]

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Theme:
    code: str
    name: str
    shares: tuple[str, ...]


class Themes:
    def __init__(self, universe: Universe) -> None:
        self.of: Mapping[str, Theme] = {theme.code: theme for theme in _read(universe)}


def _read(universe: Universe) -> Iterator[Theme]:
    """Every theme of which at least one share is listed."""
    with (DATA / "themes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed = tuple(code for code in row["shares"].split() if code in universe.instruments)
            if listed:
                yield Theme(row["code"], row["name"], listed)


def period_return(board: Board, line: Line, at: datetime, days: int) -> Decimal:
    """Percent against the close ``days`` trading days ago, or the oldest close there is."""
    past = board.past(line.code, at, days)
    return percent(line.quote.price - past[-1].close, past[-1].close) if past else Decimal(0).quantize(CENT)


def mean_rate(rates: Sequence[Decimal]) -> Decimal:
    """A theme moves as the plain average of its shares."""
    return (sum(rates, Decimal(0)) / len(rates)).quantize(CENT) if rates else Decimal(0).quantize(CENT)
