"""A recorder's account of the feed: whole, crash-safe, and honest about its gaps."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from kiwoomweb.access.models import Account
from kiwoomweb.broker import frames
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.trades import Trades
from kiwoomweb.operation.benchmarks.decode import opening
from market.models import KeptBars, RecordedChunk
from market.recording import recorder as module
from market.recording.recorder import Recorder
from market.selectors.recording import books_between, tick_bars, ticks_between
from market.services.recording.thinning import KEPT_WHOLE, KEPT_WIDE, thin
from tests.market.ticks import NOON, book, tick

pytestmark = pytest.mark.django_db
AT = int(NOON.timestamp())
ITEM = "005930_AL"


Start = Callable[[int], Recorder]


@pytest.fixture
def start(account: Account, tmp_path: Path) -> Iterator[Start]:
    """A recorder of the term with this fence; what an earlier one left is taken up first."""
    with ExitStack() as files:

        def begin(fence: int) -> Recorder:
            made = Recorder(account.pk, "_AL", tmp_path)
            made.follow({ITEM: 1})
            made.gap()
            made.begin(fence)
            assert made._spill
            files.callback(made._spill._file.close)
            return made

        yield begin


@pytest.fixture
def recorder(start: Start) -> Recorder:
    return start(1)


def hears(recorder: Recorder, *seconds: int, price: int = 72_000) -> None:
    for second in seconds:
        told = tick(price + second, volume=second + 1, at=NOON + timedelta(seconds=second))
        recorder.hear(told, (AT + second) * 1000)


def flush(recorder: Recorder, *, last: bool = False) -> None:
    recorder._flush(recorder.aside(), last=last)


def ticks(account: Account) -> Any:
    return ticks_between(account.pk, "005930", AT - 3600, AT + 3600)


def test_ticks_are_read_back_as_they_were_heard(recorder: Recorder, account: Account) -> None:
    hears(recorder, 0, 1, 2)
    flush(recorder, last=True)
    told = ticks(account)
    assert [(row.at - AT, row.price, row.size, row.side) for row in told.rows] == [
        (second, 72_000 + second, 12, 1) for second in range(3)
    ]
    assert (told.gaps, told.grain) == ([], 0)


def test_of_a_frame_of_trades_only_chosen_shares_are_recorded(recorder: Recorder, account: Account) -> None:
    recorder.follow({"000000_AL": 1})
    now, chosen = datetime(2026, 11, 20, 9, 0, 3, tzinfo=SEOUL), 0
    for trades in frames.hear([text.encode() for text in opening(together=20)]):
        assert isinstance(trades, Trades)
        trades.now = now
        chosen += sum(entry.item == "000000_AL" for frame in trades.frames for entry in frame.data)
        recorder.hear(trades, 5)
    flush(recorder, last=True)
    told = ticks_between(account.pk, "000000", 0, 2**40)
    assert len(told.rows) == chosen > 50
    assert {chunk.place for chunk in RecordedChunk.objects.all()} == {"000000"}
    volumes = [row.volume for row in told.rows]
    assert volumes == sorted(volumes)


def test_books_are_kept_once_a_second(recorder: Recorder, account: Account) -> None:
    for n in range(30):
        recorder.hear(book(72_500 + n), AT * 1000 + 100 * n)
    recorder.hear(book(symbol="000660_AL"), AT * 1000)
    flush(recorder, last=True)
    told = books_between(account.pk, "005930", AT - 10, AT + 10)
    assert [row.asks[0] for row in told.rows] == [(72_500, 1_000), (72_510, 1_000), (72_520, 1_000)]
    assert len(told.rows[0].bids) == 10


def test_a_crash_loses_nothing_that_was_flushed_and_shows_the_gap(
    recorder: Recorder, account: Account, tmp_path: Path, start: Start
) -> None:
    hears(recorder, 0, 1)
    flush(recorder)
    hears(recorder, 2, 3)
    flush(recorder)
    hears(recorder, 4)  # and here the power goes
    assert not RecordedChunk.objects.exists()
    after = start(2)
    hears(after, 30, 31)
    flush(after, last=True)
    told = ticks(account)
    assert [row.at - AT for row in told.rows] == [0, 1, 2, 3, 30, 31]
    assert told.gaps == [(AT + 3, AT + 30)]
    assert list(tmp_path.iterdir()) == []


def test_a_batch_cut_off_in_the_middle_costs_only_itself(
    recorder: Recorder, account: Account, tmp_path: Path, start: Start
) -> None:
    hears(recorder, 0, 1)
    flush(recorder)
    hears(recorder, 2)
    flush(recorder)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-4])
    start(2)
    assert [row.at - AT for row in ticks(account).rows] == [0, 1]


def test_what_was_stored_before_the_crash_is_not_stored_twice(
    recorder: Recorder, account: Account, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears(recorder, 0, 1)
    monkeypatch.setattr(module.Spill, "empty", lambda self: None)
    monkeypatch.setattr(module, "CHUNK", 0)
    flush(recorder)  # stored, and the machine dies before the file is emptied
    start(2)
    assert len(ticks(account).rows) == 2


def test_chunks_that_follow_on_one_another_have_no_gap(
    recorder: Recorder, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 0)
    for second in (0, 10, 20):
        hears(recorder, second)
        flush(recorder)
    assert RecordedChunk.objects.count() == 3
    assert ticks(account).gaps == []


def test_a_lost_socket_is_a_gap(recorder: Recorder, account: Account) -> None:
    hears(recorder, 0, 1)
    recorder.gap()
    hears(recorder, 9)
    flush(recorder, last=True)
    assert ticks(account).gaps == [(AT + 1, AT + 9)]
    assert tick_bars(account.pk, "005930", NOON, NOON + timedelta(seconds=9)) == []


def test_a_share_that_was_let_go_of_meanwhile_has_a_gap(recorder: Recorder, account: Account) -> None:
    hears(recorder, 0)
    recorder.follow({})
    recorder.follow({ITEM: 1})
    hears(recorder, 5)
    flush(recorder, last=True)
    assert ticks(account).gaps == [(AT, AT + 5)]


def test_a_database_that_is_away_is_asked_again(
    recorder: Recorder, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 0)

    def busy(*_: object) -> None:
        raise OperationalError("locked")

    with monkeypatch.context() as away:
        away.setattr(module, "store", busy)
        hears(recorder, 0, 1)
        flush(recorder)
    hears(recorder, 2)
    flush(recorder)
    assert [row.at - AT for row in ticks(account).rows] == [0, 1, 2]
    assert ticks(account).gaps == []


def test_a_day_of_ticks_is_the_trades_tick_chart(recorder: Recorder, account: Account) -> None:
    hears(recorder, 0, 1)
    flush(recorder, last=True)
    bars = tick_bars(account.pk, "005930", NOON, NOON)
    assert [(bar.at, bar.close, bar.volume) for bar in bars] == [(AT, 7_200_000, 12), (AT + 1, 7_200_100, 12)]


def test_with_age_ticks_become_seconds_then_minute_bars_alone(recorder: Recorder, account: Account) -> None:
    for price in (72_000, 72_400, 71_900):
        hears(recorder, 0, 61, price=price)
    for n in range(3):
        recorder.hear(book(), (AT + n) * 1000)
    flush(recorder, last=True)
    assert thin(NOON + KEPT_WHOLE - timedelta(hours=1)) == 0
    assert thin(NOON + KEPT_WHOLE + timedelta(hours=1)) == 2
    told = ticks(account)
    assert [(row.at - AT, row.price, row.size) for row in told.rows] == [(0, 71_900, 36), (61, 71_961, 36)]
    assert (told.grain, len(books_between(account.pk, "005930", AT, AT + 60).rows)) == (1, 1)
    assert thin(NOON + KEPT_WIDE + timedelta(hours=1)) == 2
    assert not RecordedChunk.objects.exists()
    kept = KeptBars.objects.get(symbol="005930", span="minute")
    assert (kept.count, kept.source, kept.starts) == (2, "recorded", NOON.date())
