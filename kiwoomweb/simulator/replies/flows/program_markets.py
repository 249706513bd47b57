"""A market's programs: ka90005 through the day, ka90010 and ka90007 by day, ka90006 the arbitrage."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zlib import crc32

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, plus
from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.simulator.flows.programs import Program
from kiwoomweb.simulator.quoting import index_at
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, THOUSAND, cut, doubled
from kiwoomweb.simulator.replies.flows.markets import venue_asked
from kiwoomweb.simulator.replies.flows.prices import board_day, days_between, last_days
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["accumulated", "arbitrage", "by_day", "by_minute"]

KOSPI200 = "201"
#: 시장구분: the market, and the venue where it names one.
MARKETS = {
    "P00101": ("KOSPI", None),
    "P001_NX01": ("KOSPI", Venue.NXT),
    "P001_AL01": ("KOSPI", Venue.ALL),
    "P10102": ("KOSDAQ", None),
    "P101_NX02": ("KOSDAQ", Venue.NXT),
    "P101_AL02": ("KOSDAQ", Venue.ALL),
    "0": ("KOSPI", None),
    "1": ("KOSDAQ", None),
}
#: 틱: the last minutes are told every ten seconds.
TICK, TICKED = timedelta(seconds=10), timedelta(minutes=3)
#: A list by day goes back a year (the guide of ka90007).
YEAR = 250


def by_minute(ask: Ask) -> Said:
    """ka90005, latest first: each minute of the day, and this very instant; 틱 tells the last minutes finer."""
    market, venue = _market(ask)
    day = ask.day("date") or board_day(ask)
    programs = ask.exchange.flows.programs
    if day > board_day(ask) or not ask.exchange.is_trading_day(day):
        return Said(rows=Rows("prm_trde_trnsn", [], lambda _: {}))
    states = list(programs.minutes(market, day, ask.now, venue))
    if day == board_day(ask) and states:
        end = _end(ask, day, venue)
        if ask.text("min_tic_tp") == "0":
            fine = [at for step in range(18) if (at := end - TICKED + step * TICK) > states[0][0]]
            states = [row for row in states if row[0] <= end - TICKED] or states[:1]
            states += [(at, programs.market(market, day, at, venue)) for at in fine]
        if end > states[-1][0]:
            states.append((end, programs.market(market, day, ask.now, venue)))
    return Said(
        rows=Rows("prm_trde_trnsn", states[::-1], lambda one: {"cntr_tm": clock(one[0]), **_row(ask, *one)})
    )


def by_day(ask: Ask) -> Said:
    """ka90010, newest first. The time is that of the day's last trade, with (틱) or without its seconds."""
    market, venue = _market(ask)
    days = last_days(ask, YEAR, ask.day("date"))

    def fill(day: date) -> dict[str, Value]:
        end = _end(ask, day, venue)
        program = ask.exchange.flows.programs.market(market, day, ask.now, venue)
        told = clock(end if ask.text("min_tic_tp") == "0" else end.replace(second=0))
        return {"cntr_tm": f"{written_day(day)}{told}", **_row(ask, end, program)}

    return Said(rows=Rows("prm_trde_trnsn", days, fill))


def _row(ask: Ask, at: datetime, program: Program) -> dict[str, Value]:
    """Each kind in won and in shares whichever was asked for: a terminal draws one of them."""
    buys, sells = program.buys, program.sells
    won = {
        "dfrt_trde_sel": cut(sells.arbitrage_won, MILLION),
        "dfrt_trde_buy": cut(buys.arbitrage_won, MILLION),
        "ndiffpro_trde_sel": cut(sells.other_won, MILLION),
        "ndiffpro_trde_buy": cut(buys.other_won, MILLION),
        "all_sel": cut(sells.won, MILLION),
        "all_buy": cut(buys.won, MILLION),
    }
    shares = {
        "dfrt_trde_sell_qty": cut(sells.arbitrage, THOUSAND),
        "dfrt_trde_buy_qty": cut(buys.arbitrage, THOUSAND),
        "ndiffpro_trde_sell_qty": cut(sells.other, THOUSAND),
        "ndiffpro_trde_buy_qty": cut(buys.other, THOUSAND),
    }
    return {
        **won,
        **shares,
        "dfrt_trde_netprps": doubled(won["dfrt_trde_buy"] - won["dfrt_trde_sel"]),
        "ndiffpro_trde_netprps": doubled(won["ndiffpro_trde_buy"] - won["ndiffpro_trde_sel"]),
        "dfrt_trde_netprps_qty": doubled(shares["dfrt_trde_buy_qty"] - shares["dfrt_trde_sell_qty"]),
        "ndiffpro_trde_netprps_qty": doubled(
            shares["ndiffpro_trde_buy_qty"] - shares["ndiffpro_trde_sell_qty"]
        ),
        "all_netprps": doubled(won["all_buy"] - won["all_sel"]),
        **_index(ask, at),
    }


def arbitrage(ask: Ask) -> Said:
    """ka90006: arbitrage bought and sold each day and how that differs from the day before, newest first."""
    venue = venue_asked(ask)
    days = last_days(ask, YEAR, ask.day("date"))

    def fill(place: int) -> dict[str, Value]:
        programs = ask.exchange.flows.programs
        now = programs.market("KOSPI", days[place], ask.now, venue)
        older = last_days(ask, 2, days[place])[1]
        before = programs.market("KOSPI", older, ask.now, venue)
        bought, sold = cut(now.buys.arbitrage_won, MILLION), cut(now.sells.arbitrage_won, MILLION)
        return {
            "dt": written_day(days[place]),
            "buy_dfrt_trde_qty": cut(now.buys.arbitrage, THOUSAND),
            "buy_dfrt_trde_amt": bought,
            "buy_dfrt_trde_irds_amt": plus(bought - cut(before.buys.arbitrage_won, MILLION)),
            "sel_dfrt_trde_qty": cut(now.sells.arbitrage, THOUSAND),
            "sel_dfrt_trde_amt": sold,
            "sel_dfrt_trde_irds_amt": plus(sold - cut(before.sells.arbitrage_won, MILLION)),
        }

    return Said(rows=Rows("prm_trde_dfrt_remn_trnsn", range(len(days)), fill))


def accumulated(ask: Ask) -> Said:
    """ka90007: net by day and since the quarter began, newest first, in 백만원 or 천주."""
    market, venue = _market(ask)
    days = last_days(ask, YEAR, ask.day("date"))

    def fill(day: date) -> dict[str, Value]:
        since = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        own, summed = _nets(ask, market, day, venue), [0, 0]
        for one in days_between(ask, since, day):
            summed = [a + b for a, b in zip(summed, _nets(ask, market, one, venue), strict=True)]
        return {
            "dt": written_day(day),
            **_index(ask, _end(ask, day, venue)),
            "dfrt_trde_tdy": doubled(own[0]),
            "dfrt_trde_acc": doubled(summed[0]),
            "ndiffpro_trde_tdy": doubled(own[1]),
            "ndiffpro_trde_acc": doubled(summed[1]),
            "all_tdy": doubled(sum(own)),
            "all_acc": doubled(sum(summed)),
        }

    return Said(rows=Rows("prm_trde_acc_trnsn", days, fill))


def _nets(ask: Ask, market: str, day: date, venue: Venue) -> Sequence[int]:
    """Arbitrage and other, net, in the unit asked for."""
    one = ask.exchange.flows.programs.market(market, day, ask.now, venue)
    if ask.text("amt_qty_tp") == "2":
        pairs = ((one.buys.arbitrage, one.sells.arbitrage), (one.buys.other, one.sells.other))
        unit = THOUSAND
    else:
        pairs = (
            (one.buys.arbitrage_won, one.sells.arbitrage_won),
            (one.buys.other_won, one.sells.other_won),
        )
        unit = MILLION
    return [cut(bought, unit) - cut(sold, unit) for bought, sold in pairs]


def _market(ask: Ask) -> tuple[str, Venue]:
    """The market of 시장구분 and its venue; where that names none, 거래소구분 does."""
    market, venue = MARKETS[ask.text("mrkt_tp")]
    return market, venue or venue_asked(ask)


def _end(ask: Ask, day: date, venue: Venue) -> datetime:
    """When the venue's day ended, or now."""
    hours = ask.exchange.sessions(day)
    if hours is None:
        return ask.now
    return min(ask.now, hours.closing_auction.closes if venue is Venue.KRX else hours.closes)


def _index(ask: Ask, at: datetime) -> dict[str, Value]:
    """KOSPI200 by then, and how far its future stood from it."""
    index = index_at(ask.exchange.market, KOSPI200, at)
    points = index.level if index.change >= 0 else -index.level
    return {"kospi200": plus(points), "basis": plus(_basis(ask.exchange.market.seed, at))}


def _basis(seed: int, at: datetime) -> Decimal:
    """A future drifts about its index: by the hour, stirred a little by the minute."""
    slow = crc32(f"{seed}{at:%Y%m%d%H}".encode()) % 161 - 60
    quick = crc32(f"{seed}{at:%Y%m%d%H%M}".encode()) % 41 - 20
    return Decimal(slow + quick).scaleb(-2)
