"""Rankings by what investors bought net: ka10044, ka10058, ka10062 and ka90009."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import plus
from kiwoomweb.simulator.flows.traded import BY_CODE, FOREIGN, INSTITUTIONS, Group, Traded
from kiwoomweb.simulator.market_facts import Instrument, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, cut, doubled, per_cent, price_fields
from kiwoomweb.simulator.replies.flows.markets import instruments_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import board_day, days_between, last_days, price_now
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["by_investor", "institutions", "same_way", "sides_of_both"]

LOT, TEN_MILLION = 100, 10_000_000

Ranked = tuple[Instrument, Traded]


def institutions(ask: Ask) -> Said:
    """ka10044: by net amount. Counted in hundreds of shares and 백만원, with two signs."""
    found = _net_traders(ask, INSTITUTIONS, selling=ask.text("trde_tp") == "1")
    return Said(
        rows=Rows(
            "daly_orgn_trde_stk",
            found,
            lambda one: {
                "stk_cd": one[0].code,
                "stk_nm": one[0].name,
                "netprps_qty": doubled(one[1].net(INSTITUTIONS), LOT),
                "netprps_amt": doubled(one[1].net_won(INSTITUTIONS), MILLION),
            },
        )
    )


def by_investor(ask: Ask) -> Said:
    """ka10058: one kind of investor, by net amount (won), with two signs."""
    group, selling = BY_CODE[ask.text("invsr_tp")], ask.text("trde_tp") == "1"
    found = _net_traders(ask, group, selling=selling)
    return Said(
        rows=Rows("invsr_daly_trde_stk", found, lambda one: _investor_row(ask, one[0], one[1], selling=selling))
    )


def _investor_row(ask: Ask, about: Instrument, traded: Traded, *, selling: bool) -> dict[str, Value]:
    group = BY_CODE[ask.text("invsr_tp")]
    price = price_now(ask.exchange.quote(about.code, venue_asked(ask)))
    average = average_price(traded, group, selling=selling)
    return {
        "stk_cd": about.code,
        "stk_nm": about.name,
        "netslmt_qty": doubled(traded.net(group)),
        "netslmt_amt": doubled(traded.net_won(group)),
        "prsm_avg_pric": average,
        **price_fields(price, rate=False),
        "avg_pric_pre": doubled(price.price - average),
        "pre_rt": per_cent(percent(price.price - average, average)),
        "dt_trde_qty": traded.bought(),
    }


def same_way(ask: Ask) -> Said:
    """ka10062: shares that foreigners and institutions both bought (or both sold) net in the period."""
    selling, by_won = ask.text("trde_tp") == "2", ask.text("sort_cnd") == "2"
    both: Group = (*FOREIGN, *INSTITUTIONS)
    wanted = -1 if selling else 1
    found = [
        one
        for one in _period_of_all(ask)
        if one[1].net(FOREIGN) * wanted > 0 and one[1].net(INSTITUTIONS) * wanted > 0
    ]
    found.sort(key=lambda one: -abs(one[1].net_won(both) if by_won else one[1].net(both)))
    ranked = [(rank, *one) for rank, one in enumerate(found, 1)]
    return Said(rows=Rows("eql_nettrde_rank", ranked, lambda one: _same_row(ask, *one)))


def _same_row(ask: Ask, rank: int, about: Instrument, traded: Traded) -> dict[str, Value]:
    lot, selling = (1_000 if ask.text("unit_tp") == "1000" else 1), ask.text("trde_tp") == "2"
    said: dict[str, Value] = {
        "rank": rank,
        "stk_cd": about.code,
        "stk_nm": about.name,
        **price_fields(price_now(ask.exchange.quote(about.code, venue_asked(ask)))),
        "acc_trde_qty": traded.bought(),
    }
    for name, group in (("orgn_", INSTITUTIONS), ("for_", FOREIGN)):
        said |= {
            f"{name}nettrde_qty": doubled(traded.net(group), lot),
            f"{name}nettrde_amt": doubled(traded.net_won(group), MILLION),
            f"{name}nettrde_avg_pric": average_price(traded, group, selling=selling),
        }
    both: Group = (*FOREIGN, *INSTITUTIONS)
    return said | {
        "nettrde_qty": doubled(traded.net(both), lot),
        "nettrde_amt": doubled(traded.net_won(both), MILLION),
    }


def sides_of_both(ask: Ask) -> Said:
    """ka90009: four rankings side by side, of foreigners and institutions, sellers and buyers."""
    day = ask.day("date") if ask.text("qry_dt_tp") == "1" else None
    days = last_days(ask, 1, day or board_day(ask))
    all_of = [(one, _period(ask, one.code, days)) for one in instruments_in(ask, ask.text("mrkt_tp"))]
    columns = []
    for name, group in (("for", FOREIGN), ("orgn", INSTITUTIONS)):
        for side in ("netslmt", "netprps"):
            ranked = _ranked(all_of, _measure(ask, group), selling=side == "netslmt")
            columns.append([_side(f"{name}_{side}", group, *one) for one in ranked])
    rows = [
        {key: value for part in parts if part for key, value in part.items()} for parts in zip_longest(*columns)
    ]
    return Said(rows=Rows("frgnr_orgn_trde_upper", rows, lambda row: row))


def _side(name: str, group: Group, about: Instrument, traded: Traded) -> dict[str, Value]:
    return {
        f"{name}_stk_cd": about.code,
        f"{name}_stk_nm": about.name,
        f"{name}_amt": plus(cut(traded.net_won(group), TEN_MILLION)),
        f"{name}_qty": plus(cut(traded.net(group), 1_000)),
    }


def _measure(ask: Ask, group: Group) -> Callable[[Traded], int]:
    """금액수량구분 1 금액, 2 수량."""
    if ask.text("amt_qty_tp") == "2":
        return lambda traded: traded.net(group)
    return lambda traded: traded.net_won(group)


def average_price(traded: Traded, group: Group, *, selling: bool) -> int:
    """추정평균가 in won: of the group's sales, or of its buys."""
    shares, won = (
        (traded.sold(group), traded.received(group)) if selling else (traded.bought(group), traded.paid(group))
    )
    return won // shares if shares else 0


def _net_traders(ask: Ask, group: Group, *, selling: bool) -> list[Ranked]:
    return _ranked(_period_of_all(ask), lambda traded: traded.net_won(group), selling=selling)


def _ranked(found: Sequence[Ranked], measure: Callable[[Traded], int], *, selling: bool) -> list[Ranked]:
    """Those on the wanted side, the largest first."""
    sign = -1 if selling else 1
    wanted = [one for one in found if measure(one[1]) * sign > 0]
    return sorted(wanted, key=lambda one: (-abs(measure(one[1])), one[0].code))


def _period_of_all(ask: Ask) -> list[Ranked]:
    days = days_between(ask, ask.day("strt_dt"), ask.day("end_dt"))
    return [(one, _period(ask, one.code, days)) for one in instruments_in(ask, ask.text("mrkt_tp"))]


def _period(ask: Ask, code: str, days: Sequence[date], venue: Venue | None = None) -> Traded:
    return ask.exchange.flows.period(code, days, ask.now, venue or venue_asked(ask))
