"""F-33, O-05: the order process is killed for real, again and again: a share of ``manage.py drill orders``."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
#: The whole drill has 10,000; so many fit into the time of a test run.
TRIALS = 20


@pytest.mark.drill
@pytest.mark.timeout(600)
def test_f33_killed_anywhere_nothing_is_sent_twice_lost_or_bound_wrongly() -> None:
    command = [sys.executable, "manage.py", "drill", "orders", "--trials", str(TRIALS)]
    command += ["--races=0", "--sequences=0", "--traced=0"]
    drill = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert drill.returncode == 0, drill.stdout + drill.stderr
    assert f"{TRIALS:,} trials" in drill.stdout and "SIGKILL" in drill.stdout
