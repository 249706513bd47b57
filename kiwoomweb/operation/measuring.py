"""Measuring: what a running site costs, process by process. Linux only: it reads /proc."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Memory", "memory_of"]

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """What one process holds, in megabytes.

    ``rss`` counts pages shared with others in full, ``pss`` only this process's part of them.
    """

    name: str
    rss: float
    pss: float


def memory_of(pid: int) -> list[Memory]:
    """The process and all its descendants, the parent first."""
    children = _children()
    return [memory for each in _family(pid, children) if (memory := _memory(each))]


def _family(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    yield pid
    for child in children.get(pid, ()):
        yield from _family(child, children)


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            facts = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        found.setdefault(int(facts[1]), []).append(int(folder.name))
    return found


def _memory(pid: int) -> Memory | None:
    try:
        command = (PROC / str(pid) / "cmdline").read_text().split("\0")
        resident, share = _sizes(pid)
    except OSError:
        return None
    return Memory(_name(command), resident / 1024, share / 1024)


def _sizes(pid: int) -> tuple[int, int]:
    """Resident kilobytes, and its share of them. A process that keeps its memory closed tells anybody but root
    the first alone, which then stands for both."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except PermissionError:
        told = (PROC / str(pid) / "status").read_text().partition("VmRSS:")[2].split()[0]
        return int(told), int(told)
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return sizes["Rss"], sizes["Pss"]


def _name(command: list[str]) -> str:
    """The last telling word: ``kiwoomweb.operation.web`` is web, ``manage.py runstream`` is runstream."""
    words = [word for word in command if word]
    if "-m" in words:
        return words[words.index("-m") + 1].rpartition(".")[2]
    if any(word.endswith("manage.py") for word in words):
        return words[next(place for place, word in enumerate(words) if word.endswith("manage.py")) + 1]
    return Path(words[0].split(" ")[0]).name if words else "?"
