"""What ``bench decode`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.decode import measure_decode
from kiwoomweb.operation.benchmarks.floors import Write, at_least

__all__ = ["report"]

#: How many times quicker than ``json.loads`` and ``json.dumps`` of the same frames the live path must be (T6).
LEAST_TIMES = 5.0


def report(write: Write, _options: dict[str, Any]) -> bool:
    """Microseconds a trade, and how many times over."""
    found = measure_decode()
    write(f"  json.loads + int + json.dumps: {found.naive:.2f} µs")
    write(f"  json.loads + json.dumps: {found.loads_dumps:.2f} µs")
    write(f"  체결마다 한 번씩 쓰면 (every trade written): {found.unconflated:.2f} µs")
    write(f"  제품의 길, 초당 10장 (as it runs, ten frames a second): {found.live:.2f} µs")
    write(f"  값을 고르고 계산하는 json 대비 (beside json with int): {found.naive / found.live:.2f}")
    return at_least(write, "json.loads + dumps 대비 몇 배 (times quicker)", found.times, LEAST_TIMES)
