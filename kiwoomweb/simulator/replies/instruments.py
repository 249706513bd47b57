"""Instruments: ka10099 a whole market on one page, ka10100 one of them. camelCase, as the broker has it."""

from collections.abc import Mapping
from datetime import timedelta

from kiwoomweb.broker.wire.writing import day, padded
from kiwoomweb.simulator.boards.standing import standing_of
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["listing", "listings"]

#: 시장구분 of the request -> the market in our universe. The other fourteen hold nothing here.
MARKETS = {"0": "KOSPI", "10": "KOSDAQ", "3": "ELW", "8": "ETF", "50": "KONEX"}
MARKET_NAMES = {"KOSPI": "거래소", "KOSDAQ": "코스닥", "ELW": "ELW", "ETF": "ETF", "KONEX": "코넥스"}


def listings(ask: Ask) -> Said:
    """ka10099."""
    market = MARKETS.get(ask.text("mrkt_tp"))
    found = ask.exchange.instruments(market) if market else []
    return Said(rows=Rows("list", found, lambda one: _row(ask, one)))


def listing(ask: Ask) -> Said:
    """ka10100; blank for a code nobody lists."""
    code, _ = listed_code(ask.text("stk_cd"))
    found = ask.exchange.quoted(code)
    return Said(_row(ask, found) if found else {name.name: "" for name in ask.tr.response})


def _row(ask: Ask, one: Instrument) -> Mapping[str, Value]:
    standing = standing_of(one)
    market = next(code for code, name in MARKETS.items() if name == one.market)
    return {
        "code": one.code,
        "name": one.name,
        "listCount": padded(one.shares, 16),
        "auditInfo": "관리종목" if standing.supervised else "정상",
        "regDay": day(one.listed),
        "lastPrice": padded(_last_close(ask, one.code), 8),
        "state": standing.words,
        "marketCode": market,
        "marketName": MARKET_NAMES[one.market],
        "upName": one.sector_name,
        "orderWarning": "0",
        "nxtEnable": "N" if one.market == "ELW" else "Y",
    }


def _last_close(ask: Ask, code: str) -> int:
    """전일종가. Asked of the daily bars: a whole market of quotes would make a whole market of ticks."""
    bars = ask.exchange.bars(code, "day", 1, ask.today - timedelta(days=1))
    return bars[0].close if bars else 0
