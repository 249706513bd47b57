"""Starting a drill: a process with a folder and a database of its own, which are gone when it ends."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["drill"]

ROOT = Path(__file__).resolve().parents[3]
#: What leads to the user's own data.
OURS = {"DATABASE_URL", "REDIS_URL", "KIWOOMWEB_VAR", "KIWOOMWEB_ENV", "DJANGO_SETTINGS_MODULE",
        "DESK_KEYS_FILE"}  # fmt: skip


def drill(what: str, options: dict[str, int]) -> int:
    """Run it and answer its exit code: 0 when everything held."""
    arguments = [f"--{name}={value}" for name, value in options.items()]
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-drill-") as folder:
        var = Path(folder) / "var"
        var.mkdir()
        environment = {**kept, "KIWOOMWEB_VAR": str(var), "KIWOOMWEB_ENV": ""}
        command = [sys.executable, "-m", f"kiwoomweb.operation.drills.{what}", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
