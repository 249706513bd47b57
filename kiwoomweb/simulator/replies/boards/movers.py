"""Movers: ka10027 against yesterday, ka10028 against the day's own prices, ka10019 against a while ago."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.board import LONGEST_PAST, Board, Line
from kiwoomweb.simulator.boards.runs import run_of
from kiwoomweb.simulator.market_facts import Quote, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import best, face, lines, number, traded, venue
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["against_a_while_ago", "against_the_day", "against_yesterday"]

#: 종목분류 of an ordinary share.
ORDINARY = "0"

#: Minutes.
A_DAY = 1_440

Number = int | Decimal


def against_yesterday(ask: Ask) -> Said:
    """ka10027: 상승률, 상승폭, 하락률, 하락폭 or 보합."""
    found, sort = traded(lines(ask)), ask.text("sort_tp")
    wanted: Mapping[str, Callable[[Quote], Number]] = {
        "1": lambda quote: quote.change_rate,
        "2": lambda quote: quote.change,
        "3": lambda quote: -quote.change_rate,
        "4": lambda quote: -quote.change,
    }
    if sort == "5":
        flat = [line for line in found if not line.quote.change]
        ranked = sorted(flat, key=lambda line: -line.quote.volume)
    else:
        value = wanted[sort]
        moved = [line for line in found if value(line.quote) > 0]
        ranked = sorted(moved, key=lambda line: -value(line.quote))
    return Said(rows=Rows("pred_pre_flu_rt_upper", ranked, lambda line: _against_yesterday(ask, line)))


def _against_yesterday(ask: Ask, line: Line) -> Mapping[str, Value]:
    return {
        **face(line),
        **best(ask, line, sizes=True, prices=False),
        "stk_cls": ORDINARY,
        "now_trde_qty": line.quote.volume,
        "cntr_str": str(line.quote.strength),
        "cnt": run_of(ask.exchange.board, line, ask.now),
    }


def against_the_day(ask: Ask) -> Said:
    """ka10028: how far the price stands from the day's open, high, low or from its base."""
    marks: Mapping[str, Callable[[Quote], int]] = {
        "1": lambda quote: quote.open,
        "2": lambda quote: quote.high,
        "3": lambda quote: quote.low,
        "4": lambda quote: quote.base_price,
    }
    mark, sign = marks[ask.text("sort_tp")], -1 if ask.text("flu_cnd") == "1" else 1
    found = [line for line in traded(lines(ask)) if line.quote.open]
    ranked = sorted(found, key=lambda line: sign * _from(line.quote.price, mark(line.quote)))
    return Said(rows=Rows("open_pric_pre_flu_rt", ranked, _against_the_day))


def _against_the_day(line: Line) -> Mapping[str, Value]:
    quote, base = line.quote, line.quote.base_price
    return {
        **face(line),
        "open_pric": directed(quote.open, base),
        "high_pric": directed(quote.high, base),
        "low_pric": directed(quote.low, base),
        "open_pric_pre": plus(_from(quote.price, quote.open)),
        "now_trde_qty": quote.volume,
        "cntr_str": str(quote.strength),
    }


def against_a_while_ago(ask: Ask) -> Said:
    """ka10019: against the price ``tm`` minutes ago (the base price before the day began) or days ago."""
    rising = ask.text("flu_tp") == "1"
    before = _prices_ago(ask)
    found = [(line, before[line.code]) for line in traded(lines(ask)) if before.get(line.code)]
    sign = -1 if rising else 1
    moved = [(line, then) for line, then in found if sign * (line.quote.price - then) < 0]
    moved.sort(key=lambda pair: sign * _from(pair[0].quote.price, pair[1]))
    return Said(rows=Rows("pric_jmpflu", moved, lambda pair: _jumped(*pair)))


def _prices_ago(ask: Ask) -> Mapping[str, int]:
    board, by_day = ask.exchange.board, ask.text("tm_tp") == "2"
    count = max(number(ask, "tm", LONGEST_PAST if by_day else A_DAY), 1)
    if by_day:
        return _closes_ago(board, ask, count)
    then = board.minutes_ago(ask.now, count)
    if then is None:
        return {line.code: line.quote.base_price for line in board.lines(ask.now, venue(ask))}
    return {line.code: line.quote.price for line in board.lines(then, venue(ask))}


def _closes_ago(board: Board, ask: Ask, days: int) -> Mapping[str, int]:
    closes = {}
    for line in board.lines(ask.now, venue(ask)):
        past = board.past(line.code, ask.now, days)
        if len(past) == days:
            closes[line.code] = past[-1].close
    return closes


def _jumped(line: Line, then: int) -> Mapping[str, Value]:
    return {
        **face(line),
        "stk_cls": ORDINARY,
        "base_pric": then,
        "base_pre": plus(line.quote.price - then),
        "trde_qty": line.quote.volume,
        "jmp_rt": plus(_from(line.quote.price, then)),
    }


def _from(price: int, mark: int) -> Decimal:
    return percent(price - mark, mark)
