"""Quoting: 현재가 and 업종지수 at an instant."""

from datetime import datetime
from decimal import Decimal

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import IndexQuote, Print, Quote
from kiwoomweb.simulator.printing import last_print
from kiwoomweb.simulator.universe import sectors

__all__ = ["index_at", "price_at", "quote_at"]


def price_at(market: Market, code: str, moment: datetime) -> int:
    """The last price of the board, over midnight and holidays too."""
    last = _last(market, code, moment, Venue.ALL)
    return last.price if last else market.base(code, market.day_at(moment))


def quote_at(market: Market, code: str, moment: datetime, venue: Venue) -> Quote:
    day = market.day_at(moment)
    base, before = market.base(code, day), market.close_before(code, day)
    last = _last(market, code, moment, venue)
    price = last.price if last else base
    low, high = market.grid(code).limits(base)
    hours = market.sessions(moment.date())
    window = hours.at(moment, venue) if hours else None
    bar = market.daily.series(code, day).on(day)
    grid = market.grid(code)
    return Quote(
        code=code,
        at=moment,
        traded_at=last.at if last else None,
        price=price,
        base_price=base,
        previous_close=before.close if before else base,
        previous_volume=before.volume if before else 0,
        open=last.open if last else 0,
        high=last.high if last else 0,
        low=last.low if last else 0,
        volume=last.volume if last else 0,
        turnover=last.turnover if last else 0,
        upper_limit=high,
        lower_limit=low,
        best_ask=last.best_ask if last else grid.up(price),
        best_bid=last.best_bid if last else grid.snap(price),
        last_size=last.size if last else 0,
        last_side=last.side if last else Side.BUY,
        buys=last.buys if last else 0,
        sells=last.sells if last else 0,
        phase=window.phase if window else None,
        halted=bar is None or bar.halted,
    )


def index_at(market: Market, sector: str, moment: datetime) -> IndexQuote:
    """An index is computed by the exchange, so it has no side and no venue; levels are kept in hundredths."""
    day = market.day_at(moment)
    base, last = market.base(sector, day), _last(market, sector, moment, Venue.KRX)
    return IndexQuote(
        sector=sector,
        name=sectors()[sector].name,
        at=last.at if last else moment,
        level=_points(last.price if last else base),
        previous=_points(base),
        open=_points(last.open if last else 0),
        high=_points(last.high if last else 0),
        low=_points(last.low if last else 0),
        volume=last.volume // 1_000 if last else 0,
        turnover=_millions(market, sector, last) if last else 0,
    )


def _millions(market: Market, sector: str, last: Print) -> int:
    """Million won its members have traded: the day's whole in proportion to the shares so far."""
    shares, won = market.daily.totals.on(sector, last.at.date())
    return won * last.volume // shares // 1_000_000 if shares else last.turnover // 30_000_000


def _last(market: Market, code: str, moment: datetime, venue: Venue) -> Print | None:
    tape = market.tape(code, market.day_at(moment))
    return last_print(tape, moment, venue) if tape else None


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
