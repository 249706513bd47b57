"""Measuring the chart: the product's and Plotly's in turns, each time in a fresh page of one Chromium."""

import gzip
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings

from kiwoomweb.operation.benchmarks.chart.page import ADDRESS, serve
from kiwoomweb.operation.chromium import find_chromium
from kiwoomweb.operation.telling import Trouble
from kiwoomweb.ui.vendored import modules

__all__ = ["BARS", "Drawn", "compressed", "measure_chart"]

BARS = 5_000
ROUNDS = 5
#: Moves a round: enough for a 99th percentile of ours; Plotly takes a fifth of a second for each.
TICKS = {"ours": 600, "plotly": 12}
#: Frames without a move, to know what waiting for a picture costs by itself.
WAITS = 50
#: What the symbol page loads to draw candles, beside the library itself.
OWN = (
    "lib/chart",
    "lib/candle-layer",
    "lib/candle-strokes",
    "lib/series",
    "lib/candles",
    "lib/legend",
    "elements/price-chart",
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
PATIENCE_MS = 180_000


@dataclass(slots=True)
class Drawn:
    """One library over all rounds, in milliseconds.

    ``updates`` is the call that moves the chart and ``drawings`` all until its picture is told to the browser,
    both by the clock. ``scripts`` is the same in the page's own time on the processor, as Chromium counts it:
    what else the machine does in between, the browser's own painting included, cannot stretch it.
    """

    loads: list[float] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)
    updates: list[float] = field(default_factory=list)
    drawings: list[float] = field(default_factory=list)
    scripts: list[float] = field(default_factory=list)

    def add(self, told: dict[str, Any]) -> None:
        if told["seen"] < BARS:
            raise Trouble(
                f"봉 {BARS:,}개가 한 화면에 들어오지 않았습니다: {told['seen']:.0f}",
                f"not all {BARS:,} bars were in the picture: {told['seen']:.0f}",
            )
        self.loads.append(told["load"])
        self.screens.append(told["screen"])
        self.updates += told["updates"]
        self.drawings += told["drawings"]
        self.scripts += told["scripts"]

    @property
    def screen(self) -> float:
        return median(self.screens)

    @property
    def load(self) -> float:
        return median(self.loads)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all is not above."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def measure_chart() -> dict[str, Drawn]:
    """Both libraries, round by round in turns, so that a busy machine is unfair to neither."""
    found = {name: Drawn() for name in TICKS}
    for name, told in _rounds():
        found[name].add(told)
    return found


def _rounds() -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise Trouble(
            "Playwright가 없습니다: python3 manage.py test --help 가 개발용 꾸러미를 설치합니다.",
            "Playwright is missing: python3 manage.py test --help installs the development packages.",
        ) from missing
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for _ in range(ROUNDS):
            for name, ticks in TICKS.items():
                yield name, _one(chromium, name, ticks)
        chromium.close()


def _one(chromium: Any, name: str, ticks: int) -> dict[str, Any]:
    context = chromium.new_context(viewport={"width": 1040, "height": 640})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/*", serve)
    page.goto(ADDRESS)
    told: dict[str, Any] = page.evaluate(f"bars => window.{name}(bars)", BARS)
    spent = _clock(context.new_cdp_session(page))
    waiting = median(_timed(page, spent, "still")[0] for _ in range(WAITS))
    timed = [_timed(page, spent, "tick") for _ in range(ticks)]
    context.close()
    return told | {
        "updates": [moved["update"] for _cost, moved in timed],
        "drawings": [moved["drawn"] for _cost, moved in timed],
        "scripts": [cost - waiting for cost, _moved in timed],
    }


def _timed(page: Any, spent: Callable[[], float], name: str) -> tuple[float, dict[str, float]]:
    """(milliseconds of script, what the page says) of one call of the page."""
    before = spent()
    told: dict[str, float] = page.evaluate(f"() => window.{name}()")
    return spent() - before, told


def _clock(developer: Any) -> Callable[[], float]:
    """Milliseconds of script in this page so far, in the own time of the thread that runs it."""
    developer.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        told = developer.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in told if one["name"] == "ScriptDuration")

    return spent


def compressed() -> int:
    """Bytes of all script that draws candles, as they travel."""
    static = Path(settings.BASE_DIR) / "static"
    files = [static / modules()["lightweight-charts"], *(static / "js" / f"{name}.js" for name in OWN)]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
