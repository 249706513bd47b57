"""The gold market's prices: ka50100, ka50010, ka50101, ka50012, ka50087, ka52301, and 0I, the world's price.

K.O 접근도 of ka50101 stays blank: gold has no barrier, the field is a warrant's.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import islice, pairwise

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.wire.writing import clock, day, directed, eoks, millions, plus
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import Bar, Print, Quote, percent
from kiwoomweb.simulator.products.gold_expectation import Expectation, expectations
from kiwoomweb.simulator.products.gold_investors import Traded, investors_on, nets_on
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.products.units import eoks_signed, thousands
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["day_rows", "expected", "investors", "price", "prints", "quotes", "world_price"]

#: Days a chart page of ka50012 may look back.
MOST_DAYS = 720


def price(ask: Ask) -> Said:
    """ka50100."""
    quote = ask.exchange.products.gold.quote(ask.text("stk_cd"))
    base = quote.base_price
    return Said(
        {
            **_moved(quote.price, quote, "pred_pre_sig"),
            "trde_qty": quote.volume,
            "open_pric": directed(quote.open, base),
            "high_pric": directed(quote.high, base),
            "low_pric": directed(quote.low, base),
            "pred_rt": plus(percent(quote.volume - quote.previous_volume, quote.previous_volume)),
            "upl_pric": directed(quote.upper_limit, base),
            "lst_pric": directed(quote.lower_limit, base),
            "pred_close_pric": quote.previous_close,
        }
    )


def prints(ask: Ask) -> Said:
    """ka50010: today's trades, newest first, with the day's totals so far in won."""
    quote = ask.exchange.products.gold.quote(ask.text("stk_cd"))
    return Said(rows=Rows("gold_cntr", _today(ask), partial(_print_row, quote)))


def quotes(ask: Ask) -> Said:
    """ka50101: ``tic_scope`` trades in one row, with the best prices as they stood. Totals in million won."""
    scope, trades = int(ask.text("tic_scope")), _today(ask)
    quote = ask.exchange.products.gold.quote(ask.text("stk_cd"))
    bundles = [trades[start : start + scope] for start in range(0, len(trades), scope)]
    return Said(rows=Rows("gold_bid", bundles, partial(_bundle_row, quote)))


def day_rows(ask: Ask) -> Said:
    """ka50012: the days up to ``base_dt``, newest first; quantities in thousand grams."""
    gold, code = ask.exchange.products.gold, ask.text("stk_cd")
    bars = gold.bars(code, "day", MOST_DAYS + 1, ask.day("base_dt"))
    pairs = list(pairwise(bars))
    return Said(rows=Rows("gold_daly_trnsn", pairs, lambda pair: _day_row(ask, code, *pair)))


def expected(ask: Ask) -> Said:
    """ka50087."""
    found = expectations(ask.exchange.products.gold.market, ask.text("stk_cd"), ask.now)
    return Said(rows=Rows("gold_expt_exec", found, _expected_row))


def investors(ask: Ask) -> Said:
    """ka52301: all gold together, today against the trading day before; 누적 is the month so far."""
    market, today = ask.exchange.products.gold.market, ask.exchange.products.gold.market.day_at(ask.now)
    before = next(past for past in market.days_back(today) if past < today)
    month = [past for past in islice(market.days_back(today), 31) if past.month == today.month]
    now, then = investors_on(market, today, ask.now), investors_on(market, before, ask.now)
    sums = {past: investors_on(market, past, ask.now) for past in month}
    rows = [
        (one, other, [everybody[place] for everybody in sums.values()])
        for place, (one, other) in enumerate(zip(now, then, strict=True))
    ]
    return Said(rows=Rows("inve_trad_stat", rows, lambda row: _investor_row(*row)))


def world_price(exchange: Exchange, item: str) -> Mapping[str, Value] | None:
    """0I 국제금환산가격: MGD won for a gram, MGU dollars for an ounce, against the last midnight in Seoul."""
    world, now = exchange.products.gold.market.world, exchange.now()
    look = {"MGD": world.gram, "MGU": world.ounce}.get(item)
    if look is None:
        return None
    midnight = datetime.combine(now.date(), datetime.min.time(), SEOUL)
    level, before = (Decimal(f"{look(moment):.2f}") for moment in (now, midnight))
    return {
        "10": directed(level, before),
        "25": direction(level, before),
        "11": plus(level - before),
        "12": plus(percent(level - before, before)),
    }


def _today(ask: Ask) -> Sequence[Print]:
    gold, code = ask.exchange.products.gold, ask.text("stk_cd")
    board = gold.market.day_at(ask.now)
    trades = gold.ticks(code, 12_000)
    return [trade for trade in trades if trade.at.date() == board]


def _moved(level: int, quote: Quote, sign: str) -> dict[str, Value]:
    base = quote.base_price
    return {
        sign: direction(level, base, quote.upper_limit, quote.lower_limit),
        "pred_pre": plus(level - base),
        "flu_rt": plus(percent(level - base, base)),
    }


def _print_row(quote: Quote, trade: Print) -> Mapping[str, Value]:
    base = quote.base_price
    return {
        "cntr_pric": directed(trade.price, base),
        **_moved(trade.price, quote, "pre_sig"),
        "trde_qty": trade.volume,
        "acc_trde_prica": trade.turnover,
        "cntr_trde_qty": trade.size,
        "tm": clock(trade.at),
        "pri_sel_bid_unit": directed(trade.best_ask, base),
        "pri_buy_bid_unit": directed(trade.best_bid, base),
        "trde_pre": plus(percent(trade.volume, quote.previous_volume)),
        "trde_tern_rt": plus(percent(trade.size, quote.previous_volume)),
        "cntr_str": str(trade.strength),
    }


def _bundle_row(quote: Quote, trades: Sequence[Print]) -> Mapping[str, Value]:
    size = sum(trade.size for trade in trades)
    return {
        **_print_row(quote, trades[0]),
        "acc_trde_prica": millions(trades[0].turnover),
        "cntr_trde_qty": size,
        "trde_tern_rt": plus(percent(size, quote.previous_volume)),
        "stex_tp": "KRX",
    }


def _day_row(ask: Ask, code: str, bar: Bar, older: Bar) -> Mapping[str, Value]:
    before = older.close
    people, foreigners, institutions = nets_on(ask.exchange.products.gold.market, code, bar)
    return {
        "cur_prc": directed(bar.close, before),
        "pred_pre": plus(bar.close - before),
        "flu_rt": plus(percent(bar.close - before, before)),
        "trde_qty": thousands(bar.volume),
        "acc_trde_prica": millions(bar.turnover),
        "open_pric": directed(bar.open, before),
        "high_pric": directed(bar.high, before),
        "low_pric": directed(bar.low, before),
        "dt": day(bar.day),
        "pre_sig": direction(bar.close, before),
        "orgn_netprps": plus(thousands(institutions)),
        "for_netprps": plus(thousands(foreigners)),
        "ind_netprps": plus(thousands(people)),
    }


def _expected_row(one: Expectation) -> Mapping[str, Value]:
    moved = one.price - one.base
    return {
        "exp_cntr_pric": directed(one.price, one.base),
        "exp_pred_pre": plus(moved),
        "exp_flu_rt": plus(percent(moved, one.base)),
        "exp_acc_trde_qty": one.total,
        "exp_cntr_trde_qty": one.size,
        "exp_tm": clock(one.at),
        "exp_pre_sig": direction(one.price, one.base),
        "stex_tp": "KRX",
    }


def _investor_row(now: Traded, before: Traded, month: Sequence[Traded]) -> Mapping[str, Value]:
    return {
        "stk_cd": now.code,
        "stk_nm": now.name,
        "all_dfrt_trst_sell_qty": thousands(now.sold),
        "sell_qty_irds": plus(thousands(now.sold - before.sold)),
        "all_dfrt_trst_sell_amt": eoks(now.sold_amount),
        "sell_amt_irds": plus(eoks_signed(now.sold_amount - before.sold_amount)),
        "all_dfrt_trst_buy_qty": thousands(now.bought),
        "buy_qty_irds": plus(thousands(now.bought - before.bought)),
        "all_dfrt_trst_buy_amt": eoks(now.bought_amount),
        "buy_amt_irds": plus(eoks_signed(now.bought_amount - before.bought_amount)),
        "all_dfrt_trst_netprps_qty": plus(thousands(now.net)),
        "netprps_qty_irds": plus(thousands(now.net - before.net)),
        "all_dfrt_trst_netprps_amt": plus(eoks_signed(now.net_amount)),
        "netprps_amt_irds": plus(eoks_signed(now.net_amount - before.net_amount)),
        "sell_uv": now.sold_amount // now.sold if now.sold else 0,
        "buy_uv": now.bought_amount // now.bought if now.bought else 0,
        "acc_netprps_amt": plus(eoks_signed(sum(one.net_amount for one in month))),
        "acc_netprps_qty": plus(thousands(sum(one.net for one in month))),
    }
