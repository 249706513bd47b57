"""The journal: orders that came from outside, kept line by line so that a restart plays them again."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiwoomweb.broker.domain import SEOUL, Side, Venue
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.desk import Ticket

__all__ = ["GOLD", "STOCKS", "Command", "Journal"]

#: Books of the one person behind this host: the account of shares and the account of gold.
STOCKS, GOLD = "stocks", "gold"


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody asked the desk at an instant: place, modify or cancel; or the exchange: reject.

    ``number`` names the original. ``book`` is the account whose desk was asked; lines that do not say so belong
    to the shares'.
    """

    at: datetime
    verb: str
    ticket: Ticket
    number: str = ""
    book: str = STOCKS

    def as_line(self) -> str:
        ticket = self.ticket
        parts = {"side": ticket.side, "code": ticket.code, "quantity": ticket.quantity, "price": ticket.price}
        rest: dict[str, object] = {"kind": ticket.kind, "venue": ticket.venue, "stop_price": ticket.stop_price}
        if ticket.credit:
            rest |= {"credit": ticket.credit, "loan": ticket.loan.isoformat() if ticket.loan else ""}
        kept = {"at": self.at.isoformat(), "verb": self.verb, "number": self.number, **parts, **rest}
        if self.book != STOCKS:
            kept["book"] = self.book
        return json.dumps({**kept, "channel": ticket.channel}, ensure_ascii=False)

    @classmethod
    def of_line(cls, line: str) -> "Command":
        kept: dict[str, Any] = json.loads(line)
        at = datetime.fromisoformat(kept.pop("at")).astimezone(SEOUL)
        verb, number, book = kept.pop("verb"), kept.pop("number"), kept.pop("book", STOCKS)
        side, venue = Side(kept.pop("side")), Venue(kept.pop("venue"))
        credit, loan = Credit(kept.pop("credit", "")), kept.pop("loan", "")
        ticket = Ticket(
            side=side, venue=venue, credit=credit, loan=date.fromisoformat(loan) if loan else None, **kept
        )
        return cls(at, verb, ticket, number, book)


class Journal:
    """An append-only file, on disk before the reply leaves. ``None`` keeps nothing (tests)."""

    def __init__(self, state: Path | None) -> None:
        self._path = state / "orders.jsonl" if state else None

    def commands(self) -> Iterator[Command]:
        """What was kept, oldest first. A last line cut by a power failure was never answered and is dropped."""
        if self._path is None or not self._path.exists():
            return
        text = self._path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            self._path.write_text(whole, encoding="utf-8")
        yield from map(Command.of_line, whole.splitlines())

    def keep(self, command: Command) -> None:
        if self._path is None:
            return
        with self._path.open("a", encoding="utf-8") as file:
            file.write(command.as_line() + "\n")
            file.flush()
            os.fsync(file.fileno())
