"""Trades written down in one line each, for tests of the formulas."""

from datetime import date, datetime, timedelta
from typing import Any

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.outcomes import Outcome

FIRST = date(2026, 11, 2)  # a Monday


def day(number: int) -> date:
    """The ``number``-th day of November 2026 (1 = Sunday)."""
    return date(2026, 11, number)


def at(clock: str, on: date = FIRST) -> datetime:
    return datetime.fromisoformat(f"{on.isoformat()}T{clock}").replace(tzinfo=SEOUL)


def trade(net: int, key: int = 1, **more: Any) -> Outcome:
    """A trade without costs, bought at 10:00 and sold at 10:30 of its day unless told otherwise."""
    on = more.pop("day", FIRST)
    costs = more.pop("costs", 0)
    whole: dict[str, Any] = {
        "symbol": "005930",
        "opened_at": at("10:00", on),
        "closed_at": at("10:30", on),
        "opened_day": on,
        "gross": net + costs,
        "cost": 1_000_000,
        "minutes": 30,
    }
    return Outcome(key=key, day=on, net=net, costs=costs, **(whole | more))


def trades(*nets: int, **more: Any) -> list[Outcome]:
    """One trade after the other, a minute apart, keys from 1."""
    return [
        trade(net, key, closed_at=at("10:30") + timedelta(minutes=key), **more)
        for key, net in enumerate(nets, 1)
    ]


def trades_by_day(*nets: int, **more: Any) -> list[Outcome]:
    """One trade a day from 1 November on."""
    return [trade(net, key, day=day(key), **more) for key, net in enumerate(nets, 1)]
