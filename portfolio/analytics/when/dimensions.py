"""Everything trades can be broken down by: how to find a trade's buckets, and what to call them."""

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.when.bands import (
    FACTS,
    HOLDING,
    PRICES,
    SIZES,
    fact_band,
    holding_band,
    price_band,
    size_band,
)
from portfolio.analytics.when.bucket import Bucket
from portfolio.analytics.when.days import WEEKDAYS, WEEKS, is_expiry, week_of_month, weekday
from portfolio.analytics.when.fomc import after_fomc
from portfolio.analytics.when.sessions import SESSIONS, session_of

__all__ = ["DIMENSIONS", "Dimension"]

EXPIRY = (Bucket("expiry", "만기일", "expiry day"), Bucket("other", "만기일 아님", "other days"))
FOMC = (
    Bucket("fomc", "FOMC 발표 다음 장", "session after the FOMC"),
    Bucket("other", "FOMC 아님", "other days"),
)
VENUES = (
    Bucket("KRX", "KRX 한국거래소", "KRX"),
    Bucket("NXT", "NXT 넥스트레이드", "NXT (Nextrade)"),
    Bucket("SOR", "SOR 최선주문집행", "SOR (smart routing)"),
)
STYLES = (Bucket("day", "당일", "same day"), Bucket("swing", "스윙", "swing"))


@dataclass(frozen=True, slots=True)
class Dimension:
    """``of`` gives the keys of a trade's buckets, none when unknown. ``buckets`` in their order; empty = free
    texts (symbols, tags). Not ``exclusive``: a trade may be in several, so sums may exceed the whole."""

    key: str
    name: str
    english: str
    of: Callable[[Outcome], tuple[str, ...]]
    buckets: tuple[Bucket, ...] = ()
    exclusive: bool = True


def _one(find: Callable[[Outcome], str]) -> Callable[[Outcome], tuple[str, ...]]:
    def buckets(outcome: Outcome) -> tuple[str, ...]:
        found = find(outcome)
        return (found,) if found else ()

    return buckets


def _fact(key: str, name: str, english: str) -> Dimension:
    return Dimension(key, name, english, _one(lambda outcome: fact_band(outcome, key)), FACTS[key][1])


ALL = (
    Dimension("entry_session", "진입 시간대", "Time of entry",
              _one(lambda o: session_of(o.opened_at, o.entry_venue)), SESSIONS),
    Dimension("exit_session", "청산 시간대", "Time of exit",
              _one(lambda o: session_of(o.closed_at, o.exit_venue)), SESSIONS),
    Dimension("entry_venue", "진입 거래소", "Exchange of entry", _one(lambda o: o.entry_venue), VENUES),
    Dimension("weekday", "요일", "Weekday", _one(lambda o: weekday(o.day)), WEEKDAYS),
    Dimension("week", "월중 주차", "Week of the month", _one(lambda o: week_of_month(o.day)), WEEKS),
    Dimension("expiry", "만기일 여부", "Expiry day",
              lambda o: ("expiry" if is_expiry(o.day) else "other",), EXPIRY),
    Dimension("fomc", "FOMC 여부", "FOMC session", _one(lambda o: after_fomc(o.day)), FOMC),
    Dimension("style", "당일·스윙", "Same day or swing",
              lambda o: ("day" if o.opened_day in (None, o.day) else "swing",), STYLES),
    Dimension("holding", "보유 시간 구간", "Time held", _one(holding_band), HOLDING),
    Dimension("price", "가격대", "Price band", _one(price_band), PRICES),
    Dimension("size", "매수 금액대", "Size band", _one(size_band), SIZES),
    _fact("market_cap", "시가총액", "Market cap"),
    _fact("rank", "진입 시 거래대금 순위", "Turnover rank at entry"),
    _fact("gap", "시가 갭", "Gap at the open"),
    _fact("change", "진입 시 등락률", "Change at entry"),
    _fact("strength", "진입 시 체결강도", "Strength at entry"),
    _fact("ma5", "5일선 이격", "Distance from the 5-day average"),
    _fact("ma20", "20일선 이격", "Distance from the 20-day average"),
    _fact("ma60", "60일선 이격", "Distance from the 60-day average"),
    _fact("market", "시장 등락", "Market of the day"),
    Dimension("symbol", "종목", "Symbol", _one(lambda o: o.symbol)),
    Dimension("sector", "업종", "Sector", _one(lambda o: o.sector)),
    Dimension("setup", "셋업", "Setup", _one(lambda o: o.setup)),
    Dimension("emotion", "감정", "Emotion", _one(lambda o: o.emotion)),
    Dimension("theme", "테마", "Theme", lambda o: o.themes, exclusive=False),
    Dimension("tag", "태그", "Tag", lambda o: o.tags, exclusive=False),
    Dimension("mistake", "실수", "Mistake", lambda o: o.mistakes, exclusive=False),
    Dimension("condition", "조건검색", "Condition", lambda o: o.conditions, exclusive=False),
)  # fmt: skip

DIMENSIONS = {dimension.key: dimension for dimension in ALL}
