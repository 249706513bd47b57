"""The line shares the broker's items among pages, and lets go of what the last page has left."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.broker.stream_events import Unrecognised
from kiwoomweb.streams import account_handlers, market_handlers
from market.line import silence
from market.line.line import Line
from market.line.odd import Odd
from market.line.silence import PATIENCE, Silence
from market.line.waiting import Turns
from market.publishing import Publisher
from market.topics import ALWAYS

pytestmark = pytest.mark.django_db
Pairs = set[tuple[str, str]]


class Socket:
    """Remembers what it was asked to register; ``full`` pairs have no room."""

    def __init__(self) -> None:
        self.now: Pairs = set()
        self.full: Pairs = set()

    async def register(self, pairs: Pairs) -> frozenset[tuple[str, str]]:
        self.now |= pairs - self.full
        return frozenset(pairs & self.full)

    async def unregister(self, pairs: Pairs) -> None:
        self.now -= pairs


@pytest.fixture
def line(account: Account, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    settings.VAR = tmp_path
    made = Line(account, "one", market_handlers(), account_handlers(), lambda _: [])
    made.publisher = Publisher(account.code, made.relay, 1, lambda: True)
    made.stream = Socket()

    async def nothing(*_: object) -> None:
        return

    monkeypatch.setattr(made, "_ask_essential", nothing)
    monkeypatch.setattr("market.line.line.catch_up", nothing)
    for written in ("went_live", "went_lost", "went_deaf"):  # a thread of its own would wait for this test's
        monkeypatch.setattr(f"market.line.line.{written}", lambda *_: None)
    return made


async def follow(line: Line, *topics: str) -> Pairs:
    await line._register(list(topics))
    registered: Pairs = line.stream.now - ALWAYS
    return registered


async def test_a_type_is_unregistered_when_its_last_follower_leaves(line: Line) -> None:
    price, book = ("0B", "005930_AL"), ("0D", "005930_AL")
    assert await follow(line, "quote:005930", "prints:005930", "book:005930") == {price, book}
    assert await follow(line, "prints:005930", "book:005930") == {price, book}
    assert await follow(line, "book:005930") == {book}
    assert await follow(line) == set()


async def test_what_has_to_wait_is_named(line: Line) -> None:
    await follow(line, *(f"quote:{n:06}" for n in range(250)))
    assert len({item for _, item in line.stream.now if item}) == 200
    assert len(line.feed.waiting) == 52
    await follow(line, "quote:000001")
    assert line.feed.waiting == ()


async def test_what_the_socket_had_no_room_for_is_asked_for_again(line: Line) -> None:
    line.stream.full = {("0B", "005930_AL")}
    assert await follow(line, "quote:005930") == set()
    line.stream.full = set()
    assert await follow(line, "quote:005930") == {("0B", "005930_AL")}


async def test_own_shares_are_recorded_book_by_the_second_and_watched_ones_more_rarely(line: Line) -> None:
    line.mine, line.watched = ["005930"], ["005930", "000660"]
    await follow(line, "quote:035420")
    assert line.recorder._every == {"005930_AL": 1, "000660_AL": 5}


async def test_the_feed_is_live_only_when_the_snapshots_are_in(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []

    async def catching_up(_account: object, _relay: object, names: set[str]) -> None:
        assert line.feed.state == "connecting"
        asked.append(names)

    monkeypatch.setattr("market.line.line.catch_up", catching_up)
    await follow(line, "quote:000660", "book:000660")
    line.mine, line.connected = ["005930"], True
    asked.clear()
    await line._go_live()
    assert asked == [{"quote:000660", "book:000660", "quote:005930"}]
    assert line.feed.state == "live"


async def test_a_socket_lost_during_the_snapshots_is_not_called_live(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def losing(*_: object) -> None:
        line._lost("gone", "Unreachable")

    monkeypatch.setattr("market.line.line.catch_up", losing)
    monkeypatch.setattr(line, "_do", lambda job: job.close())
    line.connected = True
    await line._go_live()
    assert (line.feed.state, line.feed.reason) == ("lost", "gone")


def test_odd_frames_are_counted_by_type_and_told_ever_more_rarely(caplog: pytest.LogCaptureFixture) -> None:
    odd = Odd(1)
    for n in range(100):
        odd.note(Unrecognised("0B", "005930", f"10: no number {n}"))
    odd.note(Unrecognised("", "", "3 characters, not a message"))
    assert odd.counts == {"0B": 100, "frame": 1}
    assert odd.total == 101
    assert len(caplog.messages) == 8


async def test_the_line_counts_what_it_cannot_use(line: Line) -> None:
    line._hear(Unrecognised("9Z", "", "type"))
    assert line.odd.counts == {"9Z": 1}


def test_a_silent_socket_is_noticed_once_and_then_with_doubled_patience() -> None:
    quiet = Silence(moved_at=0.0)
    assert not quiet.is_too_long(PATIENCE - 1)
    assert quiet.is_too_long(PATIENCE)
    assert not quiet.is_too_long(PATIENCE * 2)
    assert quiet.is_too_long(PATIENCE * 3)
    quiet.has_moved = True
    assert not quiet.is_too_long(PATIENCE * 4)
    assert quiet.patience == PATIENCE
    for n in range(20):
        quiet.is_too_long(1e9 * (n + 2))
    assert quiet.patience == silence.LONGEST


def test_those_that_wait_have_their_prices_asked_a_hundred_at_a_time() -> None:
    turns, places = Turns(), [f"{n:06}" for n in range(150)]
    rounds = [turns.next(places, ["book:000001", "book:000140", "book:999999"]) for _ in range(3)]
    assert all(len(names) == 101 for names in rounds)
    assert asked(rounds, "quote:") == {f"quote:{place}" for place in places}
    assert asked(rounds, "book:") == {"book:000001", "book:000140"}
    assert turns.next([], []) == []


def asked(rounds: Iterable[list[str]], kind: str) -> set[str]:
    return {name for names in rounds for name in names if name.startswith(kind)}
