"""Up: everything one server needs, started by one command and stopped with it.

``manage.py up`` reads the arguments and becomes ``python -m kiwoomweb.operation.up PLAN``: the supervisor stays
for weeks and has no use for Django in its memory.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

from kiwoomweb.operation import keys, valkey
from kiwoomweb.operation.one_at_a_time import only_start
from kiwoomweb.operation.plan import EVERYWHERE, Plan
from kiwoomweb.operation.ports import check_free
from kiwoomweb.operation.programs import programs
from kiwoomweb.operation.supervision import supervise
from kiwoomweb.operation.supervisor_file import configuration
from kiwoomweb.operation.telling import Trouble, tell

__all__ = ["become", "up"]


def become(plan: Plan) -> NoReturn:
    """Turn this process into the supervisor of ``plan``."""
    os.execv(sys.executable, [sys.executable, "-m", "kiwoomweb.operation.up", plan.as_text()])


def up(plan: Plan) -> int:
    """Start everything and stay until told to stop; the exit code. Raises Trouble before anything started."""
    with only_start(plan.var, plan.address):
        check_free(plan.host, plan.port)
        tell(f"키움웹을 시작합니다: {plan.address}", "starting KiwoomWeb", mark="▶")
        _lay_out(plan)
        os.environ.update(_environment(plan))
        return supervise(plan, str(_write_configuration(plan)))


def _lay_out(plan: Plan) -> None:
    # Journal, sessions and logs are nobody else's business on this machine; children inherit the mask.
    os.umask(0o077)
    plan.var.chmod(0o700)
    for folder in (plan.var / "keys", plan.var / "valkey", plan.prepared.parent, plan.logs):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    valkey.private_socket_folder(plan.var / "valkey")
    plan.prepared.unlink(missing_ok=True)
    if plan.simulator_port:
        keys.demo_keys(plan.demo_keys)


def _write_configuration(plan: Plan) -> Path:
    path = plan.var / "run" / "supervisord.conf"
    path.write_text(configuration(plan, programs(plan)), encoding="utf-8")
    return path


def _environment(plan: Plan) -> dict[str, str]:
    """What every child inherits besides the environment of the person who started it."""
    return {
        "KIWOOMWEB_VAR": str(plan.var),
        "KIWOOMWEB_DEMO": "1" if plan.simulator_port else "0",
        **_own_name(plan),
        **({"SIMULATOR_PORT": str(plan.simulator_port)} if plan.simulator_port else {}),
        "PYTHONUNBUFFERED": "1",
        # Threads share two pools of memory instead of holding one each.
        "MALLOC_ARENA_MAX": "2",
    }


def _own_name(plan: Plan) -> dict[str, str]:
    """A host asked for by ``--host`` may be used by browsers, unless the person said which ones may."""
    if plan.host in {"127.0.0.1", "localhost", "::1", *EVERYWHERE} or "ALLOWED_HOSTS" in os.environ:
        return {}
    return {"ALLOWED_HOSTS": f"127.0.0.1,localhost,[::1],{plan.host}"}


def main(plan: str) -> int:
    """The exit code of the whole run."""
    try:
        return up(Plan.from_text(plan))
    except Trouble as trouble:
        tell(trouble.korean, trouble.english, mark="✗")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
