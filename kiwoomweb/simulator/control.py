"""The control door: ``POST /__control__/clock`` and ``/__control__/faults``, beside the broker's own paths.

Only from this machine, and only with the token in ``control.token`` of the state folder (header
``x-control-token``). A clock body is one of ``{"pause": true}``, ``{"speed": 10}``,
``{"jump": "2026-11-20T15:20:00+09:00"}``; a fault body names a ``kind`` (see ``faults.KINDS``) and its details,
or ``{"clear": true}``. Every answer is the state after it.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.faults import KINDS, Faults

__all__ = ["CONTROL_PATH", "Control"]

CONTROL_PATH = "/__control__/"


class Control:
    def __init__(self, exchange: Exchange, faults: Faults, state: Path | None) -> None:
        self._exchange, self._faults = exchange, faults
        self.token = secrets.token_urlsafe(32)
        if state is not None:
            file = state / "control.token"
            file.touch(mode=0o600)
            file.write_text(self.token)

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
            return 200, {"now": self._exchange.now().isoformat()}
        if what == "faults":
            self._set_fault(dict(asked))
            return 200, {"faults": [asdict(fault) for fault in self._faults.in_force()], "kinds": KINDS}
        return 404, {}

    def set_clock(self, asked: Mapping[str, Any]) -> None:
        if asked.get("pause"):
            self._exchange.pause()
        if "speed" in asked:
            self._exchange.resume(float(asked["speed"]))
        if "jump" in asked:
            to = datetime.fromisoformat(asked["jump"])
            if to.tzinfo is None:
                raise ValueError("jump wants an offset, e.g. 2026-11-20T15:20:00+09:00")
            self._exchange.jump(to)

    def _set_fault(self, asked: dict[str, Any]) -> None:
        if asked.pop("clear", False):
            self._faults.clear()
        if "kind" in asked:
            self._faults.add(**asked)
