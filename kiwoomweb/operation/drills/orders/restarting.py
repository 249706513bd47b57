"""Restarting: what the disk has kept when the power failed, beside the broker's books: a start on it (O-09).

Nothing is sent by itself, what is at the broker becomes known, and the invariants I1-I8 hold; afterwards the
lane is open and takes an order again.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from kiwoomweb.access.models import Account, AuditEntry
from kiwoomweb.operation.drills.orders.beginning import NOON, Beginning
from kiwoomweb.operation.drills.orders.paper import Paper, Sheet
from kiwoomweb.operation.drills.orders.story import Story
from orders.models import Command, Intent, Lane

__all__ = ["database", "restart"]

#: Orders after the restart are numbered from here on.
LATER = 10_000


def restart(files: Mapping[str, bytes], book: Sequence[Sheet]) -> str:
    """Start on these files with these books; what does not hold afterwards, in words, or nothing."""
    with TemporaryDirectory(prefix="kiwoomweb-restart-") as folder:
        name = ""
        for path, data in files.items():
            (Path(folder) / Path(path).name).write_bytes(data)
            name = name or (Path(path).name if path.endswith(".sqlite3") else "")
        with database(Path(folder) / name):
            return _judged(book)


@contextmanager
def database(path: Path) -> Iterator[None]:
    """Everything meanwhile happens in that file."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _judged(book: Sequence[Sheet]) -> str:
    found = Beginning(Account.objects.latest("pk"), Paper(NOON, book={one.number: one for one in book}), LATER)
    Survivor.ready = lambda: found
    survivor = Survivor()
    try:
        survivor.begin()
        survivor.survive()
    except AssertionError as broken:
        return f"{type(broken).__name__}: {broken}"
    finally:
        survivor.leave()
    return ""


class Survivor(Story):
    """A story that begins with somebody else's records."""

    def survive(self) -> None:
        """All that must hold, and that an order can leave again."""
        self._settle()
        intents = Intent.objects.filter(account=self.account)
        _hold(not self.paper.sent, f"sent again: {self.paper.sent}")
        told = set(AuditEntry.objects.filter(account=self.account).values_list("action", flat=True))
        _hold({f"order.{one.state}" for one in intents} <= told, "a state without its entry (I7)")
        for rows in (intents, Command.objects.filter(intent__account=self.account)):
            _hold(not rows.exclude(environment=self.account.environment).exists(), "another market (I8)")
        _hold(Lane.objects.get(account=self.account).is_open, "the lane stays shut")
        self._order()
        self.work()
        self.all_is_as_it_must_be()
        _hold([tr for tr, _ in self.paper.sent] == ["kt10000"], f"the next order: {self.paper.sent}")


def _hold(holds: Any, words: str) -> None:
    if not holds:
        raise AssertionError(words)
