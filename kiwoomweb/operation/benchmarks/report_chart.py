"""What ``bench chart`` prints."""

from statistics import median
from typing import Any

from kiwoomweb.operation.benchmarks.chart.measuring import (
    BARS,
    Drawn,
    compressed,
    measure_chart,
    percentile,
)
from kiwoomweb.operation.benchmarks.floors import Write, at_most

__all__ = ["report"]

#: T10: milliseconds to the screen, milliseconds of script a tick, kilobytes of script.
MOST_SCREEN, MOST_SCRIPT, MOST_BYTES = 400, 2, 80


def report(write: Write, _options: dict[str, Any]) -> bool:
    """Five thousand candles with volume and three averages; true when every floor of T10 holds."""
    found = measure_chart()
    ours, plotly = found["ours"], found["plotly"]
    write(f"봉 {BARS:,}개, 거래량, 이동평균 셋 (candles with volume and three averages), 1000 x 600")
    for name, drawn in (("lightweight-charts", ours), ("plotly", plotly)):
        write(line(name, drawn))
    write(f"  체결 하나의 스크립트, plotly 대비 (script a tick beside plotly): 1 / {_ratio(ours, plotly):.0f}")
    floors = (
        ("화면에 보이기까지 (bars in hand to painted)", ours.screen, "ms", MOST_SCREEN),
        (
            "체결 하나의 스크립트, 그리기까지 p99 (scripting per tick, drawing included, of the processor)",
            percentile(ours.scripts, 0.99),
            "ms",
            MOST_SCRIPT,
        ),
        ("차트 스크립트, 압축해서 (chart script, compressed)", compressed() / 1000, "kB", MOST_BYTES),
    )
    held = [at_most(write, *each) for each in floors]
    return all(held)


def line(name: str, drawn: Drawn) -> str:
    """One library's figures."""
    told = (
        f"load {drawn.load:.0f} ms",
        f"screen {drawn.screen:.0f} ms",
        f"update {median(drawn.updates):.2f} (p99 {percentile(drawn.updates, 0.99):.2f}) ms",
        f"with drawing {median(drawn.drawings):.2f} (p99 {percentile(drawn.drawings, 0.99):.2f}) ms",
        f"of the processor {median(drawn.scripts):.2f} (p99 {percentile(drawn.scripts, 0.99):.2f}) ms",
    )
    return f"  {name}: {', '.join(told)}"


def _ratio(ours: Drawn, plotly: Drawn) -> float:
    return median(plotly.scripts) / median(ours.scripts)
