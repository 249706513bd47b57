"""Clock and calendar gone wrong; and that every fault of the matrix has a test that says its number (5.3)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiwoomweb.broker import market_calendar
from kiwoomweb.broker.environment import Environment
from orders.checking import check
from orders.selectors import situation
from tests.orders.checking.scene import BUY, CALM, NOW, TAKE_BACK, but

TESTS = Path(__file__).parents[1]
#: The faults an order path has to stand: of the broker, of the house, of the feed, of clock and calendar.
WANTED = {*range(1, 23), *range(33, 49)}


def refused(scene, ticket=BUY) -> dict[str, str]:
    return {one.code: one.sentence for one in check(ticket, scene).refusals}


@pytest.mark.parametrize("skew", [timedelta(seconds=5), timedelta(seconds=-5), None])
def test_f47_a_broker_whose_clock_is_not_ours_gets_no_real_order_and_it_is_said_why(skew) -> None:
    """Five seconds apart, or without a Date at all; a practice exchange lives in a time of its own."""
    assert "시계" in refused(but(machine__skew=skew))["C25"]
    assert "C25" not in refused(but(machine__skew=skew, environment=Environment.SIMULATOR))
    assert refused(but(machine__skew=skew), TAKE_BACK) == {}


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1)])
def test_f46_a_clock_that_jumps_makes_every_price_too_old_or_too_new(jump) -> None:
    """Ours by an hour or a day, forward or back: no quote is of the last five seconds then."""
    assert "C12" in refused(but(wall=NOW + jump))


def test_f46_midnight_in_seoul_is_the_next_day_whose_market_is_closed() -> None:
    midnight = NOW.replace(hour=0, minute=0)
    assert "C06" in refused(but(now=midnight, hours=market_calendar.sessions(midnight.date())))


def test_f48_a_day_nobody_knows_is_a_closed_day(monkeypatch, caplog) -> None:
    """The calendar is broken or gone: closed, written down, nothing sent; cancelling needs no calendar."""
    assert "C06" in refused(but(hours=None))
    assert refused(but(hours=None), TAKE_BACK) == {}

    def broken(_year: int) -> frozenset[date]:
        raise ValueError("no such table")

    monkeypatch.setattr(market_calendar, "_closed_in", broken)
    monkeypatch.setattr(situation, "corrections", lambda: market_calendar.PLAIN)
    assert situation._hours(NOW.date()) is None
    assert "cannot be read" in caplog.text
    assert replace(CALM, hours=None).hours is None


def said() -> Iterator[str]:
    """Name and docstring of every test function there is."""
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                yield f"{node.name} {ast.get_docstring(node) or ''}"


def numbers_in(text: str) -> set[int]:
    """The faults a test speaks of: ``test_f06_f07_…`` by name, ``F-09`` in words."""
    name, _, words = text.partition(" ")
    found = re.findall(r"_f(\d\d)(?=_)", name) + re.findall(r"\bF-(\d\d)\b", words)
    return {int(number) for number in found}


def test_every_fault_of_the_matrix_has_a_test_that_says_its_number() -> None:
    assert numbers_in("test_f06_f07_slow F-09, F-10.") == {6, 7, 9, 10}
    assert numbers_in("test_of15_and_f1 nothing") == set()
    found = set[int]().union(*map(numbers_in, said()))
    assert sorted(WANTED - found) == []
