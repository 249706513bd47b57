"""Streaks: ka10131, how many days in a row institutions and foreigners bought (or sold) a share or a sector."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS, Group, Traded, summed
from kiwoomweb.simulator.market_facts import Instrument, percent
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, doubled, per_cent
from kiwoomweb.simulator.replies.flows.markets import instruments_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import board_day, days_between, last_days
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["streaks"]

BOTH: Group = (*FOREIGN, *INSTITUTIONS)
#: A streak is looked at no further back than this many trading days.
LONGEST = 60
#: Prefix of the fields -> whose they are, and the names of the three streak fields.
GROUPS: Mapping[str, tuple[Group, str, str, str]] = {
    "orgn_": (INSTITUTIONS, "orgn_cont_netprps_dys", "orgn_cont_netprps_qty", "orgn_cont_netprps_amt"),
    "frgnr_": (FOREIGN, "frgnr_cont_netprps_dys", "frgnr_cont_netprps_qty", "frgnr_cont_netprps_amt"),
    "": (BOTH, "tot_cont_netprps_dys", "tot_cont_nettrde_qty", "tot_cont_netprps_amt"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is ranked: a share, or a sector as the sum of its shares."""

    code: str
    name: str
    members: Sequence[Instrument]


def streaks(ask: Ask) -> Said:
    """ka10131: by what both bought net in the period, in 백만원 or shares, with two signs."""
    days = _days(ask)
    group_won = ask.text("amt_qty_tp") == "0"
    found = [(one, _period(ask, one, days)) for one in _subjects(ask)]
    found = [one for one in found if one[1].net(BOTH) or one[1].net_won(BOTH)]
    found.sort(key=lambda one: (-(one[1].net_won(BOTH) if group_won else one[1].net(BOTH)), one[0].code))
    ranked = [(rank, *one) for rank, one in enumerate(found, 1)]
    return Said(rows=Rows("orgn_frgnr_cont_trde_prst", ranked, lambda one: _row(ask, days, *one)))


def _days(ask: Ask) -> Sequence[date]:
    """기간 in trading days up to the board's; 0 takes the dates, which must then be there."""
    if ask.text("dt") != "0":
        return last_days(ask, int(ask.text("dt")))
    for name in ("strt_dt", "end_dt"):
        if not ask.text(name):
            raise bad_input("1511", name)
    return days_between(ask, ask.day("strt_dt"), ask.day("end_dt"))


def _subjects(ask: Ask) -> Sequence[Subject]:
    market = ask.text("mrkt_tp")
    if ask.text("stk_inds_tp") != "1":
        return [Subject(one.code, one.name, (one,)) for one in instruments_in(ask, market)]
    wanted, members = "KOSPI" if market == "001" else "KOSDAQ", ask.exchange.market.daily.membership
    return [
        Subject(code, name, members.of(code))
        for code, name, its_market in ask.exchange.sectors()
        if its_market == wanted
    ]


def _row(ask: Ask, days: Sequence[date], rank: int, one: Subject, traded: Traded) -> dict[str, Value]:
    said: dict[str, Value] = {
        "rank": rank,
        "stk_cd": one.code,
        "stk_nm": one.name,
        "prid_stkpc_flu_rt": per_cent(_change(ask, one.code, days)),
    }
    for prefix, (group, *names) in GROUPS.items():
        said |= {
            f"{prefix}nettrde_qty": doubled(traded.net(group)),
            f"{prefix}nettrde_amt": doubled(traded.net_won(group), MILLION),
        }
        count, shares, won = _streak(ask, one, group, days[0])
        said |= dict(zip(names, (doubled(count), doubled(shares), doubled(won, MILLION)), strict=True))
    return said


def _streak(ask: Ask, one: Subject, group: Group, until: date) -> tuple[int, int, int]:
    """(days, shares, won) of the streak that ends on ``until``; all below zero for a streak of sales."""
    count = shares = won = 0
    for day in last_days(ask, LONGEST, until):
        traded = _period(ask, one, [day])
        net = traded.net(group)
        if not net or (shares and (net > 0) != (shares > 0)):
            break
        count, shares, won = count + (1 if net > 0 else -1), shares + net, won + traded.net_won(group)
    return count, shares, won


def _period(ask: Ask, one: Subject, days: Sequence[date]) -> Traded:
    return summed(_each(ask, one, days))


def _each(ask: Ask, one: Subject, days: Sequence[date]) -> Iterator[Traded]:
    flows, venue = ask.exchange.flows, venue_asked(ask)
    for share in one.members:
        if len(days) == 1:
            yield flows.traded(share.code, days[0], ask.now, venue)
        else:
            yield flows.period(share.code, days, ask.now, venue)


def _change(ask: Ask, code: str, days: Sequence[date]) -> Decimal:
    """Percent from the close before the period to its end."""
    market = ask.exchange.market
    before = market.close_before(code, days[-1])
    if days[0] == board_day(ask):
        index = ask.exchange.index(code)
        end = int(index.level * 100) if index else ask.exchange.quote(code, venue_asked(ask)).price
    else:
        bar = market.daily.series(code, days[0]).on(days[0])
        end = bar.close if bar else 0
    return percent(end - before.close, before.close) if before and end else Decimal("0.00")
