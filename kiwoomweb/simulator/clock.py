"""The virtual clock: runs through the market's open hours only, at any speed, and survives a crash.

It is anchored: at this real second it was this virtual instant, running at this speed. From 08:00 to 20:00 of a
trading day it runs; the hours and days between it jumps over. The anchor is on disk before anybody hears of it.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import time

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import Sessions

__all__ = ["Clock", "Hours", "durable"]

#: How often the clock notes on disk that it is still running, in real seconds.
HEARTBEAT = 5.0
#: A silence longer than this was a night off, not a crash: the clock goes on where it stopped.
CRASH = 600.0


def durable(path: Path, text: str) -> None:
    """Write a file so that a power cut leaves the old text or the new one."""
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@dataclass(frozen=True, slots=True)
class Hours:
    """When the market is open: the sessions of a day and the trading day after it."""

    sessions: Callable[[date], Sessions | None]
    next_day: Callable[[date], date]

    def later(self, moment: datetime, seconds: float) -> datetime:
        """The instant after so many seconds of open hours."""
        while True:
            hours = self.sessions(moment.date())
            if hours and moment < hours.closes:
                moment = max(moment, hours.opens)
                if moment + timedelta(seconds=seconds) < hours.closes:
                    return moment + timedelta(seconds=seconds)
                seconds -= (hours.closes - moment).total_seconds()
            following = self.sessions(self.next_day(moment.date()))
            if following is None:  # pragma: no cover - a next trading day has sessions by definition
                return moment
            moment = following.opens


@dataclass(frozen=True, slots=True)
class Anchor:
    virtual: datetime
    real: float
    speed: float


class Clock:
    """``now()`` never goes back. ``speed`` 0 is paused. ``source`` is the real time in seconds."""

    def __init__(
        self,
        hours: Hours,
        start: datetime,
        *,
        speed: float = 1.0,
        state: Path | None = None,
        source: Callable[[], float] = time,
    ) -> None:
        self._hours, self._source, self._file = hours, source, state / "clock.json" if state else None
        self._anchor = self._remembered(start) or Anchor(start, source(), speed)
        self._noted = 0.0
        self._last = self._anchor.virtual
        self._note(self._anchor.real)

    def now(self) -> datetime:
        real, anchor = self._source(), self._anchor
        passed = max(real - anchor.real, 0.0) * anchor.speed
        found = max(self._hours.later(anchor.virtual, passed), self._last) if passed else self._last
        if found.date() != self._last.date():
            self._anchor = Anchor(found, real, anchor.speed)
        self._last = found
        if not 0 <= real - self._noted < HEARTBEAT:
            self._note(real)
        return found

    @property
    def speed(self) -> float:
        return self._anchor.speed

    def run(self, speed: float) -> None:
        """Go on at this many virtual seconds a real second; 0 pauses."""
        self._set(self.now(), speed)

    def jump(self, to: datetime) -> None:
        """Go forward to an instant, closed hours included; backwards raises ValueError."""
        if to < self.now():
            raise ValueError("the clock cannot go back")
        self._set(to.astimezone(SEOUL), self._anchor.speed)

    def _set(self, virtual: datetime, speed: float) -> None:
        self._anchor, self._last = Anchor(virtual, self._source(), speed), virtual
        self._note(self._anchor.real)

    # --- surviving ----------------------------------------------------------------------------------------

    def _note(self, real: float) -> None:
        """Keep the anchor, and where the clock stands right now."""
        self._noted = real
        if self._file:
            anchor = self._anchor
            kept = {
                "virtual": anchor.virtual.isoformat(),
                "real": anchor.real,
                "speed": anchor.speed,
                "seen": self._last.isoformat(),
                "seen_real": real,
            }
            durable(self._file, json.dumps(kept))

    def _remembered(self, start: datetime) -> Anchor | None:
        """Where an earlier run left off: a crash changes nothing, a night off goes on where it stopped."""
        if self._file is None or not self._file.exists():
            return None
        kept = json.loads(self._file.read_text(encoding="utf-8"))
        seen, real = datetime.fromisoformat(kept["seen"]).astimezone(SEOUL), self._source()
        if 0 <= real - kept["seen_real"] <= CRASH:
            virtual = datetime.fromisoformat(kept["virtual"]).astimezone(SEOUL)
            return Anchor(virtual, kept["real"], kept["speed"])
        resumed = self._hours.later(seen, HEARTBEAT * max(kept["speed"], 1.0))
        return Anchor(max(resumed, start), real, kept["speed"])
