"""A plan of Minji's, and a calendar day on which it is due."""

from datetime import datetime

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import Overrides
from portfolio.models import ReportPlan
from portfolio.services.reporting import aligning, gathering, making, opening, planning
from portfolio.timetable import Clock
from tests.notices.conftest import at_once, mail_server, ring_file  # noqa: F401  fixtures of the outbox


class Hands:
    """A clock whose hands somebody turns; every part of reporting reads it."""

    def __init__(self, monkeypatch) -> None:
        for module in (aligning, gathering, making, opening, planning):
            monkeypatch.setattr(module, "clock_of", lambda _account: self.clock)
        self.turn("2026-11-25 09:00")

    def turn(self, moment: str) -> None:
        self.clock = Clock(datetime.fromisoformat(moment).replace(tzinfo=SEOUL), Overrides())


@pytest.fixture
def hands(monkeypatch) -> Hands:
    return Hands(monkeypatch)


@pytest.fixture
def plan(hands, account, owner) -> ReportPlan:
    wish = {"kind": "daily", "every": "krx", "with_pdf": False}
    return planning.make(owner.user, account, wish)
