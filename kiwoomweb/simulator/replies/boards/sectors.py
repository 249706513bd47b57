"""Sectors: ka20001 an index, ka20009 its days, ka20002 its shares, ka20003 all of them, ka10101 their codes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from kiwoomweb.broker.wire.writing import clock, day, directed, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.breadth import Breadth, breadth
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import Bar, IndexQuote, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import best, face, venue
from kiwoomweb.simulator.replies.charts import Backwards
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["all_indices", "by_day", "codes", "index_now", "of_sector", "shares_of"]

#: ka10101's 시장구분 -> the market an index belongs to. There are no KOSPI100 indices here.
MARKETS = {"0": "KOSPI", "1": "KOSDAQ", "2": "KOSPI200", "7": "KRX100"}
#: Trading days in 52 weeks.
YEAR_OF_DAYS = 250
MINUTES_A_DAY = 391


def of_sector(exchange: Exchange, sector: str, at: datetime) -> tuple[IndexQuote, Breadth] | None:
    """An index and its breadth; ``None`` for a code nobody knows."""
    index = exchange.index(sector)
    if index is None:
        return None
    return index, breadth(exchange.board.members(sector, at))


def index_now(ask: Ask) -> Said:
    """ka20001: the index with the closes of the day's minutes, newest first."""
    head = _head(ask)
    if not head:
        return Said()
    sector = ask.text("inds_cd")
    minutes = _minutes_so_far(ask.exchange.minutes(sector, 1, MINUTES_A_DAY), ask)
    before = ask.exchange.market.base(sector, ask.exchange.board.day(ask.now))
    return Said(head, Rows("inds_cur_prc_tm", minutes, lambda one: _minute_row(one, before)))


def _minutes_so_far(bars: Sequence[Bar], ask: Ask) -> list[tuple[Bar, int]]:
    """The board's day alone, newest first, each minute with the shares traded up to its end."""
    today, total, found = ask.exchange.board.day(ask.now), 0, []
    for bar in reversed([bar for bar in bars if bar.day == today]):
        total += bar.volume
        found.append((bar, total))
    return found[::-1]


def _minute_row(one: tuple[Bar, int], before: int) -> Mapping[str, Value]:
    bar, total = one
    return {
        "tm_n": clock(bar.at),
        **_moved("n", bar.close, before),
        "trde_qty_n": total // 1_000 - (total - bar.volume) // 1_000,
        "acc_trde_qty_n": total // 1_000,
    }


def by_day(ask: Ask) -> Said:
    """ka20009: the index with its days, newest first."""
    head = _head(ask)
    if not head:
        return Said()
    sector, today = ask.text("inds_cd"), ask.today

    def with_older(count: int) -> Sequence[tuple[Bar, Bar]]:
        return list(pairwise(ask.exchange.bars(sector, "day", count + 1, today)))

    return Said(head, Rows("inds_cur_prc_daly_rept", Backwards(with_older), _day_row))


def _day_row(pair: tuple[Bar, Bar]) -> Mapping[str, Value]:
    bar, older = pair
    return {
        "dt_n": day(bar.day),
        **_moved("n", bar.close, older.close),
        "acc_trde_qty_n": bar.volume // 1_000,
    }


def _moved(suffix: str, level: int, before: int) -> Mapping[str, Value]:
    """A level in hundredths against the one before."""
    return {
        f"cur_prc_{suffix}": directed(_points(level), _points(before)),
        f"pred_pre_sig_{suffix}": direction(level, before),
        f"pred_pre_{suffix}": plus(_points(level - before)),
        f"flu_rt_{suffix}": plus(percent(level - before, before)),
    }


def _head(ask: Ask) -> dict[str, Value]:
    """What ka20001 and ka20009 have in common; empty for an unknown index."""
    sector = ask.text("inds_cd")
    found = of_sector(ask.exchange, sector, ask.now)
    if found is None:
        return {}
    index, counted = found
    return {
        **_level(index, "pred_pre_sig"),
        **_breadth(counted),
        **_year(index, ask.exchange.bars(sector, "day", YEAR_OF_DAYS, ask.today)),
        "trde_frmatn_stk_num": counted.traded,
        "trde_frmatn_rt": plus(counted.traded_rate),
        "open_pric": directed(index.open, index.previous),
        "high_pric": directed(index.high, index.previous),
        "low_pric": directed(index.low, index.previous),
    }


def _level(index: IndexQuote, sign: str) -> dict[str, Value]:
    return {
        "cur_prc": directed(index.level, index.previous),
        sign: direction(index.level, index.previous),
        "pred_pre": plus(index.change),
        "flu_rt": plus(index.change_rate),
        "trde_qty": index.volume,
        "trde_prica": index.turnover,
    }


def _breadth(counted: Breadth) -> dict[str, Value]:
    return {
        "upl": counted.upper,
        "rising": counted.risen,
        "stdns": counted.flat,
        "fall": counted.fallen,
        "lst": counted.lower,
    }


def _year(index: IndexQuote, bars: Sequence[Bar]) -> dict[str, Value]:
    """52주 최고가 and 최저가."""
    top, bottom = max(bars, key=lambda bar: bar.high), min(bars, key=lambda bar: bar.low)
    high, low = _points(top.high), _points(bottom.low)
    return {
        "52wk_hgst_pric": directed(high, index.previous),
        "52wk_hgst_pric_dt": day(top.day),
        "52wk_hgst_pric_pre_rt": plus(percent(index.level - high, high)),
        "52wk_lwst_pric": directed(low, index.previous),
        "52wk_lwst_pric_dt": day(bottom.day),
        "52wk_lwst_pric_pre_rt": plus(percent(index.level - low, low)),
    }


def shares_of(ask: Ask) -> Said:
    """ka20002: the members of an index as they stand on the venue, by code."""
    found = ask.exchange.board.members(ask.text("inds_cd"), ask.now, venue(ask))
    return Said(rows=Rows("inds_stkpc", found, lambda line: _share(ask, line)))


def _share(ask: Ask, line: Line) -> Mapping[str, Value]:
    quote, base = line.quote, line.quote.base_price
    return {
        **face(line),
        **best(ask, line),
        "now_trde_qty": quote.volume,
        "open_pric": directed(quote.open, base),
        "high_pric": directed(quote.high, base),
        "low_pric": directed(quote.low, base),
    }


def all_indices(ask: Ask) -> Said:
    """ka20003: the market's own index and every 업종 below it. 비중 is its part of the market's won traded."""
    whole, listed = ask.text("inds_cd"), ask.exchange.sectors()
    told = of_sector(ask.exchange, whole, ask.now)
    market = next((name for code, _, name in listed if code == whole and code in WHOLES), "")
    found = [(code, name) for code, name, of in listed if of == market]
    turnover = told[0].turnover if told else 0
    return Said(rows=Rows("all_inds_idex", found, lambda one: _index_row(ask, one, turnover)))


def _index_row(ask: Ask, one: tuple[str, str], whole: int) -> Mapping[str, Value]:
    code, name = one
    told = of_sector(ask.exchange, code, ask.now)
    if told is None:
        return {}
    index, counted = told
    return {
        "stk_cd": code,
        "stk_nm": name,
        **_level(index, "pre_sig"),
        **_breadth(counted),
        "wght": str(percent(index.turnover, whole)),
        "flo_stk_num": counted.listed,
    }


def codes(ask: Ask) -> Said:
    """ka10101. The broker answers in camelCase here."""
    asked = ask.text("mrkt_tp")
    market = MARKETS.get(asked)
    found = [(code, name) for code, name, of in ask.exchange.sectors() if of == market]

    def row(one: tuple[str, str]) -> Mapping[str, Value]:
        code, name = one
        return {"marketCode": asked, "code": code, "name": name, "group": WHOLE if code in WHOLES else PART}

    return Said(rows=Rows("list", found, row))


#: Indices that stand for all of a market.
WHOLES = frozenset(("001", "101", "201", "701"))
#: 그룹 of an index of a whole market, and of one of its 업종.
WHOLE, PART = "1", "2"


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
