"""Markets and accounts to look at: one demo with a year behind it, read only; quiet ones to trade in."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market import Market

#: A plain Friday in the regular session.
FRIDAY = date(2026, 11, 20)


def at(clock: str, day: date = FRIDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SEOUL)


@pytest.fixture(scope="session")
def market() -> Market:
    return Market(seed=1)


@pytest.fixture(scope="session")
def demo() -> Exchange:
    """The demo at 10:30, paused. Read only."""
    return Exchange.opened(now=at("10:30:00"))


@pytest.fixture
def quiet() -> Exchange:
    """An account with ten million won and nobody trading in it."""
    return Exchange.opened(trader=False, now=at("10:30:00"))


@pytest.fixture
def bars_in(tmp_path: Path) -> Callable[..., Path]:
    """Write a history file from lines of ``code,date,open,high,low,close,volume``."""

    def write(*lines: str, header: str = "code,date,open,high,low,close,volume") -> Path:
        path = tmp_path / "bars.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write
