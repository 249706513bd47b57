"""Bursts: ka10052, what one firm traded minute by minute, in the whole market or in one share."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, plus
from kiwoomweb.simulator.flows.members import firms, places
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.quoting import quote_at
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import price_fields
from kiwoomweb.simulator.replies.flows.markets import instruments_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import board_day, price_now
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["bursts"]

MINUTE = timedelta(minutes=1)
#: Minutes looked back in a whole market and in one share.
MARKET_SPAN, SHARE_SPAN = 5, 60
ONE_SHARE = "3"
MARKETS = {"0": "000", "1": "001", "2": "101"}
#: 가격구분 -> from (included) and below, in won.
PRICES = {
    "1": (0, 1_000),
    "8": (1_000, 10**12),
    "2": (1_000, 2_000),
    "3": (2_000, 5_000),
    "4": (5_000, 10_000),
    "5": (10_000, 10**12),
}


class Burst(NamedTuple):
    """What a firm bought (or sold) of a share in the minute that ended ``at``; ``net`` of the day so far."""

    at: datetime
    about: Instrument
    shares: int
    bought: bool
    net: int


def bursts(ask: Ask) -> Said:
    """ka10052, latest first. Rows of as many shares as asked for, in the price range asked for."""
    place = places().get(ask.text("mmcm_cd").zfill(3))
    if place is None:
        return Said(rows=Rows("trde_ori_mont_trde_qty", [], lambda _: {}))
    found = [burst for about in _shares(ask) for burst in _of_share(ask, about, place)]
    least = max(int(ask.text("qty_tp")) * 1_000, 1)
    found = [one for one in found if one.shares >= least]
    found.sort(key=lambda one: (-one.at.timestamp(), -one.shares, one.about.code))
    name = firms()[place].name
    return Said(rows=Rows("trde_ori_mont_trde_qty", found, lambda one: _row(ask, one, name)))


def _shares(ask: Ask) -> Iterator[Instrument]:
    """Of the market or the one share asked for, within the price range."""
    low, high = PRICES.get(ask.text("pric_tp"), (0, 10**12))
    if ask.text("mrkt_tp") == ONE_SHARE:
        if not ask.text("stk_cd"):
            raise bad_input("1511", "stk_cd")
        code, _ = listed_code(ask.text("stk_cd"))
        one = ask.exchange.instrument(code)
        shares = [one] if one else []
    else:
        shares = list(instruments_in(ask, MARKETS[ask.text("mrkt_tp")]))
    for about in shares:
        if low <= ask.exchange.quote(about.code, venue_asked(ask)).price < high:
            yield about


def _of_share(ask: Ask, about: Instrument, place: int) -> Iterator[Burst]:
    moments = _moments(ask, SHARE_SPAN if ask.text("mrkt_tp") == ONE_SHARE else MARKET_SPAN)
    day, venue, flows = board_day(ask), venue_asked(ask), ask.exchange.flows
    states = [(at, flows.carried(about.code, day, at, venue).of(place)) for at in moments]
    for (_, earlier), (at, later) in pairwise(states):
        net = later[0] - later[1]
        if more := later[0] - earlier[0]:
            yield Burst(at, about, more, bought=True, net=net)
        if more := later[1] - earlier[1]:
            yield Burst(at, about, more, bought=False, net=net)


def _moments(ask: Ask, count: int) -> list[datetime]:
    """The ends of the last minutes in which the venue traded, oldest first."""
    hours = ask.exchange.sessions(board_day(ask))
    if hours is None:
        return []
    end = hours.closing_auction.closes + MINUTE if venue_asked(ask) is Venue.KRX else hours.closes
    start = hours.regular.opens if venue_asked(ask) is Venue.KRX else hours.opens
    end = min(ask.now, end).replace(second=0, microsecond=0)
    return [at for ago in range(count, -1, -1) if (at := end - ago * MINUTE) >= start]


def _row(ask: Ask, one: Burst, name: str) -> dict[str, Value]:
    code = one.about.code
    price = price_now(quote_at(ask.exchange.market, code, one.at, venue_asked(ask)))
    return {
        "tm": clock(one.at),
        "stk_cd": code,
        "stk_nm": one.about.name,
        "trde_ori_nm": name,
        "tp": "+매수" if one.bought else "-매도",
        "mont_trde_qty": f"{'+' if one.bought else '-'}{one.shares}",
        "acc_netprps": plus(one.net),
        **price_fields(price, sign="pred_pre_sig"),
    }
