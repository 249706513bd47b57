"""Expected: ka10029 where auctions point, ka10098 and ka10087 what the evening after the session made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, directed, millions, plus
from kiwoomweb.simulator.boards.amounts import band
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.evening import Evening, closing_book, evening_of
from kiwoomweb.simulator.market_facts import Depth, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import choice, lines
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["auctions", "evening", "evenings"]

FLAT_FIRST, LARGEST = "3", "6"
STEPS = 5


@dataclass(frozen=True, slots=True)
class Pointed:
    """A line in an auction with the book that says where it would end."""

    line: Line
    book: Depth

    @property
    def change(self) -> int:
        return self.book.expected_price - self.line.quote.base_price

    @property
    def rate(self) -> Decimal:
        return percent(self.change, self.line.quote.base_price)


def auctions(ask: Ask) -> Said:
    """ka10029. 거래량조건 looks at what is expected to trade. Nothing while no auction runs."""
    wanted = band(choice(ask, "trde_qty_cnd"))
    made = [Pointed(line, ask.exchange.board.book(line)) for line in lines(ask, leaving=["trde_qty_cnd"])]
    found = [one for one in made if one.book.expected_price and wanted.holds(one.book.expected_size)]
    ranked = _ranked(found, ask.text("sort_tp"))
    return Said(rows=Rows("exp_cntr_flu_rt_upper", ranked, _pointed))


def _ranked(found: Sequence[Pointed], sort: str) -> Sequence[Pointed]:
    if sort == LARGEST:
        return sorted(found, key=lambda one: -one.book.expected_size)
    if sort == FLAT_FIRST:
        flat = [one for one in found if not one.change]
        return sorted(flat, key=lambda one: -one.book.expected_size)
    if sort in {"7", "8"}:
        at = [one for one in found if one.book.expected_price == _limit(one, upper=sort == "7")]
        return sorted(at, key=lambda one: -one.book.expected_size)
    orders: Mapping[str, Callable[[Pointed], int | Decimal]] = {
        "1": lambda one: one.rate,
        "2": lambda one: one.change,
        "4": lambda one: -one.rate,
        "5": lambda one: -one.change,
    }
    order = orders[sort]
    return sorted((one for one in found if order(one) > 0), key=lambda one: -order(one))


def _limit(one: Pointed, *, upper: bool) -> int:
    quote = one.line.quote
    return quote.upper_limit if upper else quote.lower_limit


def _pointed(one: Pointed) -> Mapping[str, Value]:
    quote, book = one.line.quote, one.book
    base = quote.base_price
    return {
        "stk_cd": one.line.code,
        "stk_nm": one.line.about.name,
        "exp_cntr_pric": directed(book.expected_price, base),
        "base_pric": base,
        "pred_pre_sig": direction(book.expected_price, base, quote.upper_limit, quote.lower_limit),
        "pred_pre": plus(one.change),
        "flu_rt": plus(one.rate),
        "exp_cntr_qty": book.expected_size,
        "sel_req": book.asks[0].size,
        "sel_bid": directed(book.asks[0].price, base),
        "buy_bid": directed(book.bids[0].price, base),
        "buy_req": book.bids[0].size,
    }


Evened = tuple[Line, Evening]


def evenings(ask: Ask) -> Said:
    """ka10098: the evening's price against the day's close; its filters look at what the evening traded."""
    shares, won = band(choice(ask, "trde_qty_cnd")), band(choice(ask, "trde_prica"))
    market, found = ask.exchange.market, list[Evened]()
    for line in lines(ask, leaving=["trde_qty_cnd"]):
        told = evening_of(market, line.quote)
        if told and told.volume and shares.holds(told.volume) and won.holds(told.turnover):
            found.append((line, told))
    ranked = list(enumerate(_by_change(found, ask.text("sort_base")), 1))
    return Said(rows=Rows("ovt_sigpric_flu_rt_rank", ranked, lambda one: _evened(ask, one[0], *one[1])))


def _by_change(found: Sequence[Evened], sort: str) -> Sequence[Evened]:
    orders: Mapping[str, Callable[[Evening], int | Decimal]] = {
        "1": lambda one: percent(one.price - one.close, one.close),
        "2": lambda one: one.price - one.close,
        "3": lambda one: percent(one.close - one.price, one.close),
        "4": lambda one: one.close - one.price,
    }
    if sort not in orders:
        return [pair for pair in found if pair[1].price == pair[1].close]
    order = orders[sort]
    return sorted((pair for pair in found if order(pair[1]) > 0), key=lambda pair: -order(pair[1]))


def _evened(ask: Ask, rank: int, line: Line, told: Evening) -> Mapping[str, Value]:
    book, quote = ask.exchange.board.book(line), line.quote
    return {
        "rank": rank,
        "stk_cd": line.code,
        "stk_nm": line.about.name,
        "cur_prc": directed(told.price, told.close),
        "pred_pre_sig": direction(told.price, told.close),
        "pred_pre": plus(told.price - told.close),
        "flu_rt": plus(percent(told.price - told.close, told.close)),
        "sel_tot_req": book.total_asks,
        "buy_tot_req": book.total_bids,
        "acc_trde_qty": told.volume,
        "acc_trde_prica": millions(told.turnover),
        "tdy_close_pric": told.close,
        "tdy_close_pric_flu_rt": plus(percent(told.close - quote.base_price, quote.base_price)),
    }


def evening(ask: Ask) -> Said:
    """ka10087, of KRX whatever the suffix (PROTOCOL 5.4). Zeros where a session has no book or no trade yet."""
    code, _ = listed_code(ask.text("stk_cd"))
    if ask.exchange.instrument(code) is None:
        return Said()
    quote, book = ask.exchange.quote(code, Venue.KRX), ask.exchange.depth(code, Venue.KRX)
    told = evening_of(ask.exchange.market, quote)
    head: dict[str, Value] = {"bid_req_base_tm": clock(book.at)}
    return Said(
        head | _ladder(book, quote.base_price, shown=told is not None) | _totals(ask, book) | _price(told)
    )


def _ladder(book: Depth, base: int, *, shown: bool) -> dict[str, Value]:
    """Five steps a side of the evening's book."""
    said: dict[str, Value] = {}
    for side, levels in (("sel", book.asks), ("buy", book.bids)):
        for step, level in enumerate(levels[:STEPS], 1):
            said |= {
                f"ovt_sigpric_{side}_bid_{step}": directed(level.price, base) if shown else 0,
                f"ovt_sigpric_{side}_bid_qty_{step}": level.size if shown else 0,
                f"ovt_sigpric_{side}_bid_jub_pre_{step}": plus(level.delta) if shown else 0,
            }
        total = sum(level.size for level in levels[:STEPS])
        said[f"ovt_sigpric_{side}_bid_tot_req"] = total if shown else 0
    return said


def _totals(ask: Ask, book: Depth) -> dict[str, Value]:
    """The whole book, and the one of the closing-price session (시간외)."""
    closing = closing_book(ask.exchange.market.seed, ask.exchange.quote(book.code, Venue.KRX))
    return {
        "sel_bid_tot_req": book.total_asks,
        "sel_bid_tot_req_jub_pre": plus(sum(level.delta for level in book.asks)),
        "buy_bid_tot_req": book.total_bids,
        "buy_bid_tot_req_jub_pre": plus(sum(level.delta for level in book.bids)),
        "ovt_sel_bid_tot_req": closing.asks if closing else 0,
        "ovt_sel_bid_tot_req_jub_pre": plus(closing.asks_delta) if closing else 0,
        "ovt_buy_bid_tot_req": closing.bids if closing else 0,
        "ovt_buy_bid_tot_req_jub_pre": plus(closing.bids_delta) if closing else 0,
    }


def _price(told: Evening | None) -> dict[str, Value]:
    if told is None:
        return dict.fromkeys(_PRICE, 0) | {"ovt_sigpric_pred_pre_sig": "3"}
    return {
        "ovt_sigpric_cur_prc": directed(told.price, told.close),
        "ovt_sigpric_pred_pre_sig": direction(told.price, told.close),
        "ovt_sigpric_pred_pre": plus(told.price - told.close),
        "ovt_sigpric_flu_rt": plus(percent(told.price - told.close, told.close)),
        "ovt_sigpric_acc_trde_qty": told.volume,
    }


_PRICE = ("ovt_sigpric_cur_prc", "ovt_sigpric_pred_pre", "ovt_sigpric_flu_rt", "ovt_sigpric_acc_trde_qty")
