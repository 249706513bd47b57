"""F-29: the disk is full, really. New orders are refused; what is out there is taken back all the same."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from orders.services import room

ROOT = Path(__file__).resolve().parents[3]
#: Room for a database, its log and the reserve.
SMALL = "64m"


def small_disk() -> list[str]:
    """How this machine gives a process a small disk: as root, in a namespace, or (empty) not at all."""
    for ways in (["unshare", "-m"], ["unshare", "-Urm"]):
        mount = [*ways, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
        if shutil.which("unshare") and not subprocess.call(mount, stderr=subprocess.DEVNULL):
            return ways
    return []


def test_f29_on_a_full_disk_nothing_new_is_taken_and_cancelling_and_the_kill_switch_work(a_database, tmp_path):
    """A disk of 64 MB; where nobody may mount one, SQLite's own limit on the pages of a database."""
    disk, ways = tmp_path / "disk", small_disk()
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=$1 tmpfs "$2" && ' if ways else ""
    script = mount + 'cp "$3" "$2/kiwoomweb.sqlite3" && exec "$4" -m $5 $6'
    name, by = "kiwoomweb.operation.drills.orders.full", "disk" if ways else "pages"
    command = [*ways, "sh", "-c", script, "sh", SMALL, str(disk), str(a_database), sys.executable, name, by]
    settings = {"KIWOOMWEB_VAR": str(disk), "DJANGO_SETTINGS_MODULE": "kiwoomweb.operation.drills.settings"}
    left_out = {"DATABASE_URL", "REDIS_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        command, cwd=ROOT, env=environment | settings, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert said["cancel without the reserve"] == "NotStored", "the disk was not full"
    assert (said["place"], said["places sent"], said["pieces after the place"]) == ("NotStored", 2, room.PIECES)
    assert (said["waiting"], said["cancel"], said["waiting after the cancel"]) == (2, "done", 1)
    assert (said["halt"], said["halts"], said["waiting after the halt"]) == ("done", 1, 0)
    assert 0 < said["pieces left"] < room.PIECES
    assert said["settled"]
