"""Warming: what first looks at whole markets would have to compute, made ahead of need in small steps.

Each step takes some milliseconds, so that whoever drives them can let the answers of the socket and of the gate
come between. Nothing here changes a figure: everything is remembered by those who would compute it anyway.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market import TAPES
from kiwoomweb.simulator.weather import EPOCH

__all__ = ["of_all_days", "of_day"]

MARKETS = ("KOSPI", "KOSDAQ")
VENUES = (Venue.ALL, Venue.KRX)
#: Days a list of programs by day shows at first, and what has been since its oldest quarter began.
PROGRAM_DAYS = 115


def of_all_days(exchange: Exchange) -> Iterator[None]:
    """All daily bars, which every list needs."""
    yesterday = exchange.now().date() - timedelta(days=1)  # today's bar would cost its ticks too
    for one in exchange.instruments():
        exchange.bars(one.code, "day", 1, yesterday)
        yield
    for code, _, _ in exchange.sectors():
        for year in range(EPOCH.year, yesterday.year + 1):
            exchange.market.daily.totals.on(code, date(year, 1, 1))
            yield
        exchange.index(code)
        yield


def of_day(exchange: Exchange, day: date) -> Iterator[None]:
    """The ticks of the day on the board, which the live types need; then who trades. Not in a huge market."""
    if len(exchange.instruments()) > TAPES:
        return
    for one in exchange.instruments():
        exchange.quote(one.code)
        exchange.halts.of_share(one.code, day)
        yield
    exchange.halts.until(exchange.now())
    yield from _balances(exchange, day)
    yield from _products(exchange, day)
    yield from _programs(exchange, day)


def _balances(exchange: Exchange, day: date) -> Iterator[None]:
    """Foreigners, loans and lending walk through years to the day; firms and investors trade through it."""
    flows, before = exchange.flows, next(past for past in exchange.market.days_back(day) if past < day)
    for one in exchange.instruments():
        flows.foreigners.holding(one.code, before)
        flows.credit.on(one.code, before, "loan")
        yield
        flows.credit.on(one.code, before, "borrowed")
        flows.lending.on(one.code, before)
        yield
        flows.traded(one.code, day, exchange.now(), Venue.ALL)
        flows.carried(one.code, day, exchange.now(), Venue.ALL)
        yield


def _products(exchange: Exchange, day: date) -> Iterator[None]:
    for one in exchange.products.warrants.all():
        exchange.products.warrants.line(one)
        yield
    for about in exchange.instruments("ETF"):
        if exchange.products.funds.fund(about.code):
            exchange.products.funds.days(about.code, day)
        yield


def _programs(exchange: Exchange, day: date) -> Iterator[None]:
    programs = exchange.flows.programs
    for market in MARKETS:
        for venue in VENUES:
            yield from programs.lay_out(market, day, venue)
    for past in islice(exchange.market.days_back(day), 1, PROGRAM_DAYS):
        for market in MARKETS:
            programs.market(market, past, exchange.now(), Venue.ALL)
            yield
