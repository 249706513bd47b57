"""Lists of warrants: ka30001 jumps, ka30004 disparities, ka30005 search, ka30009-ka30011 rankings.

Blank in ka30005: a second and third liquidity provider (one is enough here) and the terminal's own Xray marks.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from kiwoomweb.broker.wire.writing import clock, day, directed, millions, plus
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.products.warrants import WarrantLine
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import is_bare_code
from kiwoomweb.simulator.replies.products.elw_words import (
    change,
    chosen,
    disparity,
    fulcrum,
    issuer,
    iv,
    number,
    ranked,
    right,
    scaled_number,
)
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["books", "changes", "disparities", "jumps", "nearness", "search"]

Key = Callable[[WarrantLine], float]


def jumps(ask: Ask) -> Said:
    """ka30001: against the price some minutes, or so many trading days, ago."""
    ago = _before(ask)
    least = int(ask.text("trde_qty_tp")) * 1_000
    lines = [line for line in chosen(ask, ended="trde_end_elwskip") if line.quote.volume >= least]
    before = {line.warrant.code: _price_before(ask, line, ago) for line in lines}
    falling = ask.text("flu_tp") == "2"

    def jump(line: WarrantLine) -> float:
        base = before[line.warrant.code]
        return float(percent(line.quote.price - base, base))

    wanted = [line for line in lines if (jump(line) < 0) is falling and jump(line)]
    wanted.sort(key=lambda line: (jump(line) if falling else -jump(line), line.warrant.code))
    return Said(
        {"base_pric_tm": clock(ago) if ask.text("tm_tp") == "1" else day(ago.date())},
        Rows("elwpric_jmpflu", ranked(wanted), lambda pair: _jump_row(pair, before[pair[1].warrant.code])),
    )


def disparities(ask: Ask) -> Said:
    """ka30004, the dearest above theory first."""
    lines = chosen(ask, ended="trde_end_elwskip")
    lines.sort(key=lambda line: (-(_gap(line) or -1e9), line.warrant.code))
    return Said(rows=Rows("elwdispty_rt", lines, lambda line: _disparity_row(ask, line)))


def search(ask: Ask) -> Said:
    """ka30005."""
    lines = chosen(ask)
    key, falling = _SORTS[ask.text("sort_tp")]
    if key:
        lines.sort(key=lambda line: (-key(line) if falling else key(line), line.warrant.code))
    return Said(rows=Rows("elwcnd_qry", lines, lambda line: _search_row(ask, line)))


def changes(ask: Ask) -> Said:
    """ka30009: only what rose, or only what fell."""
    kind = ask.text("sort_tp")
    rising, by_rate = kind in "12", kind in "13"
    lines = [line for line in chosen(ask, ended="trde_end_skip") if (line.quote.change > 0) is rising]
    lines = [line for line in lines if line.quote.change]
    key = _rate if by_rate else _change
    lines.sort(key=lambda line: (-abs(key(line)), line.warrant.code))
    return Said(rows=Rows("elwflu_rt_rank", ranked(lines), lambda pair: _ranked_row(*pair)))


def books(ask: Ask) -> Said:
    """ka30010: by how much more waits to buy than to sell, or the other way round."""
    sign = 1 if ask.text("sort_tp") == "1" else -1
    lines = chosen(ask, ended="trde_end_skip")
    lines.sort(key=lambda line: (-sign * _net_book(line), line.warrant.code))
    return Said(
        rows=Rows(
            "elwreq_rank",
            ranked(lines),
            lambda pair: {**_ranked_row(*pair), "netprps_req": plus(_net_book(pair[1]))},
        )
    )


def nearness(ask: Ask) -> Said:
    """ka30011: all warrants on one underlying (named by one of them, or itself), nearest to the money first.

    근접율 is how near the strike the underlying stands: 100 at the money.
    """
    code, warrants = ask.text("stk_cd"), ask.exchange.products.warrants
    if not is_bare_code(code) and code not in warrants.market.listed.underlyings():
        raise bad_input("1902", code, family=5)
    found = warrants.find(code)
    underlying = found.underlying.code if found else code
    lines = [line for line in chosen(ask) if line.warrant.underlying.code == underlying]
    lines.sort(key=lambda line: (-_near(line), line.warrant.code))
    return Said(rows=Rows("elwalacc_rt", lines, _near_row))


def _before(ask: Ask) -> datetime:
    """The moment a jump is measured from."""
    steps = min(int(ask.text("tm")), 600)
    if ask.text("tm_tp") == "1":
        return ask.now - timedelta(minutes=steps)
    market = ask.exchange.products.warrants.market
    days = market.days_back(market.day_at(ask.now))
    past = next(found for place, found in enumerate(days) if place == min(steps, 90))
    return datetime.combine(past, ask.now.timetz().replace(hour=23, minute=59))


def _price_before(ask: Ask, line: WarrantLine, moment: datetime) -> int:
    """The price then; for a warrant that was not listed yet, the first it ever had."""
    warrants, one = ask.exchange.products.warrants, line.warrant
    if moment.date() < one.listed:
        return warrants.bars(one)[-1].open
    if ask.text("tm_tp") == "1" and moment.date() == warrants.board_day:
        return warrants.price_at(one, moment)
    return next((bar.close for bar in warrants.bars(one) if bar.day <= moment.date()), line.quote.base_price)


def _rate(line: WarrantLine) -> float:
    return float(line.quote.change_rate)


def _change(line: WarrantLine) -> float:
    return line.quote.change


def _days_left(line: WarrantLine) -> float:
    return line.warrant.days_left(line.valued.day)


#: 정렬구분 of ka30005 -> (what to sort by, whether the largest comes first).
_SORTS: Mapping[str, tuple[Key | None, bool]] = {
    "0": (None, False),
    "1": (_rate, True),
    "2": (_change, True),
    "3": (_rate, False),
    "4": (_change, False),
    "5": (lambda line: line.quote.volume, True),
    "6": (lambda line: line.quote.turnover, True),
    "7": (_days_left, False),
}


def _gap(line: WarrantLine) -> float | None:
    return disparity(line.valued.theory, line.quote.price)


def _near(line: WarrantLine) -> float:
    return 100 - abs(line.valued.spot / line.warrant.strike - 1) * 100


def _net_book(line: WarrantLine) -> int:
    return line.depth.total_bids - line.depth.total_asks


def _named(line: WarrantLine) -> dict[str, Value]:
    return {"stk_cd": line.warrant.code, "stk_nm": line.warrant.name}


def _issue(line: WarrantLine) -> dict[str, Value]:
    one = line.warrant
    return {
        **_named(line),
        "isscomp_nm": issuer(one),
        "sqnc": one.series,
        "base_aset_nm": one.underlying.name,
        "rght_tp": right(one),
    }


def _jump_row(pair: tuple[int, WarrantLine], before: int) -> Mapping[str, Value]:
    rank, line = pair
    price = line.quote.price
    said = change(line.quote, "pre_sig", rate="jmp_rt")
    return {
        **_named(line),
        "rank": rank,
        **said,
        "trde_end_elwbase_pric": before,
        "base_pre": plus(price - before),
        "trde_qty": line.quote.volume,
        "jmp_rt": plus(percent(price - before, before)),
    }


def _disparity_row(ask: Ask, line: WarrantLine) -> Mapping[str, Value]:
    one, spot = line.warrant, line.valued.spot
    return {
        **_issue(line),
        "dispty_rt": scaled_number(_gap(line)),
        "basis": number((spot / one.strike - 1) * 100),
        "srvive_dys": max(one.days_left(ask.today), 0),
        "theory_pric": scaled_number(line.valued.theory),
        **change(line.quote, "pre_tp"),
        "trde_qty": line.quote.volume,
    }


def _search_row(ask: Ask, line: WarrantLine) -> Mapping[str, Value]:
    one, worth, quote = line.warrant, line.valued, line.quote
    held: Sequence[int] = [found.held for found in ask.exchange.products.warrants.lp_days(one)[:1]]
    return {
        **_issue(line),
        "expr_dt": day(one.expires),
        **change(quote, "pre_tp"),
        "trde_qty": quote.volume,
        "trde_qty_pre": plus(quote.volume - quote.previous_volume),
        "trde_prica": millions(quote.turnover),
        "pred_trde_qty": quote.previous_volume,
        "sel_bid": directed(quote.best_ask, quote.base_price),
        "buy_bid": directed(quote.best_bid, quote.base_price),
        "prty": number(worth.parity),
        "gear_rt": number(worth.gearing),
        "pl_qutr_rt": number(worth.break_even_rate),
        "cfp": number(fulcrum(worth.capital_fulcrum)),
        "theory_pric": number(worth.theory),
        "innr_vltl": number(iv(worth.implied)),
        "delta": number(worth.greeks.delta / one.ratio, 6),
        "lvrg": number(worth.leverage),
        "exec_pric": number(one.strike),
        "cnvt_rt": number(one.ratio, 4),
        "lpposs_rt": number((held[0] if held else one.issued) * 100 / one.issued),
        "pl_qutr_pt": number(worth.break_even),
        "fin_trde_dt": day(one.last_day),
        "flo_dt": day(one.listed),
        "lpinitlast_suply_dt": day(one.listed),
        "srvive_dys": max(one.days_left(ask.today), 0),
        "dispty_rt": number(_gap(line)),
        "lpmmcm_nm": issuer(one),
    }


def _ranked_row(rank: int, line: WarrantLine) -> dict[str, Value]:
    return {
        **_named(line),
        "rank": rank,
        **change(line.quote, "pre_sig"),
        "sel_req": line.depth.total_asks,
        "buy_req": line.depth.total_bids,
        "trde_qty": line.quote.volume,
        "trde_prica": millions(line.quote.turnover),
    }


def _near_row(line: WarrantLine) -> Mapping[str, Value]:
    return {
        **_named(line),
        **change(line.quote, "pre_sig"),
        "acc_trde_qty": line.quote.volume,
        "alacc_rt": number(_near(line)),
    }
