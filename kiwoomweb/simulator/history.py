"""History: real daily bars from a CSV file, with the flaws real data has.

Columns ``code,date,open,high,low,close,volume``. Bars are kept as they are: zero-volume days are halts, jumps
stay jumps, days and symbols that are missing stay missing. The file's dates are the trading days of its span.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from kiwoomweb.broker.market_calendar import Overrides, is_trading_day
from kiwoomweb.simulator.bars import DayBar, Series
from kiwoomweb.simulator.chance import dice

__all__ = ["History", "HistoryUnreadable", "read_history"]

#: Days whose median volume is a share's usual one.
USUAL_DAYS = 60
COLUMNS = ("code", "date", "open", "high", "low", "close", "volume")


class HistoryUnreadable(ValueError):
    """The file is not a table of daily bars; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class History:
    """Every symbol's series and the calendar the file implies."""

    series: dict[str, Series]
    first: date
    last: date
    overrides: Overrides

    def shares(self, code: str) -> int:
        """상장주식수, which a file of prices does not tell: what fits how the share traded at first."""
        series = self.series[code]
        volumes = sorted(series[index].volume for index in range(min(len(series), USUAL_DAYS)))
        usual = max(volumes[len(volumes) // 2] if volumes else 0, 1_000)
        return usual * dice("shares", code).randrange(150, 900) // 1_000 * 1_000


def read_history(path: Path) -> History:
    """Read a plain or gzipped CSV; ``HistoryUnreadable`` when it is not one."""
    series: dict[str, Series] = {}
    try:
        with _text(path) as file:
            for bar, code in _bars(file):
                series.setdefault(code, Series()).append(bar)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error) as why:
        raise HistoryUnreadable(f"{path.name}: {why}") from why
    if not series:
        raise HistoryUnreadable(f"{path.name}: no bars in the file")
    ordered = {code: _in_order(line) for code, line in series.items()}
    days = {day for line in ordered.values() for day in line.days}
    first, last = min(days), max(days)
    return History(ordered, first, last, _calendar(first, last, days))


def _text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _bars(file: TextIO) -> Iterator[tuple[DayBar, str]]:
    rows = csv.reader(file)
    header = next(rows, [])
    if missing := [name for name in COLUMNS if name not in header]:
        raise HistoryUnreadable(f"line 1: columns missing: {', '.join(missing)}")
    places = [header.index(name) for name in COLUMNS]
    for number, row in enumerate(rows, start=2):
        try:
            code, day, *values = (row[place] for place in places)
            yield DayBar._make((_day(day), *map(_whole, values))), code.strip()
        except (IndexError, ValueError, OverflowError) as why:
            raise HistoryUnreadable(f"line {number}: {why}") from why


@lru_cache(maxsize=4_096)
def _day(text: str) -> date:
    """A date, one object for all symbols of a day."""
    return date.fromisoformat(text)


def _whole(text: str) -> int:
    """A number of the file: some write 1200 as 1200.0, and nothing for zero."""
    return int(text) if text.isdecimal() else int(float(text or 0))


def _in_order(series: Series) -> Series:
    """The same bars by day; of two bars of one day the later line counts."""
    if all(a < b for a, b in pairwise(series.days)):
        return series
    by_day = {series[index].day: series[index] for index in range(len(series))}
    ordered = Series()
    for day in sorted(by_day):
        ordered.append(by_day[day])
    return ordered


def _calendar(first: date, last: date, days: set[date]) -> Overrides:
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = frozenset(day for day in span if day not in days and is_trading_day(day))
    return Overrides(closed=closed, opened=frozenset(days))
