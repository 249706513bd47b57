"""Session buckets of KRX and NXT in Korean time.

Source: metrics 3.4. NXT opens at 08:00, pauses 15:20-15:30 and goes on to 20:00. On days that open or close
late (수능일, the first of the year) the borders move with the opening, from 13:00 on with the close.
"""

from bisect import bisect_right
from datetime import date, datetime
from functools import lru_cache

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import sessions
from portfolio.analytics.when.bucket import Bucket

__all__ = ["SESSIONS", "session_of"]

SESSIONS = (
    Bucket("nxt_pre", "08:00–08:50 NXT 프리", "08:00–08:50 NXT pre-market"),
    Bucket("open_10", "09:00–09:10", "09:00–09:10"),
    Bucket("open_30", "09:10–09:30", "09:10–09:30"),
    Bucket("morning", "09:30–10:30", "09:30–10:30"),
    Bucket("midday", "10:30–13:00", "10:30–13:00"),
    Bucket("afternoon", "13:00–14:30", "13:00–14:30"),
    Bucket("late", "14:30–15:20", "14:30–15:20"),
    Bucket("closing", "15:20–15:30 종가 단일가", "15:20–15:30 closing auction"),
    Bucket("nxt_after", "15:30–20:00 NXT 애프터", "15:30–20:00 NXT after-market"),
    Bucket("krx_off", "KRX 시간외", "KRX off-hours"),
    Bucket("outside", "그 밖의 시각", "other times"),
)

#: Minutes from midnight on a plain day at which each bucket begins.
MORNING = (
    (480, "nxt_pre"),
    (530, "outside"),
    (540, "open_10"),
    (550, "open_30"),
    (570, "morning"),
    (630, "midday"),
)
EVENING = ((780, "afternoon"), (870, "late"), (920, "closing"), (930, "nxt_after"))
NIGHT = 20 * 60
KRX = "KRX"


def session_of(at: datetime | None, venue: str = "") -> str:
    """The bucket of a fill; ``venue`` is "KRX", "NXT" or "" for unknown, which is NXT outside KRX's hours: the
    broker routes there by itself. A moment without a time of day is "" (unknown)."""
    if at is None:
        return ""
    local = at.astimezone(SEOUL)
    starts, names = _borders(local.date())
    minute = local.hour * 60 + local.minute
    if minute >= NIGHT or minute < starts[0]:
        return "outside"
    found = names[bisect_right(starts, minute) - 1]
    return "krx_off" if venue == KRX and found in ("nxt_pre", "outside", "nxt_after") else found


@lru_cache(maxsize=1_024)
def _borders(day: date) -> tuple[list[int], list[str]]:
    """Where each bucket begins on this day, and its name."""
    today = sessions(day)
    late_open = late_close = 0
    if today:
        late_open = _minute(today.regular.opens) - 540
        late_close = _minute(today.closing_auction.closes) - 930
    morning = [(minute + late_open, name) for minute, name in MORNING]
    evening = [(minute + late_close, name) for minute, name in EVENING]
    return [minute for minute, _ in morning + evening], [name for _, name in morning + evening]


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
