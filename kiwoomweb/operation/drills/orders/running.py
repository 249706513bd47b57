"""Running: one trial after another. This process only forks and waits: it holds no connection and no thread."""

import gc
import json
import os
import resource
import select
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from kiwoomweb.operation.drills.orders.acting import Scene, act, expire_the_lease, open_account, recover
from kiwoomweb.operation.drills.orders.judging import judge
from kiwoomweb.operation.drills.orders.plans import BATCH, Plan, plan
from kiwoomweb.operation.drills.orders.rig import Rig
from orders.models import OrderProcess

__all__ = ["Outcome", "play"]

#: Seconds after which a child that still runs is an error of the drill.
PATIENCE = 60.0


@dataclass
class Outcome:
    """What a drill has to say."""

    trials: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    played: Counter[str] = field(default_factory=Counter)
    spoilt: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    chains: int = 0
    seconds: float = 0.0
    #: Processor seconds of all the processes that were started and ended.
    processor: float = 0.0

    def count(self, kind: str) -> int:
        """How many faults of one kind."""
        return sum(one == kind for _number, one, _words in self.faults)


def play(rig: Rig, seed: int, trials: int, tell: Callable[[str], object], first: int = 0) -> Outcome:
    """Play the trials ``first`` … of a drill."""
    said, began = Outcome(), time.monotonic()
    _warm_up(rig, seed)
    scene = Scene(rig, 0, 0)
    for number in range(first, first + trials):
        if not scene.account_id or number % BATCH == 0:
            _close(scene, said)
            scene = _open(rig, f"d{seed}-{number}")
        _trial(scene, plan(seed, number), said)
        if (number + 1 - first) % 250 == 0:
            tell(f"  {number + 1 - first:,} … {len(said.faults)}")
    _close(scene, said)
    said.seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    said.processor = used.ru_utime + used.ru_stime
    return said


def _warm_up(rig: Rig, seed: int) -> None:
    """Once in this process, so that no child has to import or compile anything."""
    open_account(Scene(rig, 0, rig.ask("low")), f"warm-up-{seed}")
    OrderProcess.objects.update(holder="")
    connections.close_all()
    gc.collect()
    gc.freeze()


def _open(rig: Rig, name: str) -> Scene:
    rig.ask("next_day")
    scene = Scene(rig, 0, rig.ask("low"))
    _status, told = _child(lambda: open_account(scene, name))
    if not told.get("channel"):
        raise RuntimeError(f"the drill could not open an account: {told}")
    scene.account_id = told["account"]
    return scene


def _close(scene: Scene, said: Outcome) -> None:
    """The audit chain of an account proves itself (I7)."""
    if not scene.account_id:
        return
    _status, told = _child(lambda: _verified(scene.account_id))
    said.chains += 1
    if not told.get("whole"):
        said.faults.append((-1, "audit", str(told)))


def _verified(account_id: int) -> dict[str, Any]:
    from kiwoomweb.access.models import AuditChain
    from kiwoomweb.access.selectors.auditing import verify

    verdict = verify(AuditChain.objects.get(key=f"account:{account_id}"))
    return {"whole": verdict.ok, "words": str(verdict)}


def _trial(scene: Scene, chosen: Plan, said: Outcome) -> None:
    after = max((row["number"] for row in scene.rig.ask("book", after="")), default="")
    said.trials += 1
    said.played[chosen.scenario] += 1
    said.spoilt[chosen.fault or "-"] += 1
    status, told = _acted(scene, chosen)
    if status == signal.SIGKILL:
        said.killed[chosen.crash or "blind"] += 1
    elif status:
        said.faults.append((chosen.number, "drill", f"the acting process ended with {status}: {told}"))
    if chosen.again:
        ended, _told = _child(lambda: recover(scene, chosen, armed=True))
        said.killed["CP13"] += ended == signal.SIGKILL
    ended, told = _child(lambda: recover(scene, chosen, armed=False))
    if ended or told.get("error"):
        said.faults.append((chosen.number, "drill", f"the recovery ended with {ended}: {told}"))
    if told.get("sent") and chosen.scenario not in {"halt", "cancel"}:
        said.faults.append((chosen.number, "duplicate", f"{told['sent']} sent by the recovery"))
    book = scene.rig.ask("book", after=after)
    _status, verdict = _child(lambda: judge(scene, chosen, book))
    said.faults += [
        (chosen.number, kind, words) for kind, words in verdict.get("faults", [["drill", str(verdict)]])
    ]
    said.states.update(verdict.get("states", {}).values())
    if chosen.scenario == "halt":
        _child(_let_go)


def _acted(scene: Scene, chosen: Plan) -> tuple[int, dict[str, Any]]:
    """Run the acting process to its end, as the plan has it; the signal or code it ended with."""
    if chosen.scenario == "blind":
        return _child(lambda: act(scene, chosen), kill_after=0.01 + chosen.luck * 0.3)
    if chosen.crash == "CP18":
        return _child(lambda: act(scene, chosen), when_stopped=lambda: _child(expire_the_lease))
    status, told = _child(lambda: act(scene, chosen))
    return (-1, told) if told.get("error") and not status else (status, told)


def _let_go() -> dict[str, Any]:
    from django.utils import timezone

    from orders.models import Halt

    Halt.objects.filter(released_at__isnull=True).update(released_at=timezone.now())
    return {}


def _child(
    work: Callable[[], dict[str, Any]],
    *,
    kill_after: float = 0.0,
    when_stopped: Callable[[], object] | None = None,
) -> tuple[int, dict[str, Any]]:
    """Fork, do the work there, hear what it says. Gives its signal or code, and what it said."""
    connections.close_all()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _do(work, theirs)
    os.close(theirs)
    try:
        if kill_after and not select.select([ours], [], [], kill_after)[0]:
            os.kill(pid, signal.SIGKILL)
        if when_stopped is not None:
            return _stopped(pid, when_stopped), {}
        said = _all_of(ours, pid)
    finally:
        os.close(ours)
    return _how(os.waitpid(pid, 0)[1]), json.loads(said or b"{}")


def _do(work: Callable[[], dict[str, Any]], line: int) -> None:
    try:
        said = work()
    except BaseException as trouble:
        import traceback

        said = {"error": f"{type(trouble).__name__}: {trouble}", "at": traceback.format_exc()[-1500:]}
    os.write(line, json.dumps(said, default=str).encode())
    os._exit(0)


def _stopped(pid: int, then: Callable[[], object]) -> int:
    """Wait until it stands still; the next process at the desk has to end it, which the recovery shows."""
    status = os.waitpid(pid, os.WUNTRACED)[1]
    if not os.WIFSTOPPED(status):
        return _how(status)
    then()
    return 0


def _all_of(line: int, pid: int) -> bytes:
    said, until = b"", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if select.select([line], [], [], 1.0)[0]:
            piece = os.read(line, 1 << 16)
            if not piece:
                return said
            said += piece
    os.kill(pid, signal.SIGKILL)
    return b'{"error": "it did not end"}'


def _how(status: int) -> int:
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
