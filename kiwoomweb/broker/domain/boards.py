"""What stands on the market's boards: sector indices, themes, who buys and sells, watchlists, gold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kiwoomweb.broker.domain.words import Symbol, Won

__all__ = [
    "Condition",
    "ConditionHit",
    "GoldQuote",
    "IndexCandle",
    "IndexQuote",
    "InvestorDay",
    "Theme",
    "ThemeMember",
    "WatchGroup",
    "Watched",
]


@dataclass(frozen=True, slots=True)
class IndexQuote:
    """업종현재가 (ka20001): the level of a sector index (``001`` 코스피, ``101`` 코스닥) and its breadth."""

    sector: str
    level: Decimal
    change: Decimal | None
    change_rate: Decimal | None
    open: Decimal | None
    high: Decimal | None
    low: Decimal | None
    volume: int | None
    turnover: Won | None
    at_upper_limit: int | None
    rising: int | None
    unchanged: int | None
    falling: int | None
    at_lower_limit: int | None
    year_high: Decimal | None
    year_low: Decimal | None


@dataclass(frozen=True, slots=True)
class IndexCandle:
    """업종봉 (ka20004-ka20008, ka20019). ``at`` is when the bar begins; levels are unsigned, in points."""

    at: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: int | None
    turnover: Won | None


@dataclass(frozen=True, slots=True)
class Theme:
    """One line of 테마그룹별 (ka90001). ``period_rate`` is the result over the days asked for, in percent."""

    code: str
    name: str
    members: int | None
    change_rate: Decimal | None
    rising: int | None
    falling: int | None
    period_rate: Decimal | None
    leaders: str


@dataclass(frozen=True, slots=True)
class ThemeMember:
    """One line of 테마구성종목 (ka90002)."""

    symbol: Symbol
    name: str
    price: Won | None
    change: Won | None
    change_rate: Decimal | None
    volume: int | None
    period_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class InvestorDay:
    """One day of 종목별투자자기관별 (ka10059): net buying in won, or in shares where those were asked for.

    ``parts`` are the kinds of institution inside ``institutions``, and the rest, by their Korean names.
    """

    day: date
    close: Won | None
    volume: int | None
    individuals: int | None
    foreigners: int | None
    institutions: int | None
    parts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class WatchGroup:
    """One group of the watchlist kept at the broker (ka01300)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Watched:
    """One symbol of such a group (ka01301)."""

    symbol: Symbol
    mark: str
    colour: str


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """금현물 시세정보 (ka50100), won a gram. It tells no price: that is yesterday's close plus the change."""

    symbol: str
    price: Won | None
    change: Won | None
    change_rate: Decimal | None
    open: Won | None
    high: Won | None
    low: Won | None
    previous_close: Won | None
    upper_limit: Won | None
    lower_limit: Won | None
    volume: int | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition a person has made in the broker's terminal (ka10171): its 일련번호 and its name."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class ConditionHit:
    """One symbol that fulfils a condition (ka10172)."""

    symbol: Symbol
    name: str
    price: Won | None
    change: Won | None
    change_rate: Decimal | None
    volume: int | None
    open: Won | None
    high: Won | None
    low: Won | None
