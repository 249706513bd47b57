"""The exchange: one market, one account and one virtual clock behind every answer of the simulator.

    Exchange
    ├── clock      what time it is in there (virtual, KST), faster and paused
    ├── market     instruments, quotes, books, prints, bars, indices        (market_facts.py)
    └── account    orders, fills, positions, money, realised results        (account_facts.py)

Ask the exchange; it first plays everything that is due up to ``now`` (fills, expiries, settlements, the demo
trader), so two questions asked at the same instant can never disagree. Not thread-safe: one event loop owns it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Self

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Sessions
from kiwoomweb.simulator.account_facts import (
    AccountEvent,
    CashRow,
    DaySnapshot,
    Deposit,
    Diary,
    DiaryKind,
    Fill,
    Order,
    Position,
    RealisedDay,
    SaleRow,
)
from kiwoomweb.simulator.market_facts import (
    Bar,
    Depth,
    IndexQuote,
    Instrument,
    Print,
    Quote,
    SessionChange,
)

__all__ = ["Exchange", "OrderRefused"]


class OrderRefused(Exception):
    """The ledger says no. ``code`` and ``text`` go into ``[2000](code:text)``; nothing was booked."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}:{text}")
        self.code, self.text = code, text


class Exchange:
    """Everything the wire may ask. All answers hold at the virtual ``now``; days and moments are KST."""

    @classmethod
    def opened(
        cls,
        state: Path | None = None,
        *,
        seed: int = 1,
        history: Path | None = None,
        profile: Literal["real", "mock"] = "real",
        trader: bool = True,
        now: datetime | None = None,
    ) -> Self:
        """Open the simulator, continuing from ``state`` (a folder) when it holds an earlier run.

        ``state=None`` keeps nothing (tests). ``history`` is a CSV of daily bars. ``profile`` sets commission
        and refusal codes. ``trader=False`` leaves the account empty but for its first deposit. ``now`` pins a
        paused clock there, to be moved with ``jump``.
        """
        raise NotImplementedError

    # --- time ---------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The virtual instant; also the ``Date`` header."""
        raise NotImplementedError

    def pause(self) -> None: ...
    def resume(self, speed: float = 1.0) -> None:
        """Run at this many virtual seconds a real second."""

    def jump(self, to: datetime) -> None:
        """Move the clock forward to ``to``; everything between is played. Backwards raises ValueError."""

    def sessions(self, day: date) -> Sessions | None:
        raise NotImplementedError

    def is_trading_day(self, day: date) -> bool:
        raise NotImplementedError

    def trading_day_after(self, day: date, count: int) -> date:
        raise NotImplementedError

    # --- market -------------------------------------------------------------------------------------------

    def instruments(self, market: str = "") -> Sequence[Instrument]:
        """All, or those of KOSPI / KOSDAQ / ETF / KONEX, by code."""
        raise NotImplementedError

    def instrument(self, code: str) -> Instrument | None:
        """``None`` for a code this market does not list. Codes are bare (no _NX/_AL, no A)."""
        raise NotImplementedError

    def quote(self, code: str, venue: Venue = Venue.ALL) -> Quote:
        """현재가. ``KRX``: 09:00-15:30 and its after-market; ``NXT``: pre- and after-market; ``ALL``: both."""
        raise NotImplementedError

    def depth(self, code: str, venue: Venue = Venue.ALL) -> Depth:
        raise NotImplementedError

    def prints(
        self, code: str, since: datetime, until: datetime | None = None, venue: Venue = Venue.ALL
    ) -> Sequence[Print]:
        """Trades with ``since < at <= until`` (``None`` = now), oldest first, one day at most. For 0B."""
        raise NotImplementedError

    def ticks(self, code: str, count: int, until: datetime | None = None) -> Sequence[Print]:
        """The last ``count`` trades up to ``until``, newest first, going back over days. For ka10079."""
        raise NotImplementedError

    def minutes(self, code: str, minutes: int, count: int, until: datetime | None = None) -> Sequence[Bar]:
        """분봉 of the official session, newest first, going back over days. For ka10080."""
        raise NotImplementedError

    def bars(
        self,
        code: str,
        span: Literal["day", "week", "month", "year"],
        count: int,
        until: date | None = None,
    ) -> Sequence[Bar]:
        """일·주·월·년봉 of the official session, newest first, today's as it stands (ka10081-83, 94)."""
        raise NotImplementedError

    def sectors(self) -> Sequence[tuple[str, str, str]]:
        """(code, name, market) of every 업종, ``001`` 코스피 and ``101`` 코스닥 first."""
        raise NotImplementedError

    def index(self, sector: str) -> IndexQuote | None:
        raise NotImplementedError

    def session_changes(self, since: datetime, until: datetime | None = None) -> Sequence[SessionChange]:
        """0s events with ``since < at <= until``."""
        raise NotImplementedError

    # --- the account --------------------------------------------------------------------------------------

    def orders_on(self, day: date) -> Sequence[Order]:
        """Every order of the day by number, modifications and cancellations as their own (kt00007, ka10076)."""
        raise NotImplementedError

    def executions_on(self, day: date) -> Sequence[Fill]:
        raise NotImplementedError

    def open_orders(self) -> Sequence[Order]:
        """미체결 now, by number (ka10075)."""
        raise NotImplementedError

    def order(self, day: date, number: str) -> Order | None:
        raise NotImplementedError

    def split_orders(self, number: str) -> Sequence[Order]:
        """Today's open SOR order as its child orders (ka10088); empty for others."""
        raise NotImplementedError

    def positions(self) -> Sequence[Position]:
        """Holdings by code, those sold out today last with quantity 0 (kt00018 leaves them out)."""
        raise NotImplementedError

    def deposit(self) -> Deposit:
        raise NotImplementedError

    def realised_rows(self, start: date, end: date, code: str = "") -> Sequence[SaleRow]:
        """One row per sell execution, oldest first (ka10072, ka10073, ka10077)."""
        raise NotImplementedError

    def realised_days(self, start: date, end: date) -> Sequence[RealisedDay]:
        """Every day with a fill, oldest first; ka10074 lists only those with ``has_sales``."""
        raise NotImplementedError

    def diary(self, day: date, kind: DiaryKind = DiaryKind.ALL) -> Diary:
        raise NotImplementedError

    def cash_ledger(self, start: date, end: date) -> Sequence[CashRow]:
        """Booked rows with ``start <= day <= end``, oldest first (kt00015)."""
        raise NotImplementedError

    def settlements(self, settle_on: date) -> Sequence[CashRow]:
        """Rows that will be booked on that day (kt00008), balance 0."""
        raise NotImplementedError

    def day_snapshot(self, day: date) -> DaySnapshot | None:
        """The account at the close of ``day`` (today: as it stands); ``None`` before it was opened."""
        raise NotImplementedError

    @property
    def opened_on(self) -> date:
        """The account's first day."""
        raise NotImplementedError

    def buyable(self, code: str, price: int) -> int:
        """How many shares the buying power allows at this price, costs included."""
        raise NotImplementedError

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
    ) -> Order:
        """Book an order and answer it, or raise ``OrderRefused``. Fills follow a moment later as events."""
        raise NotImplementedError

    def modify(
        self, number: str, code: str, quantity: int, price: int, *, venue: Venue, channel: str = "REST API"
    ) -> Order:
        """정정: ``quantity`` 0 means all that remains; the answer is the new order."""
        raise NotImplementedError

    def cancel(
        self, number: str, code: str, quantity: int, *, venue: Venue, channel: str = "REST API"
    ) -> Order:
        """취소: the answer is the cancellation, ``confirmed`` how many shares it freed."""
        raise NotImplementedError

    # --- events -------------------------------------------------------------------------------------------

    @property
    def sequence(self) -> int:
        """The number of the latest account event; start a stream from here."""
        raise NotImplementedError

    def events(self, after: int) -> Sequence[AccountEvent]:
        """Account events with a higher sequence, in order. Only the last 2,000 of this run are kept."""
        raise NotImplementedError
