"""Firms over days: ka10037 to ka10039, ka10042, ka10043, ka10078, and the list of firms ka10102."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.broker.wire.writing import millions, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.flows.members import Carried, Member, firms, places
from kiwoomweb.simulator.market_facts import Instrument, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.foreign import period_days
from kiwoomweb.simulator.replies.flows.formats import (
    MILLION,
    THOUSAND,
    cut,
    doubled,
    minus,
    per_cent,
    price_fields,
)
from kiwoomweb.simulator.replies.flows.markets import instruments_in, lines_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import (
    days_between,
    last_days,
    price_now,
    price_on,
    share_asked,
    share_days,
)
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["foreign_houses", "leading_buyers", "of_firm", "of_share", "one_firm", "roster", "weights"]

#: 거래량구분 of ka10039 counts in thousands of shares.
LOT = 1_000

Four = tuple[int, int, int, int]


def roster(ask: Ask) -> Said:
    """ka10102; ``gb`` 1 is a foreign house."""
    return Said(
        rows=Rows(
            "list",
            firms(),
            lambda one: {"code": one.code, "name": one.name, "gb": int(one.foreign)},
        )
    )


def foreign_houses(ask: Ask) -> Said:
    """ka10037: shares by what came through foreign houses: net (1, 2) or one side of it (3, 4)."""
    venue, days, by_shares = venue_asked(ask), period_days(ask), ask.text("sort_tp") == "2"
    found = []
    for line in lines_in(ask, ask.text("mrkt_tp"), venue):
        carried = ask.exchange.flows.carried_in(line.about.code, days, ask.now, venue)
        four = carried.foreign()
        size = _measure(four, ask.text("trde_tp"), by_shares=by_shares)
        if size > 0:
            found.append((size, line, four, _volume(carried)))
    found.sort(key=lambda one: (-one[0], one[1].about.code))
    ranked = [(rank, *one[1:]) for rank, one in enumerate(found, 1)]
    return Said(rows=Rows("frgn_wicket_trde_upper", ranked, lambda one: _house_row(*one)))


def _measure(four: Four, side: str, *, by_shares: bool) -> int:
    bought, sold = four[:2] if by_shares else four[2:]
    return {"1": bought - sold, "2": sold - bought, "3": bought, "4": sold}[side]


def _volume(carried: Carried) -> tuple[int, int]:
    """(shares, won) of the whole period."""
    count = len(firms())
    return sum(carried.bought()), sum(carried.figures[2 * count : 3 * count])


def _house_row(rank: int, line: Line, four: Four, whole: tuple[int, int]) -> dict[str, Value]:
    bought, sold, paid, received = four
    return {
        "rank": rank,
        "stk_cd": line.about.code,
        "stk_nm": line.about.name,
        **price_fields(price_now(line.quote), sign="pred_pre_sig"),
        "sel_trde_qty": f"-{sold}",
        "buy_trde_qty": f"+{bought}",
        "netprps_trde_qty": plus(bought - sold),
        "netprps_prica": plus(cut(paid - received, MILLION)),
        "trde_qty": whole[0],
        "trde_prica": millions(whole[1]),
    }


def of_share(ask: Ask) -> Said:
    """ka10038: a share's firms by net sales (1) or purchases (2), and the sums of those listed."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("stk_sec_rank", [], lambda _: {}))
    code, venue = found
    carried = ask.exchange.flows.carried_in(code, _span(ask), ask.now, venue)
    wanted = -1 if ask.text("qry_tp") == "1" else 1
    listed = [
        (firm, bought, sold)
        for firm, bought, sold in zip(firms(), carried.bought(), carried.sold(), strict=True)
        if (bought - sold) * wanted > 0
    ]
    listed.sort(key=lambda one: -abs(one[1] - one[2]))
    bought, sold = sum(one[1] for one in listed), sum(one[2] for one in listed)
    said: dict[str, Value] = {
        "rank_1": plus(bought),
        "rank_2": minus(sold),
        "rank_3": plus(bought - sold),
        "prid_trde_qty": _volume(carried)[0],
    }
    ranked = [(rank, *one) for rank, one in enumerate(listed, 1)]
    return Said(
        said,
        Rows(
            "stk_sec_rank",
            ranked,
            lambda one: {
                "rank": one[0],
                "mmcm_nm": one[1].name,
                "buy_qty": plus(one[2]),
                "sell_qty": minus(one[3]),
                "acc_netprps_qty": plus(one[2] - one[3]),
            },
        ),
    )


def _span(ask: Ask) -> Sequence[date]:
    """ka10038: 기간 1 is the day before, N are N+1 days up to the one on the board; else from date to date."""
    span = ask.text("dt")
    if not span:
        return days_between(ask, ask.day("strt_dt"), ask.day("end_dt"))
    return last_days(ask, 2)[1:] if span == "1" else last_days(ask, int(span) + 1)


def of_firm(ask: Ask) -> Said:
    """ka10039: the shares a firm bought (sold) most of, net; amounts in 천원. Unknown firms trade nothing."""
    place, venue, days = _place(ask), venue_asked(ask), period_days(ask)
    if place is None:
        return Said(rows=Rows("sec_trde_upper", [], lambda _: {}))
    selling, least = ask.text("trde_tp") == "2", int(ask.text("trde_qty_tp")) * LOT
    found = []
    for about in instruments_in(ask, "000"):
        carried = ask.exchange.flows.carried_in(about.code, days, ask.now, venue)
        four, volume = carried.of(place), _volume(carried)[0]
        if volume >= least and (four[1] > four[0] if selling else four[0] > four[1]):
            found.append((about, (four, volume)))
    found.sort(key=lambda one: (-abs(one[1][0][0] - one[1][0][1]), one[0].code))
    ranked = [(rank, *one) for rank, one in enumerate(found, 1)]
    return Said(rows=Rows("sec_trde_upper", ranked, lambda one: _firm_row(ask, days, *one)))


def _firm_row(
    ask: Ask, days: Sequence[date], rank: int, about: Instrument, figures: tuple[Four, int]
) -> dict[str, Value]:
    (bought, sold, paid, received), volume = figures
    before = ask.exchange.market.close_before(about.code, days[-1])
    end = price_on(ask, about.code, days[0], venue_asked(ask)).price
    change = end - before.close if before else 0
    return {
        "rank": rank,
        "stk_cd": about.code,
        "stk_nm": about.name,
        "prid_stkpc_flu": plus(change),
        "flu_rt": per_cent(percent(change, before.close) if before else Decimal("0.00")),
        "prid_trde_qty": volume,
        "netprps": plus(bought - sold),
        "buy_trde_qty": plus(bought),
        "sel_trde_qty": minus(sold),
        "netprps_amt": plus(cut(paid - received, THOUSAND)),
        "buy_amt": plus(cut(paid, THOUSAND)),
        "sell_amt": minus(cut(received, THOUSAND)),
    }


def leading_buyers(ask: Ask) -> Said:
    """ka10042: firms that bought a share net: by worth at the closes (1) or latest day first (2)."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("netprps_trde_ori_rank", [], lambda _: {}))
    code, venue = found
    days = _period_of(ask, code)
    rows = [(price_on(ask, code, day, venue).price, _nets(ask, code, day, venue)) for day in days]
    by_close = ask.text("sort_base") == "1"
    ranked: list[tuple[tuple[int, ...], Member]] = []
    for place, firm in enumerate(firms()):
        nets = tuple(net[place] for _, net in rows)
        if sum(nets) <= 0:
            continue
        worth = sum(price * net[place] for price, net in rows)
        ranked.append(((-worth,) if by_close else tuple(-net for net in nets), firm))
    ranked.sort(key=lambda one: (one[0], one[1].code))
    return Said(
        rows=Rows(
            "netprps_trde_ori_rank",
            list(enumerate((firm for _, firm in ranked), 1)),
            lambda one: {"rank": one[0], "mmcm_cd": int(one[1].code), "mmcm_nm": one[1].name},
        )
    )


def _nets(ask: Ask, code: str, day: date, venue: Venue) -> list[int]:
    carried = ask.exchange.flows.carried(code, day, ask.now, venue)
    return [bought - sold for bought, sold in zip(carried.bought(), carried.sold(), strict=True)]


def _period_of(ask: Ask, code: str) -> Sequence[date]:
    """조회기간구분 0: so many days up to today (시점 0) or yesterday (1); 1: from date to date."""
    if ask.text("qry_dt_tp") == "1":
        return share_days(ask, code, ask.day("strt_dt"), ask.day("end_dt"))
    skipped = 1 if ask.text("pot_tp") == "1" else 0
    return last_days(ask, int(ask.text("dt") or 5) + skipped)[skipped:]


def weights(ask: Ask) -> Said:
    """ka10043: one firm in one share by day, by close or newest first."""
    found, place = share_asked(ask), _place(ask)
    if found is None or place is None:
        return Said(rows=Rows("trde_ori_prps_anly", [], lambda _: {}))
    code, venue = found[0], venue_asked(ask)
    days = list(_period_of(ask, code))
    if ask.text("sort_base") == "1":
        days.sort(key=lambda day: -price_on(ask, code, day).price)
    return Said(rows=Rows("trde_ori_prps_anly", days, lambda day: _weight_row(ask, code, day, venue)))


def _weight_row(ask: Ask, code: str, day: date, venue: Venue) -> dict[str, Value]:
    place = _place(ask) or 0
    carried, price = ask.exchange.flows.carried(code, day, ask.now, venue), price_on(ask, code, day)
    bought, sold, _, _ = carried.of(place)
    return {
        "dt": written_day(day),
        "close_pric": price.price,
        "pre_sig": direction(price.price, price.base, price.upper, price.lower),
        "pred_pre": plus(price.change),
        "sel_qty": sold,
        "buy_qty": bought,
        "netprps_qty": doubled(bought - sold),
        "trde_qty_sum": bought + sold,
        "trde_wght": per_cent(percent(bought + sold, 2 * _volume(carried)[0])),
    }


def one_firm(ask: Ask) -> Said:
    """ka10078: one firm in one share by day, newest first."""
    found, place = share_asked(ask), _place(ask)
    if found is None or place is None:
        return Said(rows=Rows("sec_stk_trde_trend", [], lambda _: {}))
    code, venue = found
    days = share_days(ask, code, ask.day("strt_dt"), ask.day("end_dt"))

    def fill(day: date) -> dict[str, Value]:
        carried = ask.exchange.flows.carried(code, day, ask.now, venue)
        bought, sold, _, _ = carried.of(place)
        return {
            "dt": written_day(day),
            **price_fields(price_on(ask, code, day, venue)),
            "acc_trde_qty": _volume(carried)[0],
            "netprps_qty": plus(bought - sold),
            "buy_qty": bought,
            "sell_qty": sold,
        }

    return Said(rows=Rows("sec_stk_trde_trend", days, fill))


def _place(ask: Ask) -> int | None:
    """The firm of ``mmcm_cd``, with or without its leading zeros; ``None`` for one that does not exist."""
    return places().get(ask.text("mmcm_cd").zfill(3))
