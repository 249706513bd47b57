"""Processes with different powers: who serves pages, tasks or sockets writes account keys, and opens none."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live

from kiwoomweb.access import desk_keys
from kiwoomweb.access.sealed_box import open_box
from kiwoomweb.access.sealing import Place
from kiwoomweb.operation import landlock
from kiwoomweb.operation.giving_up import why_open

HERE = Place("access_credential", 7, "app_key_seal", "live")
SECRET = "app-key-of-somebody"


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> dict[str, str]:
    """A data folder with the desk's key beside it; the environment of a process that lives there."""
    (tmp_path / "var").mkdir()
    settings.SEALING_KEYS_FILE = tmp_path / "var" / "keys" / "sealing.keys"
    settings.DESK_KEYS_FILE = tmp_path / "var-desk" / "desk.keys"
    desk_keys.make_desk_keys()
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DESK_KEYS_FILE"}}
    return {**kept, "KIWOOMWEB_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "kiwoomweb.settings"}


@pytest.mark.security("S-33", asvs=["13.3.2", "15.2.5"])
@pytest.mark.skipif(not landlock.is_offered(), reason="this kernel has no Landlock")
def test_a_process_that_serves_cannot_open_account_keys_whatever_it_tries(home: dict[str, str]) -> None:
    tries = {"read", "read by a child", "read by another way", "linked", "folder moved", "private half"}
    plain, held = taken_over("plain", home)
    assert {plain[name] for name in tries | {"files made"}} == {"got"} and held, "else this shows nothing"
    (Path(home["KIWOOMWEB_VAR"]) / "linked").unlink()
    served, held = taken_over("served", home)
    refusals = {"PermissionError", "CalledProcessError", "OSError", "DeskKeysClosed"}
    assert {name: served[name] for name in tries if served[name] not in refusals} == {}
    assert served["account opened"] == "MayNotOpen"
    assert not held
    assert served["files made"] == "got"
    assert open_box(desk_keys.private(), bytes.fromhex(served["box"]), HERE) == SECRET


def taken_over(how: str, home: dict[str, str]) -> tuple[dict[str, str], bool]:
    """What such a process got, and whether the private half is somewhere in its memory."""
    command = [sys.executable, "-m", "tests.security.taken_over", how]
    with subprocess.Popen(
        command, cwd=live.BASE_DIR, env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            told = json.loads(process.stdout.readline())
            return told, holds(process.pid, desk_keys.private().key(1))
        finally:
            process.kill()


def holds(pid: int, secret: bytes) -> bool:
    """Whether the bytes are anywhere in what the process may read of its own memory."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            first, last = (int(end, 16) for end in line.split()[0].split("-"))
            if " r" in line and "[v" not in line:
                memory.seek(first)
                if secret in (memory.read(last - first) or b""):
                    return True
    return False


@pytest.mark.security("S-33", asvs=["13.3.2"])
@pytest.mark.parametrize(
    "name", ["operation/web.py", "operation/worker.py", "management/commands/runstream.py"]
)
def test_every_process_that_serves_gives_the_power_up_before_anything_else(name: str) -> None:
    source = (Path(live.BASE_DIR) / "kiwoomweb" / name).read_text("utf-8")
    assert "    close_memory()\n" in source
    assert source.partition("    close_memory()\n")[2].lstrip().startswith("give_up_account_keys()\n")


def test_where_the_kernel_cannot_keep_the_key_it_is_said_why(tmp_path: Path, monkeypatch: Any) -> None:
    var, beside = tmp_path / "var", tmp_path / "var-desk" / "desk.keys"
    assert "DESK_KEYS_FILE" in str(why_open(var / "desk" / "desk.keys", var))
    monkeypatch.setattr(landlock, "is_offered", lambda: False)
    assert "Landlock" in str(why_open(beside, var))
    monkeypatch.setattr(landlock, "is_offered", lambda: True)
    assert why_open(beside, var) is None
