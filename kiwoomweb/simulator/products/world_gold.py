"""World gold: what an ounce costs in dollars and a gram in won, at any instant of any day.

A pure function of the seed. The ounce and the exchange rate hover around the way they really went; between two
midnights a price takes a Brownian bridge, and on weekends it stands still.
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import exp, log, pi, sin, sqrt

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.weather import EPOCH

__all__ = ["GRAMS_AN_OUNCE", "WorldGold"]

GRAMS_AN_OUNCE = 31.1034768
#: Where an ounce (dollars) and a dollar (won) stood on New Year's days; between them a line of logarithms.
OUNCES = ((2023, 1_830.0), (2024, 2_063.0), (2025, 2_625.0), (2026, 4_320.0), (2027, 4_500.0), (2032, 5_400.0))
DOLLARS = ((2023, 1_265.0), (2024, 1_290.0), (2025, 1_472.0), (2026, 1_440.0), (2027, 1_420.0), (2032, 1_400.0))
#: A day's own move, and how much of the distance from the line is left the next day.
OUNCE_SD, DOLLAR_SD, LEFT = 0.0085, 0.0042, 0.97
#: Waves of an intraday bridge: the more, the finer.
WAVES = 32


class WorldGold:
    """The world's price of gold in one seed's world."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._deviations: dict[str, list[float]] = {"ounce": [0.0], "dollar": [0.0]}
        self._waves = lru_cache(maxsize=64)(self._draw_waves)
        self._log_midnight = lru_cache(maxsize=64)(self._log_of_midnight)

    def ounce(self, moment: datetime) -> float:
        """Dollars for an ounce ($/온스, MGU)."""
        return self._at("ounce", moment)

    def dollar(self, moment: datetime) -> float:
        """Won for a dollar."""
        return self._at("dollar", moment)

    def gram(self, moment: datetime) -> float:
        """Won for a gram (원/g, MGD)."""
        return self.ounce(moment) * self.dollar(moment) / GRAMS_AN_OUNCE

    def _at(self, what: str, moment: datetime) -> float:
        here = moment.astimezone(SEOUL)
        day = here.date()
        start, end = self._log_midnight(what, day), self._log_midnight(what, day + timedelta(days=1))
        part = (here.hour * 3_600 + here.minute * 60 + here.second) / 86_400
        sway = 0.0 if day.weekday() > 4 else self._sway(what, day, part)
        return exp(start + (end - start) * part + sway)

    def _log_of_midnight(self, what: str, day: date) -> float:
        return log(self._midnight(what, day))

    def _midnight(self, what: str, day: date) -> float:
        """The price as this day begins. From Saturday's midnight to Monday's nothing moves."""
        weekend = max(day.weekday() - 5, 0) if day.weekday() > 4 else 0
        day -= timedelta(days=weekend)
        if day.weekday() == 0:
            day -= timedelta(days=2)
        return _line(OUNCES if what == "ounce" else DOLLARS, day) * exp(self._deviation(what, day))

    def _deviation(self, what: str, day: date) -> float:
        walked, sd = self._deviations[what], OUNCE_SD if what == "ounce" else DOLLAR_SD
        days = max((day - EPOCH).days, 0)
        while len(walked) <= days:
            luck = dice(self._seed, "world gold", what, len(walked))
            walked.append(LEFT * walked[-1] + luck.gauss(0, sd))
        return walked[days]

    def _sway(self, what: str, day: date, part: float) -> float:
        sd = OUNCE_SD if what == "ounce" else DOLLAR_SD
        waves = self._waves(what, day)
        return 0.6 * sd * sum(height * sin(pi * n * part) for n, height in enumerate(waves, 1))

    def _draw_waves(self, what: str, day: date) -> tuple[float, ...]:
        luck = dice(self._seed, "gold waves", what, day)
        return tuple(sqrt(2) * luck.gauss(0, 1) / (pi * n) for n in range(1, WAVES + 1))


def _line(anchors: tuple[tuple[int, float], ...], day: date) -> float:
    year = min(max(day.year, anchors[0][0]), anchors[-1][0])
    place = max(bisect_right(anchors, (year, float("inf"))) - 1, 0)
    first, start = anchors[place]
    last, end = anchors[min(place + 1, len(anchors) - 1)]
    if first == last:
        return start
    part = (day - date(first, 1, 1)).days / (date(last, 1, 1) - date(first, 1, 1)).days
    return exp(log(start) + (log(end) - log(start)) * min(max(part, 0.0), 1.0))
