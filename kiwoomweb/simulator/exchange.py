"""The exchange: one market, one account and one virtual clock behind every answer of the simulator.

    Exchange
    ├── clock      what time it is in there (virtual, KST), faster and paused
    ├── market     instruments, quotes, books, prints, bars, indices        (market_facts.py)
    ├── account    orders, fills, positions, money, realised results        (account_facts.py)
    └── products   funds, warrants and gold with its account                (products/shelf.py)

Ask the exchange; it first plays everything that is due up to ``now`` (fills, expiries, settlements, the demo
trader), so two questions asked at the same instant can never disagree. Not thread-safe: one event loop owns it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, Self

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Sessions, trading_day_after
from kiwoomweb.simulator import statements
from kiwoomweb.simulator.account_facts import (
    AccountEvent,
    CashRow,
    DaySnapshot,
    Deposit,
    Diary,
    DiaryKind,
    Position,
    RealisedDay,
    SaleRow,
)
from kiwoomweb.simulator.admission import OrderRefused, Profile
from kiwoomweb.simulator.boards.board import Board
from kiwoomweb.simulator.boards.company import Companies
from kiwoomweb.simulator.boards.halts import Halts
from kiwoomweb.simulator.boards.strength import DailyStrength
from kiwoomweb.simulator.boards.themes import Themes
from kiwoomweb.simulator.charting import day_bars, minute_bars, tick_prints
from kiwoomweb.simulator.corporate import Action
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.depth import depth_at
from kiwoomweb.simulator.desk import Ticket
from kiwoomweb.simulator.flows.flows import Flows
from kiwoomweb.simulator.hours import changes
from kiwoomweb.simulator.journal import Command
from kiwoomweb.simulator.ledger import Closing, Ledger
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Bar, Depth, IndexQuote, Instrument, Print, Quote, SessionChange
from kiwoomweb.simulator.opening import Wish, World, open_world
from kiwoomweb.simulator.order_facts import Fill, Order
from kiwoomweb.simulator.printing import prints_between
from kiwoomweb.simulator.products.shelf import Shelf
from kiwoomweb.simulator.quoting import index_at, price_at, quote_at
from kiwoomweb.simulator.standing import deposit, positions
from kiwoomweb.simulator.standing import merged as added_up
from kiwoomweb.simulator.universe import sectors

__all__ = ["Exchange", "OrderRefused"]


class Exchange:
    """Everything the wire may ask. All answers hold at the virtual ``now``; days and moments are KST."""

    def __init__(self, world: World) -> None:
        self.market, self._account, self._clock = world.market, world.account, world.clock
        self.board = Board(self.market)
        self.products = Shelf(self.market, self._account, self.now)
        self.companies, self.strengths = Companies(self.market), DailyStrength(self.market)
        self.halts = Halts(self.market)
        self.themes = Themes(self.market.universe)
        #: Prices of what was held when a past day ended: they are asked for often and never change.
        self._closed_at: dict[date, dict[str, int]] = {}
        self.flows = Flows(self.market)

    @classmethod
    def opened(
        cls,
        state: Path | None = None,
        *,
        seed: int = 1,
        history: Path | None = None,
        profile: Profile = "real",
        trader: bool = True,
        now: datetime | None = None,
        fees: int | None = None,
        krx_premarket: bool = False,
        years: int = 1,
        temperament: str = "",
        actions: str = "",
    ) -> Self:
        """Open the simulator, continuing from ``state`` (a folder) when it holds an earlier run.

        ``state=None`` keeps nothing (tests). ``history`` is a CSV of daily bars. ``profile`` sets commission
        and refusal codes. ``trader=False`` leaves the account empty but for its first deposit. ``now`` pins a
        paused clock there, to be moved with ``jump``. ``fees`` (in hundred-thousandths) and ``krx_premarket``
        are knobs of the host's profile; ``years``, ``temperament`` and ``actions`` those of the account's past.
        """
        wish = Wish(seed, history, profile, trader, fees, krx_premarket, years, temperament, actions)
        return cls(open_world(wish, state, now))

    # --- time ---------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The virtual instant; also the ``Date`` header."""
        return self._clock.now()

    @property
    def speed(self) -> float:
        """Virtual seconds a real second; 0 while paused."""
        return self._clock.speed

    def pause(self) -> None:
        self._clock.run(0.0)

    def resume(self, speed: float = 1.0) -> None:
        """Run at this many virtual seconds a real second."""
        self._clock.run(speed)

    def jump(self, to: datetime) -> None:
        """Move the clock forward to ``to``; everything between is played. Backwards raises ValueError."""
        self._clock.jump(to)

    def sessions(self, day: date) -> Sessions | None:
        return self.market.sessions(day)

    def is_trading_day(self, day: date) -> bool:
        return self.market.trades(day)

    def trading_day_after(self, day: date, count: int) -> date:
        return trading_day_after(day, count, self.market.overrides)

    # --- market -------------------------------------------------------------------------------------------

    def instruments(self, market: str = "") -> Sequence[Instrument]:
        """All shares and funds, or those of KOSPI / KOSDAQ / ETF / KONEX; or of ELW, by code."""
        if market == "ELW":
            return self.products.warrants.instruments()
        return [one for one in self.market.universe.instruments.values() if market in ("", one.market)]

    def instrument(self, code: str) -> Instrument | None:
        """``None`` for what the market of shares and funds does not list. Codes are bare (no _NX/_AL, no A)."""
        return self.market.universe.instruments.get(code)

    def quoted(self, code: str) -> Instrument | None:
        """Whatever has a quote, a book and charts: shares, funds and warrants."""
        return self.instrument(code) or self.products.warrants.instrument(code)

    def quote(self, code: str, venue: Venue = Venue.ALL) -> Quote:
        """현재가. ``KRX``: 09:00-15:30 and its after-market; ``NXT``: pre- and after-market; ``ALL``: both."""
        return quote_at(self._of(code), code, self.now(), venue)

    def depth(self, code: str, venue: Venue = Venue.ALL) -> Depth:
        return depth_at(self._of(code), code, self.now(), venue)

    def prints(
        self, code: str, since: datetime, until: datetime | None = None, venue: Venue = Venue.ALL
    ) -> Sequence[Print]:
        """Trades with ``since < at <= until`` (``None`` = now), oldest first, one day at most. For 0B."""
        until = min(until or self.now(), self.now())
        tape = self._of(code).tape(code, self.market.day_at(until))
        return list(prints_between(tape, since, until, venue)) if tape else []

    def ticks(self, code: str, count: int, until: datetime | None = None) -> Sequence[Print]:
        """The official session's last trades up to ``until``, newest first, going back over days (ka10079)."""
        return tick_prints(self._of(code), code, count, min(until or self.now(), self.now()))

    def minutes(self, code: str, minutes: int, count: int, until: datetime | None = None) -> Sequence[Bar]:
        """분봉 of the official session, newest first, going back over days. For ka10080."""
        return minute_bars(self._of(code), code, minutes, count, min(until or self.now(), self.now()))

    def bars(
        self,
        code: str,
        span: Literal["day", "week", "month", "year"],
        count: int,
        until: date | None = None,
    ) -> Sequence[Bar]:
        """일·주·월·년봉 of the official session, newest first, today's as it stands (ka10081-83, 94)."""
        now = self.now()
        last = min(until or now.date(), now.date())
        return day_bars(self._of(code), code, span, count, until=last, now=now)

    def sectors(self) -> Sequence[tuple[str, str, str]]:
        """(code, name, market) of every 업종, ``001`` 코스피 and ``101`` 코스닥 first."""
        return [(sector.code, sector.name, sector.market) for sector in sectors().values()]

    def index(self, sector: str) -> IndexQuote | None:
        return index_at(self.market, sector, self.now()) if sector in sectors() else None

    def session_changes(self, since: datetime, until: datetime | None = None) -> Sequence[SessionChange]:
        """0s events with ``since < at <= until``, a week of them at most."""
        until = min(until or self.now(), self.now())
        days = [since.date() + timedelta(days=n) for n in range(min((until.date() - since.date()).days, 7) + 1)]
        hours = [found for day in days if (found := self.market.sessions(day))]
        return [change for found in hours for change in changes(found) if since < change.at <= until]

    # --- the account --------------------------------------------------------------------------------------

    def orders_on(self, day: date) -> Sequence[Order]:
        """Every order of the day by number, modifications and cancellations as their own (kt00007, ka10076)."""
        return [order for _, order in sorted(self._played().orders.get(day, {}).items())]

    def executions_on(self, day: date) -> Sequence[Fill]:
        """Every fill of the day, oldest first."""
        return tuple(self._played().fills.get(day, ()))

    def open_orders(self) -> Sequence[Order]:
        """미체결 now, by number (ka10075)."""
        return sorted(self._played().open_orders(self.now().date()), key=lambda order: order.number)

    def order(self, day: date, number: str) -> Order | None:
        return self._played().orders.get(day, {}).get(number)

    def split_orders(self, number: str) -> Sequence[Order]:
        """Today's open SOR order as its child orders (ka10088); empty for others."""
        order = self.order(self.now().date(), number)
        return [order] if order and order.is_open and order.venue is Venue.SOR else []

    def positions(self, *, merged: bool = False) -> Sequence[Position]:
        """Lots by code, those sold out today last with quantity 0 (kt00018 leaves them out).

        ``merged`` adds up a share's lots (합산).
        """
        ledger = self._played()
        lots = positions(ledger, self.now())
        return added_up(ledger, lots) if merged else lots

    def deposit(self) -> Deposit:
        return deposit(self._played(), self.now())

    def realised_rows(self, start: date, end: date, code: str = "") -> Sequence[SaleRow]:
        """One row per sell execution, oldest first (ka10072, ka10073, ka10077)."""
        return statements.realised_rows(self._played(), start, end, code)

    def realised_days(self, start: date, end: date) -> Sequence[RealisedDay]:
        """Every day with a fill, oldest first; ka10074 lists only those with ``has_sales``."""
        return statements.realised_days(self._played(), start, end)

    def diary(self, day: date, kind: DiaryKind = DiaryKind.ALL, credit: bool | None = None) -> Diary:
        """``credit`` looks at trades on credit only, or at the others only."""
        return statements.diary(self._played(), day, kind, credit)

    def cash_ledger(self, start: date, end: date) -> Sequence[CashRow]:
        """Booked rows with ``start <= day <= end``, oldest first (kt00015)."""
        return self._played().purse.between(start, end)

    def settlements(self, settle_on: date) -> Sequence[CashRow]:
        """Rows that will be booked on that day (kt00008), balance 0."""
        ledger = self._played()
        traded = [day for day in ledger.unsettled if ledger.settles_on(day) == settle_on]
        return [row for day in traded for row in ledger.due_rows(day, settle_on)]

    def day_snapshot(self, day: date) -> DaySnapshot | None:
        """The account at the close of ``day`` (today: as it stands); ``None`` before it was opened."""
        ledger, today = self._played(), self.now().date()
        closing = statements.closing_before(ledger, day)
        if day >= today and today not in ledger.closings and self.market.trades(today):
            closing = ledger.as_it_stands(today)
        if day > today or closing is None:
            return None
        return statements.snapshot(ledger, closing, day, self._closing_prices(closing))

    @property
    def corporate_actions(self) -> Sequence[Action]:
        """What happened overnight to holdings, oldest first; nothing in a world opened without a plan."""
        self._played()
        return tuple(self._account.corporate.done) if self._account.corporate else ()

    @property
    def opened_on(self) -> date:
        """The account's first day."""
        return self._account.opened_on

    def commission(self, amount: int) -> int:
        """What the broker would charge for an order of this amount."""
        return self._account.ledger.costs.commission(amount)

    def buyable(self, code: str, price: int, credit: Credit = Credit.CASH, *, more: int = 0) -> int:
        """How many shares the buying power allows at this price, costs included; 0 for a price of 0.

        ``more`` is money thought of as paid in, or out when negative.
        """
        self._played()
        desk, now = self._account.desk, self.now()
        power = max(desk.buying_power(now) + more, 0)
        most = desk.affordable(power, price, code, credit)
        return min(most, desk.lendable(price, code, now)) if credit else most

    def loan_room(self) -> int:
        """What the broker would still lend this account (융자 한도 less what is lent or ordered)."""
        self._played()
        return self._account.desk.room(self.now())

    # --- orders -------------------------------------------------------------------------------------------

    def place(
        self,
        side: Side,
        code: str,
        quantity: int,
        price: int = 0,
        *,
        kind: str = "0",
        venue: Venue = Venue.KRX,
        stop_price: int = 0,
        channel: str = "REST API",
        credit: Credit = Credit.CASH,
        loan: date | None = None,
    ) -> Order:
        """Book an order and answer it, or raise ``OrderRefused``. Fills follow a moment later as events.

        A credit buy (``LOAN``) borrows today; a credit sale repays the ``loan`` it names, or all (``LOANS``).
        """
        ticket = Ticket(side, code, quantity, price, kind, venue, stop_price, channel, credit, loan)
        return self._account.order(Command(self.now(), "place", ticket))

    def modify(
        self,
        number: str,
        code: str,
        quantity: int,
        price: int,
        *,
        venue: Venue,
        stop_price: int = 0,
        channel: str = "REST API",
        credit: Credit = Credit.CASH,
    ) -> Order:
        """정정: ``quantity`` 0 means all that remains; the answer is the new order."""
        ticket = Ticket(Side.BUY, code, quantity, price, "0", venue, stop_price, channel, credit)
        return self._account.order(Command(self.now(), "modify", ticket, number))

    def cancel(
        self,
        number: str,
        code: str,
        quantity: int,
        *,
        venue: Venue,
        channel: str = "REST API",
        credit: Credit = Credit.CASH,
    ) -> Order:
        """취소: the answer is the cancellation, ``confirmed`` how many shares it freed."""
        ticket = Ticket(Side.BUY, code, quantity, venue=venue, channel=channel, credit=credit)
        return self._account.order(Command(self.now(), "cancel", ticket, number))

    def reject(self, number: str) -> Order | None:
        """거부: the exchange sends an open order back, after it was taken; ``None`` unless it is open."""
        order = self.order(self.now().date(), number)
        if order is None or not order.is_open:
            return None
        ticket = Ticket(order.side, order.code, 0, venue=order.venue, credit=order.credit)
        return self._account.order(Command(self.now(), "reject", ticket, number))

    def correct(self, day: date, won: int) -> bool:
        """정정: charge so much more commission for a day that is over (less when negative), before it settles.

        False when nothing was traded on the day, or its money has been booked.
        """
        ledger = self._played()
        if day not in ledger.unsettled:
            return False
        _, tally = min(ledger.tallies[day].items(), key=lambda pair: pair[0].rank)
        tally.corrected += won
        return True

    # --- events -------------------------------------------------------------------------------------------

    @property
    def sequence(self) -> int:
        """The number of the latest account event; start a stream from here."""
        self._played()
        return self._account.log.sequence

    def events(self, after: int) -> Sequence[AccountEvent]:
        """Account events with a higher sequence, in order. Only the last 2,000 of this run are kept."""
        self._played()
        return self._account.log.after(after)

    # --- within -------------------------------------------------------------------------------------------

    def _of(self, code: str) -> Market:
        """The market that makes this code's prices."""
        is_warrant = self.instrument(code) is None and self.products.warrants.find(code) is not None
        return self.products.warrants.market if is_warrant else self.market

    def _played(self) -> Ledger:
        """The ledger with everything played that is due."""
        self._account.play(self.now())
        return self._account.ledger

    def _closing_prices(self, closing: Closing) -> dict[str, int]:
        """Prices of what was held when a day ended, or of now for today."""
        if closing.day in self._closed_at:
            return self._closed_at[closing.day]
        at = min(self.now(), datetime.combine(closing.day, datetime.max.time(), tzinfo=self.now().tzinfo))
        prices = {one.lot.code: price_at(self.market, one.lot.code, at) for one in closing.held}
        if closing.day < self.now().date():
            self._closed_at[closing.day] = prices
        return prices
