"""One share's firms today: ka10002 and ka10040 the five largest on each side, ka10053 who fell out of them; 0F.

외국계 is estimated from the firms: what came through foreign houses. Changes are those of the last minute.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise, zip_longest
from typing import NamedTuple

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, plus
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.flows.members import Carried, Member, firms
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import minus, per_cent
from kiwoomweb.simulator.replies.flows.prices import price_now, share_asked
from kiwoomweb.simulator.replies.names import SUFFIXES
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["largest", "leavers", "look", "main"]

PLACES = 5
MINUTE = timedelta(minutes=1)
#: How often it is noted who is among the five largest.
WATCH = timedelta(minutes=10)
NOBODY = Member("000", "", foreign=False, weight=0)
#: 거래소구분 of 0F.
VENUE_CODES = {Venue.KRX: "1", Venue.NXT: "2", Venue.ALL: "0"}


class Place(NamedTuple):
    """A firm among the five largest, its shares, and how many of them in the last minute."""

    firm: Member
    shares: int
    change: int


class Gone(NamedTuple):
    """A firm that fell out of the five largest."""

    firm: Member
    shares: int
    at: datetime


def largest(ask: Ask) -> Said:
    """ka10002."""
    found = share_asked(ask)
    about = ask.exchange.instrument(found[0]) if found else None
    if found is None or about is None:
        return Said()
    code, venue = found
    price = price_now(ask.exchange.quote(code, venue))
    said: dict[str, Value] = {
        "stk_cd": ask.text("stk_cd"),
        "stk_nm": about.name,
        "cur_prc": plus(price.price) if price.change > 0 else _falling(price.price, price.change),
        "flu_smbol": direction(price.price, price.base, price.upper, price.lower),
        "base_pric": price.base,
        "pred_pre": plus(price.change),
        "flu_rt": per_cent(price.rate),
    }
    sells, buys = _sides(*_states(ask.exchange, code, venue))
    for rank, (sell, buy) in enumerate(zip(sells, buys, strict=True), 1):
        said |= {
            f"sel_trde_ori_nm_{rank}": sell.firm.name,
            f"sel_trde_ori_{rank}": sell.firm.code,
            f"sel_trde_qty_{rank}": minus(sell.shares),
            f"buy_trde_ori_nm_{rank}": buy.firm.name,
            f"buy_trde_ori_{rank}": buy.firm.code,
            f"buy_trde_qty_{rank}": plus(buy.shares),
        }
    return Said(said)


def _falling(price: int, change: int) -> str:
    return f"-{price}" if change < 0 else str(price)


def main(ask: Ask) -> Said:
    """ka10040: the five largest with their changes, foreign houses together, and who fell out."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("tdy_main_trde_ori", [], lambda _: {}))
    code, venue = found
    said: dict[str, Value] = {}
    now, before = _states(ask.exchange, code, venue)
    sells, buys = _sides(now, before)
    for rank, (sell, buy) in enumerate(zip(sells, buys, strict=True), 1):
        said |= {
            f"sel_trde_ori_irds_{rank}": plus(sell.change),
            f"sel_trde_ori_qty_{rank}": minus(sell.shares),
            f"sel_trde_ori_{rank}": sell.firm.name,
            f"sel_trde_ori_cd_{rank}": sell.firm.code,
            f"buy_trde_ori_{rank}": buy.firm.name,
            f"buy_trde_ori_cd_{rank}": buy.firm.code,
            f"buy_trde_ori_qty_{rank}": plus(buy.shares),
            f"buy_trde_ori_irds_{rank}": plus(buy.change),
        }
    bought, sold, *_ = now.foreign()
    bought_before, sold_before, *_ = before.foreign()
    said |= {
        "frgn_sel_prsm_sum_chang": plus(sold - sold_before),
        "frgn_sel_prsm_sum": minus(sold),
        "frgn_buy_prsm_sum": plus(bought),
        "frgn_buy_prsm_sum_chang": plus(bought - bought_before),
    }
    return Said(said, Rows("tdy_main_trde_ori", _gone_rows(ask, code, venue), lambda row: row))


def leavers(ask: Ask) -> Said:
    """ka10053, latest first; where one side has fewer, its fields are blank."""
    found = share_asked(ask)
    rows = _gone_rows(ask, *found) if found else []
    return Said(rows=Rows("tdy_upper_scesn_ori", rows, lambda row: row))


def look(exchange: Exchange, item: str) -> dict[str, Value] | None:
    """0F 주식당일거래원; nothing before the share has traded."""
    code, underscore, suffix = item.partition("_")
    venue = SUFFIXES.get(f"{underscore}{suffix}")
    if venue is None or exchange.instrument(code) is None:
        return None
    now, before = _states(exchange, code, venue)
    sells, buys = _sides(now, before)
    if not buys[0].shares:
        return None
    said: dict[str, Value] = {}
    for rank, (sell, buy) in enumerate(zip(sells, buys, strict=True)):
        said |= {
            f"{141 + rank}": sell.firm.name,
            f"{161 + rank}": sell.shares,
            f"{166 + rank}": plus(sell.change),
            f"{146 + rank}": sell.firm.code,
            f"{271 + rank}": int(sell.firm.foreign),
            f"{151 + rank}": buy.firm.name,
            f"{171 + rank}": buy.shares,
            f"{176 + rank}": plus(buy.change),
            f"{156 + rank}": buy.firm.code,
            f"{281 + rank}": int(buy.firm.foreign),
        }
    bought, sold, *_ = now.foreign()
    bought_before, sold_before, *_ = before.foreign()
    return said | {
        "261": sold,
        "262": plus(sold - sold_before),
        "263": bought,
        "264": plus(bought - bought_before),
        "267": plus(bought - sold),
        "268": plus(bought - sold - bought_before + sold_before),
        "337": VENUE_CODES[venue],
    }


def _states(exchange: Exchange, code: str, venue: Venue) -> tuple[Carried, Carried]:
    """The firms of the day on the board, now and a minute ago."""
    now = exchange.now()
    day = exchange.market.day_at(now)
    return (
        exchange.flows.carried(code, day, now, venue),
        exchange.flows.carried(code, day, now - MINUTE, venue),
    )


def _sides(now: Carried, before: Carried) -> tuple[list[Place], list[Place]]:
    """The five largest sellers and buyers."""
    return _places(now.sold(), before.sold()), _places(now.bought(), before.bought())


def _places(shares: Sequence[int], before: Sequence[int]) -> list[Place]:
    places = [Place(firms()[place], shares[place], shares[place] - before[place]) for place in _top(shares)]
    return places + [Place(NOBODY, 0, 0)] * (PLACES - len(places))


def _top(shares: Sequence[int]) -> list[int]:
    """Places of the largest, the largest first."""
    ranked = sorted(range(len(shares)), key=lambda place: -shares[place])[:PLACES]
    return [place for place in ranked if shares[place]]


def _gone_rows(ask: Ask, code: str, venue: Venue) -> list[dict[str, Value]]:
    """Who left which side when. The broker sends firms' codes in the fields it calls query day and time."""
    sells, buys = _gone(ask, code, venue)
    return [
        {
            "sel_scesn_tm": clock(sell.at) if sell else "",
            "sell_qty": sell.shares if sell else "",
            "sel_upper_scesn_ori": sell.firm.name if sell else "",
            "buy_scesn_tm": clock(buy.at) if buy else "",
            "buy_qty": buy.shares if buy else "",
            "buy_upper_scesn_ori": buy.firm.name if buy else "",
            "qry_dt": sell.firm.code if sell else "",
            "qry_tm": buy.firm.code if buy else "",
        }
        for sell, buy in zip_longest(sells, buys)
    ]


def _gone(ask: Ask, code: str, venue: Venue) -> tuple[list[Gone], list[Gone]]:
    """Sellers and buyers that left the five largest through the day, latest first."""
    flows, day = ask.exchange.flows, ask.exchange.market.day_at(ask.now)
    states = [(at, flows.carried(code, day, at, venue)) for at in _moments(ask)]
    sells: list[Gone] = []
    buys: list[Gone] = []
    for (_, earlier), (at, later) in pairwise(states):
        for gone, before, after in (
            (sells, earlier.sold(), later.sold()),
            (buys, earlier.bought(), later.bought()),
        ):
            left = [place for place in _top(before) if place not in _top(after)]
            gone.extend(Gone(firms()[place], after[place], at) for place in left)
    return sells[::-1], buys[::-1]


def _moments(ask: Ask) -> Iterator[datetime]:
    hours = ask.exchange.sessions(ask.exchange.market.day_at(ask.now))
    if hours is None:
        return
    at = hours.opens + WATCH
    while at <= min(ask.now, hours.closes):
        yield at
        at += WATCH
