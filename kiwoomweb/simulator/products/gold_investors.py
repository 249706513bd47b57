"""Who buys and sells gold: a day's volume shared out among the kinds of investors; what is bought is sold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.charting import day_bars
from kiwoomweb.simulator.market_facts import Bar
from kiwoomweb.simulator.products.gold_market import BAR, MINI, GoldMarket

__all__ = ["FOREIGN", "INDIVIDUAL", "INVESTORS", "Traded", "investors_on", "nets_on"]

INDIVIDUAL, FOREIGN = "8000", "9000"
#: Investor code (as for shares) -> name, and its usual part of what is bought and of what is sold, in percent.
INVESTORS: Mapping[str, tuple[str, int, int]] = {
    "8000": ("개인", 48, 44),
    "9000": ("외국인", 3, 3),
    "1000": ("금융투자", 26, 28),
    "3000": ("투신", 4, 4),
    "4000": ("은행", 6, 5),
    "5000": ("기타금융", 2, 2),
    "7100": ("기타법인", 11, 14),
}


@dataclass(frozen=True, slots=True)
class Traded:
    """One kind of investor on one day: grams and won."""

    code: str
    name: str
    bought: int
    sold: int
    bought_amount: int
    sold_amount: int

    @property
    def net(self) -> int:
        return self.bought - self.sold

    @property
    def net_amount(self) -> int:
        return self.bought_amount - self.sold_amount


def investors_on(
    market: GoldMarket, day: date, now: datetime, codes: Sequence[str] = (BAR, MINI)
) -> list[Traded]:
    """Everybody's trading of both instruments together on that day, up to ``now``."""
    parts = [_shared(market, code, bar) for code in (BAR, MINI) if (bar := _bar(market, code, day, now))]
    return [
        Traded(
            kind,
            INVESTORS[kind][0],
            sum(part[kind][0] for part in parts),
            sum(part[kind][1] for part in parts),
            sum(part[kind][2] for part in parts),
            sum(part[kind][3] for part in parts),
        )
        for kind in INVESTORS
    ]


def nets_on(market: GoldMarket, code: str, bar: Bar) -> tuple[int, int, int]:
    """Net grams of (individuals, foreigners, institutions and companies) on the bar's day; they add up to 0."""
    shared = _shared(market, code, bar)
    nets = {kind: bought - sold for kind, (bought, sold, _, _) in shared.items()}
    return nets[INDIVIDUAL], nets[FOREIGN], -nets[INDIVIDUAL] - nets[FOREIGN]


def _bar(market: GoldMarket, code: str, day: date, now: datetime) -> Bar | None:
    found = day_bars(market, code, "day", 1, until=day, now=now)
    return found[0] if found and found[0].day == day else None


def _shared(market: GoldMarket, code: str, bar: Bar) -> dict[str, tuple[int, int, int, int]]:
    luck = dice(market.seed, "gold investors", code, bar.day)
    bought = _parts(bar.volume, [INVESTORS[kind][1] * luck.uniform(0.6, 1.4) for kind in INVESTORS])
    sold = _parts(bar.volume, [INVESTORS[kind][2] * luck.uniform(0.6, 1.4) for kind in INVESTORS])
    price = bar.turnover / bar.volume if bar.volume else 0
    paid = _parts(bar.turnover, [size * price * luck.uniform(0.999, 1.001) for size in bought])
    got = _parts(bar.turnover, [size * price * luck.uniform(0.999, 1.001) for size in sold])
    return dict(zip(INVESTORS, zip(bought, sold, paid, got, strict=True), strict=True))


def _parts(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` cut into whole parts by weight, nothing lost."""
    whole = sum(weights)
    cuts = [int(total * sum(islice(weights, upto)) / whole) if whole else 0 for upto in range(len(weights))]
    ends = [*cuts[1:], total]
    return [end - start for start, end in zip(cuts, ends, strict=True)]
