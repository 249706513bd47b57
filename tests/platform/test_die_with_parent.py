"""The wrapper before every process: it runs the program for its supervisor, and for nobody else."""

import os
import subprocess
import sys

from kiwoomweb.operation import die_with_parent


def wrapped(parent: int, *command: str) -> "subprocess.CompletedProcess[str]":
    start = [sys.executable, "-S", "-E", die_with_parent.__file__, str(parent), *command]
    return subprocess.run(start, capture_output=True, text=True, check=False)


def test_the_program_runs_in_the_wrappers_place() -> None:
    ended = wrapped(os.getpid(), sys.executable, "-c", "import os; print(os.getppid())")
    assert ended.stdout.strip() == str(os.getpid())


def test_a_supervisor_that_went_during_the_start_leaves_nobody_behind() -> None:
    ended = wrapped(os.getppid(), sys.executable, "-c", "print('I should not be here')")
    assert (ended.returncode, ended.stdout) == (1, "")
