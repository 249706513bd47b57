"""The supervisor's configuration, written anew at every start; a person may read it, nobody edits it."""

import os
import shlex
import sys

from kiwoomweb.operation import die_with_parent
from kiwoomweb.operation.plan import Plan
from kiwoomweb.operation.programs import Program

__all__ = ["configuration"]


def configuration(plan: Plan, programs: list[Program]) -> str:
    """The text of ``supervisord.conf`` for these programs."""
    head = _section(
        "supervisord",
        nodaemon="true",
        silent="true",
        nocleanup="true",
        logfile=plan.logs / "supervisor.log",
        logfile_maxbytes="1MB",
        logfile_backups="2",
        pidfile=plan.var / "run" / "supervisor.pid",
        minfds="256",
        minprocs="32",
    )
    return head + _groups(programs) + "".join(_program(plan, program) for program in programs)


def _groups(programs: list[Program]) -> str:
    """The queue stops last, when nobody needs it any more; all others stop together."""
    first = [program.name for program in programs if program.name == "valkey"]
    rest = [program.name for program in programs if program.name not in first]
    queue = _section("group:queue", programs=",".join(first), priority=1) if first else ""
    return queue + _section("group:site", programs=",".join(rest), priority=2)


def _program(plan: Plan, program: Program) -> str:
    return _section(
        f"program:{program.name}",
        command=shlex.join([*_wrapper(), *program.command]),
        environment=",".join(f'{name}="{value}"' for name, value in program.environment.items()),
        autostart=_yes(program.at_once),
        autorestart=_yes(not program.once),
        # Ends within this many seconds count as failed starts and are retried more and more slowly.
        startsecs=0 if program.once else 10,
        startretries=7,
        stopwaitsecs=program.patience,
        stopasgroup="true",
        killasgroup="true",
        redirect_stderr="true",
        stdout_logfile=plan.logs / f"{program.name}.log",
        stdout_logfile_maxbytes="2MB",
        stdout_logfile_backups="3",
        stdout_events_enabled=_yes(program.once),
    )


def _wrapper() -> list[str]:
    """The supervisor runs in this very process, so its id is ours."""
    return [sys.executable, "-S", "-E", die_with_parent.__file__, str(os.getpid())]


def _section(title: str, **values: object) -> str:
    lines = [f"{name}={str(value).replace('%', '%%')}" for name, value in values.items() if value != ""]
    return os.linesep.join([f"[{title}]", *lines, "", ""])


def _yes(answer: bool) -> str:
    return "true" if answer else "false"
