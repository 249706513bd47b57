"""Calls about what is listed: a whole market (ka10099), one symbol (ka10100)."""

from enum import StrEnum

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import Listing
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.broker.wire.names import symbol as code
from kiwoomweb.broker.wire.numbers import count, price
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import day

__all__ = ["Market", "listing", "listings"]


class Market(StrEnum):
    """시장구분 of ka10099."""

    KOSPI = "0"
    KOSDAQ = "10"
    KONEX = "50"
    ETF = "8"
    ETN = "60"
    ELW = "3"
    REIT = "6"


def listings(broker: Broker, market: Market | str) -> list[Listing]:
    """종목정보 리스트 (ka10099): every symbol of one market, some 2,500 in one answer."""
    lines = broker.rows("ka10099", {"mrkt_tp": str(market)}, "list")
    return [_listing(Row("ka10099", line)) for line in lines]


def listing(broker: Broker, symbol: str) -> Listing:
    """종목정보 (ka10100) of one symbol. Raises ``UnknownSymbol`` where the broker answers blanks."""
    row = Row.of(broker.call("ka10100", {"stk_cd": symbol}))
    if row.blank("code", "name"):
        raise UnknownSymbol(f"no such symbol: {symbol}", tr="ka10100")
    return _listing(row)


def _listing(row: Row) -> Listing:
    return Listing(
        symbol=row.need(code, "code"),
        name=row.text("name"),
        market=row.text("marketName"),
        listed=row.may(day, "regDay"),
        shares=row.may(count, "listCount"),
        previous_close=row.may(price, "lastPrice"),
        state=row.text("state"),
        sector=row.text("upName"),
    )
