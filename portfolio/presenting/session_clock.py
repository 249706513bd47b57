"""The session clock: the windows of today and of the next trading day, for a small clock on every page."""

import json
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.market_calendar import Overrides, Phase, Window, next_trading_day, sessions

__all__ = ["session_windows"]


def session_windows(now: datetime, corrected: Overrides) -> str:
    """``[[venue, name, opens, closes], …]`` as JSON, earliest first, the moments in epoch seconds."""
    return _windows(now.astimezone(SEOUL).date(), corrected, get_language())


@lru_cache(maxsize=16)
def _windows(today: date, corrected: Overrides, _language: str | None) -> str:
    """The same all day long, for each language."""
    days = (today, next_trading_day(today, corrected))
    plans = [plan for day in days if (plan := sessions(day, corrected))]
    windows = [window for plan in plans for window in plan.windows]
    return json.dumps([_told(window) for window in windows], ensure_ascii=False, separators=(",", ":"))


def _told(window: Window) -> tuple[str, str, int, int]:
    opens, closes = int(window.opens.timestamp()), int(window.closes.timestamp())
    return window.venue.value, _name(window), opens, closes


def _name(window: Window) -> str:
    if window.venue is Venue.NXT:
        return {
            Phase.PRE: _("NXT 프리마켓"),
            Phase.REGULAR: _("NXT 메인마켓"),
            Phase.AFTER: _("NXT 애프터마켓"),
        }[window.phase]
    return {
        Phase.OPENING_AUCTION: _("장전 동시호가"),
        Phase.PRE: _("프리마켓"),
        Phase.REGULAR: _("정규장"),
        Phase.CLOSING_AUCTION: _("종가 단일가"),
        Phase.CLOSING_PRICE: _("장후 시간외"),
        Phase.SINGLE_PRICE: _("시간외 단일가"),
        Phase.AFTER: _("애프터마켓"),
    }[window.phase]
