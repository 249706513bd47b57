"""The relay measured: one run, the designs in turns, so that all meet the same machine."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kiwoomweb.operation.benchmarks.decode import measure_decode
from kiwoomweb.operation.benchmarks.relay.killed import killed_targets
from kiwoomweb.operation.benchmarks.relay.most import most_ticks
from kiwoomweb.operation.benchmarks.relay.processor import memory
from kiwoomweb.operation.benchmarks.relay.recording import recording_targets
from kiwoomweb.operation.benchmarks.relay.stage import Stage, staged
from kiwoomweb.operation.benchmarks.relay.storm import storm_targets
from kiwoomweb.operation.benchmarks.relay.targets import Target
from kiwoomweb.operation.benchmarks.relay.trial import Trial, Window

__all__ = ["Size", "measure_relay"]

FRAME, TICKS = 100.0, 5_000
#: Seconds after which tapes nobody follows any more are written no longer.
FORGOTTEN = 35.0
#: A step of T1 is never shorter, however short the rest: in half a second a dozen trades would decide.
LEAST_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: ``few`` and ``many`` browsers, seconds of a short and of the long stretch."""

    few: int = 100
    many: int = 1_000
    short: float = 8.0
    asleep: float = 25.0
    long: float = 300.0
    rounds: int = 3
    ticks: float = TICKS

    @classmethod
    def of(cls, browsers: int, seconds: float) -> "Size":
        """``browsers`` for the large trial, ``seconds`` for the long one; the others follow."""
        few, short = min(100, browsers), min(8.0, seconds)
        return cls(few, browsers, short, min(25.0, seconds), seconds, rounds=3 if seconds >= 60 else 1)


def measure_relay(size: Size) -> Iterator[Target]:
    """Targets as they are found."""
    with _stage(max(1, size.many // 10)) as stage:
        stage.others()
        trial = Trial(stage)
        yield from _frames(stage, trial, size)
        yield from _sleepers(stage, trial, size)
        yield from _many(trial, size)
        yield from storm_targets(trial, size.many)
        yield from killed_targets(trial)
        # Before anything is recorded: the naive design records nothing either.
        yield from most_ticks(trial, size.few, max(LEAST_STEP, size.short / 4), size.rounds)
        time.sleep(min(FORGOTTEN, size.long))
        yield from recording_targets(trial, size.few, size.ticks, size.short)
    times = measure_decode().times
    yield Target("T6", "json.loads + dumps 대비 (times quicker)", times, "×", 5, 6.5, is_most=False)


@contextmanager
def _stage(people: int) -> Iterator[Stage]:
    with (
        tempfile.TemporaryDirectory(prefix="kiwoomweb-bench-") as folder,
        staged(Path(folder) / "var", people=people) as stage,
    ):
        yield stage


#: The bounds as they are named in the table.
NAMES = {
    "eager": "C 반복문 (C loop, every trade read and marked as it comes)",
    "lazy": "가장 촘촘한 C 반복문 (the tightest C loop: the newest of each symbol once a frame)",
    "loop": "Python 반복문 (Python epoll loop; no C compiler here)",
}


def _frames(stage: Stage, trial: Trial, size: Size) -> Iterator[Target]:
    """T2 and T4: ours and the bounds in turns."""
    designs = ["ours", *stage.bounds]
    found: dict[str, list[Window]] = {design: [] for design in designs}
    wrong = checked = 0
    for _round in range(size.rounds):
        for design in designs:
            with trial.seated(design, size.few):
                found[design].append(trial.window(size.ticks, size.short))
                if design == "ours":
                    lost, looked = trial.wrong()
                    wrong, checked = wrong + lost, checked + looked
    what = f"{size.ticks:g}건/초, {size.few}명, 초당 10장: p99"
    yield Target("T2", what, _p99(found["ours"]), "ms", FRAME + 20, FRAME + 10)
    yield Target("", f"   마지막 값이 틀린 곳 (newest values lost, of {checked:,})", wrong, "", 0)
    yield from _efficiency(found)


def _efficiency(found: dict[str, list[Window]]) -> Iterator[Target]:
    """Only against the first bound there is a floor."""
    ours, *bounds = found
    for place, design in enumerate(bounds):
        less = _busy(found[design]) / _busy(found[ours])
        floor, stretch = (None, None) if place else (0.25, 0.45)
        yield Target("T4", f"처리 효율, {NAMES[design]}", less, "", floor, stretch, is_most=False)
    for name in found[ours][0].cpu:
        used = median(100 * window.cpu[name] / window.seconds for window in found[ours])
        yield Target("", f"   {name}", used, "% of a core")
    for design in bounds:
        yield Target("", f"   {design}", 100 * _busy(found[design]), "% of a core")
        yield Target("", f"   {design} p99", _p99(found[design]), "ms")


def _busy(windows: list[Window]) -> float:
    return median(window.busy for window in windows)


def _p99(windows: list[Window]) -> float:
    return median(window.p99 for window in windows)


def _sleepers(stage: Stage, trial: Trial, size: Size) -> Iterator[Target]:
    """T5: a fifth of the browsers stop reading."""
    web = stage.children["web"].pid
    with trial.seated("ours", size.few):
        calm = trial.window(size.ticks, size.asleep)
        before = memory(web)
        asleep = stage.load.ask("sleep", part=0.2)["sleeping"]
        window = trial.window(size.ticks, size.asleep, settle=0)
        grown = max(0.0, memory(web) - before)
    yield Target("T5", "읽지 않는 브라우저 하나의 메모리 (memory each)", grown / max(1, asleep), "MB", 0.5, 0.1)
    slower = 100 * (window.p99 / calm.p99 - 1) if calm.p99 else 0.0
    yield Target("T5", "다른 브라우저의 p99 (p99 of the others)", slower, "%", 10, 5)


def _many(trial: Trial, size: Size) -> Iterator[Target]:
    """T3: a thousand browsers on two web processes, for five minutes."""
    what = f"{size.ticks:g}건/초, {size.many}명 × 20, 웹 2개, {size.long:g}초"
    with trial.seated("ours", size.many, webs=2):
        window = trial.window(size.ticks, size.long, settle=3)
        wrong, checked = trial.wrong()
        time.sleep(0.5)
    yield Target("T3", f"{what}: p99", window.p99, "ms", 250, 150)
    yield Target("T3", "끊긴 연결 (disconnects)", window.told["left"], "", 0)
    yield Target("", f"마지막 값이 틀린 곳 (newest values lost, of {checked:,})", wrong, "", 0)
    for name, used in window.cpu.items():
        yield Target("", f"   {name}", 100 * used / window.seconds, "% of a core")
