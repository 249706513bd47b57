"""Reducing: how an order stands, from everything that was ever said of it.

A pure function of a *set* of statements: said twice, in any order, late or early, they mean the same (R6).
Knowledge only grows (R5): the furthest of what was said of a quantity holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.statements import CANCEL, MODIFY, PLACE, Told
from orders.states import State

__all__ = ["Standing", "reduce"]


@dataclass(frozen=True, slots=True)
class Standing:
    """``filled + cancelled + replaced + remaining == quantity``, unless more was filled than ever ordered.

    ``amount`` is won paid or received, exact where single executions tell all of it, else from the average.
    """

    state: State
    quantity: int
    filled: int = 0
    cancelled: int = 0
    replaced: int = 0
    amount: int = 0
    reason: str = ""

    @property
    def remaining(self) -> int:
        """What may still fill."""
        if self.state in {State.REJECTED, State.CONFIRMED}:
            return 0
        return max(self.quantity - self.filled - self.cancelled - self.replaced, 0)


def reduce(number: str, asked: int, told: Iterable[Told], *, takes_back: bool = False) -> Standing:
    """How the order ``number`` stands; ``asked`` shares unless the broker says otherwise (0: it must say)."""
    everything = frozenset(told)
    mine = [one for one in everything if one.order_no == number]
    quantity = max((one.quantity or 0 for one in mine), default=0) or asked
    if takes_back:
        return _takeback(mine, quantity)
    filled, amount = _fills(mine)
    children = [one for one in everything if one.original_no == number and one.order_no != number]
    replaced, cancelled = _taken(children, MODIFY), _taken(children, CANCEL)
    closed = [one for one in mine if one.ended or one.closes]
    if closed or any(one.refused for one in mine):
        cancelled = max(cancelled, quantity - filled - replaced)
    sums = _Sums(quantity, filled, min(cancelled, max(quantity - filled - replaced, 0)), replaced)
    state = _state(mine, sums, closed)
    return Standing(state, quantity, filled, sums.cancelled, replaced, amount, _reason(mine))


@dataclass(frozen=True, slots=True)
class _Sums:
    quantity: int
    filled: int
    cancelled: int
    replaced: int

    @property
    def is_over(self) -> bool:
        return self.quantity > 0 and self.filled + self.cancelled + self.replaced >= self.quantity


def _takeback(mine: list[Told], quantity: int) -> Standing:
    took = max((one.confirmed for one in mine), default=0)
    refused = any(one.refused for one in mine)
    state = State.CONFIRMED if took else State.REJECTED if refused else State.ACCEPTED
    return Standing(state, quantity, cancelled=took, reason=_reason(mine))


def _fills(mine: list[Told]) -> tuple[int, int]:
    """Shares and won. Executions count once each by their number; a total may know of more of them."""
    single = {one.fill_no: (one.size, one.price) for one in sorted(mine, key=repr) if one.fill_no}
    shares, won = sum(size for size, _ in single.values()), sum(size * price for size, price in single.values())
    filled = max([shares, *(one.filled for one in mine)])
    if filled > shares:
        averages = [(one.filled, one.average) for one in mine if one.filled and one.average]
        _of, average = max(averages, default=(0, 0))
        won = max(won, filled * (average or 0))
    return filled, won


def _taken(children: list[Told], kind: str) -> int:
    """Shares that confirmed changes or cancellations took away."""
    by_number: dict[str, int] = {}
    for one in children:
        if one.kind == kind:
            by_number[one.order_no] = max(by_number.get(one.order_no, 0), one.confirmed)
    return sum(by_number.values())


def _state(mine: list[Told], sums: _Sums, closed: list[Told]) -> State:
    if sums.quantity and sums.filled >= sums.quantity:
        return State.FILLED
    if any(one.refused for one in mine) and not sums.filled:
        return State.REJECTED
    if sums.is_over:
        if sums.replaced and not sums.cancelled:
            return State.REPLACED
        is_expiry = bool(closed) and all(one.is_late for one in closed)
        return State.EXPIRED if is_expiry else State.CANCELLED
    if sums.filled:
        return State.PARTIAL
    return State.WORKING if any(one.seen and one.kind in {PLACE, MODIFY} for one in mine) else State.ACCEPTED


def _reason(mine: list[Told]) -> str:
    return max((one.reason for one in mine if one.refused), default="")
