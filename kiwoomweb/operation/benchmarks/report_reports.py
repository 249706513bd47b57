"""What ``bench reports`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.floors import Write
from kiwoomweb.operation.benchmarks.journal.measuring import measure_account
from kiwoomweb.operation.benchmarks.report_journal import told

__all__ = ["report"]

CHILD = "kiwoomweb.operation.benchmarks.reports.child"


def report(write: Write, options: dict[str, Any]) -> bool:
    """Ten fills are a trade; on SQLite, or in the database of ``--postgres``."""
    fills = options["fills"]
    write(f"{'PostgreSQL' if options['postgres'] else 'SQLite'}, {fills:,} fills")
    return told(write, measure_account(CHILD, fills, options["postgres"]))
