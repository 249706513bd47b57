"""Running: one life after another. This process only forks and waits: it holds no connection and no thread."""

import gc
import resource
import signal
import time
from collections.abc import Callable
from typing import Any

from django.db import connections

from kiwoomweb.operation.drills.orders.acting import Scene, open_account
from kiwoomweb.operation.drills.orders.children import child, reap
from kiwoomweb.operation.drills.orders.living import live, only_recover
from kiwoomweb.operation.drills.orders.outcome import Outcome
from kiwoomweb.operation.drills.orders.plans import BATCH, Plan, plan
from kiwoomweb.operation.drills.orders.rig import Rig
from orders.models import OrderProcess

__all__ = ["play"]

#: Scenarios in which the next life sends by itself: cancellations, and nothing else.
TAKES_BACK = frozenset({"halt", "cancel"})
#: Longest time after which a blind kill falls, in seconds.
BLIND = 0.15


def play(rig: Rig, seed: int, kills: int, tell: Callable[[str], object], first: int = 0) -> Outcome:
    """Play trials from ``first`` on, until so many processes were killed."""
    began = time.monotonic()
    run = _Run(rig, seed)
    _warm_up(rig, seed)
    number, told = first, 0
    while run.said.kills < kills:
        if run.scene is None or number % BATCH == 0:
            run.close()
            run.open(f"d{seed}-{number}")
        run.trial(plan(seed, number))
        number += 1
        if run.said.kills // 100 > told:
            told = run.said.kills // 100
            tell(f"  … {run.said.kills:,} SIGKILL, {len(run.said.faults)} ✗, {time.monotonic() - began:.0f} s")
    run.close()
    said = run.said
    said.seconds = time.monotonic() - began
    rig.stop()
    used = (resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF))
    said.processor = sum(one.ru_utime + one.ru_stime for one in used)
    return said


def _warm_up(rig: Rig, seed: int) -> None:
    """Once in this process, so that no child has to import or compile anything."""
    scene = Scene(rig, 0, *rig.ask("bounds"))
    open_account(scene, f"warm-up-{seed}")
    for step, scenario in enumerate(("place", "modify", "cancel", "approve")):
        one = Plan(step, scenario, "", "cut_response", 0.5, twin=False, again=False, step=step, luck=0.0)
        for before, chosen in ((None, one), (one, None)):
            OrderProcess.objects.update(holder="")
            live(scene, before, chosen, "", lambda _said: None)
    OrderProcess.objects.update(holder="")
    connections.close_all()
    gc.collect()
    gc.freeze()


class _Run:
    """The account that is played on, and what is left to be judged by the next life."""

    def __init__(self, rig: Rig, seed: int) -> None:
        self.rig, self.seed = rig, seed
        self.said = Outcome()
        self.scene: Scene | None = None
        self.before: Plan | None = None
        self.after = ""

    def open(self, name: str) -> None:
        """Another account on another day, with an empty book."""
        self.rig.ask("next_day")
        scene = Scene(self.rig, 0, *self.rig.ask("bounds"))
        _status, told = child(lambda say: say(open_account(scene, name)))
        if not told.get("channel"):
            raise RuntimeError(f"the drill could not open an account: {told}")
        scene.account_id = told["account"]
        self.rig.keep(*told["token"])
        self.scene, self.before, self.after = scene, None, ""

    def close(self) -> None:
        """A last life judges the last trial, and the account's audit chain."""
        if self.scene is None:
            return
        told = self._live(None)[1]
        self.said.chains += 1
        if not told.get("whole"):
            self.said.faults.append((-1, "audit", str(told)))
        self.scene = None
        reap()

    def trial(self, chosen: Plan) -> None:
        """A life with this plan."""
        said = self.said
        status, told = self._live(chosen)
        said.trials += 1
        said.played[chosen.scenario] += 1
        said.spoilt[chosen.fault or "-"] += 1
        if chosen.crash == "CP18" and status == signal.SIGSTOP:  # the next life has to end it
            said.killed["CP18"] += 1
        elif status == signal.SIGKILL and "acting" in told and "error" not in told:
            said.killed[chosen.crash or "blind"] += 1
        elif status or "error" in told:
            said.faults.append((chosen.number, "drill", f"it ended with {status}: {told}"))
        self.before, self.after = chosen, told.get("after", "")

    def _live(self, chosen: Plan | None) -> tuple[int, dict[str, Any]]:
        scene, before, after = self.scene, self.before, self.after
        if scene is None:
            raise RuntimeError("no account is open")
        if before is not None and before.again:
            self.said.killed["CP13"] += child(lambda _say: only_recover(scene, before))[0] == signal.SIGKILL
        blind = chosen is not None and chosen.scenario == "blind"
        kill_after = BLIND * chosen.luck if blind and chosen is not None else 0.0
        status, told = child(lambda say: live(scene, before, chosen, after, say), kill_after=kill_after)
        if before is not None:
            self._judge(before, told)
        return status, told

    def _judge(self, before: Plan, told: dict[str, Any]) -> None:
        if told.get("sent") and before.scenario not in TAKES_BACK:
            self.said.faults.append((before.number, "duplicate", f"{told['sent']} sent by the recovery"))
        found = told.get("faults", [["drill", f"the recovery said nothing: {told}"]])
        self.said.faults += [(before.number, kind, words) for kind, words in found]
        self.said.states.update(told.get("states", {}).values())
