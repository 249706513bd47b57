"""The account: its ledger, its desk and its days, played forward to any instant."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import partial

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import next_trading_day
from kiwoomweb.simulator.admission import Admission, Profile
from kiwoomweb.simulator.agenda import Agenda
from kiwoomweb.simulator.corporate import Corporate
from kiwoomweb.simulator.desk import Desk
from kiwoomweb.simulator.events import EventLog
from kiwoomweb.simulator.journal import GOLD, Command, Journal
from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.products.gold_account import GoldAccount
from kiwoomweb.simulator.recall import Recall

__all__ = ["Account"]

MORNING, EVENING = time(5, tzinfo=SEOUL), time(23, tzinfo=SEOUL)


class Account:
    """Opened on ``opened_on``; ``mornings`` are told of every trading day before it begins."""

    def __init__(
        self,
        market: Market,
        profile: Profile,
        opened_on: date,
        journal: Journal,
        fees: int | None = None,
    ) -> None:
        self.market, self.opened_on, self.journal = market, opened_on, journal
        admission = Admission(market, profile, fees)
        self.ledger, self.agenda = Ledger(market, admission.costs), Agenda()
        self.log = EventLog(self.ledger)
        self.desk = Desk(self.ledger, admission, self.agenda, self.log.announce)
        self.gold = GoldAccount(market, profile, self.agenda)
        self.recall = Recall(self.desk)
        #: Who changes holdings overnight, in worlds that want it.
        self.corporate: Corporate | None = None
        self.mornings: list[Callable[[date], None]] = [self.gold.morning, self.recall.morning]
        self.agenda.enter(datetime.combine(opened_on, MORNING), self._morning)
        self._replay(journal.commands())

    def play(self, upto: datetime) -> None:
        """Let everything happen that is due."""
        self.agenda.play(upto)

    def order(self, command: Command) -> Order:
        """Carry out an order from outside and keep it; ``OrderRefused`` leaves no trace."""
        self.play(command.at)
        order = self._carry_out(command)
        self.journal.keep(command)
        return order

    def _carry_out(self, command: Command) -> Order:
        desk = self.gold.desk if command.book == GOLD else self.desk
        if command.verb == "place":
            return desk.place(command.ticket, command.at)
        verbs = {"modify": desk.modify, "cancel": desk.cancel, "reject": desk.reject}
        return verbs[command.verb](command.number, command.ticket, command.at)

    def _replay(self, commands: Iterable[Command]) -> None:
        for command in commands:
            self.agenda.enter(command.at, partial(self._again, command), from_outside=True)

    def _again(self, command: Command, at: datetime) -> None:
        """An order of an earlier run. It was taken then, so it is taken now."""
        self._carry_out(command)

    def _morning(self, at: datetime) -> None:
        day = at.date()
        self.ledger.settle(day)
        for plan in self.mornings:
            plan(day)
        self.agenda.enter(datetime.combine(day, EVENING), self._evening)
        following = next_trading_day(day, self.market.overrides)
        self.agenda.enter(datetime.combine(following, MORNING), self._morning)

    def _evening(self, at: datetime) -> None:
        self.ledger.close(at.date())
        self.recall.evening(at)
