"""Values of measures as text: won, percent, R, minutes; unknown is an em dash."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from kiwoomweb.ui.templatetags.money import signed, won
from portfolio.analytics.measures import Measure, Unit

__all__ = ["interval", "text"]

MINUS = "\u2212"
#: Seconds from which on minutes are told.
MINUTE_WORDS = 120
ONE_PERCENT = Decimal("0.01")


def text(value: Decimal | None, unit: Unit) -> str:
    """One value in words: ``+1,234원``, ``38.1 %``, ``1.45``, ``+0.24R``, ``1시간 5분``."""
    if value is None:
        return "—"
    if unit is Unit.RATIO:
        return f"{_places(value * 100, 1 if abs(value) >= ONE_PERCENT or not value else 2)} %"
    if unit is Unit.R:
        return f"{'+' if value > 0 else ''}{_places(value, 2)}R"
    if unit is Unit.NUMBER:
        return _places(value, 2)
    return _counted(value, unit)


def interval(measure: Measure) -> str:
    """Its 95 % interval, empty where the formula has none."""
    if measure.low is None or measure.high is None:
        return ""
    return f"{text(measure.low, measure.unit)} ~ {text(measure.high, measure.unit)}"


def _counted(value: Decimal, unit: Unit) -> str:
    if unit is Unit.WON:
        return _("%(won)s원") % {"won": signed(value)}
    if unit is Unit.PRICE:
        return _("%(won)s원") % {"won": won(value)}
    if unit is Unit.MINUTES:
        hours, minutes = divmod(int(value.to_integral_value(ROUND_HALF_UP)), 60)
        words = _("%(h)s시간 %(m)s분") if hours else _("%(m)s분")
        return words % {"h": f"{hours:,}", "m": minutes}
    if unit is Unit.SECONDS:
        return _waited(value)
    if unit is Unit.DAYS:
        return _("%(n)s일") % {"n": _places(value, 0 if value == int(value) else 1)}
    return _places(value, 0 if value == int(value) else 1)


def _waited(value: Decimal) -> str:
    """Up to two minutes in seconds, beyond as people say it."""
    if value < MINUTE_WORDS:
        return _("%(n)s초") % {"n": _places(value, 1)}
    minutes, seconds = divmod(int(value.to_integral_value(ROUND_HALF_UP)), 60)
    if minutes >= 60:
        return _counted(Decimal(minutes), Unit.MINUTES)
    return _("%(m)s분 %(s)s초") % {"m": minutes, "s": seconds}


def _places(value: Decimal, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}".replace("-", MINUS)
