"""Trials: so many browsers at one design, so many trades a second, and what came of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kiwoomweb.operation.benchmarks.relay.processor import seconds_used
from kiwoomweb.operation.benchmarks.relay.stage import Stage
from kiwoomweb.operation.telling import Trouble

__all__ = ["EACH", "Trial", "Window"]

#: Symbols on a watchlist.
EACH = 20
#: Seconds from the first trade to the first that counts.
SETTLE = 1.5

#: Where each design's pages go, which programs it keeps busy, and its door at the feed.
PROGRAMS = {
    "ours": ("web", "web2", "stream", "valkey"),
    "naive": ("naive", "naive_stream", "valkey"),
    "eager": ("eager",),
    "lazy": ("lazy",),
    "loop": ("loop",),
}
DOORS = {"ours": "websocket", "naive": "naive", "eager": "eager", "lazy": "lazy", "loop": "loop"}


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of time: ``told`` by the browsers, ``due`` updates they should have got,
    trades a second ``made`` and, of them, those somebody follows ``sent``, ``cpu`` seconds."""

    told: dict[str, Any]
    due: float
    made: float
    sent: float
    seconds: float
    cpu: dict[str, float]

    @property
    def p99(self) -> float:
        return float(self.told["p99"])

    @property
    def delivered(self) -> float:
        """The part of the updates that should have come which did."""
        return float(self.told["updates"]) / self.due if self.due else 0.0

    @property
    def busy(self) -> float:
        """Processors the design kept busy."""
        return sum(self.cpu.values()) / self.seconds


class Trial:
    """Browsers of one design; one at a time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.design = ""
        self.followers: dict[str, int] = {}

    @contextmanager
    def seated(
        self, design: str, browsers: int, *, kind: str = "quote", rate: float | None = None, webs: int = 1
    ) -> Iterator["Trial"]:
        """So many browsers come in, follow their watchlists, and go again."""
        stage, own = self.stage, design == "ours"
        ports = [stage.ports[name] for name in (("web", "web2")[:webs] if own else (design,))]
        cookies = [f"sessionid={key}" for key in stage.sessions] if own else []
        path = f"/ws/live/{stage.code}/" if own else "/naive/"
        request = {"kind": "naive" if design == "naive" else kind, "rate": rate, "path": path}
        told = stage.load.ask(
            "open", browsers=browsers, each=EACH, ports=ports, cookies=cookies, symbols=stage.symbols, **request
        )
        if not told["all"]:
            raise Trouble(
                f"브라우저 {browsers}개 중 {told['open']}개만 연결되었습니다 ({design}).",
                f"only {told['open']} of {browsers} browsers came in ({design})",
            )
        self.design, self.followers = design, told["followers"]
        if own:
            self._registered()
        try:
            yield self
        finally:
            stage.feed.ask("stop")
            stage.load.ask("close")

    def _registered(self) -> None:
        """Until the broker has been asked for everything the pages follow."""
        deadline = time.monotonic() + 60
        while self.stage.feed.ask("look").get("websocket", {}).get("items", 0) < len(self.followers):
            if time.monotonic() > deadline:
                raise Trouble("종목이 등록되지 않습니다.", "what the pages follow is not registered")
            time.sleep(0.2)

    def window(self, ticks: float, seconds: float, settle: float = SETTLE) -> Window:
        """So many trades a second for so long, after a moment that does not count."""
        stage, door = self.stage, DOORS[self.design]
        pids = {name: stage.children[name].pid for name in PROGRAMS[self.design] if name in stage.children}
        stage.feed.ask("run", door=door, rate=ticks)
        time.sleep(settle)
        cpu = {name: seconds_used([pid]) for name, pid in pids.items()}
        stage.load.ask("mark")
        before, begun = stage.feed.ask("look")[door], time.monotonic()
        time.sleep(seconds)
        told, after = stage.load.ask("report"), stage.feed.ask("look")[door]
        passed = time.monotonic() - begun
        used = {name: seconds_used([pid]) - cpu[name] for name, pid in pids.items()}
        due = sum(
            (after["counts"][symbol] - before["counts"][symbol]) * count
            for symbol, count in self.followers.items()
        )
        made, sent = ((after[what] - before[what]) / passed for what in ("made", "sent"))
        return Window(told, due, made, sent, passed, used)

    def wrong(self) -> tuple[int, int]:
        """After the last trade: how many newest values are missing, of how many."""
        last = self.stage.feed.ask("stop")[DOORS[self.design]]
        told = self.stage.load.ask("check", counts=last["counts"], seconds=5.0)
        return told["wrong"], told["checked"]
