"""O-23: every kind on every venue in every minute of ten special days, against a timetable written by hand."""

from datetime import date, datetime, time, timedelta

import pytest

from kiwoomweb.broker.domain import SEOUL, OrderKind, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import Overrides, sessions
from orders.checking.hours import kinds_open

ALL = {kind.value for kind in OrderKind}
AT_HOME = {"conditional", "before_open", "after_close", "single_price"}
ONGOING = ALL - AT_HOME
LIMITS = {"limit", "limit_ioc", "limit_fok"}
QUEUED = {"limit", "market"}

KRX_MORNING = [
    ("08:30", "08:40", {"limit", "market", "conditional", "before_open"}),
    ("08:40", "09:00", {"limit", "market", "conditional"}),
    ("09:00", "15:20", ONGOING | {"conditional"}),
    ("15:20", "15:30", QUEUED),
    ("15:40", "16:00", {"after_close"}),
]
KRX = [*KRX_MORNING, ("16:00", "20:00", {"limit"})]
KRX_BEFORE_SEPTEMBER = [*KRX_MORNING, ("16:00", "18:00", {"single_price"})]
NXT = [("08:00", "08:50", LIMITS), ("09:00:30", "15:20", ONGOING), ("15:40", "20:00", LIMITS)]
CLOSED: list[tuple[str, str, set[str]]] = []
#: 수능일: everything an hour later, but the evening ends when it always does.
KRX_EXAM = [
    ("09:30", "09:40", {"limit", "market", "conditional", "before_open"}),
    ("09:40", "10:00", {"limit", "market", "conditional"}),
    ("10:00", "16:20", ONGOING | {"conditional"}),
    ("16:20", "16:30", QUEUED),
    ("16:40", "17:00", {"after_close"}),
    ("17:00", "20:00", {"limit"}),
]
NXT_EXAM = [("09:00", "09:50", LIMITS), ("10:00:30", "16:20", ONGOING), ("16:40", "20:00", LIMITS)]
#: The first trading day of a year opens at ten and closes as always.
KRX_NEW_YEAR = [
    ("09:30", "09:40", {"limit", "market", "conditional", "before_open"}),
    ("09:40", "10:00", {"limit", "market", "conditional"}),
    ("10:00", "15:20", ONGOING | {"conditional"}),
    *KRX[3:],
]
NXT_NEW_YEAR = [("09:00", "09:50", LIMITS), ("10:00:30", "15:20", ONGOING), ("15:40", "20:00", LIMITS)]
CORRECTED = date(2026, 11, 23)

DAYS = [
    ("a plain day", date(2026, 11, 20), Overrides(), KRX, NXT),
    ("a Saturday", date(2026, 11, 21), Overrides(), CLOSED, CLOSED),
    ("Christmas", date(2026, 12, 25), Overrides(), CLOSED, CLOSED),
    ("the last day of the year", date(2026, 12, 31), Overrides(), CLOSED, CLOSED),
    ("the first of the year", date(2027, 1, 4), Overrides(), KRX_NEW_YEAR, NXT_NEW_YEAR),
    ("수능일", date(2026, 11, 19), Overrides(), KRX_EXAM, NXT_EXAM),
    ("before the after-market", date(2026, 9, 11), Overrides(), KRX_BEFORE_SEPTEMBER, NXT),
    ("the first after-market", date(2026, 9, 14), Overrides(), KRX, NXT),
    ("a day closed by hand", CORRECTED, Overrides(closed=frozenset({CORRECTED})), CLOSED, CLOSED),
    ("a morning market at seven", CORRECTED, Overrides(early=True), [("07:00", "08:00", {"limit"}), *KRX], NXT),
]


def told(table: list[tuple[str, str, set[str]]], at: time) -> set[str]:
    return {
        kind
        for opens, closes, kinds in table
        if time.fromisoformat(opens) <= at < time.fromisoformat(closes)
        for kind in kinds
    }


@pytest.mark.parametrize(("name", "day", "overrides", "krx", "nxt"), DAYS, ids=[row[0] for row in DAYS])
def test_every_minute_is_as_the_timetable_has_it(name, day, overrides, krx, nxt):
    hours = sessions(day, overrides)
    midnight = datetime.combine(day, time(), tzinfo=SEOUL)
    for minute in range(24 * 60):
        for seconds in (0, 45):
            now = midnight + timedelta(minutes=minute, seconds=seconds)
            wanted = told(krx, now.time()), told(nxt, now.time())
            both = (wanted[0] | wanted[1]) - AT_HOME
            found = [set(kinds_open(hours, venue, now)) for venue in (Venue.KRX, Venue.NXT, Venue.SOR)]
            assert found == [*wanted, both], now


def test_the_mock_takes_what_it_takes():
    hours = sessions(date(2026, 11, 20))

    def paper(clock: str, venue: Venue = Venue.KRX) -> set[str]:
        at = datetime.combine(date(2026, 11, 20), time.fromisoformat(clock), tzinfo=SEOUL)
        return set(kinds_open(hours, venue, at, environment=Environment.PAPER))

    refused = {"best", "first", "best_ioc", "best_fok"}
    assert paper("10:00") == (ONGOING | {"conditional"}) - refused
    assert paper("15:21") == QUEUED
    assert paper("08:45") == paper("16:30") == paper("10:00", Venue.NXT) == set()


def test_gold_is_traded_in_the_hours_of_krx_by_limit():
    hours = sessions(date(2026, 11, 20))

    def gold(clock: str) -> set[str]:
        at = datetime.combine(date(2026, 11, 20), time.fromisoformat(clock), tzinfo=SEOUL)
        return set(kinds_open(hours, Venue.KRX, at, is_gold=True))

    assert gold("10:00") == gold("15:25") == LIMITS
    assert gold("08:10") == gold("16:30") == set()
