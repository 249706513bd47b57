"""T1: the most trades a second of which every single one reaches every browser that follows it, in time.

Ours hears the tape (``prints:``), forty frames a second; the naive design sends a message per trade. Each is
driven faster and faster until it fails twice, and then between the last rate it kept and the next.
"""

from collections.abc import Iterator
from statistics import median

from kiwoomweb.operation.benchmarks.relay.targets import Target
from kiwoomweb.operation.benchmarks.relay.trial import Trial, Window

__all__ = ["most_ticks"]

LATEST, LEAST = 100.0, 0.98
STEP, MOST = 1.35, 150_000.0
#: Tries between two steps: a step is a third, and a design may stand just below one.
BETWEEN = 2
BEGIN = {"ours": 2_000.0, "naive": 40.0}
FRAMES = 40.0


def most_ticks(trial: Trial, browsers: int, seconds: float, rounds: int) -> Iterator[Target]:
    """Both designs in turns."""
    found: dict[str, list[float]] = {"ours": [], "naive": []}
    for _round in range(rounds):
        for design, reached in found.items():
            kind, rate = ("prints", FRAMES) if design == "ours" else ("quote", None)
            with trial.seated(design, browsers, kind=kind, rate=rate):
                reached.append(_climb(trial, BEGIN[design], seconds))
    ours, naive = (max(1.0, median(found[design])) for design in ("ours", "naive"))
    what = f"모든 체결을 {browsers}명 × 20종목에 (every trade), 단순 설계 대비 (beside the naive design)"
    yield Target("T1", what, ours / naive, "×", 150, 250, is_most=False)
    yield Target("", "   ours", ours, "trades/s")
    yield Target("", "   naive", naive, "trades/s")


def _climb(trial: Trial, begin: float, seconds: float) -> float:
    """The fastest rate that was kept."""
    kept, best, failed, ticks = 0.0, 0.0, 0, begin
    while failed < 2 and ticks <= MOST:
        window = trial.window(ticks, seconds)
        if keeps(window, ticks):
            kept, best, failed = window.sent, ticks, 0
        else:
            failed += 1
        ticks *= STEP
    low, high = best, best * STEP
    for _try in range(BETWEEN if best else 0):
        middle = (low * high) ** 0.5
        window = trial.window(middle, seconds)
        if keeps(window, middle):
            kept, low = window.sent, middle
        else:
            high = middle
    return kept


def keeps(window: Window, ticks: float) -> bool:
    """In time, whole, and really at that rate."""
    return (
        0 < window.p99 <= LATEST
        and window.delivered >= LEAST
        and window.told["lost"] == 0
        and window.made >= LEAST * ticks
    )
