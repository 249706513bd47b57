"""Realtime signals: quotes without trades, auctions, members, funds, warrants, program trading, halts.

The builders of ``realtime`` for the types that come less often. A figure left out is ``None``; one that is no
figure raises ``Unreadable`` naming its FID.
"""

from datetime import datetime
from typing import Any

from kiwoomweb.broker.domain import (
    AfterHoursBook,
    BestQuote,
    Breadth,
    ElwFigures,
    ElwTheory,
    EtfNav,
    ExpectedTrade,
    GoldRate,
    Halt,
    Indication,
    Member,
    Members,
    ProgramTrade,
    ShareFacts,
    Side,
    Symbol,
)
from kiwoomweb.broker.fid_values import item_of, may, moment_of, need, price_of, whole
from kiwoomweb.broker.wire import names
from kiwoomweb.broker.wire.numbers import count, decimal, eoks, millions, points, price, rate, won

__all__ = [
    "after_hours_book",
    "best_quote",
    "breadth",
    "elw_figures",
    "elw_theory",
    "etf_nav",
    "expected_trade",
    "gold_rate",
    "halt",
    "indication",
    "members",
    "program_trade",
    "share_facts",
]

#: An entry's FIDs: one of the structs in ``fids``.
Fids = Any

_AGGRESSOR = {"+": Side.BUY, "-": Side.SELL}
_UP = {"1": True, "2": False}
_FOREIGN = {"1": True, "0": False}


def indication(item: str, fids: Fids, _now: datetime) -> Indication:
    """주식기세 (0A)."""
    return Indication(
        symbol=item_of(item),
        price=price_of(fids.price, "10"),
        change=may(won, fids.change, "11"),
        change_rate=may(rate, fids.change_rate, "12"),
        best_ask=may(price, fids.best_ask, "27"),
        best_bid=may(price, fids.best_bid, "28"),
        volume=may(count, fids.volume, "13"),
        turnover=may(millions, fids.turnover, "14"),
        open=may(price, fids.open, "16"),
        high=may(price, fids.high, "17"),
        low=may(price, fids.low, "18"),
        market_cap=may(eoks, fids.market_cap, "311"),
    )


def best_quote(item: str, fids: Fids, _now: datetime) -> BestQuote:
    """주식우선호가 (0C)."""
    return BestQuote(item_of(item), may(price, fids.ask, "27"), may(price, fids.bid, "28"))


def after_hours_book(item: str, fids: Fids, now: datetime) -> AfterHoursBook:
    """주식시간외호가 (0E)."""
    return AfterHoursBook(
        symbol=item_of(item),
        at=moment_of(fids.at, "21", now),
        asks=whole(fids.asks, "131"),
        asks_delta=may(count, fids.asks_delta, "132"),
        bids=whole(fids.bids, "135"),
        bids_delta=may(count, fids.bids_delta, "136"),
    )


def members(item: str, fids: Fids, _now: datetime) -> Members:
    """주식당일거래원 (0F): up to five on a side."""
    return Members(
        symbol=item_of(item),
        sellers=_members(fids, "seller", 141),
        buyers=_members(fids, "buyer", 151),
        foreign_sold=may(count, fids.foreign_sold, "261"),
        foreign_bought=may(count, fids.foreign_bought, "263"),
        foreign_net=may(count, fids.foreign_net, "267"),
    )


def _members(fids: Fids, who: str, first: int) -> tuple[Member, ...]:
    """A member's quantity and delta are 20 and 25 FIDs further on than its name; blank places are left out.

    The colour (색깔) marks houses from abroad with 1.
    """
    found = []
    for n in range(5):
        name = getattr(fids, f"{who}{n}").strip()
        if name:
            quantity = may(count, getattr(fids, f"{who}_quantity{n}"), f"{first + 20 + n}")
            delta = may(count, getattr(fids, f"{who}_delta{n}"), f"{first + 25 + n}")
            code, colour = (getattr(fids, f"{who}_{what}{n}").strip() for what in ("code", "colour"))
            found.append(Member(name, code, quantity, delta, _FOREIGN.get(colour)))
    return tuple(found)


def etf_nav(item: str, fids: Fids, now: datetime) -> EtfNav:
    """ETF NAV (0G)."""
    return EtfNav(
        symbol=item_of(item),
        at=_moment(fids.at, "20", now),
        nav=need(points, fids.nav, "36"),
        nav_change=may(decimal, fids.nav_change, "37"),
        nav_rate=may(rate, fids.nav_rate, "38"),
        tracking_error=may(rate, fids.tracking_error, "39"),
        price=may(price, fids.price, "10"),
        change=may(won, fids.change, "11"),
        change_rate=may(rate, fids.change_rate, "12"),
        volume=may(count, fids.volume, "13"),
        gap=may(rate, fids.gap, "265"),
        premium=may(rate, fids.premium, "266"),
    )


def expected_trade(item: str, fids: Fids, now: datetime) -> ExpectedTrade:
    """주식예상체결 (0H)."""
    size = may(count, fids.size, "15")
    return ExpectedTrade(
        symbol=item_of(item),
        at=moment_of(fids.at, "20", now),
        price=price_of(fids.price, "10"),
        change=may(won, fids.change, "11"),
        change_rate=may(rate, fids.change_rate, "12"),
        size=None if size is None else abs(size),
        side=_AGGRESSOR.get(fids.size.strip()[:1]),
        volume=may(count, fids.volume, "13"),
    )


def gold_rate(item: str, fids: Fids, _now: datetime) -> GoldRate:
    """국제금환산가격 (0I)."""
    return GoldRate(
        item=item.strip(),
        price=need(points, fids.price, "10"),
        change=may(decimal, fids.change, "11"),
        change_rate=may(rate, fids.change_rate, "12"),
    )


def breadth(item: str, fids: Fids, now: datetime) -> Breadth:
    """업종등락 (0U)."""
    return Breadth(
        sector=item.strip(),
        at=_moment(fids.at, "20", now),
        level=may(points, fids.level, "10"),
        change=may(decimal, fids.change, "11"),
        change_rate=may(rate, fids.change_rate, "12"),
        at_upper_limit=may(count, fids.at_upper_limit, "251"),
        rising=may(count, fids.rising, "252"),
        unchanged=may(count, fids.unchanged, "253"),
        falling=may(count, fids.falling, "255"),
        at_lower_limit=may(count, fids.at_lower_limit, "254"),
        traded=may(count, fids.traded, "256"),
        traded_rate=may(rate, fids.traded_rate, "257"),
        volume=may(count, fids.volume, "13"),
        turnover=may(millions, fids.turnover, "14"),
    )


def share_facts(item: str, fids: Fids, _now: datetime) -> ShareFacts:
    """주식종목정보 (0g)."""
    return ShareFacts(
        symbol=item_of(item),
        upper_limit=may(price, fids.upper_limit, "305"),
        lower_limit=may(price, fids.lower_limit, "306"),
        base=may(price, fids.base, "307"),
        extended=fids.extended.strip(),
        margin=fids.margin.strip(),
        state=fids.state.strip(),
    )


def elw_theory(item: str, fids: Fids, now: datetime) -> ElwTheory:
    """ELW 이론가 (0m)."""
    return ElwTheory(
        symbol=item_of(item),
        at=_moment(fids.at, "20", now),
        price=may(price, fids.price, "10"),
        theory=may(decimal, fids.theory, "670"),
        volatility=may(decimal, fids.volatility, "671"),
        delta=may(decimal, fids.delta, "672"),
        gamma=may(decimal, fids.gamma, "673"),
        theta=may(decimal, fids.theta, "674"),
        vega=may(decimal, fids.vega, "675"),
        rho=may(decimal, fids.rho, "676"),
        lp_volatility=may(decimal, fids.lp_volatility, "706"),
    )


def elw_figures(item: str, fids: Fids, now: datetime) -> ElwFigures:
    """ELW 지표 (0u)."""
    return ElwFigures(
        symbol=item_of(item),
        at=_moment(fids.at, "20", now),
        parity=may(decimal, fids.parity, "666"),
        premium=may(decimal, fids.premium, "1211"),
        gearing=may(decimal, fids.gearing, "667"),
        break_even=may(decimal, fids.break_even, "668"),
        capital_support=may(decimal, fids.capital_support, "669"),
    )


def program_trade(item: str, fids: Fids, now: datetime) -> ProgramTrade:
    """종목프로그램매매 (0w)."""
    return ProgramTrade(
        symbol=item_of(item),
        at=_moment(fids.at, "20", now),
        price=may(price, fids.price, "10"),
        sold=may(count, fids.sold, "202"),
        sold_amount=may(won, fids.sold_amount, "204"),
        bought=may(count, fids.bought, "206"),
        bought_amount=may(won, fids.bought_amount, "208"),
        net=may(count, fids.net, "210"),
        net_amount=may(won, fids.net_amount, "212"),
        net_delta=may(count, fids.net_delta, "211"),
    )


def halt(item: str, fids: Fids, now: datetime) -> Halt:
    """VI발동/해제 (1h)."""
    return Halt(
        symbol=Symbol(need(names.symbol, fids.symbol or item, "9001")),
        name=fids.name.strip(),
        code=fids.code.strip(),
        kind=fids.kind.strip(),
        market=fids.market.strip(),
        price=may(price, fids.price, "1221"),
        rate=may(rate, fids.rate, "1489"),
        at=_moment(fids.at, "1223", now),
        released_at=_moment(fids.released_at, "1224", now),
        static_base=may(price, fids.static_base, "1236"),
        dynamic_base=may(price, fids.dynamic_base, "1237"),
        count=may(count, fids.count, "1490"),
        up=_UP.get(fids.direction.strip()),
    )


def _moment(text: str, fid: str, now: datetime) -> datetime | None:
    """A time that has not come is blank or all zeros; before the first trade of a day none has."""
    return moment_of(text, fid, now) if text.strip().strip("0") else None
