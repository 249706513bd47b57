"""Splits inside a trade taken out: its steps and bars in the shares of its end, which formulas can read."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.inside.shapes import Bar, Step
from portfolio.analytics.replay.moves import Move

__all__ = ["steps_of", "unsplit"]

#: Kinds that part the cost between two companies: no price of one alone tells what the position is worth.
PARTING = {"spin_off"}


def steps_of(moves: Sequence[Move]) -> list[Step] | None:
    """The fills as steps. ``None`` where they cannot say what was held: unknown cost, a spin-off, or shares so
    few after a reverse split that one fill stands for less than one."""
    if not moves or any(move.event in PARTING for move in moves):
        return None
    steps: list[Step] = []
    known, exact, whole = 0, Fraction(0), 0
    for place, move in enumerate(moves):
        if _only_scales(move):
            continue
        exact += move.quantity * _factor(moves[place + 1 :], move.held)
        whole = round(exact)
        quantity, known = whole - known, whole
        if not quantity:
            return None
        price = Fraction(move.amount, abs(quantity))
        steps.append(Step(move.at, quantity, _decimal(price)))
        if known < 0:
            return None
    return steps


def unsplit(bars: Sequence[Bar], moves: Sequence[Move]) -> list[Bar]:
    """Bars before a split, with prices a share of today's would have had."""
    changes = _changes(moves)
    if not changes:
        return list(bars)
    return [_scaled(bar, changes) for bar in bars]


def _scaled(bar: Bar, changes: Sequence[tuple[date, Fraction]]) -> Bar:
    factor = Fraction(1)
    day = bar.at.astimezone(SEOUL).date()
    for on, ratio in changes:
        if day < on:
            factor *= ratio
    if factor == 1:
        return bar
    opened, high, low, close = (
        _decimal(Fraction(price) / factor) for price in (bar.open, bar.high, bar.low, bar.close)
    )
    return Bar(bar.at, opened, high, low, close, int(bar.volume * factor))


def _changes(moves: Sequence[Move]) -> list[tuple[date, Fraction]]:
    return [
        (move.day, Fraction(move.held, move.held - move.quantity))
        for move in moves
        if _only_scales(move) and move.held - move.quantity
    ]


def _factor(later: Sequence[Move], held: int) -> Fraction:
    """New shares for one of now, through all events that come later."""
    factor = Fraction(1)
    before = held
    for move in later:
        if _only_scales(move) and before:
            factor *= Fraction(move.held, before)
        before = move.held
    return factor


def _only_scales(move: Move) -> bool:
    """An event without money: split, bonus, new code. A sale of nothing is none."""
    return bool(move.event) and not move.amount


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator
