"""Panel: ka10007, everything about one share at a glance, the whole book included."""

from collections.abc import Sequence

from kiwoomweb.broker.wire.writing import clock, day, directed, millions, plus
from kiwoomweb.simulator.boards.counts import orders_at, orders_in
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import Bar, BookLevel, Depth, Instrument, Quote, percent
from kiwoomweb.simulator.replies.asking import Ask, Said
from kiwoomweb.simulator.replies.boards.lists import quote_sign
from kiwoomweb.simulator.replies.flows.formats import doubled
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["panel"]

YEAR_OF_DAYS = 250
#: 건수 is told of so many steps.
COUNTED = 5


def panel(ask: Ask) -> Said:
    """ka10007. 행사가격 is a warrant's and 0 for a share; nobody here is an LP, so LP잔량 is 0.

    직전대비 below zero carries two signs, as was measured (PROTOCOL 5.2).
    """
    asked = ask.text("stk_cd")
    code, venue = listed_code(asked)
    about = ask.exchange.instrument(code)
    if about is None:
        return Said()
    quote, book = ask.exchange.quote(code, venue), ask.exchange.depth(code, venue)
    bars = [bar for bar in ask.exchange.bars(code, "day", YEAR_OF_DAYS, ask.today) if bar.high]
    return Said(
        {
            "stk_cd": asked,
            **_about(about, quote),
            **_price(ask.exchange, about, quote),
            **_extremes(bars, quote),
            **_expected(book, quote),
            **_ladder(book, quote.base_price),
        }
    )


def _about(about: Instrument, quote: Quote) -> dict[str, Value]:
    return {
        "stk_nm": about.name,
        "date": day(quote.at.date()),
        "tm": clock(quote.at),
        "flo_stkcnt": about.shares,
        "trde_strt_dt": day(about.listed),
        "exec_pric": 0,
    }


def _price(exchange: Exchange, about: Instrument, quote: Quote) -> dict[str, Value]:
    base = quote.base_price
    before = exchange.board.past(about.code, quote.at, 1)
    return {
        "pred_close_pric": quote.previous_close,
        "pred_trde_qty": quote.previous_volume,
        "pred_trde_prica": millions(before[0].worth) if before else 0,
        "upl_pric": directed(quote.upper_limit, base),
        "lst_pric": directed(quote.lower_limit, base),
        "cur_prc": directed(quote.price, base),
        "smbol": quote_sign(quote),
        "flu_rt": plus(quote.change_rate),
        "pred_rt": plus(percent(quote.volume - quote.previous_volume, quote.previous_volume)),
        "open_pric": directed(quote.open, base),
        "high_pric": directed(quote.high, base),
        "low_pric": directed(quote.low, base),
        "cntr_qty": quote.last_size,
        "trde_qty": quote.volume,
        "trde_prica": millions(quote.turnover),
    }


def _extremes(bars: Sequence[Bar], quote: Quote) -> dict[str, Value]:
    """The year's highest and lowest price; blank for a share without a day behind it."""
    if not bars:
        return {}
    top, bottom = max(bars, key=lambda bar: bar.high), min(bars, key=lambda bar: bar.low)
    return {
        "hgst_pric": directed(top.high, quote.base_price),
        "hgst_pric_dt": day(top.day),
        "lwst_pric": directed(bottom.low, quote.base_price),
        "lwst_pric_dt": day(bottom.day),
    }


def _expected(book: Depth, quote: Quote) -> dict[str, Value]:
    """What an auction points to, with the best prices beside it; zeros while none runs."""
    base, runs = quote.base_price, book.expected_price > 0
    return {
        "exp_cntr_pric": directed(book.expected_price, base),
        "exp_cntr_qty": book.expected_size,
        "exp_sel_pri_bid": directed(book.asks[0].price if runs else 0, base),
        "exp_buy_pri_bid": directed(book.bids[0].price if runs else 0, base),
    }


def _ladder(book: Depth, base: int) -> dict[str, Value]:
    asks, bids = orders_in(book)
    said: dict[str, Value] = {
        "tot_sel_req": book.total_asks,
        "tot_buy_req": book.total_bids,
        "tot_sel_cnt": asks,
        "tot_buy_cnt": bids,
    }
    for side, levels in (("sel", book.asks), ("buy", book.bids)):
        for step, level in enumerate(levels, 1):
            said |= _step(book.code, side, step, level, base)
    return said


def _step(code: str, side: str, step: int, level: BookLevel, base: int) -> dict[str, Value]:
    told: dict[str, Value] = {
        f"{side}_{step}bid": directed(level.price, base),
        f"{side}_{step}bid_req": level.size,
        f"{side}_{step}bid_jub_pre": doubled(level.delta),
        f"lp{side}_{step}bid_req": 0,
    }
    return told | ({f"{side}_{step}bid_cnt": orders_at(code, level)} if step <= COUNTED else {})
