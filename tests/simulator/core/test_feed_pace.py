"""Two hundred items of many types leave the event loop time for everybody else."""

import time
from datetime import timedelta
from statistics import median

import pytest

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.feed import NEWCOMERS, Feed
from kiwoomweb.simulator.profile import REAL
from tests.simulator.core.conftest import at

KINDS = ("0A", "0B", "0C", "0D", "0E", "0F", "0H", "0g", "0w")
BEAT = timedelta(seconds=REAL.ws_flush_s)


@pytest.fixture
def exchange() -> Exchange:
    """Paused, with nobody else looking."""
    return Exchange.opened(trader=False, now=at("10:30:00"))


def test_a_heartbeat_is_shorter_than_the_time_between_two(exchange: Exchange) -> None:
    codes = [one.code for one in exchange.instruments("KOSPI") + exchange.instruments("KOSDAQ")][:200]
    wanted = {(kind, code) for kind in KINDS for code in codes}
    feed, spent, heard = Feed(exchange), [], set()
    for _ in range(90):
        exchange.jump(exchange.now() + BEAT)
        began = time.process_time()
        heard |= feed.since_last(wanted, "").keys()
        spent.append(time.process_time() - began)
    assert len(codes) == 200
    # Everybody has joined by now; a beat of the processor's own time, whatever else this machine does.
    joined = spent[200 // NEWCOMERS + 1 :]
    assert median(joined) < REAL.ws_flush_s
    assert {code for kind, code in heard if kind == "0D"} == set(codes)


def test_strangers_to_the_feed_join_a_few_at_a_time(exchange: Exchange) -> None:
    codes = [one.code for one in exchange.instruments("KOSPI")][:20]
    feed, wanted = Feed(exchange), {("0D", code) for code in codes}
    joined = []
    for _ in range(4):
        exchange.jump(exchange.now() + BEAT)
        joined.append(len({code for _, code in feed.since_last(wanted, "")}))
    assert joined[0] <= NEWCOMERS
    assert sum(joined) >= len(codes)
