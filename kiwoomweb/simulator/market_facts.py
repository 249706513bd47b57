"""What the simulated market says about itself: frozen values, prices in won, sizes in shares, moments in KST.

Prices are unsigned. The wire adds direction signs by comparing with ``base_price``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase

__all__ = ["Bar", "BookLevel", "Depth", "IndexQuote", "Instrument", "Print", "Quote", "SessionChange"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """종목. ``market`` is KOSPI, KOSDAQ, KONEX or ETF; ``kind`` 보통주, 우선주 …; ``sector`` a 업종 code."""

    code: str
    name: str
    name_en: str
    market: str
    kind: str
    listed: date
    par: int
    shares: int
    sector: str
    sector_name: str

    @property
    def is_etf(self) -> bool:
        return self.market == "ETF"


@dataclass(frozen=True, slots=True)
class Bar:
    """봉. ``at`` is when it begins (09:00 of the first day for day, week, month and year bars)."""

    at: datetime
    open: int
    high: int
    low: int
    close: int
    volume: int
    turnover: int

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Print:
    """One trade of the market (체결, 0B). ``side`` is the aggressor, ``volume`` the day's total so far.

    ``open``/``high``/``low`` are the day's official ones so far (0 before 09:00). ``buys``/``sells`` are the
    day's aggressor volumes so far; ``strength`` 체결강도 = buys / sells x 100.
    """

    code: str
    at: datetime
    price: int
    size: int
    side: Side
    venue: Venue
    phase: Phase
    best_ask: int
    best_bid: int
    open: int
    high: int
    low: int
    volume: int
    turnover: int
    buys: int
    sells: int

    @property
    def strength(self) -> Decimal:
        return strength(self.buys, self.sells)


@dataclass(frozen=True, slots=True)
class Quote:
    """현재가. ``price`` is the last trade (the base price before the first one of the day).

    ``open``, ``high``, ``low`` are 0 while the regular session has not traded. ``previous_close`` and
    ``base_price`` differ only where a price was re-based. ``halted`` means no trading all day.
    """

    code: str
    at: datetime
    traded_at: datetime | None
    price: int
    base_price: int
    previous_close: int
    previous_volume: int
    open: int
    high: int
    low: int
    volume: int
    turnover: int
    upper_limit: int
    lower_limit: int
    best_ask: int
    best_bid: int
    last_size: int
    last_side: Side
    buys: int
    sells: int
    phase: Phase | None
    halted: bool

    @property
    def change(self) -> int:
        return self.price - self.base_price

    @property
    def change_rate(self) -> Decimal:
        """Percent, two decimals."""
        return percent(self.change, self.base_price)

    @property
    def strength(self) -> Decimal:
        return strength(self.buys, self.sells)


@dataclass(frozen=True, slots=True)
class BookLevel:
    """``delta`` is the size's change since the book before."""

    price: int
    size: int
    delta: int


@dataclass(frozen=True, slots=True)
class Depth:
    """호가. Ten asks from the best up, ten bids from the best down; beyond a price limit a level is 0/0/0.

    ``expected_price``/``expected_size`` are 예상체결 in an auction, else 0.
    """

    code: str
    at: datetime
    asks: tuple[BookLevel, ...]
    bids: tuple[BookLevel, ...]
    expected_price: int
    expected_size: int

    @property
    def total_asks(self) -> int:
        return sum(level.size for level in self.asks)

    @property
    def total_bids(self) -> int:
        return sum(level.size for level in self.bids)


@dataclass(frozen=True, slots=True)
class IndexQuote:
    """업종지수. Levels have two decimals; ``volume`` in thousand shares, ``turnover`` in million won."""

    sector: str
    name: str
    at: datetime
    level: Decimal
    previous: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    volume: int
    turnover: int

    @property
    def change(self) -> Decimal:
        return self.level - self.previous

    @property
    def change_rate(self) -> Decimal:
        return percent(self.change, self.previous)


@dataclass(frozen=True, slots=True)
class SessionChange:
    """장시작시간 (0s): ``code`` is FID 215 (PROTOCOL 7.7), ``remaining`` HHmmss until the announced moment."""

    at: datetime
    code: str
    remaining: str


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """``part`` in percent of ``whole``, two decimals; zero when there is no whole."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")) if whole else Decimal("0.00")


def strength(buys: int, sells: int) -> Decimal:
    """체결강도 in percent; 100 while nobody has sold."""
    return percent(buys, sells) if sells else Decimal("100.00")
