"""T7: what recording costs, and that it costs the browsers nothing."""

import time
from collections.abc import Iterator

from kiwoomweb.operation.benchmarks.relay.stage import HERE, Stage
from kiwoomweb.operation.benchmarks.relay.targets import Target
from kiwoomweb.operation.benchmarks.relay.trial import Trial
from kiwoomweb.operation.telling import Trouble

__all__ = ["recording_targets"]

#: Seconds in which the stream process notices that a watchlist has grown.
NOTICED = 90
#: Percent by which two windows of the same thing may differ here.
SAME = 10.0


def recording_targets(trial: Trial, browsers: int, ticks: float, seconds: float) -> Iterator[Target]:
    """The writers in turns (as ``bench recording`` has them), then browsers without and with recording."""
    import django

    django.setup()  # what is measured has a model of its own
    from kiwoomweb.operation.benchmarks.recording import measure_writing

    stage, times = trial.stage, measure_writing().times
    yield Target("T7", "체결 기록, bulk_create 대비 (recording beside it)", times, "×", 4, 6, is_most=False)
    with trial.seated("ours", browsers):
        before = trial.window(ticks, seconds)
        stage.module("watching", f"{HERE}.watching", stage.code, *stage.symbols).process.wait(60)
        _recording(trial, stage, ticks)
        after = trial.window(ticks, seconds)
    slower = 100 * (after.p99 / before.p99 - 1) if before.p99 else 0.0
    yield Target("T7", "기록하는 동안의 p99 (p99 while recording)", slower, "%", SAME)


def _recording(trial: Trial, stage: Stage, ticks: float) -> None:
    """Until something has been written down."""
    deadline = time.monotonic() + NOTICED
    while not any(path.stat().st_size for path in (stage.var / "recording").glob("*.spill")):
        if time.monotonic() > deadline:
            raise Trouble("기록이 시작되지 않습니다.", "recording does not begin")
        trial.window(ticks, 1, settle=0)
