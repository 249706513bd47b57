"""Company: fundamentals every share keeps (EPS, BPS, sales), drawn from its code and its price at report time.

Per-share figures follow last year's reports: they change once a year, so PER and PBR move with the price alone.
Source of the ratios: PER = price / EPS, PBR = price / BPS, ROE = EPS / BPS. A fund has no company behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Companies", "Company"]

#: Accounts are read anew at the end of March.
REPORTED = (3, 31)
CENT = Decimal("0.01")
#: Price to book of a dull company and of a celebrated one; return on equity in percent, losses included.
BOOK_RATIO, RETURNS = (0.35, 3.2), (-6.0, 22.0)


@dataclass(frozen=True, slots=True)
class Company:
    """``eps`` and ``bps`` in won a share; the rest in won.

    ``float_rate`` is the part of the shares that may be traded, in percent.
    """

    eps: int
    bps: int
    sales: int
    operating: int
    net: int
    debt: int
    float_rate: Decimal

    @property
    def roe(self) -> Decimal:
        return _ratio(self.eps * 100, self.bps)

    def per(self, price: int) -> Decimal | None:
        """``None`` for a company that makes a loss: the broker leaves it blank."""
        return _ratio(price, self.eps) if self.eps > 0 else None

    def pbr(self, price: int) -> Decimal:
        return _ratio(price, self.bps)

    def ev_ratio(self, worth: int) -> Decimal | None:
        """EV/EBITDA in times, with operating profit and a third in the place of EBITDA; unknown in a loss."""
        return _ratio(worth + self.debt, self.operating * 4 // 3) if self.operating > 0 and worth else None


class Companies:
    def __init__(self, market: Market) -> None:
        self._market = market
        self._of: Callable[[str, int], Company] = lru_cache(maxsize=1_024)(self._reported)

    def of(self, about: Instrument, day: date) -> Company | None:
        """As of the last yearly report before the day; ``None`` for a fund."""
        if about.is_etf:
            return None
        return self._of(about.code, day.year - ((day.month, day.day) <= REPORTED))

    def _reported(self, code: str, year: int) -> Company:
        market, about = self._market, self._market.universe.instruments[code]
        luck, lasting = dice(market.seed, "company", code, year), dice(market.seed, "company", code)
        book = lasting.uniform(*BOOK_RATIO) * luck.uniform(0.9, 1.1)
        roe = lasting.triangular(*RETURNS, 8) + luck.uniform(-2, 2)
        anchor = self._anchor(code, year)
        bps = max(int(anchor / book), 1)
        eps = int(bps * roe / 100)
        net, margin = eps * about.shares, lasting.uniform(0.04, 0.13)
        sales = int((abs(net) or 1) / margin)
        operating = int(net * lasting.uniform(1.15, 1.6))
        debt = int(bps * about.shares * lasting.uniform(0.1, 0.9))
        float_rate = Decimal(lasting.uniform(35, 85)).quantize(CENT)
        return Company(eps, bps, sales, operating, net, debt, float_rate)

    def _anchor(self, code: str, year: int) -> int:
        """What the share cost when the year's report came out: its close then, or the first one known."""
        series = self._market.daily.series(code, date(year, *REPORTED))
        bar = series.before(date(year, *REPORTED)) or (series[0] if len(series) else None)
        return bar.close if bar and bar.close > 0 else 10_000


def _ratio(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(CENT, ROUND_HALF_UP)
