"""Prints: ka10003 the latest trades, ka10084 and ka10055 those of today or of the day before, newest first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.market_calendar import previous_trading_day
from kiwoomweb.broker.wire.writing import clock, directed, millions, plus, sided
from kiwoomweb.simulator.boards.backwards import Minute, minutes_of, prints_back
from kiwoomweb.simulator.market_facts import Print, percent, strength
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.charts import Backwards
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction
from kiwoomweb.simulator.tape import Tape

__all__ = ["latest", "of_two_days", "sizes_of_two_days"]

VENUE_NAMES = {Venue.KRX: "KRX", Venue.NXT: "NXT", Venue.ALL: "통합"}
YESTERDAY, BY_MINUTE = "2", "1"


@dataclass(frozen=True, slots=True)
class Roll:
    """One share's day on a venue, up to a moment."""

    tape: Tape
    until: datetime
    venue: Venue

    @property
    def base(self) -> int:
        return self.tape.base

    def sign(self, price: int) -> str:
        lower, upper = self.tape.grid.limits(self.base)
        return direction(price, self.base, upper, lower)

    def prints(self) -> Backwards:
        return Backwards(lambda count: list(islice(prints_back(self.tape, self.until, self.venue), count)))


def latest(ask: Ask) -> Said:
    """ka10003. 누적거래대금 is in won here, as the guide says."""
    return _rolled(
        ask, "cntr_infr", lambda roll: roll.prints(), lambda roll, one: _trade(roll, one, in_won=True)
    )


def of_two_days(ask: Ask) -> Said:
    """ka10084: trades or minutes, up to ``tm`` (HHMM) where given."""
    if ask.text("tic_min") == BY_MINUTE:
        return _rolled(
            ask,
            "tdy_pred_cntr",
            lambda roll: minutes_of(roll.tape, roll.until, roll.venue)[::-1],
            _minute,
        )
    return _rolled(
        ask, "tdy_pred_cntr", lambda roll: roll.prints(), lambda roll, one: _trade(roll, one, in_won=False)
    )


def sizes_of_two_days(ask: Ask) -> Said:
    """ka10055."""
    return _rolled(ask, "tdy_pred_cntr_qty", lambda roll: roll.prints(), _size)


def _rolled(
    ask: Ask,
    name: str,
    things: Callable[[Roll], Backwards | Sequence[Minute]],
    fill: Callable[[Roll, Print], Mapping[str, Value]] | Callable[[Roll, Minute], Mapping[str, Value]],
) -> Said:
    roll = _roll(ask)
    if roll is None:
        return Said()
    return Said(rows=Rows(name, things(roll), lambda one: fill(roll, one)))


def _roll(ask: Ask) -> Roll | None:
    """The board's day or the trading day before it; ``None`` where the share has no such day."""
    exchange = ask.exchange
    code, asked = listed_code(ask.text("stk_cd"))
    if exchange.instrument(code) is None:
        return None
    day, until = exchange.board.day(ask.now), ask.now
    if ask.text("tdy_pred") == YESTERDAY:
        day = previous_trading_day(day, exchange.market.overrides)
        until = _end(day)
    tape = exchange.market.tape(code, day)
    return Roll(tape, _cut(ask, day, until), asked) if tape else None


def _cut(ask: Ask, day: date, until: datetime) -> datetime:
    """No later than the end of the minute ``tm`` names."""
    text = ask.body.get("tm", "")
    if not text:
        return until
    try:
        wanted = time(int(text[:-2]), int(text[-2:]), 59, 999_999, SEOUL)
    except ValueError:
        raise bad_input("1517", "tm", "시간 형식(HHMM)이 아닙니다") from None
    return min(until, datetime.combine(day, wanted))


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), SEOUL)


def _trade(roll: Roll, one: Print, *, in_won: bool) -> Mapping[str, Value]:
    return {
        "tm": clock(one.at),
        **_moved(roll, one.price, "pre_rt", "sign"),
        "pri_sel_bid_unit": directed(one.best_ask, roll.base),
        "pri_buy_bid_unit": directed(one.best_bid, roll.base),
        "cntr_trde_qty": sided(one.size, one.side),
        "acc_trde_qty": one.volume,
        "acc_trde_prica": one.turnover if in_won else millions(one.turnover),
        "cntr_str": str(one.strength),
        "stex_tp": VENUE_NAMES[one.venue],
    }


def _minute(roll: Roll, one: Minute) -> Mapping[str, Value]:
    """A minute's size carries the sign of the side that came more often."""
    grid, bought = roll.tape.grid, one.bought * 2 >= one.volume
    return {
        "tm": clock(minute_start(roll.tape.bar.day, one.minute)),
        **_moved(roll, one.price, "pre_rt", "sign"),
        "pri_sel_bid_unit": directed(one.price if bought else grid.up(one.price), roll.base),
        "pri_buy_bid_unit": directed(grid.down(one.price) if bought else one.price, roll.base),
        "cntr_trde_qty": f"{'+' if bought else '-'}{one.volume}",
        "acc_trde_qty": one.total,
        "acc_trde_prica": millions(one.turnover),
        "cntr_str": str(strength(one.buys, one.total - one.buys)),
        "stex_tp": VENUE_NAMES[roll.venue],
    }


def _size(roll: Roll, one: Print) -> Mapping[str, Value]:
    moved = _moved(roll, one.price, "flu_rt", "pred_pre_sig")
    return {
        "cntr_tm": clock(one.at),
        "cntr_pric": moved.pop("cur_prc"),
        **moved,
        "cntr_qty": one.size,
        "acc_trde_qty": one.volume,
        "acc_trde_prica": millions(one.turnover),
    }


def _moved(roll: Roll, price: int, rate: str, sign: str) -> dict[str, Value]:
    return {
        "cur_prc": directed(price, roll.base),
        "pred_pre": plus(price - roll.base),
        rate: plus(percent(price - roll.base, roll.base)),
        sign: roll.sign(price),
    }
