"""Prices of one stock and of many: ka10001, ka10004, ka10095. Unknown codes come back blank (PROTOCOL 2.6)."""

from collections.abc import Mapping, Sequence

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.wire.writing import clock, day, directed, eoks, millions, plus
from kiwoomweb.simulator.boards.counts import orders_at, orders_in
from kiwoomweb.simulator.market_facts import Bar, BookLevel, Depth, Instrument, Quote, percent
from kiwoomweb.simulator.refusals import too_many
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.company import facts_of
from kiwoomweb.simulator.replies.names import is_bare_code, listed_code
from kiwoomweb.simulator.replies.products.elw_live import beside_quote
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["basics", "book", "many"]

MOST_CODES = 100
#: Trading days in 250최고/250최저.
YEAR_OF_DAYS = 250


def basics(ask: Ask) -> Said:
    """ka10001. The code comes back as it was asked for, suffix included. A warrant has no company's figures."""
    asked = ask.text("stk_cd")
    code, venue = listed_code(asked)
    found = ask.exchange.quoted(code)
    if found is None:
        return Said()
    quote, depth = ask.exchange.quote(code, venue), ask.exchange.depth(code, venue)
    bars = ask.exchange.bars(code, "day", YEAR_OF_DAYS)
    return Said(
        {
            "stk_cd": asked,
            **_listing(found, quote),
            **(facts_of(ask, found, quote) if ask.exchange.instrument(code) else {}),
            **_price(quote),
            **_extremes(bars, quote),
            **_this_year(bars, quote),
            "exp_cntr_pric": directed(depth.expected_price, quote.base_price),
            "exp_cntr_qty": depth.expected_size,
        }
    )


def book(ask: Ask) -> Said:
    """ka10004. Answers KRX for ``_AL`` too, as the broker does (PROTOCOL 5.4)."""
    code, venue = listed_code(ask.text("stk_cd"))
    if ask.exchange.quoted(code) is None:
        return Said()
    venue = Venue.KRX if venue is Venue.ALL else venue
    depth, base = ask.exchange.depth(code, venue), ask.exchange.quote(code, venue).base_price
    said: dict[str, Value] = {"bid_req_base_tm": clock(depth.at)}
    for rank, level in enumerate(depth.asks, 1):
        said |= _level("sel", rank, level, base)
    for rank, level in enumerate(depth.bids, 1):
        said |= _level("buy", rank, level, base)
    said |= {
        "tot_sel_req": depth.total_asks,
        "tot_sel_req_jub_pre": sum(level.delta for level in depth.asks),
        "tot_buy_req": depth.total_bids,
        "tot_buy_req_jub_pre": sum(level.delta for level in depth.bids),
    }
    return Said(said)


def many(ask: Ask) -> Said:
    """ka10095. Up to a hundred codes joined by ``|``, answered in that order, unknown ones as blank rows."""
    codes = ask.text("stk_cd").split("|")
    if len(codes) > MOST_CODES:
        raise too_many("1634", MOST_CODES, status=200)
    return Said(rows=Rows("atn_stk_infr", codes, lambda code: _one_of_many(ask, code)))


def _listing(found: Instrument, quote: Quote) -> dict[str, Value]:
    return {
        "stk_nm": found.name,
        "fav": found.par,
        "cap": eoks(found.par * found.shares),
        "flo_stk": found.shares // 1000,
        "mac": eoks(quote.price * found.shares),
        "fav_unit": "원",
    }


def _price(quote: Quote) -> dict[str, Value]:
    base = quote.base_price
    return {
        "open_pric": directed(quote.open, base),
        "high_pric": directed(quote.high, base),
        "low_pric": directed(quote.low, base),
        "upl_pric": directed(quote.upper_limit, base),
        "lst_pric": directed(quote.lower_limit, base),
        "base_pric": base,
        "cur_prc": directed(quote.price, base),
        "pred_pre": plus(quote.change),
        "flu_rt": plus(quote.change_rate),
        "trde_qty": quote.volume,
        "pre_sig": direction(quote.price, base, quote.upper_limit, quote.lower_limit),
        "trde_pre": plus(percent(quote.volume - quote.previous_volume, quote.previous_volume)),
    }


def _extremes(bars: Sequence[Bar], quote: Quote) -> dict[str, Value]:
    traded = [bar for bar in bars if bar.high]
    if not traded:
        return {}
    top, bottom = max(traded, key=lambda bar: bar.high), min(traded, key=lambda bar: bar.low)
    return {
        "250hgst": directed(top.high, quote.base_price),
        "250hgst_pric_dt": day(top.day),
        "250hgst_pric_pre_rt": plus(percent(quote.price - top.high, top.high)),
        "250lwst": directed(bottom.low, quote.base_price),
        "250lwst_pric_dt": day(bottom.day),
        "250lwst_pric_pre_rt": plus(percent(quote.price - bottom.low, bottom.low)),
    }


def _this_year(bars: Sequence[Bar], quote: Quote) -> dict[str, Value]:
    """연중최고 and 연중최저."""
    traded = [bar for bar in bars if bar.high and bar.day.year == quote.at.year]
    if not traded:
        return {}
    top, bottom = max(bar.high for bar in traded), min(bar.low for bar in traded)
    return {"oyr_hgst": directed(top, quote.base_price), "oyr_lwst": directed(bottom, quote.base_price)}


def _level(side: str, rank: int, level: BookLevel, base: int) -> dict[str, Value]:
    """One step of the ladder; the best one has names of its own (``sel_fpr_bid``)."""
    size = f"{side}_fpr_req" if rank == 1 else f"{side}_{rank}th_pre_req"
    price = f"{side}_fpr_bid" if rank == 1 else f"{side}_{rank}th_pre_bid"
    return {
        price: directed(level.price, base),
        size: level.size,
        f"{side}_{rank}th_pre_req_pre": level.delta,
    }


def _one_of_many(ask: Ask, asked: str) -> Mapping[str, Value]:
    bare = asked.partition("_")[0]
    found = ask.exchange.quoted(bare) if is_bare_code(bare) else None
    if found is None:
        return {}
    code, venue = listed_code(asked)
    quote, depth = ask.exchange.quote(code, venue), ask.exchange.depth(code, venue)
    price = {name: value for name, value in _price(quote).items() if name not in {"pre_sig", "trde_pre"}}
    return {
        **price,
        **_ladder(depth, quote.base_price),
        "stk_cd": asked,
        "stk_nm": found.name,
        "pred_pre_sig": direction(quote.price, quote.base_price, quote.upper_limit, quote.lower_limit),
        "trde_prica": millions(quote.turnover),
        "cntr_qty": plus(quote.last_size if quote.last_side is Side.BUY else -quote.last_size),
        "cntr_str": str(quote.strength),
        "pred_trde_qty_pre": str(percent(quote.volume, quote.previous_volume)),
        "close_pric": directed(quote.price, quote.base_price),
        "cntr_tm": clock(quote.traded_at) if quote.traded_at else "",
        **_orders(depth),
        "cap": eoks(found.par * found.shares),
        "fav": found.par,
        "mac": eoks(quote.price * found.shares),
        "stkcnt": found.shares,
        "bid_tm": clock(depth.at),
        "dt": day(quote.at.date()),
        **beside_quote(ask.exchange, code),
    }


def _orders(depth: Depth) -> dict[str, Value]:
    """건수 of the best step and of the book; the columns of ELWs and futures stay blank for a share."""
    asks, bids = orders_in(depth)
    return {
        "pri_sel_cnt": orders_at(depth.code, depth.asks[0]),
        "pri_buy_cnt": orders_at(depth.code, depth.bids[0]),
        "tot_sel_cnt": asks,
        "tot_buy_cnt": bids,
    }


def _ladder(depth: Depth, base: int) -> dict[str, Value]:
    said: dict[str, Value] = {
        "sel_bid": directed(depth.asks[0].price, base),
        "buy_bid": directed(depth.bids[0].price, base),
        "exp_cntr_pric": directed(depth.expected_price, base),
        "exp_cntr_qty": depth.expected_size,
        "pri_sel_req": depth.asks[0].size,
        "pri_buy_req": depth.bids[0].size,
        "tot_sel_req": depth.total_asks,
        "tot_buy_req": depth.total_bids,
    }
    for rank in range(5):
        said[f"sel_{rank + 1}th_bid"] = directed(depth.asks[rank].price, base)
        said[f"buy_{rank + 1}th_bid"] = directed(depth.bids[rank].price, base)
    return said
