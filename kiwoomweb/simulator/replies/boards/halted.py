"""Halted: ka10054, the VIs of the day, latest first."""

from collections.abc import Callable, Mapping

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, plus
from kiwoomweb.simulator.boards.conditions import skipped
from kiwoomweb.simulator.boards.halts import Halt
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import MARKETS, number, venue
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["halted"]

#: 발동구분.
KINDS: Mapping[str, Callable[[Halt], bool]] = {
    "1": lambda halt: halt.is_static and not halt.is_dynamic,
    "2": lambda halt: halt.is_dynamic and not halt.is_static,
    "3": lambda halt: halt.is_dynamic and halt.is_static,
}
#: 발동방향.
DIRECTIONS: Mapping[str, Callable[[Halt], bool]] = {
    "1": lambda halt: halt.rising,
    "2": lambda halt: not halt.rising,
}
SINGLE_PRICE = "2"
#: Twelve digits.
MOST = 10**12


def halted(ask: Ask) -> Said:
    """ka10054. Halts happen in the official session on KRX: none in a single-price session, none on NXT."""
    nowhere = venue(ask) is Venue.NXT or ask.text("bf_mkrt_tp") == SINGLE_PRICE
    found = [] if nowhere else [halt for halt in ask.exchange.halts.until(ask.now) if _wanted(ask, halt)]
    return Said(rows=Rows("motn_stk", found[::-1], lambda halt: _row(ask, halt)))


def _wanted(ask: Ask, halt: Halt) -> bool:
    about = ask.exchange.market.universe.instruments[halt.code]
    market, code = MARKETS.get(ask.text("mrkt_tp")), ask.text("stk_cd")
    filters = (
        market is None or about.market in market,
        not code or listed_code(code)[0] == halt.code,
        KINDS.get(ask.text("motn_tp"), _any)(halt),
        DIRECTIONS.get(ask.text("motn_drc"), _any)(halt),
        not skipped(about, ask.text("skip_stk")),
        _within(ask, "trde_qty", halt.volume, unit=1),
        _within(ask, "trde_prica", halt.turnover, unit=1_000_000),
    )
    return all(filters)


def _any(_: Halt) -> bool:
    return True


def _within(ask: Ask, name: str, value: int, *, unit: int) -> bool:
    """``min_…`` and ``max_…`` where ``…_tp`` switches them on; 거래대금 in million won."""
    if ask.text(f"{name}_tp") != "1":
        return True
    least, most = (number(ask, f"{side}_{name}", MOST) for side in ("min", "max"))
    return least * unit <= value and (not most or value <= most * unit)


def _row(ask: Ask, halt: Halt) -> Mapping[str, Value]:
    return {
        "stk_cd": halt.code,
        "stk_nm": ask.name(halt.code),
        "acc_trde_qty": halt.volume,
        "motn_pric": halt.price,
        "dynm_dispty_rt": plus(halt.dynamic_rate),
        "trde_cntr_proc_time": clock(halt.at),
        "virelis_time": clock(halt.until) if halt.until <= ask.now else "",
        "viaplc_tp": halt.words,
        "dynm_stdpc": halt.dynamic_base,
        "static_stdpc": halt.static_base,
        "static_dispty_rt": plus(halt.static_rate),
        "open_pric_pre_flu_rt": plus(percent(halt.price - halt.opened, halt.opened)),
        "vimotn_cnt": halt.count,
        "stex_tp": "KRX",
    }
