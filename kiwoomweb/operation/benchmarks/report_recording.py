"""What ``bench recording`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.floors import Write, at_least, at_most

__all__ = ["LEAST_TIMES", "MOST_MB", "report"]

#: How many times cheaper than ``bulk_create`` a tick must be (T7), and megabytes of a day of 300 shares.
LEAST_TIMES, MOST_MB = 4.0, 150


def report(write: Write, _options: dict[str, Any]) -> bool:
    """Microseconds a tick, and a day's size."""
    import django

    django.setup()
    from kiwoomweb.operation.benchmarks.recording import measure_day, measure_writing

    written, day = measure_writing(), measure_day()
    write(f"  bulk_create: {written.bulk_create:.2f} µs")
    write(f"  제품의 길 (as the product records): {written.recorder:.2f} µs")
    write(f"  300종목의 하루 (a day of 300 shares): 틱(ticks) {day.ticks:,} · 호가(books) {day.books:,}")
    times = at_least(write, "bulk_create 대비 몇 배 (times cheaper)", written.times, LEAST_TIMES)
    size = at_most(write, "300종목의 하루 (a day of 300 shares)", day.megabytes, "MB", MOST_MB)
    return times and size
