"""Days of a share, newest first: ka10005, ka10015 cut into sessions, ka10086; ka10006 the day alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import day, directed, millions, plus
from kiwoomweb.simulator.boards.parts import Parts, parts_of, whole_parts
from kiwoomweb.simulator.market_facts import Bar, percent, strength
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.owners import Owners, owners_of
from kiwoomweb.simulator.replies.charts import Backwards
from kiwoomweb.simulator.replies.flows.formats import doubled
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["by_day", "by_session", "today", "with_owners"]

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Day:
    """An official day beside the close before it, and the shares traded from the newest row down to it."""

    bar: Bar
    before: int
    running: int

    @property
    def change(self) -> int:
        return self.bar.close - self.before


def today(ask: Ask) -> Said:
    """ka10006: the day on the board as the venue of the suffix has it."""
    code, venue = listed_code(ask.text("stk_cd"))
    if ask.exchange.instrument(code) is None:
        return Said()
    quote = ask.exchange.quote(code, venue)
    base = quote.base_price
    return Said(
        {
            "date": day(ask.exchange.board.day(ask.now)),
            "open_pric": directed(quote.open, base),
            "high_pric": directed(quote.high, base),
            "low_pric": directed(quote.low, base),
            "close_pric": directed(quote.price, base),
            "pre": plus(quote.change),
            "flu_rt": plus(quote.change_rate),
            "trde_qty": quote.volume,
            "trde_prica": millions(quote.turnover),
            "cntr_str": str(quote.strength),
        }
    )


def by_day(ask: Ask) -> Said:
    """ka10005."""
    return _days(ask, "stk_ddwkmm", ask.today, _plain)


def _plain(ask: Ask, code: str, _: Venue, one: Day) -> Mapping[str, Value]:
    who = owners_of(ask, code, one.bar.day)
    return {
        **_prices(one),
        "date": day(one.bar.day),
        "pre": plus(one.change),
        "trde_prica": millions(one.bar.turnover),
        **_owned(who),
        "for_netprps": plus(who.foreigners),
        "orgn_netprps": plus(who.institutions),
        "ind_netprps": plus(who.individuals),
        "frgn": plus(who.foreign_firms),
        "prm": plus(who.programs),
    }


def with_owners(ask: Ask) -> Said:
    """ka10086. ``indc_tp`` 1 tells who bought in million won, 0 in shares."""
    return _days(ask, "daly_stkpc", ask.day("qry_dt") or ask.today, _with_owners)


def _with_owners(ask: Ask, code: str, _: Venue, one: Day) -> Mapping[str, Value]:
    won = ask.text("indc_tp") == "1"
    who = owners_of(ask, code, one.bar.day, won=won)

    def net(value: int) -> str:
        return doubled(value, MILLION if won else 1)

    return {
        **_prices(one),
        "date": day(one.bar.day),
        "pred_rt": plus(one.change),
        "amt_mn": millions(one.bar.turnover),
        "crd_rt": plus(who.credit_rate),
        "ind": net(who.individuals),
        "orgn": net(who.institutions),
        "for_qty": net(who.foreigners),
        "frgn": net(who.foreign_firms),
        "prm": net(who.programs),
        "for_rt": plus(who.foreign_rate),
        **_owned(who),
        "for_netprps": net(who.foreigners),
        "orgn_netprps": net(who.institutions),
        "ind_netprps": net(who.individuals),
    }


def by_session(ask: Ask) -> Said:
    """ka10015, from ``strt_dt`` back. 기간중거래량 adds up from the first row."""
    return _days(ask, "daly_trde_dtl", ask.day("strt_dt") or ask.today, _by_session, _of_all_sessions)


def _of_all_sessions(ask: Ask, code: str, bar: Bar, venue: Venue) -> int:
    return _parts(ask, code, bar.day, venue).all.volume


def _by_session(ask: Ask, code: str, venue: Venue, one: Day) -> Mapping[str, Value]:
    who, parts = owners_of(ask, code, one.bar.day), _parts(ask, code, one.bar.day, venue)
    prices = _prices(one)
    return {
        "close_pric": prices["close_pric"],
        "flu_rt": prices["flu_rt"],
        "dt": day(one.bar.day),
        "pred_pre_sig": direction(one.bar.close, one.before),
        "pred_pre": plus(one.change),
        "trde_qty": parts.all.volume,
        "trde_prica": millions(parts.all.turnover),
        **_sessions(parts),
        "tot_3": parts.all.volume,
        "prid_trde_qty": one.running,
        "cntr_str": str(strength(*ask.exchange.strengths.on(code, one.bar.day, ask.now))),
        **_owned(who),
        "for_netprps": plus(who.foreigners),
        "orgn_netprps": plus(who.institutions),
        "ind_netprps": plus(who.individuals),
        "frgn": plus(who.foreign_firms),
        "prm": plus(who.programs),
    }


def _parts(ask: Ask, code: str, one: date, venue: Venue) -> Parts:
    if one == ask.today:
        quote = ask.exchange.quote(code, venue)
        return parts_of(ask.exchange.market.tape(code, one), venue, quote.volume, quote.turnover)
    return whole_parts(ask.exchange.market.play_tape(code, one), venue)


def _sessions(parts: Parts) -> dict[str, Value]:
    """장전, 장중 and 장후: shares, million won, and their part of the whole in percent."""
    said: dict[str, Value] = {}
    for name, part in (("bf_mkrt", parts.before), ("opmr", parts.official), ("af_mkrt", parts.after)):
        said |= {
            f"{name}_trde_qty": part.volume,
            f"{name}_trde_wght": plus(percent(part.volume, parts.all.volume)),
            f"{name}_trde_prica": millions(part.turnover),
            f"{name}_trde_prica_wght": plus(percent(part.turnover, parts.all.turnover)),
        }
    return said


def _owned(who: Owners) -> dict[str, Value]:
    """외인보유 and 외인비중, both in percent of the shares (the guide gives both that unit); 신용잔고율."""
    return {
        "for_poss": plus(who.foreign_rate),
        "for_wght": plus(who.foreign_rate),
        "crd_remn_rt": plus(who.credit_rate),
    }


def _prices(one: Day) -> dict[str, Value]:
    bar, base = one.bar, one.before
    return {
        "open_pric": directed(bar.open, base),
        "high_pric": directed(bar.high, base),
        "low_pric": directed(bar.low, base),
        "close_pric": directed(bar.close, base),
        "flu_rt": plus(percent(one.change, base)),
        "trde_qty": bar.volume,
    }


def _days(
    ask: Ask,
    name: str,
    until: date,
    fill: Callable[[Ask, str, Venue, Day], Mapping[str, Value]],
    volume: Callable[[Ask, str, Bar, Venue], int] = lambda ask, code, bar, venue: bar.volume,
) -> Said:
    code, venue = listed_code(ask.text("stk_cd"))
    if ask.exchange.instrument(code) is None:
        return Said()

    def fetch(count: int) -> Sequence[Day]:
        bars = ask.exchange.bars(code, "day", count + 1, min(until, ask.today))
        closes = [bar.close for bar in bars[1:]] + [bar.close for bar in bars[-1:]]
        running = accumulate(volume(ask, code, bar, venue) for bar in bars)
        return [Day(*one) for one in zip(bars, closes, running, strict=True)][:count]

    return Said(rows=Rows(name, Backwards(fetch), lambda one: fill(ask, code, venue, one)))
