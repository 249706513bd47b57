"""The control door: ``POST /__control__/clock`` and ``/__control__/faults``, beside the broker's own paths.

Only from this machine, and only with the token in ``control.token`` of the state folder (header
``x-control-token``). A clock body is one of ``{"pause": true}``, ``{"speed": 10}``,
``{"jump": "2026-11-20T15:20:00+09:00"}``; a fault body names a ``kind`` (see ``faults.KINDS``) and its details,
or ``{"clear": true}``. Every answer is the state after it. ``control.port`` beside the token says where we are.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.faults import KINDS, Faults

__all__ = ["CONTROL_PATH", "PORT_FILE", "TOKEN_FILE", "Control"]

CONTROL_PATH = "/__control__/"


#: Faster than this many virtual seconds a real second no day can be lived through.
FASTEST = 100_000.0
#: Everything between now and then is played at once, while nobody is answered.
FARTHEST = timedelta(days=366)
TOKEN_FILE, PORT_FILE = "control.token", "control.port"


class Control:
    def __init__(self, exchange: Exchange, faults: Faults, state: Path | None) -> None:
        self._exchange, self._faults, self._state = exchange, faults, state
        self.token = secrets.token_urlsafe(32)
        self._keep(TOKEN_FILE, self.token)

    def serving_on(self, port: int) -> None:
        """Note where this door is, for commands on this machine."""
        self._keep(PORT_FILE, str(port))

    def _keep(self, name: str, text: str) -> None:
        if self._state is not None:
            file = self._state / name
            file.touch(mode=0o600)
            file.write_text(text)

    def answer(self, path: str, client: str, token: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Status and JSON for one request. A stranger learns nothing: 404."""
        if not ip_address(client).is_loopback or not compare_digest(token.encode(), self.token.encode()):
            return 404, {}
        try:
            asked = json.loads(body or b"{}")
            if not isinstance(asked, dict):
                raise TypeError("a JSON object is expected")
            return self._carry_out(path.removeprefix(CONTROL_PATH).strip("/"), asked)
        except (ValueError, TypeError) as wrong:
            return 400, {"error": str(wrong)}

    def _carry_out(self, what: str, asked: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        if what == "clock":
            self.set_clock(asked)
            return 200, {"now": self._exchange.now().isoformat(), "speed": self._exchange.speed}
        if what == "faults":
            self._set_fault(dict(asked))
            return 200, {"faults": [asdict(fault) for fault in self._faults.in_force()], "kinds": KINDS}
        return 404, {}

    def set_clock(self, asked: Mapping[str, Any]) -> None:
        if strangers := asked.keys() - {"pause", "speed", "jump"}:
            raise ValueError(f"a clock has no {', '.join(sorted(strangers))}")
        speed = float(asked.get("speed", 1.0))
        if not 0 < speed <= FASTEST:
            raise ValueError(f"speed is a number above 0 and up to {FASTEST:.0f}")
        if asked.get("pause"):
            self._exchange.pause()
        if "speed" in asked:
            self._exchange.resume(speed)
        if "jump" in asked:
            to = datetime.fromisoformat(asked["jump"])
            if to.tzinfo is None:
                raise ValueError("jump wants an offset, e.g. 2026-11-20T15:20:00+09:00")
            if to - self._exchange.now() > FARTHEST:
                raise ValueError(f"jump goes at most {FARTHEST.days} days ahead")
            self._exchange.jump(to)

    def _set_fault(self, asked: dict[str, Any]) -> None:
        if asked.pop("clear", False):
            self._faults.clear()
        if "kind" in asked:
            self._faults.add(**asked)
