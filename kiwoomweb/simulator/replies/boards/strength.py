"""Strength: ka10046 체결강도 minute by minute, ka10047 day by day, newest first."""

from collections.abc import Mapping, Sequence
from itertools import islice

from kiwoomweb.broker.wire.writing import clock, day, directed, millions, plus
from kiwoomweb.simulator.boards.backwards import minutes_of
from kiwoomweb.simulator.boards.strength import Recent, recent
from kiwoomweb.simulator.market_facts import Bar, percent, strength
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.prints import VENUE_NAMES
from kiwoomweb.simulator.replies.charts import Backwards
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["by_day", "by_minute"]

#: Days looked back for the longest average.
LONGEST = 60

Sides = tuple[int, int]


def by_minute(ask: Ask) -> Said:
    """ka10046: of the board's day on the venue of the suffix."""
    code, venue = listed_code(ask.text("stk_cd"))
    if ask.exchange.instrument(code) is None:
        return Said()
    one = ask.exchange.board.day(ask.now)
    tape = ask.exchange.market.tape(code, one)
    if tape is None:
        return Said()
    lower, upper = tape.grid.limits(tape.base)

    def row(told: Recent) -> Mapping[str, Value]:
        minute, base = told.minute, tape.base
        return {
            "cntr_tm": clock(minute_start(one, minute.minute)),
            "cur_prc": directed(minute.price, base),
            "pred_pre": plus(minute.price - base),
            "pred_pre_sig": direction(minute.price, base, upper, lower),
            "flu_rt": plus(percent(minute.price - base, base)),
            "trde_qty": minute.volume,
            "acc_trde_prica": millions(minute.turnover),
            "acc_trde_qty": minute.total,
            "cntr_str": str(told.day),
            "cntr_str_5min": str(told.five),
            "cntr_str_20min": str(told.twenty),
            "cntr_str_60min": str(told.sixty),
            "stex_tp": VENUE_NAMES[venue],
        }

    return Said(rows=Rows("cntr_str_tm", recent(minutes_of(tape, ask.now, venue))[::-1], row))


def by_day(ask: Ask) -> Said:
    """ka10047: official days; today as it stands. The averages are plain ones of the days' strengths."""
    code, _ = listed_code(ask.text("stk_cd"))
    if ask.exchange.instrument(code) is None:
        return Said()

    def with_past(count: int) -> Sequence[tuple[Bar, Bar, Sequence[Sides]]]:
        """Each bar beside the one before it and the sides of its last sixty days."""
        bars = ask.exchange.bars(code, "day", count + LONGEST, ask.today)
        sides = [ask.exchange.strengths.on(code, bar.day, ask.now) for bar in bars]
        pairs = zip(bars, [*bars[1:], bars[-1]], strict=True) if bars else ()
        return [(bar, older, sides[at : at + LONGEST]) for at, (bar, older) in enumerate(islice(pairs, count))]

    return Said(rows=Rows("cntr_str_daly", Backwards(with_past), lambda one: _day_row(ask, *one)))


def _day_row(ask: Ask, bar: Bar, older: Bar, sides: Sequence[Sides]) -> Mapping[str, Value]:
    base, mean = older.close, ask.exchange.strengths.mean
    return {
        "dt": day(bar.day),
        "cur_prc": directed(bar.close, base),
        "pred_pre": plus(bar.close - base),
        "pred_pre_sig": direction(bar.close, base),
        "flu_rt": plus(percent(bar.close - base, base)),
        "trde_qty": bar.volume,
        "acc_trde_prica": millions(bar.turnover),
        "acc_trde_qty": bar.volume,
        "cntr_str": str(strength(*sides[0])),
        "cntr_str_5min": str(mean(sides[:5])),
        "cntr_str_20min": str(mean(sides[:20])),
        "cntr_str_60min": str(mean(sides)),
    }
