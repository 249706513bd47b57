"""The report of strangers' calls: one line for each call a stranger's client made, at the end of the run."""

from collections.abc import Iterator
from typing import Any

import pytest

#: Under this name a test records a line with ``record_property``.
CALL = "stranger's call"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if lines := sorted(_lines(terminalreporter)):
        terminalreporter.section("calls of strangers' clients")
        for line in lines:
            terminalreporter.write_line(line)


def _lines(terminalreporter: Any) -> Iterator[str]:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    for report in reports:
        if isinstance(report, pytest.TestReport) and report.when == "call":
            yield from (text for name, text in report.user_properties if name == CALL)
