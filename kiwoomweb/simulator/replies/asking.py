"""What a reply is given and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kiwoomweb.broker.catalogue import TR
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.paging import Things
from kiwoomweb.simulator.profile import Profile
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["Ask", "Reply", "Rows", "Said"]


#: Numbers in a body are no longer than this (PROTOCOL 6.21, 7.1).
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: the TR, its body, and whose account the token belongs to."""

    tr: TR
    body: Mapping[str, str]
    account: str
    exchange: Exchange
    profile: Profile
    now: datetime

    def text(self, name: str) -> str:
        """A body field; absent and empty are the same (PROTOCOL 5.1)."""
        return self.body.get(name, "")

    def day(self, name: str) -> date | None:
        """A ``YYYYMMDD`` field, already checked by the gate."""
        value = self.text(name)
        return date(int(value[:4]), int(value[4:6]), int(value[6:])) if value else None

    def count(self, name: str, text: str | None = None) -> int:
        """A field that is a whole number, 0 when blank. ``text`` takes the place of the field's own."""
        value = self.text(name) if text is None else text
        if value and not (value.isascii() and value.isdigit()):
            raise bad_input("1517", name, "숫자가 아닙니다")
        if len(value) > DIGITS:
            raise bad_input("1517", name, "길이를 초과하였습니다")
        return int(value or 0)

    def name(self, code: str) -> str:
        """종목명, blank for a code the market does not list."""
        found = self.exchange.quoted(code)
        return found.name if found else ""

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of a reply: the things in it and how one of them fills the guide's fields."""

    name: str
    things: Things
    fill: Callable[[Any], Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Said:
    """A success: flat fields, at most one list that pages, and the broker's words if not the family's own."""

    fields: Mapping[str, Value] = field(default_factory=dict)
    rows: Rows | None = None
    words: str = ""


Reply = Callable[[Ask], Said]
