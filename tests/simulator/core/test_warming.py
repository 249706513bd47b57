"""What is made ahead of need: small steps, no figure changed, and less to do at a first look."""

from itertools import pairwise

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.serve import OPENING
from kiwoomweb.simulator.warming import of_all_days, of_day

#: A step may hold the loop no longer than a few days of a share take; counted, because a clock would tell of
#: the machine.
MOST_TAPES = 8


def test_nobody_waits_long_for_a_step_and_everybody_reads_what_a_cold_exchange_says() -> None:
    warm = Exchange.opened(trader=False, now=OPENING)
    cold = Exchange.opened(trader=False, now=OPENING)
    tapes = [warm.market.tape.cache_info().misses]
    for steps in (of_all_days(warm), of_day(warm, OPENING.date())):
        tapes += [warm.market.tape.cache_info().misses for _ in steps]
    assert max(later - earlier for earlier, later in pairwise(tapes)) <= MOST_TAPES
    assert tapes[-1] >= len(warm.instruments())
    told = [
        exchange.flows.programs.minutes("KOSDAQ", OPENING.date(), OPENING, Venue.KRX)
        for exchange in (warm, cold)
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 90
