"""The screen looks through the market a little at a time and tells what came in and what fell out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.screening import screen as looking
from kiwoomweb.simulator.screening.conditions import CONDITIONS
from kiwoomweb.simulator.screening.facts import Facts, FactsOf
from kiwoomweb.simulator.screening.screen import Change, Screen

MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=SEOUL)
WELL_TRADED = next(one.seq for one in CONDITIONS.values() if "거래대금" in one.name)
GAP_UP = next(one.seq for one in CONDITIONS.values() if "갭상승" in one.name)


class Stopwatch:
    """A clock on which every look costs five milliseconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.005
        return self.now


@pytest.fixture
def exchange() -> Exchange:
    return Exchange.opened(trader=False, now=MORNING)


def pass_over(screen: Screen, watched: set[str], beats: int = 1_000) -> list[Change]:
    """Heartbeats until one pass is over and every answer was given."""
    for _ in range(beats):
        changes = screen.advance(watched)
        answers = list(screen.answers())
        for answer in answers:
            answer()
        if changes or answers:
            return changes
    return []


def codes(exchange: Exchange, seq: str) -> set[str]:
    facts_of, holds = FactsOf(exchange), CONDITIONS[seq].holds
    shares = [facts_of(one.code) for one in exchange.instruments() if not one.is_etf]
    return {one.about.code for one in shares if one and holds(one)}


def test_a_search_is_answered_with_all_that_meet_the_condition(exchange: Exchange) -> None:
    screen, told = Screen(exchange, Stopwatch()), []
    screen.ask(GAP_UP, told.append)
    pass_over(screen, set())
    [shares] = told
    assert [one.about.code for one in shares] == sorted(codes(exchange, GAP_UP))


def test_one_heartbeat_spends_only_its_share(exchange: Exchange) -> None:
    watch, told = Stopwatch(), []
    screen = Screen(exchange, watch)
    screen.ask(GAP_UP, told.append)
    beats = 0
    while not told:
        began = watch.now
        screen.advance(set())
        assert watch.now - began <= looking.ASKED_BUDGET_S + 0.015
        for answer in screen.answers():
            answer()
        beats += 1
    assert beats > 10


def test_changes_lead_from_one_pass_to_the_next(exchange: Exchange) -> None:
    screen, told = Screen(exchange, Stopwatch()), []
    screen.ask(GAP_UP, told.append)
    pass_over(screen, set())
    known = {one.about.code for one in told[0]}
    moved = 0
    for _ in range(4):
        exchange.jump(exchange.now() + timedelta(minutes=20))
        for change in pass_over(screen, {GAP_UP}):
            assert (change.share.about.code in known) is not change.entered
            known ^= {change.share.about.code}
            moved += 1
        assert known == codes(exchange, GAP_UP)
    assert moved > 5


def test_a_second_listener_starts_from_the_list_and_hears_no_change_that_is_in_it(exchange: Exchange) -> None:
    screen = Screen(exchange, Stopwatch())
    first: list[Sequence[Facts]] = []
    screen.ask(GAP_UP, first.append)
    pass_over(screen, set())
    exchange.jump(exchange.now() + timedelta(hours=1))
    second: list[Sequence[Facts]] = []
    screen.ask(GAP_UP, second.append)
    changes = pass_over(screen, {GAP_UP})
    assert changes
    exchange_now = {one.about.code for one in second[0]}
    assert exchange_now == codes(exchange, GAP_UP)
    assert pass_over(screen, {GAP_UP}, beats=200) == []


def test_a_long_list_is_followed_up_to_a_hundred(exchange: Exchange) -> None:
    exchange.jump(MORNING.replace(hour=15))
    screen, told = Screen(exchange, Stopwatch()), []
    screen.ask(WELL_TRADED, told.append)
    pass_over(screen, set())
    assert len(told[0]) > looking.MOST_FOLLOWED
    assert len(screen._followed[WELL_TRADED]) == looking.MOST_FOLLOWED


def test_nobody_asks_and_nothing_is_done(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(exchange, Stopwatch())
    monkeypatch.setattr(exchange, "quote", None)
    for _ in range(100):
        assert screen.advance(set()) == []
