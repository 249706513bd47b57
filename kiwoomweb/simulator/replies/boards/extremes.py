"""Extremes: ka10016 new highs and lows, ka10017 price limits, ka10018 near the day's high or low."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.board import Board, Line
from kiwoomweb.simulator.boards.runs import (
    FARTHEST,
    Did,
    at_lower_limit,
    at_upper_limit,
    fell,
    rose,
    run_of,
    stood_still,
)
from kiwoomweb.simulator.boards.standing import standing_of
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import best, face, lines, traded
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["at_the_limit", "near_the_edge", "new_extremes"]

MOST_BY_RUN = 100


def new_extremes(ask: Ask) -> Said:
    """ka10016: beyond everything of the last ``dt`` days, by the day's edge or by the price. Widest first."""
    board, sign = ask.exchange.board, 1 if ask.text("ntl_tp") == "1" else -1
    by_close, days = ask.text("high_low_close_tp") == "2", int(ask.text("dt"))
    found = [line for line in traded(lines(ask)) if _is_new(board, ask, line, days, sign, by_close=by_close)]
    found.sort(key=lambda line: -sign * line.quote.change_rate)
    return Said(rows=Rows("ntl_pric", found, lambda line: _new(ask, line)))


def _is_new(board: Board, ask: Ask, line: Line, days: int, sign: int, *, by_close: bool) -> bool:
    past, quote = board.past(line.code, ask.now, days), line.quote
    if not past or (not by_close and not quote.high):
        return False
    if by_close:
        return all(sign * quote.price > sign * bar.close for bar in past)
    edge = quote.high if sign > 0 else quote.low
    return all(sign * edge > sign * (bar.high if sign > 0 else bar.low) for bar in past)


def _new(ask: Ask, line: Line) -> Mapping[str, Value]:
    quote = line.quote
    return {
        **face(line),
        **best(ask, line),
        "trde_qty": quote.volume,
        "pred_trde_qty_pre_rt": plus(percent(quote.volume - quote.previous_volume, quote.previous_volume)),
        "high_pric": quote.high,
        "low_pric": quote.low,
    }


#: 상하한구분 of today -> what a day must have done to count.
TODAY: Mapping[str, Did] = {
    "1": at_upper_limit,
    "2": rose,
    "3": stood_still,
    "4": at_lower_limit,
    "5": fell,
}
YESTERDAY: Mapping[str, Did] = {"6": at_upper_limit, "7": at_lower_limit}


def at_the_limit(ask: Ask) -> Said:
    """ka10017: at a limit, rising, flat, falling, or at a limit the day before (counting back from there)."""
    asked = ask.text("updown_tp")
    counted = [(line, _count(ask, line, asked)) for line in lines(ask)]
    found = [pair for pair in counted if pair[1]]
    if asked in TODAY:
        found = [pair for pair in found if pair[0].quote.volume]
    orders: Mapping[str, Callable[[tuple[Line, int]], str | int | Decimal]] = {
        "1": lambda pair: pair[0].code,
        "2": lambda pair: -pair[1],
        "3": lambda pair: -abs(pair[0].quote.change_rate),
    }
    found.sort(key=orders[ask.text("sort_tp")])
    if ask.text("sort_tp") == "2":
        found = found[:MOST_BY_RUN]
    return Said(rows=Rows("updown_pric", found, lambda pair: _limited(ask, *pair)))


def _count(ask: Ask, line: Line, asked: str) -> int:
    board = ask.exchange.board
    if asked in TODAY:
        return run_of(board, line, ask.now, TODAY[asked])
    past, did, grid = board.past(line.code, ask.now, FARTHEST), YESTERDAY[asked], board.market.grid(line.code)
    count = 0
    for newer, older in pairwise(past):
        if not did(newer.close, older.close, grid):
            break
        count += 1
    return count


def _limited(ask: Ask, line: Line, count: int) -> Mapping[str, Value]:
    return {
        **face(line),
        **best(ask, line, sizes=True),
        "stk_infr": standing_of(line.about).words,
        "trde_qty": line.quote.volume,
        "pred_trde_qty": line.quote.previous_volume,
        "cnt": count,
    }


def near_the_edge(ask: Ask) -> Said:
    """ka10018: within ``alacc_rt`` tenths of a percent of the day's high or low, nearest first."""
    high, within = ask.text("high_low_tp") == "1", Decimal(ask.text("alacc_rt")) / 10

    def away(line: Line) -> Decimal:
        edge = line.quote.high if high else line.quote.low
        return abs(percent(line.quote.price - edge, edge))

    found = [line for line in traded(lines(ask)) if line.quote.high and away(line) <= within]
    ranked = sorted(found, key=away)
    return Said(rows=Rows("high_low_pric_alacc", ranked, lambda line: _near(ask, line)))


def _near(ask: Ask, line: Line) -> Mapping[str, Value]:
    quote = line.quote
    return {
        **face(line),
        **best(ask, line),
        "trde_qty": quote.volume,
        "tdy_high_pric": directed(quote.high, quote.base_price),
        "tdy_low_pric": directed(quote.low, quote.base_price),
    }
