"""The scheduler: the turns of all app keys in Valkey, decided by one script that runs there as a whole."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from redis import Redis

from kiwoomweb.broker.pacing import Gate
from kiwoomweb.broker.turns import Ticket

__all__ = ["Scheduler", "scheduler_at"]

SCRIPT = Path(__file__).with_name("turns.lua").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Scheduler:
    """``broker.turns.Turns`` for many processes. ``now`` in ms, ``None`` for Valkey's clock.

    Raises ``RedisError`` when Valkey is out of reach.
    """

    valkey: Redis

    def ask(self, name: str, ticket: Ticket, now: int | None = None) -> int:
        """0 when the call may leave now, else milliseconds until it should ask again."""
        who = ticket.number, int(ticket.priority), ticket.payer
        return int(self._do("ask", name, now, *who, _gates(ticket)))

    def answered(self, name: str, ticket: Ticket, now: int | None = None) -> None:
        self._do("answered", name, now, ticket.number, _gates(ticket))

    def refused(self, name: str, gate: Gate, quota: int | None, now: int | None = None) -> None:
        self._do("refused", name, now, gate.name, gate.limit, "" if quota is None else quota)

    def withdraw(self, name: str, ticket: Ticket) -> None:
        self._do("withdraw", name, None, ticket.number)

    def look(self, name: str, now: int | None = None) -> dict[str, Any]:
        """What the gauge shows; see ``budget``."""
        return cast(dict[str, Any], json.loads(self._do("look", name, now)))

    def _do(self, verb: str, name: str, now: int | None, *details: str | int) -> Any:
        run = _script(self.valkey)
        return run(keys=[name], args=[verb, "" if now is None else now, *details])


@lru_cache(maxsize=4)
def scheduler_at(url: str) -> Scheduler:
    return Scheduler(Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2))


@lru_cache(maxsize=4)
def _script(valkey: Redis) -> Any:
    return valkey.register_script(SCRIPT)


def _gates(ticket: Ticket) -> str:
    return json.dumps([[gate.name, gate.limit, gate.spread] for gate in ticket.gates])
