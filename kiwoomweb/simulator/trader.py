"""The demo trader: a person who has traded for a year and plays on today, at the same desk as everybody.

Each morning it makes its plans for the day and puts them on the agenda. What it does at an instant depends only
on the seed, the market and the account at that instant.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.desk import Desk
from kiwoomweb.simulator.hands import Hands
from kiwoomweb.simulator.moods import TYPICAL_YEAR, Mood, mood_on
from kiwoomweb.simulator.picking import pick, watchlist
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.temperament import Temperament

__all__ = ["FIRST_DEPOSIT", "Trader"]

FIRST_DEPOSIT = 30_000_000
PAYDAY, SAVED = 25, 1_000_000
WITHDRAWN_ON, WITHDRAWN = 168, 5_000_000
MOST_HOLDINGS = 7


@dataclass(slots=True)
class Idea:
    """Why a holding is held: sell ``target`` above its cost, doubt ``stop`` below, be out by ``until``."""

    target: float
    stop: float
    until: date
    adds: int = 2


class Trader:
    """``first`` is the account's first day."""

    def __init__(self, desk: Desk, seed: int, first: date, temperament: Temperament | None = None) -> None:
        self.temperament = temperament
        self.hands, self.seed = Hands(desk, seed), seed
        self.ledger, self.market, self.agenda = desk.ledger, desk.market, desk.agenda
        self.codes = watchlist(self.market, seed, first)
        self.ideas: dict[str, Idea] = {}
        self.days = 0

    def morning(self, day: date) -> None:
        """Make the day's plans."""
        index, self.days = self.days, self.days + 1
        mood, luck = mood_on(index), dice(self.seed, "trader", day)
        mood = self.temperament.on(mood) if self.temperament else mood
        self._move_money(day, index)
        if not mood.entries:
            return
        for code in sorted(self.ledger.holdings):
            self._tend(code, day, mood, luck)
        for _ in range(_times(mood.entries, luck)):
            self._seek(day, mood, luck)

    def follow(self, code: str, successor: str) -> None:
        """A company trades under another code, or ("") no more."""
        self.codes = [successor if one == code else one for one in self.codes]
        self.codes = [one for one in self.codes if one]
        idea = self.ideas.pop(code, None)
        if idea and successor:
            self.ideas[successor] = idea

    # --- plans --------------------------------------------------------------------------------------------

    def _move_money(self, day: date, index: int) -> None:
        """Savings on most paydays, and once a year something big is bought outside the market."""
        purse, at = self.ledger.purse, minute_start(day, 8 * 60 + 10)
        before = next(past for past in self.market.days_back(day) if past < day)
        if index == 0:
            purse.move(at, CashKind.DEPOSIT, FIRST_DEPOSIT)
        elif day.day >= PAYDAY and (before.day < PAYDAY or before.month != day.month) and day.month % 3:
            purse.move(at, CashKind.DEPOSIT, SAVED)
        free = min(purse.cash, self.ledger.d2)
        if index % TYPICAL_YEAR == WITHDRAWN_ON and free > WITHDRAWN // 5:
            purse.move(at, CashKind.WITHDRAWAL, min(WITHDRAWN, free // 100_000 * 100_000))

    def _tend(self, code: str, day: date, mood: Mood, luck: Random) -> None:
        """A holding moves the hand when time is up, or its goal or stop lies within the day's reach."""
        bar = self.market.daily.series(code, day).on(day)
        if bar is None or bar.halted:
            return
        idea = self.ideas.setdefault(code, _idea(day, luck))
        average = float(self.ledger.holdings[code].average)
        if day >= idea.until:
            self._at(day, luck.uniform(9.4, 14.5), partial(self.hands.leave, code))
        elif bar.high >= average * (1 + idea.target):
            self._at(day, luck.uniform(9.02, 9.4), partial(self._offer, code, luck.random()))
        elif bar.low <= average * (1 - idea.stop):
            for hour in (9.7, 11.4, 14.2):
                self._at(day, hour + luck.uniform(0, 0.6), partial(self._doubt, code, mood))
        elif luck.random() < 0.03:
            self._at(day, luck.uniform(9.1, 10.5), partial(self._offer, code, luck.random()))

    def _seek(self, day: date, mood: Mood, luck: Random) -> None:
        """A new position at some time of the day."""
        intraday = luck.random() < mood.day_trades
        code = pick(self.market, self.codes, day, luck, edge=mood.edge, intraday=intraday)
        if code is None or (len(self.ledger.holdings) >= MOST_HOLDINGS and code not in self.ledger.holdings):
            return
        hour = luck.uniform(9.05, 11.5) if intraday else luck.uniform(9.1, 14.8)
        self._at(day, hour, partial(self._buy_in, code, mood, intraday))

    def _at(self, day: date, hour: float, act: Callable[[datetime], None]) -> None:
        self.agenda.enter(minute_start(day, 0) + timedelta(seconds=int(hour * 3600)), act)

    # --- what happens at an instant -----------------------------------------------------------------------

    def _buy_in(self, code: str, mood: Mood, intraday: bool, at: datetime) -> None:
        luck = dice(self.seed, "entry", code, at)
        if code not in self.ledger.holdings:
            self.ideas[code] = _idea(at.date(), luck)
        budget = int(self.hands.assets() * mood.size // 100 * luck.uniform(0.6, 1.2))
        if self.hands.buy(code, budget, at, luck) and intraday:
            latest = minute_start(at.date(), 15 * 60 + luck.randrange(19))
            until = min(at + timedelta(minutes=luck.randrange(20, 200)), latest)
            self.agenda.enter(until, partial(self.hands.leave, code))

    def _offer(self, code: str, chance: float, at: datetime) -> None:
        """Offer all or a half at the goal; afterwards hope for more, with the stop pulled up."""
        holding, idea = self.ledger.holdings.get(code), self.ideas.get(code)
        if holding is None or idea is None:
            return
        goal = self.market.grid(code).snap(float(holding.average) * (1 + idea.target))
        self.hands.sell(code, holding.quantity if chance < 0.4 else (holding.quantity + 1) // 2, at, goal)
        idea.target, idea.stop = idea.target + 0.05, max(idea.stop - 0.02, 0.01)

    def _doubt(self, code: str, mood: Mood, at: datetime) -> None:
        """The stop is near: the stubborn buy more, the others let go."""
        holding, idea = self.ledger.holdings.get(code), self.ideas.get(code)
        if holding is None or idea is None:
            return
        if self.hands.price(code, at) > float(holding.average) * (1 - idea.stop):
            return
        if mood.stubborn and idea.adds:
            idea.adds, idea.stop = idea.adds - 1, idea.stop + 0.06
            self.hands.buy(code, int(holding.cost), at, dice(self.seed, "add", code, at))
        else:
            self.hands.leave(code, at)


def _idea(day: date, luck: Random) -> Idea:
    until = day + timedelta(days=luck.choice((4, 7, 9, 14, 21, 30)))
    return Idea(luck.uniform(0.035, 0.11), luck.uniform(0.04, 0.075), until)


def _times(average: float, luck: Random) -> int:
    """How often something that happens ``average`` times a day happens today."""
    return sum(luck.random() < average / 4 for _ in range(4))
