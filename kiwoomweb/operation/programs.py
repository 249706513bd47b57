"""The programs of one server: what runs, how it is started, and what may start before the database is ready."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from kiwoomweb.operation import valkey
from kiwoomweb.operation.plan import Plan

__all__ = ["PREPARE", "Program", "programs"]

ROOT = Path(__file__).resolve().parents[2]
PREPARE = "prepare"


@dataclass(frozen=True, slots=True)
class Program:
    """One process under the supervisor."""

    name: str
    command: list[str]
    #: Starts at once; the others wait for the first healthy page, so that it has the processors to itself.
    at_once: bool = False
    #: Runs to its end instead of being kept alive.
    once: bool = False
    #: Seconds it has to stop by itself before it is killed.
    patience: int = 10
    environment: dict[str, str] = field(default_factory=dict)


def programs(plan: Plan) -> list[Program]:
    """Everything this start runs, in starting order; they stop in the opposite order."""
    return [
        *([Program("valkey", valkey.command(plan.var / "valkey"), at_once=True)] if plan.own_valkey else []),
        Program(PREPARE, _prepare(plan), at_once=True, once=True),
        Program("web", _web(plan), at_once=True),
        *([Program("simulator", _simulator(plan))] if plan.simulator_port else []),
        Program("stream", _manage("runstream")),
        # Longer than an order may take, so that the answer to the last one is still written down.
        Program("orders", _manage("runorders"), patience=15),
        # What it was doing is done again from the start: whoever stops a server need not wait for a long list.
        Program("worker", _python("-m", "kiwoomweb.operation.worker"), patience=8),
        Program("beat", _python("-m", "kiwoomweb.operation.bells")),
    ]


def _prepare(plan: Plan) -> list[str]:
    return _python("-m", "kiwoomweb.operation.prepare", str(plan.prepared))


def _web(plan: Plan) -> list[str]:
    return _python("-m", "kiwoomweb.operation.web", plan.host, str(plan.port), str(plan.prepared))


def _simulator(plan: Plan) -> list[str]:
    command = _manage("runsimulator", "--port", str(plan.simulator_port), "--profile", plan.profile)
    command += ["--keys-file", str(plan.demo_keys)]
    command += ["--history", str(plan.history)] if plan.history else []
    return command + (["--speed", plan.speed] if plan.speed else [])


def _manage(*arguments: str) -> list[str]:
    return _python(str(ROOT / "manage.py"), *arguments)


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]
