"""Steps and bars in few words: prices in won, clocks of 2 November 2026."""

from datetime import date
from decimal import Decimal

from portfolio.analytics.inside.shapes import Bar, Step
from tests.portfolio.analytics.trades import FIRST, at


def buy(clock: str, quantity: int, price: int, on: date = FIRST) -> Step:
    return Step(at(clock, on), quantity, Decimal(price))


def sell(clock: str, quantity: int, price: int, on: date = FIRST) -> Step:
    return Step(at(clock, on), -quantity, Decimal(price))


def bar(clock: str, low: int, high: int, close: int | None = None, on: date = FIRST) -> Bar:
    end = high if close is None else close
    return Bar(at(clock, on), Decimal(low), Decimal(high), Decimal(low), Decimal(end), 1_000)
