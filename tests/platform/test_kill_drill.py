"""``kill -9`` for every process in turn while the demo plays: all return, and no row is lost or told twice."""

import time
from collections import Counter

import pytest

from kiwoomweb.operation.visitor import Visitor
from tests.platform.ledgers import agrees_with_the_broker, backlog, kept_replies, past, today
from tests.running import Site, is_alive

VICTIMS = ("valkey", "simulator", "stream", "worker", "beat", "web")
#: Virtual seconds a second: hours of trading in a few minutes, so that there is something to lose.
FAST = "20"


@pytest.mark.timeout(900)
def test_no_row_is_lost_or_doubled_whoever_is_killed(site: Site) -> None:
    """F-34, F-35: the web and the workers too, in the middle of reading; what they were at is done once."""
    site.options = ("--speed", FAST)
    site.start()
    connect(site)
    site.wait_until(lambda: backlog(site) == 0, 240, "the past did not arrive")
    day = today(site)
    before, replies = past(site, day), kept_replies(site)
    for victim in VICTIMS:
        kill(site, victim)
    went_on = kept_replies(site)
    site.wait_until(lambda: kept_replies(site) > went_on, 90, "polling did not go on")
    after = past(site, day)
    assert sum(before.values()) > 500
    assert before - after == Counter()
    assert [row for row, times in after.items() if times > 1] == []
    assert went_on >= replies
    agrees_with_the_broker(site)


def connect(site: Site) -> None:
    """Sign up and take the practice account, as soon as the practice market is open."""
    with Visitor(site.address) as visitor:
        visitor.set_up(site.way_in().removeprefix(site.address))
        site.wait_until(visitor.connect_demo, 90, "the practice account was not connected")


def kill(site: Site, victim: str) -> None:
    """Kill one program and wait until it is back and everybody has been heard since."""
    killed_at = time.monotonic()
    dead = site.kill(victim)
    site.wait_until(
        lambda: site.pids()[victim] != dead and is_alive(site.pids()[victim]), 60, f"{victim} stayed dead"
    )
    site.wait_until(lambda: heard_since(site, killed_at), 120, f"not whole again after {victim} was killed")


def heard_since(site: Site, moment: float) -> bool:
    ages = [site.health().get(process, {}).get("age") for process in ("worker", "stream")]
    return site.is_healthy() and all(age is not None and age < time.monotonic() - moment for age in ages)
