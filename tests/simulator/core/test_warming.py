"""What is made ahead of need: small steps, no figure changed, and less to do at a first look."""

from time import process_time

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.serve import OPENING
from kiwoomweb.simulator.warming import of_all_days, of_day

#: No step may hold the loop for long: this much of the processor is far more than any takes on a busy machine.
LONG_S = 0.5


def test_nobody_waits_long_for_a_step_and_everybody_reads_what_a_cold_exchange_says() -> None:
    warm = Exchange.opened(trader=False, now=OPENING)
    cold = Exchange.opened(trader=False, now=OPENING)
    longest, begun = 0.0, process_time()
    for step in (of_all_days(warm), of_day(warm, OPENING.date())):
        for _ in step:
            longest, begun = max(longest, process_time() - begun), process_time()
    assert longest < LONG_S
    told = [
        exchange.flows.programs.minutes("KOSDAQ", OPENING.date(), OPENING, Venue.KRX)
        for exchange in (warm, cold)
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 90
