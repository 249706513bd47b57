"""Investors through the day: ka10063 and ka10066 all shares, ka10064 one share, ka10065 the leaders."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.flows.traded import BY_CODE, FOREIGN, INSTITUTIONS, Group, Investor, Traded
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, chosen, cut, minus, price_fields
from kiwoomweb.simulator.replies.flows.investors_daily import COLUMNS
from kiwoomweb.simulator.replies.flows.markets import in_market, lines_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import (
    board_day,
    price_now,
    price_on,
    settled_day,
    share_asked,
)
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["after_close", "course", "leaders", "through_the_day"]

#: 투자자별 of ka10063.
INVESTORS: Mapping[str, Group] = {
    "6": FOREIGN,
    "7": INSTITUTIONS,
    "1": (Investor.TRUST,),
    "0": (Investor.INSURER,),
    "2": (Investor.BANK,),
    "3": (Investor.PENSION,),
    "4": (Investor.STATE,),
    "5": (Investor.CORPORATION,),
}
HALF_HOUR = timedelta(minutes=30)
#: 외국계: orders that came through foreign houses, whoever gave them.
FOREIGN_HOUSES = "9100"

#: (bought, sold, paid, received)
Four = tuple[int, int, int, int]


def through_the_day(ask: Ask) -> Said:
    """ka10063: the investor's trades so far and at the half hour before, by net amount.

    외국계전체 counts foreign houses instead of foreign investors; 동시순매수 keeps what foreigners and
    institutions both bought net.
    """
    venue, group = venue_asked(ask), INVESTORS[ask.text("invsr")]
    houses = ask.text("frgn_all") == "1" and group is FOREIGN
    both = ask.text("smtm_netprps_tp") == "1"
    found = []
    for line in lines_in(ask, ask.text("mrkt_tp"), venue):
        code = line.about.code
        traded = ask.exchange.flows.traded(code, board_day(ask), ask.now, venue)
        if both and not (traded.net(FOREIGN) > 0 and traded.net(INSTITUTIONS) > 0):
            continue
        now = _houses(ask, code, ask.now, venue) if houses else _four(traded, group)
        if now[0] or now[1]:
            found.append((line, now))
    found.sort(key=lambda one: (one[1][3] - one[1][2], one[0].about.code))
    moment = _half_hour_before(ask.now)

    def fill(one: tuple[Line, Four]) -> dict[str, Value]:
        code = one[0].about.code
        before = ask.exchange.flows.upto(code, moment, ask.now, venue)
        then = _houses(ask, code, moment, venue) if houses else _four(before, group)
        return _day_row(ask, one[0], one[1], then)

    return Said(rows=Rows("opmr_invsr_trde", found, fill))


def _day_row(ask: Ask, line: Line, now: Four, then: Four) -> dict[str, Value]:
    code, venue = line.about.code, venue_asked(ask)
    bought, sold, paid, received = (*now[:2], *(cut(won, MILLION) for won in now[2:]))
    earlier = (*then[:2], *(cut(won, MILLION) for won in then[2:]))
    return {
        "stk_cd": code,
        "stk_nm": line.about.name,
        **price_fields(price_now(line.quote)),
        "acc_trde_qty": ask.exchange.flows.traded(code, board_day(ask), ask.now, venue).bought(),
        "netprps_amt": plus(paid - received),
        "prev_netprps_amt": plus(earlier[2] - earlier[3]),
        "buy_amt": plus(paid),
        "netprps_amt_irds": plus(paid - received - earlier[2] + earlier[3]),
        "buy_amt_irds": plus(paid - earlier[2]),
        "sell_amt": minus(received),
        "sell_amt_irds": minus(received - earlier[3]),
        "netprps_qty": plus(bought - sold),
        "prev_pot_netprps_qty": plus(earlier[0] - earlier[1]),
        "netprps_irds": plus(bought - sold - earlier[0] + earlier[1]),
        "buy_qty": plus(bought),
        "buy_qty_irds": plus(bought - earlier[0]),
        "sell_qty": minus(sold),
        "sell_qty_irds": minus(sold - earlier[1]),
    }


def course(ask: Ask) -> Said:
    """ka10064: one share's investors from the open on, every half hour and now, oldest first."""
    found = share_asked(ask)
    about = ask.exchange.instrument(found[0]) if found else None
    if found is None or about is None or not in_market(about, ask.text("mrkt_tp")):
        return Said(rows=Rows("opmr_invsr_trde_chart", [], lambda _: {}))
    code, venue = found
    moments = list(_moments(ask, venue))
    return Said(rows=Rows("opmr_invsr_trde_chart", moments, lambda at: _course_row(ask, code, venue, at)))


def _course_row(ask: Ask, code: str, venue: Venue, at: datetime) -> dict[str, Value]:
    traded = ask.exchange.flows.upto(code, at, ask.now, venue).in_units(1, MILLION)
    won, side = ask.text("amt_qty_tp") == "1", ask.text("trde_tp")
    names = ("frgnr_invsr", "orgn", "invtrt", "insrnc", "bank", "penfnd_etc", "etc_corp", "natn")
    figures = {name: chosen(traded, COLUMNS[name], side, won=won) for name in names}
    return {"tm": clock(at), **figures}


def _moments(ask: Ask, venue: Venue) -> Iterator[datetime]:
    hours = ask.exchange.sessions(board_day(ask))
    if hours is None:
        return
    official = venue is Venue.KRX
    at, end = (hours.regular.opens, hours.closing_auction.closes) if official else (hours.opens, hours.closes)
    end = min(end, ask.now)
    while at < end:
        yield at
        at += HALF_HOUR
    if at - HALF_HOUR < end:
        yield end


def leaders(ask: Ask) -> Said:
    """ka10065: what the investor bought (sold) most of today, net; in 백만원 unless shares are asked for."""
    won, buying, found = ask.text("amt_qty_tp") != "2", ask.text("trde_tp") == "1", []
    for line in lines_in(ask, ask.text("mrkt_tp"), Venue.KRX):
        code = line.about.code
        if ask.text("orgn_tp") == FOREIGN_HOUSES:
            four = _houses(ask, code, ask.now, Venue.KRX)
        else:
            traded = ask.exchange.flows.traded(code, board_day(ask), ask.now)
            four = _four(traded, BY_CODE[ask.text("orgn_tp")])
        bought, sold = (cut(four[2], MILLION), cut(four[3], MILLION)) if won else four[:2]
        if (bought > sold) if buying else (sold > bought):
            found.append((line.about, bought, sold))
    found.sort(key=lambda one: (-abs(one[1] - one[2]), one[0].code))
    return Said(
        rows=Rows(
            "opmr_invsr_trde_upper",
            found,
            lambda one: {
                "stk_cd": one[0].code,
                "stk_nm": one[0].name,
                "sel_qty": minus(one[2]),
                "buy_qty": plus(one[1]),
                "netslmt": plus(one[1] - one[2]),
            },
        )
    )


def after_close(ask: Ask) -> Said:
    """ka10066: every share's investors of the last official session that is over."""
    venue, day = venue_asked(ask), settled_day(ask)
    lines = lines_in(ask, ask.text("mrkt_tp"), venue)
    return Said(rows=Rows("opaf_invsr_trde", lines, lambda line: _closed_row(ask, line, day, venue)))


def _closed_row(ask: Ask, line: Line, day: date, venue: Venue) -> dict[str, Value]:
    code, traded = line.about.code, ask.exchange.flows.traded(line.about.code, day, ask.now, venue)
    counted, won = traded.in_units(1, MILLION), ask.text("amt_qty_tp") == "1"
    return {
        "stk_cd": code,
        "stk_nm": line.about.name,
        **price_fields(price_on(ask, code, day)),
        "trde_qty": traded.bought(),
        **{
            name: chosen(counted, group, ask.text("trde_tp"), won=won)
            for name, group in COLUMNS.items()
            if name != "natfor"
        },
    }


def _half_hour_before(now: datetime) -> datetime:
    """The last full or half hour before now."""
    begun = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
    return begun - HALF_HOUR if begun == now else begun


def _four(traded: Traded, group: Group) -> Four:
    return traded.bought(group), traded.sold(group), traded.paid(group), traded.received(group)


def _houses(ask: Ask, code: str, at: datetime, venue: Venue) -> Four:
    return ask.exchange.flows.carried(code, board_day(ask), at, venue).foreign()
