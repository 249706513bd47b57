"""The command: one line when ready, clean ends, clear errors, nothing secret in the process list."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.simulator.wire.caller import ACCOUNT

ROOT = Path(__file__).resolve().parents[3]
PAIR = {"app_key": "the-app-key", "app_secret": "the-app-secret"}
OPENING = "2026-11-20T10:30+09:00"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", "runsimulator", *arguments]


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    file = tmp_path / "demo.json"
    file.write_text(json.dumps(PAIR))
    return file


@pytest.fixture
def simulator(keys_file: Path, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    started = subprocess.Popen(
        command(
            "--port",
            "0",
            "--keys-file",
            str(keys_file),
            "--state",
            str(tmp_path / "state"),
            "--opening",
            OPENING,
        ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield started
    started.kill()
    started.communicate()


def address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("simulator ready: http://127.0.0.1:"), line
    return line.split()[2]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_cleanly(simulator: "subprocess.Popen[str]", end: signal.Signals) -> None:
    with httpx.Client(base_url=address(simulator), trust_env=False) as http:
        body = {"grant_type": "client_credentials", "appkey": PAIR["app_key"], "secretkey": PAIR["app_secret"]}
        token = http.post("/oauth2/token", json=body).json()["token"]
        headers = {"api-id": "ka00001", "authorization": f"Bearer {token}"}
        assert http.post(ACCOUNT, json={}, headers=headers).json()["return_code"] == 0
    simulator.send_signal(end)
    rest, _ = simulator.communicate(timeout=20)
    assert simulator.returncode == 0
    assert rest == ""


def test_it_is_discreet_and_lean(simulator: "subprocess.Popen[str]") -> None:
    address(simulator)
    process = Path(f"/proc/{simulator.pid}")
    told = process.joinpath("cmdline").read_text()
    assert PAIR["app_secret"] not in told and PAIR["app_key"] not in told
    resident_kb = int(process.joinpath("status").read_text().split("VmRSS:")[1].split()[0])
    assert resident_kb < 90_000


def fails(*arguments: str) -> str:
    done = subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_taken_port_is_a_clear_error(keys_file: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = str(holder.getsockname()[1])
        said = fails("--port", port, "--keys-file", str(keys_file), "--state", str(tmp_path / "state"))
    assert f"포트 {port}번을 다른 프로그램이 쓰고 있습니다." in said
    assert "The port is taken" in said


def test_missing_keys_are_a_clear_error(tmp_path: Path) -> None:
    assert "--keys-file" in fails("--port", "0")
    assert "키 파일을 읽을 수 없습니다" in fails("--port", "0", "--keys-file", str(tmp_path / "none.json"))
    assert "--opening" in fails("--port", "0", "--key", "a", "--secret", "b", "--opening", "yesterday")
