"""Foreigners: ka10008 what they hold of a share, and the rankings ka10034, ka10035 and ka10036."""

from collections.abc import Mapping
from datetime import date

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.flows.foreigners import listed_shares
from kiwoomweb.simulator.flows.traded import FOREIGN
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import per_cent, price_fields
from kiwoomweb.simulator.replies.flows.markets import lines_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import (
    board_day,
    last_days,
    price_now,
    price_on,
    share_asked,
    share_days,
)
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["holdings", "period_days", "streaks", "top_limits", "top_traded"]

#: What a ranking's 기간 begins with: 0 당일, 1 전일, else so many days up to the one on the board.
TODAY, YESTERDAY = "0", "1"


def period_days(ask: Ask) -> list[date]:
    """The trading days of ``dt``, newest first."""
    span = ask.text("dt")
    if span == YESTERDAY:
        return last_days(ask, 2)[1:]
    return last_days(ask, 1 if span == TODAY else int(span))


def holdings(ask: Ask) -> Said:
    """ka10008, newest first. The holding moves from row to row by 변동수량."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("stk_frgnr", [], lambda _: {}))
    code, venue = found
    days = share_days(ask, code, None, None)
    return Said(rows=Rows("stk_frgnr", days, lambda day: _holding_row(ask, code, day, venue)))


def _holding_row(ask: Ask, code: str, day: date, venue: Venue) -> dict[str, Value]:
    flows, market = ask.exchange.flows, ask.exchange.market
    price, holding = price_on(ask, code, day, venue), flows.holding(code, day, ask.now)
    shares = listed_shares(market, market.universe.instruments[code])
    return {
        "dt": written_day(day),
        "close_pric": directed(price.price, price.base),
        "pred_pre": plus(price.change),
        "trde_qty": flows.traded(code, day, ask.now, venue).bought(),
        "chg_qty": plus(flows.traded(code, day, ask.now, Venue.ALL).net(FOREIGN)),
        "poss_stkcnt": holding.held,
        "wght": per_cent(percent(holding.held, shares)),
        "gain_pos_stkcnt": holding.room,
        "frgnr_limit": holding.limit,
        "frgnr_limit_irds": 0,
        "limit_exh_rt": per_cent(holding.used),
    }


def top_traded(ask: Ask) -> Said:
    """ka10034: the shares foreigners bought (or sold) most of in the period, net."""
    venue, days = venue_asked(ask), period_days(ask)
    side = ask.text("trde_tp")
    found = []
    for line in lines_in(ask, ask.text("mrkt_tp"), venue):
        net = ask.exchange.flows.period(line.about.code, days, ask.now, venue).net(FOREIGN)
        if net and (side == "3" or (net < 0) == (side == "1")):
            found.append((line, net))
    found.sort(key=lambda one: (-abs(one[1]), one[0].about.code))
    ranked = [(rank, line, net) for rank, (line, net) in enumerate(found, 1)]
    return Said(rows=Rows("for_dt_trde_upper", ranked, lambda one: _top_row(ask, *one)))


def _top_row(ask: Ask, rank: int, line: Line, net: int) -> dict[str, Value]:
    quote = line.quote
    return {
        "rank": rank,
        **_share(line),
        "sel_bid": directed(quote.best_ask, quote.base_price),
        "buy_bid": directed(quote.best_bid, quote.base_price),
        "trde_qty": quote.volume,
        "netprps_qty": plus(net),
        "gain_pos_stkcnt": ask.exchange.flows.holding(line.about.code, board_day(ask), ask.now).room,
    }


def streaks(ask: Ask) -> Said:
    """ka10035: shares foreigners bought (sold) on each of the three days before the base day.

    With 당일기준 these are the last three days that are over, with 전일기준 the three before yesterday.
    """
    skipped = 1 if ask.text("base_dt_tp") == "0" else 2
    days, venue = last_days(ask, 3 + skipped)[skipped:], venue_asked(ask)
    wanted = -1 if ask.text("trde_tp") == "1" else 1
    found = []
    for line in lines_in(ask, ask.text("mrkt_tp"), venue):
        code = line.about.code
        nets = [ask.exchange.flows.traded(code, day, ask.now, venue).net(FOREIGN) for day in days]
        if all(net * wanted > 0 for net in nets):
            found.append((line, nets))
    found.sort(key=lambda one: (-abs(sum(one[1])), one[0].about.code))
    return Said(rows=Rows("for_cont_nettrde_upper", found, lambda one: _streak_row(ask, one[0], one[1], days)))


def _streak_row(ask: Ask, line: Line, nets: list[int], days: list[date]) -> dict[str, Value]:
    code = line.about.code
    return {
        **_share(line),
        **{f"dm{ago}": plus(net) for ago, net in enumerate(nets, 1)},
        "tot": plus(sum(nets)),
        "limit_exh_rt": per_cent(ask.exchange.flows.holding(code, days[0], ask.now).used),
        **{f"pred_pre_{ago}": plus(price_on(ask, code, day).change) for ago, day in enumerate(days, 1)},
    }


def top_limits(ask: Ask) -> Said:
    """ka10036: where foreigners used up most more of their limit since before the period."""
    venue, days = venue_asked(ask), period_days(ask)
    flows, found = ask.exchange.flows, []
    for line in lines_in(ask, ask.text("mrkt_tp"), venue):
        code = line.about.code
        before, after = flows.foreigners.holding_before(code, days[-1]), flows.holding(code, days[0], ask.now)
        if after.used > before.used:
            found.append((line, before.used, after))
    found.sort(key=lambda one: (one[1] - one[2].used, one[0].about.code))
    ranked = [(rank, *one) for rank, one in enumerate(found, 1)]
    return Said(
        rows=Rows(
            "for_limit_exh_rt_incrs_upper",
            ranked,
            lambda one: {
                "rank": one[0],
                **_share(one[1]),
                "trde_qty": one[1].quote.volume,
                "poss_stkcnt": one[3].held,
                "gain_pos_stkcnt": one[3].room,
                "base_limit_exh_rt": per_cent(one[2]),
                "limit_exh_rt": per_cent(one[3].used),
                "exh_rt_incrs": per_cent(one[3].used - one[2]),
            },
        )
    )


def _share(line: Line) -> Mapping[str, Value]:
    """The share and where its price stands."""
    return {
        "stk_cd": line.about.code,
        "stk_nm": line.about.name,
        **price_fields(price_now(line.quote), sign="pred_pre_sig", rate=False),
    }
