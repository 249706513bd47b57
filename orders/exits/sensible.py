"""Sensible: whether the levels of an exit can be meant, beside the price of now. Pure but for its sentences.

wrong       a level that is no price of the instrument, or so far off or so near that it must be a slip
question    one that today's price limits keep out of reach: it may be meant, and is asked about
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from market.analytics.ticks import tick

__all__ = ["Levels", "Market", "question", "wrongs"]

#: Below so much of the price, or above so many times it, nobody means a level. Also how far a trail may reach.
LEAST, MOST = Decimal("0.3"), 3


@dataclass(frozen=True, slots=True)
class Market:
    """The last price, the limits of ``day`` where known, and the kind of instrument (``analytics.ticks``)."""

    price: int
    low: int | None
    high: int | None
    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class Levels:
    """What a person asks for: won, and percent of the peak; ``None`` for what they left out."""

    stop: int | None = None
    target: int | None = None
    trail_won: int | None = None
    trail_rate: Decimal | None = None


def wrongs(levels: Levels, market: Market) -> Iterator[tuple[str, str]]:
    """(field, sentence) of everything that cannot be meant."""
    told = {"price": f"{market.price:,}"}
    if levels.stop and levels.stop < market.price * LEAST:
        yield "stop", _("손절가가 현재가 %(price)s원의 30%%보다 낮습니다. 자릿수를 확인하세요.") % told
    elif sentence := _off_grid(levels.stop, market):
        yield "stop", sentence
    if levels.target and levels.target > market.price * MOST:
        yield "target", _("목표가가 현재가 %(price)s원의 세 배보다 높습니다. 자릿수를 확인하세요.") % told
    elif sentence := _off_grid(levels.target, market):
        yield "target", sentence
    if sentence := _of_trail(levels, market):
        yield "trail", sentence


def question(levels: Levels, market: Market) -> str:
    """What is out of today's reach, as a question; blank for nothing."""
    if levels.stop and market.low is not None and levels.stop < market.low:
        told = {"what": _("손절가"), "limit": _("하한가"), "price": f"{market.low:,}"}
    elif levels.target and market.high is not None and levels.target > market.high:
        told = {"what": _("목표가"), "limit": _("상한가"), "price": f"{market.high:,}"}
    else:
        return ""
    return _("%(what)s가 오늘의 %(limit)s %(price)s원을 벗어나 오늘은 되지 않습니다. 그래도 걸까요?") % told


def _off_grid(level: int | None, market: Market) -> str:
    step = tick(market.kind, level, market.day) if level else None
    if not level or step is None or level % step == 0:
        return ""
    below = level - level % step
    told = {"step": f"{step:,}", "below": f"{below:,}", "above": f"{below + step:,}"}
    return _("호가단위 %(step)s원에 맞지 않습니다. %(below)s원이나 %(above)s원으로 적으세요.") % told


def _of_trail(levels: Levels, market: Market) -> str:
    far = levels.trail_won
    if levels.trail_rate is not None:
        far = int(market.price * levels.trail_rate / 100)
    if far is None:
        return ""
    step = tick(market.kind, market.price, market.day) or 1
    if far < step:
        return _("추적 폭이 한 호가(%(step)s원)보다 좁아 바로 팔립니다. 더 넓게 적으세요.") % {
            "step": f"{step:,}"
        }
    if market.price - far < market.price * LEAST:
        return _("추적 폭이 현재가 %(price)s원의 70%%보다 넓습니다. 자릿수를 확인하세요.") % {
            "price": f"{market.price:,}"
        }
    return ""
