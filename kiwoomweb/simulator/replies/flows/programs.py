"""One share's programs: ka10010, ka90008 by minute and ka90013 by day; the lists ka90003 and ka90004; 0w."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import clock, plus
from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.flows.programs import NO_PROGRAM, Program, Side
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.quoting import quote_at
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, THOUSAND, cut, doubled, per_cent, price_fields
from kiwoomweb.simulator.replies.flows.markets import lines_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import (
    Price,
    board_day,
    last_days,
    price_now,
    price_on,
    settled_day,
    share_asked,
    share_days,
)
from kiwoomweb.simulator.replies.names import SUFFIXES
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["by_day", "by_minute", "by_share", "look", "today", "top"]

MINUTE = timedelta(minutes=1)
MARKETS = {"P00101": ("001", "KOSPI"), "P10102": ("101", "KOSDAQ")}
VENUE_TEXT = {Venue.KRX: "KRX", Venue.NXT: "NXT", Venue.ALL: "통합"}
#: When a day's reference price holds from.
OPENS = time(9)
TOP = 50

Writer = Callable[[int], str]


class Row(NamedTuple):
    """A moment of a share: when, at what price, and what programs had traded by then and just before."""

    label: str
    price: Price
    volume: int
    program: Program
    before: Program
    day: date


def today(ask: Ask) -> Said:
    """ka10010: 차익, 비차익 and both together of a share, or of a market by its 업종 code; 주 and 백만원."""
    asked, day = ask.text("stk_cd"), board_day(ask)
    programs = ask.exchange.flows.programs
    if asked in ("001", "101"):
        program = programs.market("KOSPI" if asked == "001" else "KOSDAQ", day, ask.now)
    else:
        found = share_asked(ask)
        if found is None:
            return Said()
        program = programs.share(found[0], day, ask.now, found[1])
    return Said(
        {
            **_three("dfrt_trst", _only(program, arbitrage=True)),
            **_three("ndiffpro_trst", _only(program, arbitrage=False)),
            **_three("all_dfrt_trst", program),
        }
    )


def _only(program: Program, *, arbitrage: bool) -> Program:
    """One kind of a program's trades."""

    def kept(side: Side) -> Side:
        if arbitrage:
            return side._replace(other=0, other_won=0)
        return side._replace(arbitrage=0, arbitrage_won=0)

    return Program(kept(program.buys), kept(program.sells))


def _three(name: str, program: Program) -> dict[str, Value]:
    bought, sold = cut(program.buys.won, MILLION), cut(program.sells.won, MILLION)
    return {
        f"{name}_sell_qty": program.sells.shares,
        f"{name}_sell_amt": sold,
        f"{name}_buy_qty": program.buys.shares,
        f"{name}_buy_amt": bought,
        f"{name}_netprps_qty": plus(program.net),
        f"{name}_netprps_amt": plus(bought - sold),
    }


def top(ask: Ask) -> Said:
    """ka90003: the fifty shares programs sold (1) or bought (2) most of, net, by won or shares."""
    (market, _), venue, sign = MARKETS[ask.text("mrkt_tp")], venue_asked(ask), -1
    if ask.text("trde_upper_tp") == "2":
        sign = 1
    found = []
    for line in lines_in(ask, market, venue, funds=False):
        program = ask.exchange.flows.programs.share(line.about.code, board_day(ask), ask.now, venue)
        size = program.net if ask.text("amt_qty_tp") == "2" else program.net_won
        if size * sign > 0:
            found.append((size * sign, line, program))
    found.sort(key=lambda one: (-one[0], one[1].about.code))
    ranked = [(rank, *one[1:]) for rank, one in enumerate(found[:TOP], 1)]
    return Said(
        rows=Rows(
            "prm_netprps_upper_50",
            ranked,
            lambda one: {
                "rank": one[0],
                "stk_cd": one[1].about.code,
                "stk_nm": one[1].about.name,
                **price_fields(price_now(one[1].quote), sign="flu_sig"),
                "acc_trde_qty": one[1].quote.volume,
                **_amounts(one[2], net=plus),
            },
        )
    )


def _amounts(program: Program, *, net: Writer) -> dict[str, Value]:
    bought, sold = cut(program.buys.won, MILLION), cut(program.sells.won, MILLION)
    return {"prm_sell_amt": sold, "prm_buy_amt": bought, "prm_netprps_amt": net(bought - sold)}


def by_share(ask: Ask) -> Said:
    """ka90004: every share of a market on one day, in 천주 and 백만원, with the market's sums."""
    (market, name), venue = MARKETS[ask.text("mrkt_tp")], venue_asked(ask)
    day = last_days(ask, 1, ask.day("dt"))[0]
    whole = ask.exchange.flows.programs.market(name, day, ask.now, venue)
    said: dict[str, Value] = {
        "tot_1": cut(whole.buys.shares, THOUSAND),
        "tot_2": cut(whole.buys.won, MILLION),
        "tot_3": cut(whole.sells.shares, THOUSAND),
        "tot_4": cut(whole.sells.won, MILLION),
        "tot_5": plus(cut(whole.buys.won, MILLION) - cut(whole.sells.won, MILLION)),
    }
    lines = lines_in(ask, market, venue, funds=False)
    return Said(said, Rows("stk_prm_trde_prst", lines, lambda line: _share_row(ask, line.about.code, day)))


def _share_row(ask: Ask, code: str, day: date) -> dict[str, Value]:
    venue, flows = venue_asked(ask), ask.exchange.flows
    program = flows.programs.share(code, day, ask.now, venue)
    volume = flows.traded(code, day, ask.now, venue).bought()
    bought, sold = cut(program.buys.won, MILLION), cut(program.sells.won, MILLION)
    return {
        "stk_cd": code,
        "stk_nm": ask.name(code),
        **price_fields(price_on(ask, code, day, venue), sign="flu_sig", rate=False),
        "buy_cntr_qty": cut(program.buys.shares, THOUSAND),
        "buy_cntr_amt": bought,
        "sel_cntr_qty": cut(program.sells.shares, THOUSAND),
        "sel_cntr_amt": sold,
        "netprps_prica": plus(bought - sold),
        "all_trde_rt": per_cent(percent(program.buys.shares + program.sells.shares, 2 * volume)),
    }


def by_minute(ask: Ask) -> Said:
    """ka90008: minute by minute, latest first; the day on the board begins with this very instant."""
    found, day = share_asked(ask), ask.day("date")
    if found is None or day is None or day > board_day(ask):
        return Said(rows=Rows("stk_tm_prm_trde_trnsn", [], lambda _: {}))
    code, venue = found
    programs = ask.exchange.flows.programs
    states = [(at, volume, one) for at, volume, one in programs.share_minutes(code, day, ask.now, venue)]
    if day == board_day(ask) and states and states[-1][0] < ask.now:
        volume = ask.exchange.flows.traded(code, day, ask.now, venue).bought()
        states.append((ask.now, volume, programs.share(code, day, ask.now, venue)))
    places = range(len(states) - 1, -1, -1)

    def fill(place: int) -> dict[str, Value]:
        at, volume, program = states[place]
        before = states[place - 1][2] if place else NO_PROGRAM
        price = price_now(quote_at(ask.exchange.market, code, at, venue))
        return _moment(ask, "tm", Row(clock(at), price, volume, program, before, day), code, venue)

    return Said(rows=Rows("stk_tm_prm_trde_trnsn", places, fill))


def by_day(ask: Ask) -> Said:
    """ka90013: day by day, newest first."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("stk_daly_prm_trde_trnsn", [], lambda _: {}))
    code, venue = found
    days: Sequence[date] = share_days(ask, code, None, ask.day("date"))

    def fill(place: int) -> dict[str, Value]:
        day, flows = days[place], ask.exchange.flows
        older = days[place + 1] if place + 1 < len(days) else None
        row = Row(
            written_day(day),
            price_on(ask, code, day, venue),
            flows.traded(code, day, ask.now, venue).bought(),
            flows.programs.share(code, day, ask.now, venue),
            flows.programs.share(code, older, ask.now, venue) if older else NO_PROGRAM,
            day,
        )
        return _moment(ask, "dt", row, code, venue)

    return Said(rows=Rows("stk_daly_prm_trde_trnsn", range(len(days)), fill))


def _moment(ask: Ask, label: str, row: Row, code: str, venue: Venue) -> dict[str, Value]:
    """A row of either. Both measures are always told; 금액수량구분 only chooses what a terminal draws."""
    program, before = row.program, row.before
    net, net_before = (cut(one.buys.won, MILLION) - cut(one.sells.won, MILLION) for one in (program, before))
    lending = ask.exchange.flows.lending.on(code, min(row.day, settled_day(ask)))
    return {
        label: row.label,
        **price_fields(row.price),
        "trde_qty": row.volume,
        **_amounts(program, net=doubled),
        "prm_netprps_amt_irds": doubled(net - net_before),
        "prm_sell_qty": program.sells.shares,
        "prm_buy_qty": program.buys.shares,
        "prm_netprps_qty": doubled(program.net),
        "prm_netprps_qty_irds": doubled(program.net - before.net),
        "base_pric_tm": clock(OPENS),
        "dbrt_trde_rpy_sum": lending.returned,
        "remn_rcvord_sum": lending.balance,
        "stex_tp": VENUE_TEXT[venue],
    }


def look(exchange: Exchange, item: str) -> dict[str, Value] | None:
    """0w 종목프로그램매매, in shares and won, changes of the last minute; nothing before programs trade."""
    code, underscore, suffix = item.partition("_")
    venue, about = SUFFIXES.get(f"{underscore}{suffix}"), exchange.instrument(code)
    if venue is None or about is None:
        return None
    now, day = exchange.now(), exchange.market.day_at(exchange.now())
    program = exchange.flows.programs.share(code, day, now, venue)
    if not program.buys.shares and not program.sells.shares:
        return None
    quote = exchange.quote(code, venue)
    return {
        "20": clock(quote.traded_at or now),
        "25": direction(quote.price, quote.base_price, quote.upper_limit, quote.lower_limit),
        "10": price_fields(price_now(quote))["cur_prc"],
        "11": plus(quote.change),
        "12": plus(quote.change_rate),
        "13": quote.volume,
        **_told(program, _earlier(exchange, code, day, now - MINUTE, venue)),
        "214": "000000",
        "215": "3" if quote.phase else "8",
        "216": _tickers(program),
    }


def _earlier(exchange: Exchange, code: str, day: date, at: datetime, venue: Venue) -> Program:
    return exchange.flows.programs.share(code, day, at, venue)


def _told(program: Program, before: Program) -> dict[str, Value]:
    return {
        "202": program.sells.shares,
        "204": program.sells.won,
        "206": program.buys.shares,
        "208": program.buys.won,
        "210": plus(program.net),
        "211": plus(program.net - before.net),
        "212": plus(program.net_won),
        "213": plus(program.net_won - before.net_won),
    }


def _tickers(program: Program) -> str:
    """투자자별 ticker: which way programs lean."""
    return "1" if program.net < 0 else "2"
