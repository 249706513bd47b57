"""``python -m …full disk``: what still goes out from a disk that is really full (F-29): a small one.

``pages`` instead fills SQLite's own limit on the pages of a database, where nobody may mount a small disk; a
piece of the reserve is then so many pages more. Says what happened as one line of JSON; the judge is the test.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS = 6


def main(by: str) -> None:
    """Two orders wait; then the disk is filled, and somebody wants them back."""
    import django

    django.setup()
    from kiwoomweb.operation.drills.orders.story import Story
    from orders.services import room

    story = Story()
    story.begin()
    story._patches.pop().stop()  # the file that remembers the latest command is written, too
    story._order()
    story.work()
    other = sqlite3.connect(Path(os.environ["KIWOOMWEB_VAR"]) / "kiwoomweb.sqlite3")
    other.execute("SELECT count(*) FROM orders_intent").fetchone()  # like other processes: the log stays open
    play = _Play(story, room, _Pages(room).fill if by == "pages" else _fill)
    said = {"pieces": room.keep(0), "waiting": len(_open(story)), **play.cancelling(), **play.halting()}
    for filler in Path(os.environ["KIWOOMWEB_VAR"]).glob("filler*"):
        filler.unlink()
    _Pages.most = 0
    said["places sent"] = sum(tr == "kt10000" for tr, _ in story.paper.sent)
    story.teardown()  # the invariants of every story (I1-I7)
    sys.stdout.write(json.dumps(said | {"settled": True}))


@dataclass
class _Play:
    """A person and the desk on a full disk."""

    story: Any
    room: Any
    fill: Callable[[], None]

    def cancelling(self) -> dict[str, Any]:
        """First without the reserve, which must fail; a new order gets none of it."""
        self.fill()
        give, self.room.give = self.room.give, lambda: False
        without = self._attempt(self._cancel)
        self.room.give = give
        place, pieces = self._attempt(self.story._order), len(self.room._pieces())
        said = {"cancel without the reserve": without, "place": place, "pieces after the place": pieces}
        said["cancel"] = self._attempt(self._cancel)
        self._work()
        return said | {"waiting after the cancel": len(_open(self.story))}

    def halting(self) -> dict[str, Any]:
        """The disk is full once more."""
        from orders.models import Halt
        from orders.services.halting import halt

        self.fill()
        done = self._attempt(lambda: halt(self.story.account, None, "full"))
        self._work()
        left = {"waiting after the halt": len(_open(self.story)), "pieces left": len(self.room._pieces())}
        return {"halt": done, "halts": Halt.objects.count(), **left}

    def _cancel(self) -> None:
        from orders.models import Intent
        from orders.services.deciding import decide
        from orders.tickets import Kind, Ticket

        latest = Intent.objects.filter(account=self.story.account, kind=Kind.PLACE).latest("pk")
        ticket = Ticket(Kind.CANCEL, latest.symbol, latest.ticket.side, 0, target_no=latest.order_no)
        decide(self.story.account, None, ticket, "full-cancel")

    def _attempt(self, what: Callable[[], object]) -> str:
        from django.db import DatabaseError

        from orders.errors import NotStored

        try:
            what()
        except (NotStored, DatabaseError) as no:
            return type(no).__name__
        return "done"

    def _work(self) -> None:
        from django.db import DatabaseError

        for _ in range(ROUNDS):
            try:
                self.story.work()
            except (DatabaseError, OSError) as trouble:  # as the desk does
                if not self.room.make_room(trouble):
                    return


def _open(story: Any) -> list[str]:
    return [one.number for one in story.paper.book.values() if one.left]


def _fill() -> None:
    """Take every byte there is, the room in the database's log included."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    folder = Path(os.environ["KIWOOMWEB_VAR"])
    number = len(list(folder.glob("filler*")))
    with (folder / f"filler{number}").open("wb", buffering=0) as filler:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while filler.write(bytes(size)):
                    pass
            except OSError:
                continue


class _Pages:
    """A disk of so many pages: the error is SQLite's own; what is given back is room for it."""

    most = 0

    def __init__(self, room: Any) -> None:
        from django.db.backends.signals import connection_created

        connection_created.connect(self._limit, weak=False)
        room._free = lambda: 0
        give = room.give

        def wider() -> bool:
            _Pages.most += room.PIECE // 4096
            return bool(give())

        room.give = wider

    def fill(self) -> None:
        """As many pages as there are, and the last of them full of entries of the audit trail."""
        from django.db import DatabaseError, connection

        from kiwoomweb.access.models import Account
        from kiwoomweb.access.services.auditing import record

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            _Pages.most = int(cursor.fetchone()[0])
        connection.close()
        account, fits = Account.objects.latest("pk"), True
        while fits:
            try:
                record("drill.filled", by=None, account=account, about="x" * 100)
            except DatabaseError:
                fits = False
        connection.close()

    def _limit(self, connection: Any, **_rest: Any) -> None:
        if self.most:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA max_page_count = {self.most}")


if __name__ == "__main__":
    main(sys.argv[1])
