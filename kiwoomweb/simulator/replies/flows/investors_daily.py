"""One share's investors by day: ka10059, ka10060, their sums ka10061, and ka10045."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import accumulate
from operator import add

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.broker.wire.writing import directed, millions, plus, scaled
from kiwoomweb.simulator.flows.traded import (
    FOREIGN,
    INDIVIDUAL,
    INSTITUTIONS,
    Group,
    Investor,
    Traded,
    summed,
)
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, chosen, doubled, per_cent, price_fields
from kiwoomweb.simulator.replies.flows.prices import price_on, share_asked, share_days
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["COLUMNS", "chart", "history", "total", "trend"]

Fill = Callable[[Ask, str, date, Venue], Mapping[str, Value]]

#: Field -> whose figures it holds.
COLUMNS: Mapping[str, Group] = {
    "ind_invsr": INDIVIDUAL,
    "frgnr_invsr": FOREIGN,
    "orgn": INSTITUTIONS,
    "fnnc_invt": (Investor.DEALER,),
    "insrnc": (Investor.INSURER,),
    "invtrt": (Investor.TRUST,),
    "etc_fnnc": (Investor.OTHER_FINANCE,),
    "bank": (Investor.BANK,),
    "penfnd_etc": (Investor.PENSION,),
    "samo_fund": (Investor.PRIVATE_FUND,),
    "natn": (Investor.STATE,),
    "etc_corp": (Investor.CORPORATION,),
    "natfor": (Investor.RESIDENT_FOREIGN,),
}


def history(ask: Ask) -> Said:
    """ka10059, newest first from ``dt`` back. Amounts in 백만원; the rate is a hundred times its percent."""
    return _by_day(ask, "stk_invsr_orgn", _history_row)


def chart(ask: Ask) -> Said:
    """ka10060: the same figures, fewer of the prices."""
    return _by_day(ask, "stk_invsr_orgn_chart", _chart_row)


def total(ask: Ask) -> Said:
    """ka10061: the rows ka10059 has for these days, added up."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("stk_invsr_orgn_tot", [], lambda _: {}))
    code, venue = found
    days = share_days(ask, code, ask.day("strt_dt"), ask.day("end_dt"))
    whole = summed(_counted(ask, code, day, venue) for day in days)
    said = {name: doubled(_figure(ask, whole, group)) for name, group in COLUMNS.items()}
    return Said(rows=Rows("stk_invsr_orgn_tot", [said], lambda row: row))


def trend(ask: Ask) -> Said:
    """ka10045. Accumulated from the first day of the period; average prices of its buys or sells."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("stk_orgn_trde_trnsn", [], lambda _: {}))
    code, venue = found
    days = share_days(ask, code, ask.day("strt_dt"), ask.day("end_dt"))
    traded = [ask.exchange.flows.traded(code, day, ask.now, venue) for day in days]
    whole = summed(traded)
    said: dict[str, Value] = {
        "orgn_prsm_avg_pric": _average(whole, INSTITUTIONS, ask.text("orgn_prsm_unp_tp")),
        "for_prsm_avg_pric": _average(whole, FOREIGN, ask.text("for_prsm_unp_tp")),
    }
    rows = list(_trend_rows(ask, code, venue, list(zip(days, traded, strict=True))))
    return Said(said, Rows("stk_orgn_trde_trnsn", rows, lambda row: row))


def _by_day(ask: Ask, name: str, fill: Fill) -> Said:
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows(name, [], lambda _: {}))
    code, venue = found
    days = share_days(ask, code, None, ask.day("dt"))
    return Said(rows=Rows(name, days, lambda day: fill(ask, code, day, venue)))


def _history_row(ask: Ask, code: str, day: date, venue: Venue) -> dict[str, Value]:
    price, traded = price_on(ask, code, day, venue), ask.exchange.flows.traded(code, day, ask.now, venue)
    rate = scaled(price.rate)
    return {
        "dt": written_day(day),
        **price_fields(price, rate=False),
        "flu_rt": f"+{rate}" if price.change > 0 else rate,
        "acc_trde_qty": traded.bought(),
        "acc_trde_prica": millions(traded.paid()),
        **_columns(ask, _counted(ask, code, day, venue)),
    }


def _chart_row(ask: Ask, code: str, day: date, venue: Venue) -> dict[str, Value]:
    traded = ask.exchange.flows.traded(code, day, ask.now, venue)
    return {
        "dt": written_day(day),
        **price_fields(price_on(ask, code, day, venue), sign="", rate=False),
        "acc_trde_prica": millions(traded.paid()),
        **_columns(ask, _counted(ask, code, day, venue)),
    }


def _counted(ask: Ask, code: str, day: date, venue: Venue) -> Traded:
    """A day's figures in the unit asked for, each cut by itself, so that sums of rows are sums of columns."""
    lot = 1_000 if ask.text("unit_tp") == "1000" else 1
    return ask.exchange.flows.traded(code, day, ask.now, venue).in_units(lot, MILLION)


def _columns(ask: Ask, traded: Traded) -> dict[str, Value]:
    return {name: _figure(ask, traded, group) for name, group in COLUMNS.items()}


def _figure(ask: Ask, traded: Traded, group: Group) -> int:
    return chosen(traded, group, ask.text("trde_tp"), won=ask.text("amt_qty_tp") == "1")


def _average(whole: Traded, group: Group, side: str) -> int:
    """추정평균가 of the group's buys (1) or sells (2) in won."""
    shares, won = (
        (whole.sold(group), whole.received(group)) if side == "2" else (whole.bought(group), whole.paid(group))
    )
    return won // shares if shares else 0


def _trend_rows(
    ask: Ask, code: str, venue: Venue, days: list[tuple[date, Traded]]
) -> Iterator[dict[str, Value]]:
    """Newest first; the running sums count from the oldest day on."""
    ours, theirs = (
        list(accumulate((traded.net(group) for _, traded in reversed(days)), add))[::-1]
        for group in (INSTITUTIONS, FOREIGN)
    )
    for (day, traded), institutions, foreign in zip(days, ours, theirs, strict=True):
        price = price_on(ask, code, day, venue)
        yield {
            "dt": written_day(day),
            "close_pric": directed(price.price, price.base),
            "pre_sig": direction(price.price, price.base, price.upper, price.lower),
            "pred_pre": plus(price.change),
            "flu_rt": plus(price.rate),
            "trde_qty": traded.bought(),
            "orgn_dt_acc": plus(institutions),
            "orgn_daly_nettrde_qty": plus(traded.net(INSTITUTIONS)),
            "for_dt_acc": plus(foreign),
            "for_daly_nettrde_qty": plus(traded.net(FOREIGN)),
            "limit_exh_rt": per_cent(ask.exchange.flows.holding(code, day, ask.now).used),
        }
