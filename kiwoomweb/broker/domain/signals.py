"""What the socket tells beside trades and books: quotes, auctions, members, funds, warrants, halts.

Prices are unsigned, changes and net figures carry their sign, rates are percent; ``None`` was not said.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kiwoomweb.broker.domain.words import Side, Symbol, Won

__all__ = [
    "AfterHoursBook",
    "BestQuote",
    "Breadth",
    "ElwFigures",
    "ElwTheory",
    "EtfNav",
    "ExpectedTrade",
    "GoldRate",
    "Halt",
    "Indication",
    "Member",
    "Members",
    "ProgramTrade",
    "ShareFacts",
]


@dataclass(frozen=True, slots=True)
class Indication:
    """주식기세 (0A): the price moved without a trade."""

    symbol: str
    price: Won
    change: Won | None
    change_rate: Decimal | None
    best_ask: Won | None
    best_bid: Won | None
    volume: int | None
    turnover: Won | None
    open: Won | None
    high: Won | None
    low: Won | None
    market_cap: Won | None


@dataclass(frozen=True, slots=True)
class BestQuote:
    """주식우선호가 (0C)."""

    symbol: str
    ask: Won | None
    bid: Won | None


@dataclass(frozen=True, slots=True)
class AfterHoursBook:
    """주식시간외호가 (0E): what waits on each side, and by how much that has changed."""

    symbol: str
    at: datetime
    asks: int
    asks_delta: int | None
    bids: int
    bids_delta: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """One of the five busiest members (거래원) of a side. ``foreign`` is what the broker's colour says."""

    name: str
    code: str
    quantity: int | None
    delta: int | None
    foreign: bool | None


@dataclass(frozen=True, slots=True)
class Members:
    """주식당일거래원 (0F): who sells and who buys most today, and what foreign houses do."""

    symbol: str
    sellers: tuple[Member, ...]
    buyers: tuple[Member, ...]
    foreign_sold: int | None
    foreign_bought: int | None
    foreign_net: int | None


@dataclass(frozen=True, slots=True)
class EtfNav:
    """ETF NAV (0G). ``premium`` is the price against the NAV, ``gap`` the NAV against its index, in percent."""

    symbol: str
    at: datetime | None
    nav: Decimal
    nav_change: Decimal | None
    nav_rate: Decimal | None
    tracking_error: Decimal | None
    price: Won | None
    change: Won | None
    change_rate: Decimal | None
    volume: int | None
    gap: Decimal | None
    premium: Decimal | None


@dataclass(frozen=True, slots=True)
class ExpectedTrade:
    """주식예상체결 (0H): where an auction would trade now."""

    symbol: str
    at: datetime
    price: Won
    change: Won | None
    change_rate: Decimal | None
    size: int | None
    side: Side | None
    volume: int | None


@dataclass(frozen=True, slots=True)
class GoldRate:
    """국제금환산가격 (0I): the world's gold price in won per gram."""

    item: str
    price: Decimal
    change: Decimal | None
    change_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Breadth:
    """업종등락 (0U): how many of a sector's shares rise and fall."""

    sector: str
    at: datetime | None
    level: Decimal | None
    change: Decimal | None
    change_rate: Decimal | None
    at_upper_limit: int | None
    rising: int | None
    unchanged: int | None
    falling: int | None
    at_lower_limit: int | None
    traded: int | None
    traded_rate: Decimal | None
    volume: int | None
    turnover: Won | None


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """주식종목정보 (0g): the day's limits and base price, and what holds up its opening or close."""

    symbol: str
    upper_limit: Won | None
    lower_limit: Won | None
    base: Won | None
    extended: str
    margin: str
    state: str


@dataclass(frozen=True, slots=True)
class ElwTheory:
    """ELW 이론가 (0m)."""

    symbol: str
    at: datetime | None
    price: Won | None
    theory: Decimal | None
    volatility: Decimal | None
    delta: Decimal | None
    gamma: Decimal | None
    theta: Decimal | None
    vega: Decimal | None
    rho: Decimal | None
    lp_volatility: Decimal | None


@dataclass(frozen=True, slots=True)
class ElwFigures:
    """ELW 지표 (0u)."""

    symbol: str
    at: datetime | None
    parity: Decimal | None
    premium: Decimal | None
    gearing: Decimal | None
    break_even: Decimal | None
    capital_support: Decimal | None


@dataclass(frozen=True, slots=True)
class ProgramTrade:
    """종목프로그램매매 (0w): today's program trading of one share, in shares and won."""

    symbol: str
    at: datetime | None
    price: Won | None
    sold: int | None
    sold_amount: Won | None
    bought: int | None
    bought_amount: Won | None
    net: int | None
    net_amount: Won | None
    net_delta: int | None


@dataclass(frozen=True, slots=True)
class Halt:
    """VI발동/해제 (1h). ``kind`` is 정적, 동적 or 동적+정적; ``code`` is FID 9068 as it came.

    ``released_at`` is ``None`` while the halt lasts, so ``released`` is whether this tells of its end.
    """

    symbol: Symbol
    name: str
    code: str
    kind: str
    market: str
    price: Won | None
    rate: Decimal | None
    at: datetime | None
    released_at: datetime | None
    static_base: Won | None
    dynamic_base: Won | None
    count: int | None
    up: bool | None

    @property
    def released(self) -> bool:
        return self.released_at is not None
