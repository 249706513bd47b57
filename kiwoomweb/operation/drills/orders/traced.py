"""``python -m …traced N``: N orders to a broker on paper that really opens a line, for ``tracing`` to see."""

import json
import os
import socket
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any


def main(orders: int) -> None:
    """Every order between two marks in a file, which the trace shows beside the disk and the network."""
    import django

    django.setup()
    from django.core.management import call_command

    from kiwoomweb.operation.drills.orders.paper import Paper, Sheet
    from kiwoomweb.operation.drills.orders.power import BOOK
    from kiwoomweb.operation.drills.orders.story import Story

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    marks = os.open(Path(os.environ["KIWOOMWEB_VAR"]) / "marks", os.O_WRONLY | os.O_CREAT, 0o600)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def enter(sheets: Iterable[Sheet]) -> None:
        """What is new in the broker's books, for whoever cuts the power."""
        os.write(marks, BOOK + json.dumps([asdict(one) for one in sheets]).encode())

    class Wired(Paper):
        """Opens a line before anything is carried out, as the client does."""

        def send_once(self, tr_id: str, body: Mapping[str, str], **rest: Any) -> Any:
            known = set(self.book)
            with socket.create_connection(listener.getsockname()):
                answer = super().send_once(tr_id, body, **rest)
            enter(self.book[number] for number in self.book.keys() - known)
            return answer

    story = Story()
    story.begin()
    story.paper.__class__ = Wired
    enter(story.paper.book.values())
    for _ in range(orders):
        story._order()
        os.write(marks, b"CLAIM")
        story.work()
        os.write(marks, b"DONE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
