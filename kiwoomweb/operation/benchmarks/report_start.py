"""What ``bench start`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.floors import Write, at_most
from kiwoomweb.operation.start_benchmark import measure_start

__all__ = ["report"]

#: What a small server must manage: seconds to the first healthy page, megabytes for everything.
MOST_SECONDS, MOST_MEGABYTES = 15.0, 600.0
#: Seconds for which the memory is watched unless somebody says otherwise.
WATCHED = 60


def report(write: Write, options: dict[str, Any]) -> bool:
    """Seconds and megabytes of one start."""
    started = measure_start(options["seconds"] or WATCHED)
    for each in started.memory:
        write(f"  {each.name:<16}{each.rss:7.1f} MB RSS {each.pss:7.1f} MB PSS")
    quick = at_most(
        write, "첫 화면까지 (to the first healthy page)", started.seconds_to_page, "s", MOST_SECONDS
    )
    small = at_most(write, "전체 메모리 RSS (memory, all processes)", started.rss, "MB", MOST_MEGABYTES)
    write(f"  전체 메모리 PSS (shared pages once): {started.pss:.0f} MB")
    write(f"  연습 계좌까지 (to a connected practice account): {started.seconds_to_demo:.1f} s")
    return quick and small
