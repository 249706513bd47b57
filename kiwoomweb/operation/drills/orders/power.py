"""Power: what is left of a database when the power fails, by the system calls that wrote its files (O-09).

A disk keeps what was synced and may keep or lose, write by write, what was not; of a write it may keep a part.
From a trace of everything written, synced and connected, every instant of a run can be the one at which the
power fails: the files are put together as they would be found, opened by SQLite itself, and asked whether every
order whose connection was opened by then has its record.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

__all__ = ["BOOK", "Call", "Disk", "calls_of", "cut"]

#: A mark that begins so tells what the broker has booked since the last one.
BOOK = b"BOOK "

SECTOR = 512
_CALL = re.compile(
    r"(pwrite64|ftruncate|fsync|fdatasync|unlink|connect|write)"
    r'\((?:\d+<([^>]*)>|"([^"]*)")(?:, )?(.*)\) += (\d+)'
)
_HEX = re.compile(r"\\x([0-9a-f]{2})")
_BYTES = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that went well: ``at`` is an offset or a length, ``data`` what was written."""

    name: str
    path: str
    at: int = 0
    data: bytes = b""


def calls_of(lines: Iterable[str]) -> Iterator[Call]:
    """The calls of a trace made with ``strace -f -y -xx``; of a call in two pieces, when it returned."""
    begun: dict[str, str] = {}
    for line in lines:
        pid, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>\n"):
            begun[pid] = rest.removesuffix("<unfinished ...>\n")
            continue
        if "resumed>" in rest[:60]:
            rest = begun.pop(pid, "") + rest.partition("resumed>")[2]
        if (found := _CALL.match(rest.strip())) is not None:
            yield _call(found)


def _call(found: "re.Match[str]") -> Call:
    name, path = found[1], _plain(found[2] or found[3]).decode(errors="replace")
    if name == "connect":
        return Call(name, _plain(found[4]).decode(errors="replace"))
    if name == "ftruncate":
        return Call(name, path, int(found[4]))
    written = _BYTES.search(found[4])
    data = _plain(written[1])[: int(found[5])] if written else b""
    return Call(name, path, int(found[4].rpartition(", ")[2]) if name == "pwrite64" else 0, data)


def _plain(text: str) -> bytes:
    return _HEX.sub(lambda one: chr(int(one[1], 16)), text).encode("latin-1", errors="replace")


@dataclass
class Disk:
    """The files of one database: what is safe, and what was written since the last sync."""

    safe: dict[str, bytearray]
    loose: dict[str, list[Call]] = field(default_factory=dict)

    def see(self, call: Call) -> None:
        """One more call about one of its files."""
        if call.name in {"pwrite64", "ftruncate"}:
            self.loose.setdefault(call.path, []).append(call)
        elif call.name in {"fsync", "fdatasync"}:
            for one in self.loose.pop(call.path, []):
                _apply(self.safe.setdefault(call.path, bytearray()), one)
        elif call.name == "unlink":
            self.safe.pop(call.path, None)
            self.loose.pop(call.path, None)

    def without_power(self, luck: Random | None) -> dict[str, bytes]:
        """The files as they are found afterwards: nothing unsynced is left, or by ``luck`` some of it."""
        found = {path: bytearray(data) for path, data in self.safe.items()}
        for path, calls in self.loose.items() if luck else ():
            for call in calls:
                if luck and luck.random() < 0.5:
                    _apply(found.setdefault(path, bytearray()), _torn(call, luck))
        return {path: bytes(data) for path, data in found.items()}


def _apply(content: bytearray, call: Call) -> None:
    if call.name == "ftruncate":
        del content[call.at :]
        content.extend(bytes(call.at - len(content)))
        return
    if len(content) < call.at:
        content.extend(bytes(call.at - len(content)))
    content[call.at : call.at + len(call.data)] = call.data


def _torn(call: Call, luck: Random) -> Call:
    """Whole, or only its first sectors."""
    if call.name != "pwrite64" or luck.random() < 0.7:
        return call
    sectors = len(call.data) // SECTOR
    return Call(call.name, call.path, call.at, call.data[: luck.randint(0, sectors) * SECTOR])


def cut(disk: Disk, luck: Random | None) -> tuple[int, bool]:
    """Power fails now: how many commands the database knows when opened again, and whether it is sound."""
    with TemporaryDirectory(prefix="kiwoomweb-power-") as folder:
        name = ""
        for path, data in disk.without_power(luck).items():
            (Path(folder) / Path(path).name).write_bytes(data)
            name = name or (path if path.endswith(".sqlite3") else "")
        opened = sqlite3.connect(Path(folder) / Path(name).name)
        try:
            sound = opened.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            return int(opened.execute("SELECT count(*) FROM orders_command").fetchone()[0]), sound
        except sqlite3.DatabaseError:
            return 0, False
        finally:
            opened.close()
