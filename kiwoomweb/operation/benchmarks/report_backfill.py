"""What ``bench backfill`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.backfill import Backfilled, measure_backfill
from kiwoomweb.operation.benchmarks.floors import Write, at_least, at_most

__all__ = ["report"]

#: Part of the broker's limit that must be used, and calls that may be repeated after a killed worker.
LEAST_EFFICIENCY, MOST_REPEATED = 0.95, 1


def report(write: Write, options: dict[str, Any]) -> bool:
    """Two backfills of the practice account's year: one in peace, one with the worker killed on the way."""
    calm = measure_backfill(interrupted=False)
    _tell(write, "한 번에 (in one go)", calm)
    reached = at_least(write, "한도 대비 효율 (bound / time)", calm.efficiency, LEAST_EFFICIENCY)
    hurt = measure_backfill(interrupted=True)
    _tell(write, "중간에 강제 종료 (worker killed on the way)", hurt)
    refused = calm.refused + hurt.refused
    few = at_most(write, "유량 초과 거부 (refused for being too many)", refused, "회", 0)
    return (
        reached & few & at_most(write, "다시 물은 호출 (calls asked again)", hurt.repeated, "회", MOST_REPEATED)
    )


def _tell(write: Write, how: str, found: Backfilled) -> None:
    calls = ", ".join(f"{tr} {count}" for tr, count in found.calls.most_common())
    write(f"  {how}: {found.calls.total()} calls ({calls})")
    write(f"  하한 (bound) {found.bound:.1f} s, 걸린 시간 (taken) {found.seconds:.1f} s")
