"""The practice broker's control door, knocked at from the command line with the token of its state folder."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from kiwoomweb.operation.telling import Trouble
from kiwoomweb.simulator.control import CONTROL_PATH, PORT_FILE, TOKEN_FILE

__all__ = ["ask_door"]

PATIENCE_S = 30.0
HOST = "127.0.0.1"


def ask_door(state: Path, what: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The door's answer about ``clock`` or ``faults``; ``Trouble`` when nobody is there or it refuses."""
    port, token = _kept(state, PORT_FILE), _kept(state, TOKEN_FILE)
    try:
        status, said = _post(int(port), f"{CONTROL_PATH}{what}", token, json.dumps(wanted).encode())
    except (OSError, HTTPException, ValueError):
        raise _nobody(state) from None
    if status == 404:
        raise Trouble(
            f"{HOST}:{port}번 포트의 프로그램이 이 폴더의 연습 거래소가 아닙니다. --state를 확인하세요.",
            f"what listens on {HOST}:{port} is not the practice exchange of {state}; check --state",
        )
    if status != 200:
        why = said.get("error", status)
        raise Trouble(f"연습 거래소가 받아들이지 않았습니다: {why}", f"the practice exchange refused: {why}")
    return said


def _post(port: int, path: str, token: str, body: bytes) -> tuple[int, dict[str, Any]]:
    wire = HTTPConnection(HOST, port, timeout=PATIENCE_S)
    try:
        wire.request("POST", path, body, {"x-control-token": token, "content-type": "application/json"})
        answer = wire.getresponse()
        said = json.loads(answer.read() or b"{}") if answer.status in {200, 400} else {}
    finally:
        wire.close()
    return answer.status, said if isinstance(said, dict) else {}


def _kept(state: Path, name: str) -> str:
    try:
        return (state / name).read_text(encoding="utf-8").strip()
    except OSError:
        raise _nobody(state) from None


def _nobody(state: Path) -> Trouble:
    return Trouble(
        f"연습 거래소가 돌고 있지 않습니다 ({state}). `manage.py up`으로 시작하세요.",
        f"no practice exchange runs with the folder {state}; start it with `manage.py up`",
    )
