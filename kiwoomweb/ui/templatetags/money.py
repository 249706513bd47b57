"""Money and other figures as text. The browser does the same in ``static/js/lib/format.js``.

Both are tested against ``tests/ui/figures.json``. ``None`` is unknown and becomes an em dash, never a zero.
Amounts are won (``int``), rates are percent (``Decimal("1.52")`` is 1.52 %). Halves round away from zero.
Whoever reads an account covered (``ui.covering``) sees ``•••`` for every amount; a price or a count that is no
secret is written with ``price`` and ``count``.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kiwoomweb.ui.covering import COVER, bare, is_covered

__all__ = [
    "arrow",
    "compact",
    "count",
    "moved",
    "percent",
    "price",
    "profit",
    "profit_short",
    "rate",
    "short",
    "signed",
    "trend",
    "unsigned_percent",
    "won",
]

register = template.Library()

Number = int | Decimal
Formatter = Callable[[Number | None], str]

UNKNOWN = "—"
MINUS = "\u2212"  # the same width as a plus
MAN, EOK, JO = 10_000, 100_000_000, 1_000_000_000_000
#: What English reads instead of 만, 억 and 조.
SCALES = ((1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))


@register.filter
def won(value: Number | None) -> str:
    """``1,234,567``; below zero with a minus. An amount."""
    if value is None:
        return UNKNOWN
    return COVER if is_covered() else _minus(value) + _digits(value)


@register.filter
def price(value: Number | None) -> str:
    """As ``won``, for what the market knows: never covered."""
    return UNKNOWN if value is None else _minus(value) + _digits(value)


@register.filter
def count(value: Number | None) -> str:
    """As ``won``, for how many there are of something that is no secret: never covered."""
    return price(value)


@register.filter
def signed(value: Number | None) -> str:
    """``+1,234`` or ``−1,234``; zero carries no sign."""
    if value is None:
        return UNKNOWN
    return COVER if is_covered() else _sign(value) + _digits(value)


@register.filter
def compact(value: Number | None) -> str:
    """A headline: ``1억 2,340만``, ``85만``, ``9,800``; in English ``123.4M``."""
    if value is None:
        return UNKNOWN
    if is_covered():
        return COVER
    return _minus(value) + (_korean(_whole(value)) if _in_korean() else _western(_whole(value)))


@register.filter
def short(value: Number | None) -> str:
    """For a calendar cell: ``31.2만``, ``1.23억``; in English ``312K``."""
    if value is None:
        return UNKNOWN
    if is_covered():
        return COVER
    amount = _whole(value)
    if not _in_korean():
        return _minus(value) + _western(amount)
    if amount < MAN:
        return _minus(value) + f"{amount:,}"
    if amount < 9_999 * MAN:
        return _minus(value) + f"{_parts(amount, MAN, int(amount < 1_000 * MAN)):,}만"
    return _minus(value) + f"{_parts(amount, EOK, 2):,}억"


@register.filter
def percent(value: Number | None) -> str:
    """``+1.52%``, two decimals, signed."""
    if value is None:
        return UNKNOWN
    rounded = _parts(value, 1, 2)
    return f"{_sign(rounded)}{abs(rounded)}%"


@register.filter
def unsigned_percent(value: Number | None) -> str:
    """``36.6%``, one decimal: a share of a whole."""
    return UNKNOWN if value is None else f"{_parts(value, 1, 1)}%".replace("-", MINUS)


@register.filter
def trend(value: Number | None) -> str:
    """The class that colours it: ``rise``, ``fall``, ``flat``, or ``unknown``."""
    if value is None:
        return "unknown"
    return "rise" if value > 0 else "fall" if value < 0 else "flat"


@register.filter
def arrow(value: Number | None) -> str:
    """``▲`` or ``▼`` for whoever does not see the colour; nothing for zero and unknown."""
    return "" if not value else "▲" if value > 0 else "▼"


@register.filter
def profit(value: Number | None) -> SafeString:
    """A coloured result in won with its arrow: ``▲ 412,300``. Hidden with the amounts."""
    return moved(value, won)


@register.filter
def profit_short(value: Number | None) -> SafeString:
    """The same as :func:`profit`, in 만 and 억."""
    return moved(value, short)


@register.filter
def rate(value: Number | None) -> SafeString:
    """A coloured percentage: ``+1.52%``. It stays readable while amounts are hidden."""
    return SafeString(f'<span class="{trend(value)}">{percent(value)}</span>')


def moved(value: Number | None, how: Formatter) -> SafeString:
    """A coloured amount: an arrow in place of the sign, the exact won as its tooltip.

    Digits, signs and unit names need no escaping, and tables hold hundreds of these.
    """
    if not value or is_covered():
        mark = f'<i class="arrow" aria-hidden="true">{arrow(value)}</i>' if value else ""
        return SafeString(f'<span class="amount {trend(value)}">{mark}{won(value)}</span>')
    shown = how(-value if value < 0 else value)
    return SafeString(
        f'<span class="amount {trend(value)}" title="{signed(value)}">'
        f'<i class="arrow" aria-hidden="true">{arrow(value)}</i>'
        f'<span class="sr">{_sign(value)}</span>{shown}</span>'
    )


register.filter("bare", bare)


def _in_korean() -> bool:
    return not (get_language() or "ko").startswith("en")


def _minus(value: Number) -> str:
    return MINUS if value < 0 else ""


def _sign(value: Number) -> str:
    return "+" if value > 0 else _minus(value)


def _whole(value: Number) -> int:
    if isinstance(value, int):
        return abs(value)
    return int(abs(Decimal(value)).quantize(Decimal(1), ROUND_HALF_UP))


def _digits(value: Number) -> str:
    return f"{_whole(value):,}"


def _parts(value: Number, unit: int, places: int) -> Decimal:
    return (Decimal(value) / unit).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _korean(amount: int) -> str:
    if amount < MAN:
        return f"{amount:,}"
    upper, lower, names = (JO, EOK, "조 억") if amount >= JO else (EOK, MAN, "억 만")
    big, small = names.split()
    head, tail = divmod((amount + lower // 2) // lower, upper // lower)
    texts = [f"{head:,}{big}"] * bool(head) + [f"{tail:,}{small}"] * bool(tail)
    return " ".join(texts)


def _western(amount: int) -> str:
    unit, letter = next(((unit, letter) for unit, letter in SCALES if amount >= unit), (1, ""))
    if amount < MAN:
        return f"{amount:,}"
    return f"{_parts(amount, unit, 1):,}{letter}"
