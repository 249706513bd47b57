"""Picking: which shares the demo trader watches, and which one it takes today."""

from datetime import date, timedelta
from random import Random

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market import Market

__all__ = ["pick", "watchlist"]

WATCHED, BUSIEST = 34, 110
#: A few quiet shares, whose books are too thin for one order.
QUIET = 6
#: Familiar names a viewer expects to meet.
FAVOURITES = ("005930", "000660", "005380", "035420", "035720", "042700", "247540", "196170", "069500")
#: Funds this person has heard of; the others are none of its business.
FUNDS = frozenset(("069500", "114800", "122630", "133690", "233740", "360750"))
#: Swings are judged by their result after a week.
WEEK = timedelta(days=7)


def watchlist(market: Market, seed: int, day: date) -> list[str]:
    """The favourites and a sample of the busiest shares of the market at that time."""
    shares = (one for one in market.universe.instruments.values() if not one.is_etf or one.code in FUNDS)
    ranked = sorted((one.code for one in shares), key=lambda code: -_turnover(market, code, day))
    quiet, busiest = ranked[BUSIEST : BUSIEST + 4 * QUIET : 4], ranked[:BUSIEST]
    known = [code for code in FAVOURITES if code in market.universe.instruments]
    others = [code for code in busiest if code not in known]
    sampled = dice(seed, "watchlist").sample(others, min(WATCHED - len(known), len(others)))
    return known + sorted(sampled) + quiet


def pick(
    market: Market, codes: list[str], day: date, luck: Random, *, edge: float, intraday: bool
) -> str | None:
    """One of a handful of candidates; with the chance ``edge`` from those that will do well."""
    handful = [c for c in luck.sample(codes, min(7, len(codes))) if _trades(market, c, day)]
    if not handful:
        return None
    ranked = sorted(handful, key=lambda code: (_outcome(market, code, day, intraday), code))
    half = max(len(ranked) // 2, 1)
    return luck.choice(ranked[-half:] if luck.random() < edge else ranked[:half])


def _turnover(market: Market, code: str, day: date) -> int:
    if character := market.universe.characters.get(code):
        listed = market.universe.instruments[code].listed < day
        return character.price * character.volume if listed else 0
    bar = market.daily.series(code, day).before(day)
    return bar.close * bar.volume if bar else 0


def _trades(market: Market, code: str, day: date) -> bool:
    """Whether it trades today and did so yesterday; penny shares are left alone."""
    series = market.daily.series(code, day)
    bar, before = series.on(day), series.before(day)
    return bool(bar and before and not bar.halted and not before.halted and before.close >= 1_000)


def _outcome(market: Market, code: str, day: date, intraday: bool) -> float:
    """How today, or the coming week, will have gone."""
    series = market.daily.series(code, day + WEEK)
    today = series.on(day)
    if today is None:
        return 0.0
    if intraday:
        return today.close / today.open
    later = series.before(day + WEEK)
    return later.close / today.close if later else 1.0
