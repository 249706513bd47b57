"""A broker the strangers talk to, and a way to say what each call came to."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import next_trading_day
from kiwoomweb.simulator.serve import Running, running
from tests.simulator.wire.conftest import GENEROUS, fresh
from tests.strangers_report import CALL

__all__ = ["Record", "broker", "fresh", "morning", "record"]

Record = Callable[[str, str, str, dict[str, Any]], None]


def morning(hour: int = 10, minute: int = 30) -> datetime:
    """Ahead of the wall clock: strangers compare ``expires_dt`` with it, not with the Date header."""
    day = next_trading_day(datetime.now(SEOUL).date())
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


@pytest.fixture(scope="module")
def broker() -> Iterator[Running]:
    with running("real", opening=morning(), ws_flush_s=0.05, **GENEROUS) as one:
        yield one


@pytest.fixture
def record(record_property: Callable[[str, object], None]) -> Record:
    """``record(client, method, tr, reply)`` puts a line into the report at the end of the run."""

    def note(client: str, method: str, tr: str, reply: dict[str, Any]) -> None:
        rows = sum(len(value) for value in reply.values() if isinstance(value, list))
        record_property(CALL, f"{client:<18} {method:<52} {tr:<8} rc={reply.get('return_code')} rows={rows}")

    return note
