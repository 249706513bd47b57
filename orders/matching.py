"""Matching: which of the broker's orders may be the one whose answer was lost (order safety 3.5). Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiwoomweb.broker.domain import Side, Venue
from orders.statements import kind_of
from orders.tickets import Kind

__all__ = ["Finding", "Row", "Traded", "Verdict", "Wanted", "candidates", "conclude", "explains", "shared_out"]

#: Words for the kind of an order that are certain; any other word may mean the same.
KINDS = frozenset({"보통", "시장가"})
#: 통신구분 of the broker's own programs: a person with a mouse, never us.
HUMAN = ("영웅문", "HTS", "MTS", "영업점", "ARS")


@dataclass(frozen=True, slots=True)
class Row:
    """One order of the broker's list of the day. ``kind`` is the broker's word for how it trades (보통)."""

    order_no: str
    original_no: str
    symbol: str
    side: Side
    quantity: int
    price: int
    kind: str
    change: str
    venue: Venue
    routed: bool
    placed_at: datetime | None
    channel: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The command without an answer. ``kind_word`` is how the broker words its kind, blank when not known.

    ``price`` 0 is an order at market, ``None`` one whose price the broker chose. ``since`` and ``until`` bound
    when it may have been placed. ``channel`` is what the broker calls our own orders, once learnt.
    """

    kind: Kind
    symbol: str
    side: Side
    quantity: int
    price: int | None
    kind_word: str
    venue: Venue
    target_no: str
    since: datetime
    until: datetime
    before: frozenset[str]
    channel: str


class Verdict(StrEnum):
    """What the candidates of one reading amount to."""

    NONE = "no_candidate"
    BOUND = "bound"
    PROVISIONAL = "provisional"
    SEVERAL = "several"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict, and the numbers it rests on."""

    verdict: Verdict
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traded:
    """Shares of one symbol bought and sold today."""

    bought: int
    sold: int


def explains(told: Traded | None, listed: Traded, held: int | None) -> bool:
    """Whether the orders of the day's lists explain what the holdings tell of a symbol.

    ``told``: what the account says was traded, ``None`` where nothing of it is held any more; then the sales
    must explain that the ``held`` shares are gone (``None``: nobody knows how many there were).
    """
    if told is not None:
        return told.bought <= listed.bought and told.sold <= listed.sold
    return not held or listed.sold >= held


def candidates(wanted: Wanted, rows: Iterable[Row], bound: Collection[str]) -> list[Row]:
    """The rows that may be it: all six conditions, in the order of their numbers."""
    free = (row for row in rows if row.order_no not in wanted.before and row.order_no not in bound)
    fits = _is_change if wanted.kind is not Kind.PLACE else _is_new
    return sorted((row for row in free if fits(wanted, row)), key=lambda row: row.order_no)


def conclude(wanted: Wanted, found: list[Row], *, before_complete: bool) -> Finding:
    """One candidate of a complete list is it when the channel is proved; less than that waits or asks."""
    numbers = tuple(row.order_no for row in found)
    if len(found) > 1:
        return Finding(Verdict.SEVERAL, numbers)
    if not found:
        return Finding(Verdict.NONE)
    if not before_complete:
        return Finding(Verdict.INCOMPLETE, numbers)
    is_ours = wanted.kind is not Kind.PLACE or (bool(wanted.channel) and found[0].channel == wanted.channel)
    return Finding(Verdict.BOUND if is_ours else Verdict.PROVISIONAL, numbers)


def shared_out(asked: Mapping[int, int], found: Iterable[Row]) -> dict[int, Row] | None:
    """Which row is whose, of our own cancellations of one order in doubt; ``None`` if a row is none of theirs.

    ``asked``: the shares of each, 0 for all that is left, in the order they left us; the answer has the same
    keys. They ask the same of the same order: only what they took back and their number tell them apart. A
    row goes to whoever asked for exactly that, else to the first who asked for as much. Who gets none never
    arrived.
    """
    left, given = dict(asked), {}
    for row in found:
        exactly = [key for key, shares in left.items() if shares == row.quantity]
        at_least = [key for key, shares in left.items() if not shares or shares > row.quantity]
        if not (exactly or at_least):
            return None
        key = (exactly or at_least)[0]
        given[key] = row
        del left[key]
    return given


def _is_new(wanted: Wanted, row: Row) -> bool:
    is_same = (row.symbol, row.side, row.quantity) == (wanted.symbol, wanted.side, wanted.quantity)
    return (
        not row.original_no.strip("0")
        and kind_of(row.change) == Kind.PLACE
        and is_same
        and (wanted.price is None or row.price == wanted.price)
        and not (wanted.kind_word and row.kind in KINDS and row.kind != wanted.kind_word)
        and _went_there(wanted, row)
        and _in_time(wanted, row)
        and _may_be_ours(wanted, row)
    )


def _is_change(wanted: Wanted, row: Row) -> bool:
    return row.original_no == wanted.target_no and kind_of(row.change) == wanted.kind


def _went_there(wanted: Wanted, row: Row) -> bool:
    routed = wanted.venue is Venue.SOR
    return row.venue in {wanted.venue, Venue.ALL} or (routed and row.venue in {Venue.KRX, Venue.NXT})


def _in_time(wanted: Wanted, row: Row) -> bool:
    if row.placed_at is None:
        return True
    return wanted.since <= row.placed_at <= wanted.until


def _may_be_ours(wanted: Wanted, row: Row) -> bool:
    """A row of another channel is somebody else's; a row without one may be anybody's."""
    if any(word in row.channel for word in HUMAN):
        return False
    return not wanted.channel or not row.channel or row.channel == wanted.channel
