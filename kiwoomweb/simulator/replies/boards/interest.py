"""Interest: ka00198, the shares looked up most, every half minute to every hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kiwoomweb.broker.wire.writing import clock, day, directed, plus
from kiwoomweb.simulator.boards.interest import Looked, most_looked_up
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import quote_sign
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["looked_up"]

#: 구분 -> how often the list is made. 당일 누적 counts the whole day, as the board's totals do.
PERIODS: Mapping[str, timedelta] = {
    "1": timedelta(minutes=1),
    "2": timedelta(minutes=10),
    "3": timedelta(hours=1),
    "4": timedelta(minutes=5),
    "5": timedelta(seconds=30),
}


def looked_up(ask: Ask) -> Said:
    """ka00198."""
    made, found = most_looked_up(ask.exchange.board, ask.now, PERIODS[ask.text("qry_tp")])
    return Said(rows=Rows("item_inq_rank", found, lambda one: _row(made, one)))


def _row(made: datetime, one: Looked) -> Mapping[str, Value]:
    """``past_curr_prc`` is the price the list was made at; 직전 기준 is the list before."""
    quote, rise = one.line.quote, one.rise
    return {
        "stk_nm": one.line.about.name,
        "bigd_rank": one.rank,
        "rank_chg": abs(rise),
        "rank_chg_sign": plus(rise)[0],
        "past_curr_prc": directed(quote.price, quote.base_price),
        "base_comp_sign": quote_sign(quote),
        "base_comp_chgr": plus(quote.change_rate),
        "prev_base_sign": direction(quote.price, one.before),
        "prev_base_chgr": plus(percent(quote.price - one.before, one.before)),
        "dt": day(made.date()),
        "tm": clock(made),
        "stk_cd": one.line.code,
    }
