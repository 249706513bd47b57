"""Liveliness: what the demo trader does for a viewer: small orders every few minutes of the day on show.

Orders that fill, orders that wait and are taken back, a bit of everything, with five to eight holdings kept.
"""

from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.hands import Hands
from kiwoomweb.simulator.printing import minute_start

__all__ = ["Liveliness"]

#: From when to when (minutes since midnight), and how many minutes lie between two ideas.
RHYTHM = ((9 * 60 + 3, 15 * 60 + 15, 5), (16 * 60 + 5, 19 * 60 + 45, 9))
FEWEST, ENOUGH = 5, 7
#: Orders far from the market that wait all day.
OFFERS = 3
#: Won spent on one small order.
SMALL = (250_000, 900_000)
#: Minutes after which a waiting order of the show is thought over.
SOON = (1.5, 6.0)


class Liveliness:
    def __init__(self, hands: Hands, codes: list[str]) -> None:
        self.hands, self.codes = hands, codes
        self.ledger, self.market, self.agenda = hands.ledger, hands.market, hands.agenda

    def morning(self, day: date) -> None:
        """Put the day's ideas on the agenda, the first ones to fill up a thin portfolio."""
        luck = dice(self.hands.seed, "show", day)
        for start, end, pause in RHYTHM:
            minute = start + luck.uniform(0, pause)
            while minute < end:
                self.agenda.enter(minute_start(day, 0) + timedelta(seconds=int(minute * 60)), self._act)
                minute += pause * luck.uniform(0.6, 1.4)

        for _ in range(OFFERS):
            self.agenda.enter(minute_start(day, 0) + timedelta(hours=luck.uniform(9.1, 10.2)), self._offer)

    def _act(self, at: datetime) -> None:
        luck = dice(self.hands.seed, "show", at)
        choice, held = luck.random(), sorted(self.ledger.holdings)
        if len(held) < FEWEST:
            self._buy(luck, at, now=True)
        elif choice < (0.6 if len(held) > ENOUGH else 0.25):
            self._sell(luck.choice(held), luck, at)
        elif choice < 0.5:
            self._buy(luck, at, now=True)
        else:
            self._wait(luck, at)

    def _buy(self, luck: Random, at: datetime, *, now: bool) -> None:
        """A small purchase, of something new when the portfolio is thin."""
        held = sorted(self.ledger.holdings)
        code = luck.choice(self.codes if len(held) < ENOUGH else held)
        order = self.hands.buy(code, luck.randrange(*SMALL), at, luck)
        if order and now:
            self._soon(order.number, luck, at)

    def _sell(self, code: str, luck: Random, at: datetime) -> None:
        """Let a part go, or the whole of what has become too many."""
        holding = self.ledger.holdings[code]
        part = holding.quantity if len(self.ledger.holdings) > ENOUGH else max(holding.quantity // 3, 1)
        self.hands.sell(code, part, at)

    def _wait(self, luck: Random, at: datetime) -> None:
        """An order some ticks away that waits in the book until it is thought over."""
        selling = [code for code in sorted(self.ledger.holdings) if self.ledger.sellable(at.date(), code) > 0]
        if luck.random() < 0.5 and selling:
            code = luck.choice(selling)
            price = self._away(code, Side.SELL, luck.randrange(1, 6), at)
            order = self.hands.sell(code, max(self.ledger.sellable(at.date(), code) // 4, 1), at, price)
        else:
            code = luck.choice(self.codes)
            price = self._away(code, Side.BUY, luck.randrange(1, 6), at)
            order = self.hands.bid(code, luck.randrange(*SMALL), price, at)
        if order and luck.random() < 0.85:
            self._soon(order.number, luck, at)

    def _offer(self, at: datetime) -> None:
        """An order that will hardly be reached today."""
        luck = dice(self.hands.seed, "offer", at)
        code = luck.choice(self.codes)
        self.hands.bid(code, luck.randrange(*SMALL), self._away(code, Side.BUY, luck.randrange(12, 30), at), at)

    def _away(self, code: str, side: Side, steps: int, at: datetime) -> int:
        """A price some ticks from the last one, away from the market."""
        grid, price = self.market.grid(code), self.hands.price(code, at)
        for _ in range(steps):
            price = grid.up(price) if side is Side.SELL else grid.down(price)
        return price

    def _soon(self, number: str, luck: Random, at: datetime) -> None:
        later = at + timedelta(minutes=luck.uniform(*SOON))
        self.agenda.enter(later, partial(self.hands.think_again, number))
