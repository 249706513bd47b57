"""Signal events: the payloads browsers receive beside prices, books and indexes, one frozen struct per kind.

As in ``events``: won and sizes are integers, rates and levels exact text, ``at`` the broker's moment as epoch
seconds, ``heard`` ours as epoch milliseconds. What the broker did not say is ``null``, never zero; types that
carry no clock have ``at`` ``null``.
"""

from decimal import Decimal

import msgspec

__all__ = [
    "AfterHoursEvent",
    "BestEvent",
    "BreadthEvent",
    "ExpectedEvent",
    "FactsEvent",
    "Firm",
    "FirmsEvent",
    "GoldEvent",
    "IndicationEvent",
    "NavEvent",
    "ProgramEvent",
    "RatiosEvent",
    "SignalEvent",
    "TheoryEvent",
    "ViEvent",
    "ViNews",
]


class _Told(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What every event says."""

    topic: str
    at: int | None
    heard: int


class BestEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``best:`` 주식우선호가 (0C)."""

    ask: int | None
    bid: int | None


class ExpectedEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``expected:`` 주식예상체결 (0H): where an auction would trade now. ``volume`` is the day's so far."""

    price: int
    change: int | None
    rate: Decimal | None
    size: int | None
    side: str | None
    volume: int | None


class AfterHoursEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``after:`` 주식시간외호가 (0E): what waits on each side and how far that has moved."""

    total_asks: int
    asks_delta: int | None
    total_bids: int
    bids_delta: int | None


class Firm(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One member: ``[name, code, size, change, foreign]``; ``foreign`` ``null`` where the broker is silent."""

    name: str
    code: str
    size: int | None
    change: int | None
    foreign: bool | None


class FirmsEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``firms:`` 주식당일거래원 (0F): five sellers and five buyers, the busiest first; 외국계 추정합."""

    sellers: tuple[Firm, ...]
    buyers: tuple[Firm, ...]
    foreign_sold: int | None
    foreign_bought: int | None
    foreign_net: int | None


class ProgramEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``program:`` 종목프로그램매매 (0w): today's, in shares and in won."""

    price: int | None
    sold: int | None
    sold_amount: int | None
    bought: int | None
    bought_amount: int | None
    net: int | None
    net_amount: int | None
    net_delta: int | None


class FactsEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``facts:`` 주식종목정보 (0g). ``state`` is the broker's words (거래정지, 관리종목 …), ``extended`` its
    code for a prolonged auction (임의연장)."""

    upper_limit: int | None
    lower_limit: int | None
    base: int | None
    extended: str
    margin: str
    state: str


class IndicationEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``indication:`` 주식기세 (0A): the price without a trade."""

    price: int
    change: int | None
    rate: Decimal | None
    best_ask: int | None
    best_bid: int | None


class BreadthEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``breadth:`` 업종등락 (0U): how many of a sector's shares do what; ``turnover`` in won."""

    level: Decimal | None
    change: Decimal | None
    rate: Decimal | None
    limit_up: int | None
    up: int | None
    unchanged: int | None
    down: int | None
    limit_down: int | None
    traded: int | None
    volume: int | None
    turnover: int | None


class NavEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``nav:`` ETF NAV (0G). ``premium`` is the price against the NAV, in percent."""

    nav: Decimal
    nav_change: Decimal | None
    nav_rate: Decimal | None
    tracking_error: Decimal | None
    gap: Decimal | None
    premium: Decimal | None
    price: int | None


class TheoryEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``theory:`` ELW 이론가 (0m)."""

    price: int | None
    theory: Decimal | None
    volatility: Decimal | None
    delta: Decimal | None
    gamma: Decimal | None
    theta: Decimal | None
    vega: Decimal | None
    rho: Decimal | None


class RatiosEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``ratios:`` ELW 지표 (0u)."""

    parity: Decimal | None
    premium: Decimal | None
    gearing: Decimal | None
    break_even: Decimal | None
    capital_support: Decimal | None


class GoldEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``gold:`` 국제금환산가격 (0I), won a gram."""

    price: Decimal
    change: Decimal | None
    rate: Decimal | None


class ViEvent(_Told, frozen=True, gc=False, kw_only=True):
    """``vi:005930`` VI발동/해제 (1h), the share's latest. ``kind`` is 정적, 동적 or 동적+정적; ``number``
    counts what this socket has heard, so that a page tells no halt twice."""

    number: int
    symbol: str
    name: str
    kind: str
    market: str
    price: int | None
    rate: Decimal | None
    released: bool
    released_at: int | None
    static_base: int | None
    dynamic_base: int | None
    count: int | None
    up: bool | None


class ViNews(_Told, frozen=True, gc=False, kw_only=True):
    """``vi``: the newest halts of all shares, oldest first; enough to bridge several conflated frames."""

    halts: tuple[ViEvent, ...]


SignalEvent = (
    BestEvent
    | ExpectedEvent
    | AfterHoursEvent
    | FirmsEvent
    | ProgramEvent
    | FactsEvent
    | IndicationEvent
    | BreadthEvent
    | NavEvent
    | TheoryEvent
    | RatiosEvent
    | GoldEvent
    | ViEvent
    | ViNews
)
