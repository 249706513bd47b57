"""The virtual clock: open hours only, any speed, and the same time after a crash."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiwoomweb.broker.market_calendar import next_trading_day, sessions
from kiwoomweb.simulator.clock import CRASH, Clock, Hours
from kiwoomweb.simulator.hours import changes, demo_opening
from tests.simulator.core.conftest import FRIDAY, at

HOURS = Hours(sessions, next_trading_day)
MONDAY = date(2026, 11, 23)


class RealTime:
    """A stop-watch the test turns by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def real() -> RealTime:
    return RealTime()


def test_it_runs_with_real_time(real):
    clock = Clock(HOURS, at("10:30:00"), source=real)
    real.seconds += 90
    assert clock.now() == at("10:31:30")


def test_it_can_run_faster_stand_still_and_go_on(real):
    clock = Clock(HOURS, at("10:30:00"), source=real)
    clock.run(60)
    real.seconds += 10
    assert clock.now() == at("10:40:00")
    clock.run(0)
    real.seconds += 500
    assert clock.now() == at("10:40:00")
    clock.run(1)
    real.seconds += 5
    assert clock.now() == at("10:40:05")


def test_after_the_last_session_comes_the_next_trading_morning(real):
    clock = Clock(HOURS, at("19:59:50"), source=real)
    real.seconds += 30
    assert clock.now() == at("08:00:20", MONDAY)


def test_it_lives_through_whole_days_in_one_step(real):
    clock = Clock(HOURS, at("10:00:00"), speed=3_600, source=real)
    real.seconds += 10 + 12 + 1  # ten hours of Friday, all of Monday, an hour of Tuesday
    assert clock.now() == at("09:00:00", date(2026, 11, 24))


def test_it_never_goes_back_even_when_real_time_does(real):
    clock = Clock(HOURS, at("10:30:00"), source=real)
    real.seconds += 60
    seen = clock.now()
    real.seconds -= 3_600
    assert clock.now() >= seen
    with pytest.raises(ValueError, match="back"):
        clock.jump(at("09:00:00"))


def test_it_can_be_sent_into_a_weekend(real):
    clock = Clock(HOURS, at("10:30:00"), speed=0, source=real)
    sunday = at("12:00:00", FRIDAY + timedelta(days=2))
    clock.jump(sunday)
    assert clock.now() == sunday
    clock.run(1)
    real.seconds += 1
    assert clock.now() == at("08:00:01", MONDAY)


def test_after_a_crash_it_is_as_late_as_if_nothing_had_happened(real, tmp_path):
    first = Clock(HOURS, at("10:30:00"), speed=2, state=tmp_path, source=real)
    real.seconds += 100
    first.now()
    real.seconds += 20
    second = Clock(HOURS, at("10:30:00"), state=tmp_path, source=real)
    assert second.now() == at("10:34:00")
    assert second.speed == 2


def test_after_a_night_off_it_goes_on_where_it_stopped(real, tmp_path):
    first = Clock(HOURS, at("10:30:00"), state=tmp_path, source=real)
    real.seconds += 100
    seen = first.now()
    real.seconds += CRASH + 9 * 3_600
    second = Clock(HOURS, at("10:30:00"), state=tmp_path, source=real)
    assert seen < second.now() <= seen + timedelta(seconds=10)


def test_after_weeks_off_it_does_not_stay_in_the_past(real, tmp_path):
    Clock(HOURS, at("10:30:00"), state=tmp_path, source=real)
    real.seconds += 30 * 86_400
    christmas = at("10:30:00", date(2026, 12, 24))
    assert Clock(HOURS, christmas, state=tmp_path, source=real).now() == christmas


def test_a_paused_clock_stays_paused_over_a_crash(real, tmp_path):
    Clock(HOURS, at("10:30:00"), speed=0, state=tmp_path, source=real)
    real.seconds += 300
    assert Clock(HOURS, at("11:00:00"), state=tmp_path, source=real).now() == at("10:30:00")


def test_what_is_on_disk_is_whole(real, tmp_path: Path):
    clock = Clock(HOURS, at("10:30:00"), state=tmp_path, source=real)
    clock.run(5)
    assert [path.name for path in tmp_path.iterdir()] == ["clock.json"]


@pytest.mark.parametrize(
    ("real_now", "opening"),
    [
        (at("11:11:11"), at("11:11:11")),
        (at("15:10:00"), at("10:30:00")),
        (at("19:00:00"), at("10:30:00")),
        (at("21:00:00"), at("10:30:00")),
        (at("07:00:00", MONDAY), at("10:30:00")),
        (at("08:52:00", MONDAY), at("10:30:00")),
        (at("09:00:00", MONDAY), at("09:00:00", MONDAY)),
        (at("12:00:00", FRIDAY + timedelta(days=1)), at("10:30:00")),
    ],
)
def test_a_demo_opens_in_a_lively_market(market, real_now, opening):
    assert demo_opening(market, real_now) == opening


def test_the_day_announces_itself_in_order():
    told = [(change.at.strftime("%H:%M:%S"), change.code) for change in changes(sessions(FRIDAY))]
    assert "".join(code for _, code in told) == "P00Q003R2S48Uab9V"
    assert told[0] == ("08:00:00", "P")
    assert ("09:00:00", "3") in told
    assert ("09:00:30", "R") in told
    assert ("15:20:00", "2") in told
    assert ("15:30:00", "4") in told
    assert ("20:00:00", "V") in told


def test_each_announcement_is_heard_once(quiet):
    since, heard = at("00:00:00"), []
    for clock in ("08:59:00", "09:00:00", "09:00:30", "10:30:00"):
        heard += [change.code for change in quiet.session_changes(since, at(clock))]
        since = at(clock)
    assert heard == [change.code for change in quiet.session_changes(at("00:00:00"))]
