"""What ``bench journal`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.floors import Write
from kiwoomweb.operation.benchmarks.journal.figures import Figure
from kiwoomweb.operation.benchmarks.journal.measuring import measure_journal, postgres

__all__ = ["report", "told"]


def report(write: Write, options: dict[str, Any]) -> bool:
    """The same account on SQLite and on PostgreSQL; true when every bound holds on both."""
    fills, address = options["fills"], options["postgres"]
    write(f"SQLite, {fills:,} fills")
    reached = told(write, measure_journal(fills))
    write(f"PostgreSQL, {fills:,} fills")
    if address:
        return told(write, measure_journal(fills, address)) and reached
    with postgres() as own:
        return told(write, measure_journal(fills, own)) and reached


def told(write: Write, figures: Any) -> bool:
    """Print figures as they are found; whether every bound holds."""
    held = True
    for figure in figures:
        write(_line(figure))
        held &= figure.holds
    return held


def _line(figure: Figure) -> str:
    if figure.bound is None:
        return f"  {figure.what}: {figure.found:,.1f} {figure.unit}"
    sign = "<=" if figure.is_most else ">="
    mark = "✓" if figure.holds else "✗"
    return f"{mark} {figure.what}: {figure.found:,.1f} {figure.unit} ({sign} {figure.bound:,g} {figure.unit})"
