"""What ``bench decode`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.decode import measure_decode
from kiwoomweb.operation.benchmarks.floors import Write, at_least

__all__ = ["report"]

#: How many times quicker than a relay of ``json.loads``, ``int`` and ``json.dumps`` the live path must be.
LEAST_TIMES = 5.0


def report(write: Write, _options: dict[str, Any]) -> bool:
    """Microseconds a trade, and how many times over."""
    found = measure_decode()
    write(f"  json.loads + int + json.dumps: {found.naive:.2f} µs")
    write(f"  json.loads + json.dumps: {found.loads_dumps:.2f} µs")
    write(f"  체결마다 한 번씩 쓰면 (every trade written): {found.unconflated:.2f} µs")
    write(f"  제품의 길, 초당 10장 (as it runs, ten frames a second): {found.live:.2f} µs")
    return at_least(write, "json 대비 몇 배 (times quicker)", found.naive / found.live, LEAST_TIMES)
