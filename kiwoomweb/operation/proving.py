"""Proving: the test suite in four stages, each a pytest process of its own, with one summary at the end.

Browser tests keep an event loop that async tests would meet, and drills start whole servers: hence the stages.
"""

import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kiwoomweb.operation.telling import tell

__all__ = ["STAGES", "Outcome", "Stage", "groups", "prove", "summary"]

ROOT = Path(__file__).resolve().parents[2]
#: pytest's exit code for "no test was collected".
NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """One pytest run: which tests, with how many processes, on which database.

    One that runs ``beside`` the stage before it says what it has to say when it has ended.
    """

    name: str
    marks: str
    processes: int = 0
    on_postgres: bool = False
    beside: bool = False


#: In the order they run: quick answers first. Three processes keep two processors busy: the practice broker
#: paces its callers, and waiting for it costs nothing.
STAGES = (
    Stage("SQLite", "not browser and not drill", processes=3),
    Stage("PostgreSQL", "database and not browser and not drill", processes=3, on_postgres=True),
    Stage("Chromium", "browser"),
    # They wait for processes to start and to stop more than they work.
    Stage("drills", "drill", beside=True),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one stage found."""

    stage: str
    seconds: float
    exit_code: int
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)

    @property
    def found_nothing(self) -> bool:
        """Whether the stage had no test to run, which proves nothing."""
        return self.exit_code == NOTHING_COLLECTED

    @property
    def broke(self) -> bool:
        """Whether pytest itself failed, beyond the tests it counted."""
        return self.exit_code not in (0, 1, NOTHING_COLLECTED)


def prove(stage: Stage, arguments: list[str], environment: dict[str, str]) -> Outcome:
    """Run one stage with further pytest arguments (paths, -k …) and read what it reports."""
    tell(f"{stage.name} 시험을 시작합니다", f"tests: {stage.name}", mark="▶")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", stage.marks, f"--junit-xml={report}"]
        command += ["-n", str(stage.processes)] if stage.processes else []
        with (Path(folder) / "said.txt").open("w+") as said:
            out = said if stage.beside else None
            ended = subprocess.run(
                [*command, *arguments], cwd=ROOT, env=environment, check=False, stdout=out, stderr=out
            )
            said.seek(0)
            sys.stdout.write(said.read())
        return _read(stage, report, time.monotonic() - began, ended.returncode)


def groups(stages: Iterable[Stage]) -> list[list[Stage]]:
    """The stages in their order, those that run beside one another together."""
    found: list[list[Stage]] = []
    for stage in stages:
        if stage.beside and found:
            found[-1].append(stage)
        else:
            found.append([stage])
    return found


def _read(stage: Stage, report: Path, seconds: float, exit_code: int) -> Outcome:
    cases = list(ET.parse(report).getroot().iter("testcase")) if report.exists() else []  # noqa: S314  our own file
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skipped = [
        f"{case.get('classname')}::{case.get('name')}" for case in cases if case.find("skipped") is not None
    ]
    passed = len(cases) - len(failed) - len(skipped)
    return Outcome(stage.name, seconds, exit_code, passed, len(failed), skipped)


def summary(outcomes: Iterable[Outcome]) -> tuple[str, bool]:
    """A line for each stage and a closing "N passed, N failed", and whether everything was proved."""
    outcomes = list(outcomes)
    passed, failed = sum(each.passed for each in outcomes), sum(each.failed for each in outcomes)
    seconds = sum(each.seconds for each in outcomes)
    well = all(each.exit_code == 0 for each in outcomes)
    lines = [_line(each) for each in outcomes]
    return "\n".join([*lines, f"===== {passed} passed, {failed} failed in {seconds:.0f} s ====="]), well


def _line(outcome: Outcome) -> str:
    remark = "  시험이 없습니다 (no tests)" if outcome.found_nothing else ""
    remark += f"  pytest가 {outcome.exit_code}로 끝났습니다 (pytest broke)" if outcome.broke else ""
    remark += "".join(f"\n    skipped: {name}" for name in outcome.skipped)
    mark = "✓" if outcome.exit_code == 0 else "✗"
    counts = f"{outcome.passed:5} passed {outcome.failed:4} failed {len(outcome.skipped):4} skipped"
    return f"{mark} {outcome.stage:<11}{counts} {outcome.seconds:6.0f} s{remark}"
