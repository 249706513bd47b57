"""Markets: which shares a TR about the whole market lists, by its own words for a market and a venue."""

from collections.abc import Sequence
from datetime import date

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.flows.traded import Traded
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.replies.asking import Ask

__all__ = ["in_market", "instruments_in", "lines_in", "traded_on", "venue_asked"]

VENUES = {"2": Venue.NXT, "3": Venue.ALL}
#: Funds are traded on KOSPI.
MARKETS = {
    "000": ("KOSPI", "KOSDAQ", "ETF"),
    "001": ("KOSPI", "ETF"),
    "101": ("KOSDAQ",),
}


def venue_asked(ask: Ask) -> Venue:
    """거래소구분 1 KRX, 2 NXT, 3 통합."""
    return VENUES.get(ask.text("stex_tp"), Venue.KRX)


def in_market(about: Instrument, market: str) -> bool:
    """``market`` 000 전체, 001 코스피, 101 코스닥."""
    return about.market in MARKETS.get(market, ())


def instruments_in(ask: Ask, market: str, *, funds: bool = True) -> Sequence[Instrument]:
    return [one for one in ask.exchange.instruments() if in_market(one, market) and (funds or not one.is_etf)]


def lines_in(ask: Ask, market: str, venue: Venue, *, funds: bool = True) -> Sequence[Line]:
    """Shares of a market that are listed by now, with their quotes."""
    day = ask.exchange.market.day_at(ask.now)
    return [
        line
        for line in ask.exchange.board.lines(ask.now, venue)
        if in_market(line.about, market) and (funds or not line.about.is_etf) and line.about.listed <= day
    ]


def traded_on(ask: Ask, code: str, day: date, venue: Venue) -> Traded:
    return ask.exchange.flows.traded(code, day, ask.now, venue)
