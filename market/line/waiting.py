"""Waiting: what the broker's 200 items have no room for is asked by REST, slowly, so that nothing stays blank.

One question for up to a hundred prices and one for a single order book each round; pages show such a number
with its age and that it waits (``FeedState.waiting``).
"""

from collections.abc import Collection, Iterable

from market.topics import kind_of, place_of, topic

__all__ = ["ROUND", "Turns"]

#: Seconds between two rounds.
ROUND = 10.0
#: Prices the broker tells in one answer (ka10095).
PRICES = 100


class Turns:
    """Whose turn it is among those that wait."""

    def __init__(self) -> None:
        self._price = self._book = 0

    def next(self, waiting: Collection[str], followed: Iterable[str]) -> list[str]:
        """The topics of one round: prices of the next hundred places, and the next followed book."""
        places = list(waiting)
        books = sorted(name for name in followed if kind_of(name) == "book" and place_of(name) in places)
        chosen = [topic("quote", place) for place in _turn(places, self._price, PRICES)]
        chosen += _turn(books, self._book, 1)
        self._price, self._book = self._price + PRICES, self._book + 1
        return chosen


def _turn(items: list[str], begin: int, count: int) -> list[str]:
    if len(items) <= count:
        return items
    begin %= len(items)
    return [*items, *items][begin : begin + count]
