"""One warrant: ka30012 its terms, ka10048 and ka10050 its sensitivities, ka30003 the stock of its provider.

Blank in ka30012, because plain calls and puts have no such thing: barriers and early ends (KO, 조기종료,
직후 and 후반장 prices), 보상율, a second provider or underlying; and what expiry has not decided yet.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.broker.wire.writing import clock, day, directed, millions, plus
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.products.warrant import Warrant
from kiwoomweb.simulator.products.warrant_facts import LpDay, Valued, spot_at
from kiwoomweb.simulator.products.warrants import WarrantLine
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.products.elw_words import (
    change,
    disparity,
    issuer,
    iv,
    number,
    right,
    scaled_number,
)
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["by_day", "by_minute", "provider", "terms"]

#: A warrant on a share is settled at the average of its last closes.
AVERAGED = 5


def terms(ask: Ask) -> Said:
    """ka30012; blank for a code that is no warrant."""
    one = _asked(ask)
    if one is None:
        return Said()
    line = ask.exchange.products.warrants.line(one)
    return Said({**_prices(ask, line), **_promise(one), **_days(ask, one), **_settlement(ask, one)})


def by_day(ask: Ask) -> Said:
    """ka10048."""
    one = _asked(ask)
    rows = ask.exchange.products.warrants.valued_by_day(one) if one else []
    return Said(rows=Rows("elwdaly_snst_ix", rows, lambda it: {"dt": day(it.day), **_sensitivities(it)}))


def by_minute(ask: Ask) -> Said:
    """ka10050."""
    one = _asked(ask)
    rows = ask.exchange.products.warrants.valued_by_minute(one) if one else []
    return Said(rows=Rows("elwsnst_ix_array", rows, lambda pair: _minute_row(*pair)))


def provider(ask: Ask) -> Said:
    """ka30003: a warrant's code is asked for in the field of the underlying, as the guide's example does.

    An underlying's own code answers all its warrants together, beside the underlying's price.
    """
    code, until = ask.text("bsis_aset_cd"), ask.day("base_dt") or ask.today
    warrants = ask.exchange.products.warrants
    if one := warrants.find(code):
        days = [found for found in warrants.lp_days(one) if found.bar.day <= until]
        return Said(rows=Rows("elwlpposs_daly_trnsn", days, lambda it: _lp_row(it, one.issued)))
    together = [one for one in warrants.all() if one.underlying.code == code]
    rows = _together(ask, together, until)
    return Said(rows=Rows("elwlpposs_daly_trnsn", rows, lambda row: row))


def _asked(ask: Ask) -> Warrant | None:
    code, _ = listed_code(ask.text("stk_cd"))
    return ask.exchange.products.warrants.find(code)


def _sensitivities(it: Valued) -> dict[str, Value]:
    """Of one warrant: 델타 for a won (a point) of the underlying, 쎄타 a day, 베가 and 로 a percent point."""
    return {
        "iv": scaled_number(iv(it.implied)),
        "delta": number(it.greeks.delta / it.warrant.ratio, 6),
        "gam": number(it.greeks.gamma / it.warrant.ratio, 6),
        "theta": number(it.greeks.theta, 6),
        "vega": number(it.greeks.vega, 6),
        "law": number(it.greeks.rho, 6),
        "lp": scaled_number(iv(it.lp_volatility)),
    }


def _minute_row(at: datetime, it: Valued) -> Mapping[str, Value]:
    return {
        "cntr_tm": clock(at),
        "cur_prc": it.price,
        "elwtheory_pric": scaled_number(it.theory),
        **_sensitivities(it),
    }


def _prices(ask: Ask, line: WarrantLine) -> dict[str, Value]:
    one, worth, quote = line.warrant, line.valued, line.quote
    held = ask.exchange.products.warrants.lp_days(one)[0].held
    return {
        **change(quote, "pred_pre_sig"),
        "elwtheory_pric": scaled_number(worth.theory),
        "dispty_rt": number(disparity(worth.theory, quote.price)),
        "elwinnr_vltl": number(iv(worth.implied)),
        "iv": number(iv(worth.implied)),
        "exp_rght_pric": number(worth.intrinsic * one.ratio),
        "elwpl_qutr_rt": number(worth.break_even_rate),
        "elwsrvive_dys": max(one.days_left(ask.today), 0),
        "lpposs_rt": number(held * 100 / one.issued),
        "lprmnd_qty": held,
        "elwspread": quote.best_ask - quote.best_bid,
        "elwprty": number(worth.parity),
        "elwgear": number(worth.gearing),
        "elwlpord_pos": "불가" if one.is_over(ask.today) else "가능",
    }


def _promise(one: Warrant) -> dict[str, Value]:
    above = "높으면" if one.call else "낮으면"
    return {
        "aset_cd": one.underlying.code,
        "lpmmcm_nm": issuer(one),
        "elwrght_cntn": f"만기평가가격이 행사가격보다 {above} 그 차이에 전환비율을 곱하여 지급",
        "elwexec_pric": number(one.strike),
        "elwcnvt_rt": number(one.ratio, 4),
        "elwpric_rising_part_rt": "100.00",
        "elwrght_type": f"표준 {right(one)}",
        "stkcnt": one.issued // 1_000,
        "elwinvt_ix_comput": "산출",
        "elwpay_agnt": issuer(one),
        "elwappr_way": "현금결제",
        "elwrght_exec_way": "유럽형 자동행사",
        "elwpblicte_orgn": issuer(one),
        "clsprd_end_elwocr": "N",
        "bsis_aset_1": one.underlying.name,
        "bsis_aset_comp_rt_1": "100.00",
    }


def _days(ask: Ask, one: Warrant) -> dict[str, Value]:
    days = 1 if one.underlying.is_index else AVERAGED
    first = trading_day_after(one.expires, 1 - days, ask.exchange.market.overrides) if days > 1 else one.expires
    return {
        "elwflo_dt": day(one.listed),
        "elwfin_trde_dt": day(one.last_day),
        "expr_dt": day(one.expires),
        "exec_dt": day(one.expires),
        "lpsuply_end_dt": day(one.last_day),
        "elwpay_dt": day(one.pays),
        "fr_dt": day(first),
        "to_dt": day(one.expires),
        "fr_tm": "152000",
        "evlt_end_tm": "153000",
    }


def _settlement(ask: Ask, one: Warrant) -> dict[str, Value]:
    """What expiry decided, once it has."""
    close = datetime.combine(one.expires, time(15, 30), SEOUL)
    if ask.now <= close:
        return {"evlt_fnsh_yn": "N"}
    market = ask.exchange.products.warrants.market
    days = 1 if one.underlying.is_index else AVERAGED
    past = [found for found, _ in zip(market.days_back(one.expires), range(days), strict=False)]
    closes = [spot_at(market, one, datetime.combine(found, time(15, 30), SEOUL)) for found in past]
    level = sum(closes) / len(closes)
    pays = max(level - one.strike if one.call else one.strike - level, 0.0) * one.ratio
    return {
        "evlt_fnsh_yn": "Y",
        "evlt_pric": number(level),
        "elwexpr_evlt_pric": number(level),
        "dcsn_pay_amt": number(pays),
    }


def _lp_row(it: LpDay, issued: int) -> Mapping[str, Value]:
    return _row(
        it.bar.day, it.bar.close, it.before, (it.bar.volume, it.bar.turnover), (it.change, it.held, issued)
    )


def _row(
    on: date, price: int, before: int, traded: tuple[int, int], stock: tuple[int, int, int]
) -> Mapping[str, Value]:
    changed, held, issued = stock
    return {
        "dt": day(on),
        "cur_prc": directed(price, before),
        "pre_tp": direction(price, before),
        "pred_pre": plus(price - before),
        "flu_rt": plus(percent(price - before, before)),
        "trde_qty": traded[0],
        "trde_prica": millions(traded[1]),
        "chg_qty": plus(changed),
        "lprmnd_qty": held,
        "wght": str(percent(held, issued)),
    }


def _together(ask: Ask, together: Sequence[Warrant], until: date) -> list[Mapping[str, Value]]:
    """Days of all warrants on one underlying, newest first."""
    warrants, sums = ask.exchange.products.warrants, dict[date, list[int]]()
    for one in together:
        for it in warrants.lp_days(one):
            figures = (it.bar.volume, it.bar.turnover, it.change, it.held, one.issued)
            known = sums.setdefault(it.bar.day, [0] * len(figures))
            sums[it.bar.day] = [a + b for a, b in zip(known, figures, strict=True)]
    source = together[0].underlying.source if together else ""
    rows = []
    for on in sorted((found for found in sums if found <= until), reverse=True):
        bars = ask.exchange.bars(source, "day", 2, on)
        volume, turnover, changed, held, issued = sums[on]
        close, before = bars[0].close, bars[-1].close
        rows.append(_row(on, close, before, (volume, turnover), (changed, held, issued)))
    return rows
